"""From a stored update to answers in the queue: once, in order, whoever repeats it."""

import asyncio
import json
from datetime import timedelta

import pytest

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.delivery.delivery import Accepted, Halted, NotSent, Refused, Unknown
from stadtdraht.domain.errors import NotOurs
from stadtdraht.domain.inbound.answer import AnswerRef, Settled
from stadtdraht.domain.inbound.inbox import UNROUTED, InboxUpdate, UpdateKind
from stadtdraht.usecases.inbound.send_answer import send_answer
from tests.support.town_office import NOON, ConversationHarness


class StaffHarness(ConversationHarness):
    """Answers how many answers were handed on; the same second for everybody, unless told otherwise."""

    at_now = NOON

    def __init__(self):
        super().__init__()
        self.told = []

    def hears(self, text="Hallo", wamid="wamid.1", town="vreden", **message):
        raw = {"message": {"from": "4915112345678", "id": wamid, "type": "text", "text": {"body": text}, **message}}
        update = InboxUpdate(town, UpdateKind.MESSAGE, "a", wamid, json.dumps(raw), self.at_now, 0)
        self.again(update)
        return self.handed

    @property
    def people(self):
        return list(self.citizens.people.values())


@pytest.fixture
def office():
    return StaffHarness()


def test_a_first_word_makes_a_person_and_an_answer(office):
    assert office.hears() == 1
    (person,) = office.people
    assert person.identity == WireIdentity(None, "4915112345678")
    assert [ref.citizen_id for ref in office.queue.put_in] == [person.citizen_id]


def test_repeating_it_hands_on_only_what_nobody_has_claimed(office):
    office.hears()
    assert office.hears() == 1
    office.answers.claim(office.queue.put_in[0], NOON)
    assert office.hears() == 0
    assert len(office.queue.put_in) == 1


def test_a_bsuid_that_comes_later_belongs_to_the_same_person(office):
    office.hears()
    office.hears("STOP", "wamid.2", from_user_id="DE.7")
    (person,) = office.people
    assert person.identity == WireIdentity("DE.7", "4915112345678")


def test_a_change_of_number_moves_the_person(office):
    office.hears(from_user_id="DE.7")
    change = {"type": "user_changed_number", "wa_id": "49222", "user_id": "DE.8", "previous_user_id": "DE.7"}
    office.hears("", "wamid.2", type="system", system=change)
    (person,) = office.people
    assert person.identity == WireIdentity("DE.8", "49222")


def test_a_message_without_a_believable_time_is_answered_once_whenever_it_comes(office):
    assert office.hears(timestamp="soon") == 1
    office.answers.claim(office.queue.put_in[0], NOON)
    office.at_now = NOON + timedelta(minutes=7)
    assert office.hears(timestamp="soon") == 0
    assert len(office.citizens.messages) == 1


def test_an_update_of_nobody_s_number_is_left_alone(office):
    assert office.hears(town=UNROUTED) == 0
    assert not office.people


def test_a_message_that_names_nobody_is_an_error_of_its_own(office):
    with pytest.raises(NotOurs, match="names nobody"):
        office.hears(**{"from": ""})


def send(office, *outcomes, at=NOON):
    given, bodies, waits, told = list(outcomes), [], [], office.told

    class Graph:
        async def send(self, town, phone_number_id, body):
            bodies.append(body)
            return given.pop(0)

    async def wait(seconds):
        waits.append(seconds)

    office.hears()
    settled = asyncio.run(
        send_answer(
            office.queue.put_in[0],
            "301",
            answers=office.answers,
            graph=Graph(),
            clock=lambda: at,
            wait=wait,
            tell=told.append,
        )
    )
    return settled, bodies, waits


def test_an_answer_goes_to_the_number_with_its_own_key(office):
    settled, (body,), _ = send(office, Accepted("wamid.out"))
    assert settled
    assert body["to"] == "+4915112345678"
    ref = office.queue.put_in[0]
    assert body["biz_opaque_callback_data"] == f"sd1:a.{ref.answer_id}:{ref.citizen_id}:1:1"


def test_what_was_throttled_is_tried_again_after_a_pause(office):
    settled, bodies, waits = send(office, NotSent(130429, throttled=True), NotSent(131056), Accepted("wamid.out"))
    assert settled
    assert len(bodies) == 3
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize(
    ("outcome", "settled"), [(Refused(131047), True), (Unknown("reset"), False), (Halted(190), False)]
)
def test_other_outcomes_end_the_try(office, outcome, settled):
    assert send(office, outcome)[0] is settled


def test_an_answer_out_of_the_dead_letters_of_days_ago_is_not_sent(office):
    settled, bodies, _ = send(office, Accepted("wamid.out"), at=NOON + timedelta(days=3))
    assert settled
    assert not bodies
    assert not office.answers.unsettled("vreden", office.queue.put_in[0].citizen_id)


def test_an_answer_that_another_worker_sends_is_left_to_it(office):
    office.hears()
    ref = office.queue.put_in[0]
    office.answers.claim(ref, NOON)
    again = send_answer(ref, "301", answers=office.answers, graph=None, clock=lambda: NOON, wait=None, tell=print)
    assert asyncio.run(again) is False
    office.answers.record(ref, 1, Accepted("wamid.out"), NOON)
    later = send_answer(
        ref, "301", answers=office.answers, graph=None, clock=lambda: NOON + timedelta(1), wait=None, tell=print
    )
    assert asyncio.run(later) is True


def test_an_answer_that_went_with_its_citizen_is_settled(office):
    gone = AnswerRef("vreden", "0" * 20, "1-x-0")
    settled = send_answer(gone, "301", answers=office.answers, graph=None, clock=lambda: NOON, wait=None, tell=print)
    assert asyncio.run(settled) is True


def test_what_became_of_each_try_is_told(office):
    send(office, Refused(131009))
    send(office, Accepted("wamid.out"))
    assert office.told == [Refused(131009), Settled()]


def test_a_number_that_cannot_send_is_told_too(office):
    send(office, Halted(190))
    assert office.told == [Halted(190)]
