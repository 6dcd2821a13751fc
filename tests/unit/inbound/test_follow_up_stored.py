"""What a lost position of the stream left lying is handed on: once is enough, twice is harmless."""

import json
from datetime import timedelta

import pytest

from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.usecases.inbound.follow_up_stored import HandedOn, follow_up_stored
from tests.support.fakes.queues import FakeRetryQueue
from tests.support.town_office import ANNA, NOON, ConversationHarness

HOUR = timedelta(hours=1)


class Town(ConversationHarness):
    """What is stored, and not followed up unless a test says so."""

    def __init__(self):
        super().__init__("vreden")
        self.retries = FakeRetryQueue()

    def stores(self, text="Hallo", *, at=NOON, kind=UpdateKind.MESSAGE, **raw):
        self.count += 1
        key = f"wamid.{self.count}"
        told = raw or {"message": {"from": ANNA, "id": key, "type": "text", "text": {"body": text}}}
        update = InboxUpdate(self.town.id, kind, "a", key, json.dumps(told), at, 0)
        self.inbox.store([update], [], [])
        return update

    def followed_up(self, since=NOON - HOUR):
        return follow_up_stored(
            self.town.id,
            since,
            inbox=self.inbox,
            citizens=self.citizens,
            answers=self.answers,
            retries=self.retries,
        )


@pytest.fixture
def town():
    return Town()


def test_a_message_that_nothing_followed_from_is_handed_on(town):
    update = town.stores()
    assert town.followed_up() == HandedOn(1, 1, 0)
    assert town.retries.put_in == [(town.town.id, update.shard, update.kind, update.key)]


def test_one_that_was_followed_up_is_left_alone(town):
    town.again(town.stores())
    for ref in list(town.citizens.stored):
        town.answers.claim(ref, NOON)
    assert town.followed_up() == HandedOn(1, 0, 0)


def test_one_whose_answers_nobody_has_claimed_is_handed_on(town):
    """The process died between the transaction and the queue."""
    town.again(town.stores())
    assert town.citizens.stored
    assert town.followed_up().handed_on == 1


def test_what_is_older_than_asked_for_stays(town):
    town.stores(at=NOON - 2 * HOUR)
    assert town.followed_up() == HandedOn(0, 0, 0)
    assert town.followed_up(NOON - 3 * HOUR).handed_on == 1


def test_the_oldest_goes_first(town):
    later, earlier = town.stores(at=NOON), town.stores(at=NOON - HOUR / 2)
    town.followed_up()
    assert [key for *_, key in town.retries.put_in] == [earlier.key, later.key]


def test_what_was_emptied_and_events_are_not_followed_up(town):
    town.stores(kind=UpdateKind.MESSAGE, at=NOON)
    emptied = town.stores()
    town.inbox.store([InboxUpdate(town.town.id, emptied.kind, "a", emptied.key, "{}", NOON, 0)], [], [])
    town.stores(kind=UpdateKind.EVENT, field="account_update", value={})
    assert town.followed_up() == HandedOn(2, 1, 0)


def test_what_nobody_can_read_is_counted_and_holds_back_no_other(town):
    town.stores(message={"id": "x", "type": "text"})  # names nobody
    town.stores()
    assert town.followed_up() == HandedOn(2, 1, 1)


def test_a_choice_of_somebody_whom_we_do_not_know_leads_nowhere(town):
    choice = {"preference": {"wa_id": "4915199999999", "category": "marketing_messages", "value": "stop"}}
    town.stores(kind=UpdateKind.PREFERENCE, **choice)
    assert town.followed_up() == HandedOn(1, 0, 0)


def test_names_are_handed_on_until_they_were_emptied(town):
    town.stores(kind=UpdateKind.NAMES, names={"user_id": "DE.1", "wa_id": ANNA})
    assert town.followed_up().handed_on == 1
