"""One person under two names: brought by number, writing from an account that withholds it."""

import json
from datetime import timedelta
from itertools import permutations

import pytest

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.delivery.delivery import DeliveryKey
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.inbound.import_subscriber import import_subscriber
from stadtdraht.usecases.privacy.erase_citizen import erase_citizen
from stadtdraht.usecases.privacy.whole_person import whole_person
from tests.support.fakes.media import FakeMediaStore
from tests.support.town_office import NOON, PEPPER, ConversationHarness, words

PHONE, BSUID = "4915181000001", "DE.777000111"
UNDER_BSUID = {"who": "", "from_user_id": BSUID}
TWO = WireIdentity(BSUID, PHONE)


class Line(ConversationHarness):
    """A town that has imported one person by their number."""

    def __init__(self):
        super().__init__("bocholt")
        self.brought()

    def brought(self, at=NOON - timedelta(days=100)):
        return import_subscriber(
            "bocholt",
            WireIdentity(None, PHONE),
            (Offer.CRISIS, Offer.NEWS),
            topics=frozenset(),
            district="",
            language="de",
            consent_at=at,
            how="paper",
            wording="2024",
            citizens=self.citizens,
            erasures=self.erased,
            pepper=PEPPER,
        )

    def status(self, phone=PHONE, user_id=BSUID):
        """What follows from a status that says both names."""
        self.at += timedelta(minutes=1)
        raw = json.dumps({"names": {"user_id": user_id, "wa_id": phone}})
        self.again(InboxUpdate("bocholt", UpdateKind.NAMES, "a", f"pair.{phone}.{user_id}", raw, self.at, 0))

    def taking(self, offer=Offer.NEWS):
        return [it.identity for it in self.citizens.people.values() if it.takes(offer)]

    def erase_who_asked(self):
        for town, who, asked_at in self.erasures.put_in:
            erase_citizen(
                town,
                who,
                by="citizen",
                asked_at=asked_at,
                now=self.at,
                citizens=self.citizens,
                media=FakeMediaStore(),
                erasures=self.erased,
                holds=self.holds,
                pepper=PEPPER,
            )


@pytest.fixture
def line():
    return Line()


def says(word):
    return lambda line: line.hears(word, **UNDER_BSUID)


def yes(line):
    line.hears(
        kind="interactive",
        content={"type": "button_reply", "button_reply": {"id": "yes:news", "title": "Ja, bitte"}},
        **UNDER_BSUID,
    )


@pytest.mark.parametrize("order", list(permutations((says("STOP"), Line.status))))
def test_a_stop_under_the_bsuid_reaches_the_number(line, order):
    for step in order:
        step(line)
    assert line.taking() == line.taking(Offer.CRISIS) == []
    assert line.person(PHONE) == line.person(BSUID)


@pytest.mark.parametrize("order", list(permutations((says("Hallo"), yes, Line.status))))
def test_a_yes_under_the_bsuid_brings_nothing_twice(line, order):
    for step in order:
        step(line)
    assert line.taking() == [TWO]
    ledger = line.citizens.ledger("bocholt", line.person(PHONE).citizen_id)
    assert {entry.how for entry in ledger} == {"paper", "button"}


def test_a_consent_that_is_newer_than_the_stop_stands(line):
    line.hears("STOP", **UNDER_BSUID)
    line.hears("STOP", who=PHONE)
    line.brought(line.at + timedelta(days=1))
    line.status()
    assert line.taking() == [TWO]


@pytest.mark.parametrize("joined_first", [True, False])
def test_an_erasure_under_the_bsuid_reaches_the_number(line, joined_first):
    if joined_first:
        line.status()
    line.hears("Alles löschen", **UNDER_BSUID)
    line.hears(
        kind="interactive",
        content={"type": "button_reply", "button_reply": {"id": "erase", "title": "Ja, alles löschen"}},
        **UNDER_BSUID,
    )
    line.erase_who_asked()
    line.status()
    line.erase_who_asked()
    assert line.citizens.people == line.citizens.identities == {}
    assert [it.kind for it in line.inbox.forgotten][-1] is UpdateKind.NAMES


def test_an_erasure_that_was_asked_for_before_the_two_were_joined_takes_both(line):
    line.hears("Hallo", **UNDER_BSUID)
    line.erasures.put("bocholt", line.person(BSUID).citizen_id, line.at)
    line.status()
    line.erase_who_asked()
    assert line.citizens.people == {}


def test_who_came_back_after_an_erasure_stays(line):
    line.erased.mark("bocholt", [BSUID], line.at)
    line.hears("Hallo", **UNDER_BSUID)
    line.hears("Hallo", who=PHONE)
    line.status()
    assert line.person(PHONE) == line.person(BSUID)
    assert not line.erasures.put_in


def test_whoever_of_the_two_is_asked_for_is_the_whole_person(line):
    line.hears("Hallo", **UNDER_BSUID)
    two = {line.person(PHONE).citizen_id, line.person(BSUID).citizen_id}
    line.status()
    for each in two:
        assert set(whole_person("bocholt", each, line.citizens)) == two


def test_a_message_that_says_both_names_joins_them_too(line):
    line.hears("Hallo", **UNDER_BSUID)
    line.hears("STOP", who=PHONE, from_user_id=BSUID)
    assert line.taking() == []
    assert line.person(PHONE).identity == TWO


def test_a_status_of_before_a_change_of_number_changes_nothing(line):
    line.hears("Hallo", who=PHONE, from_user_id=BSUID)
    system = {"type": "user_changed_number", "wa_id": "49151999", "user_id": "DE.2", "previous_user_id": BSUID}
    line.hears(kind="system", content=system, who=PHONE, from_user_id=BSUID)
    line.status()
    assert line.person(BSUID).identity == WireIdentity("DE.2", "49151999")


def test_a_number_that_is_somebody_else_s_by_now_joins_nobody(line):
    line.hears("Hallo", who=PHONE, from_user_id="DE.other")
    line.hears("STOP", **UNDER_BSUID)
    line.status()
    assert line.person(PHONE).identity == WireIdentity("DE.other", PHONE)
    assert line.person(BSUID) != line.person(PHONE)


def test_a_status_about_nobody_makes_nobody(line):
    line.status("4915199999", "DE.nobody")
    assert len(line.citizens.people) == 1


def test_only_a_status_about_somebody_of_one_name_says_more_than_we_know():
    assert DeliveryKey.parse("sd1:c:1:1:1") == DeliveryKey("c", "1", one_name=True)
    assert str(DeliveryKey("c", "1", one_name=True)) == "sd1:c:1:1:1"
    assert not DeliveryKey.parse("sd1:c:1:1").one_name


def test_a_stop_from_somebody_of_whom_nothing_is_known_says_how_it_reaches_the_number(line):
    (goodbye,) = line.hears("STOP", **UNDER_BSUID)
    assert "Telefonnummer" in words(goodbye)
    line.status()
    (again,) = line.hears("STOP", **UNDER_BSUID)
    assert "Telefonnummer" not in words(again)
