"""A new number or BSUID, reported in time, late, twice or out of order: one person with everything that was theirs."""

import json
from datetime import timedelta
from itertools import permutations

import pytest

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.inbound.import_subscriber import import_subscriber
from stadtdraht.usecases.inbound.parse_message import identity_in
from tests.support.town_office import NOON, PEPPER, ConversationHarness, words

OLD, NEW, NEWEST = "49151000001", "49151000002", "49151000003"
YES = {"type": "button_reply", "button_reply": {"id": "yes:news", "title": "Ja, bitte"}}


def text(minute, sender, said):
    return minute, {**sender, "type": "text", "text": {"body": said}}


def yes(minute, sender):
    return minute, {**sender, "type": "interactive", "interactive": YES}


def changed_number(minute, old, new, old_id, new_id):
    system = {"type": "user_changed_number", "wa_id": new, "user_id": new_id, "previous_user_id": old_id}
    return minute, {"from": old, "type": "system", "system": system}


FIRST = {"from": OLD, "from_user_id": "DE.1"}
SECOND = {"from": NEW, "from_user_id": "DE.2"}
THIRD = {"from": NEWEST, "from_user_id": "DE.3"}
CHANGE = changed_number(190, OLD, NEW, "DE.1", "DE.2")


def handled(*updates, town="vreden"):
    office = ConversationHarness(town)
    for minute, message in updates:
        key = f"wamid.{minute}"
        raw = json.dumps({"message": {"id": key, **message}})
        at = NOON + timedelta(minutes=minute)
        office.again(InboxUpdate(town, UpdateKind.MESSAGE, "a", key, raw, at, 0))
    return office


BEFORE = (text(0, FIRST, "Hallo"), yes(1, FIRST), text(2, FIRST, "Die Laterne am Markt ist kaputt"))
AFTER = (text(191, SECOND, "Hallo"), text(192, SECOND, "Auf der Wüllener Straße ist ein Schlagloch"))


@pytest.mark.parametrize(
    "order", [(*BEFORE, CHANGE, *AFTER), (*BEFORE, *AFTER, CHANGE), (*BEFORE, AFTER[0], CHANGE, AFTER[1], CHANGE)]
)
def test_whenever_the_change_is_handled_it_is_one_person(order):
    office = handled(*order)
    one, same = office.person(NEW), office.person("DE.2")
    assert one == same == office.person(OLD)
    assert one.identity == WireIdentity("DE.2", NEW)
    assert one.takes(Offer.NEWS)
    said = [line.text for line in office.citizens.history("vreden", one.citizen_id) if line.kind == "text"]
    assert said == ["Hallo", "Die Laterne am Markt ist kaputt", "Hallo", "Auf der Wüllener Straße ist ein Schlagloch"]
    assert {case.citizen_id for case in office.cases} == {one.citizen_id}
    states = office.hears("Status", who=NEW, wamid="wamid.status")
    assert sorted(number for state in states for number in ("0001", "0002") if number in words(state)) == [
        "0001",
        "0002",
    ]


def test_who_was_taken_for_another_gets_nothing_twice():
    office = handled(*BEFORE, text(21, SECOND, "Hallo"), yes(22, SECOND), CHANGE)
    taking = [person for person in office.citizens.people.values() if person.takes(Offer.NEWS)]
    assert [person.identity.phone for person in taking] == [NEW]
    assert len(office.citizens.ledger("vreden", taking[0].citizen_id)) == 2


@pytest.mark.parametrize(("told", "then"), [("5531988880001", "553188880001"), ("5215512345001", "525512345001")])
def test_a_stop_reaches_who_was_known_by_the_other_spelling_of_the_number(told, then):
    sender = {"from": told}
    office = handled(text(0, sender, "Hallo"), yes(1, sender), text(2, {"from": then}, "STOP"))
    (person,) = office.citizens.people.values()
    assert not person.takes(Offer.NEWS)
    assert person.identity == WireIdentity(phone=then)  # as WhatsApp spells it now, since answers go there


@pytest.mark.parametrize("who", [FIRST, SECOND])
def test_the_latest_word_counts_whichever_number_said_it(who):
    stop = text(25, who, "STOP")
    for order in permutations((yes(24, SECOND), stop, CHANGE)):
        office = handled(*BEFORE, text(21, SECOND, "Hallo"), *order)
        assert not office.person(NEW).takes(Offer.NEWS), order


def test_two_changes_in_either_order_end_at_the_newest_number():
    later = changed_number(30, NEW, NEWEST, "DE.2", "DE.3")
    for order in ((CHANGE, later), (later, CHANGE), (later, CHANGE, later)):
        office = handled(*BEFORE, *order, text(31, THIRD, "Hallo"))
        person = office.person(NEWEST)
        assert person.identity == WireIdentity("DE.3", NEWEST), order
        assert person.takes(Offer.NEWS), order
        assert len({who for (_, _), who in office.citizens.identities.items()}) == 1, order


def test_a_new_bsuid_without_a_number_takes_the_reports_along():
    system = {"type": "user_changed_user_id", "user_id": "DE.2", "previous_user_id": "DE.1"}
    hidden = {"from_user_id": "DE.1"}
    office = handled(
        text(0, hidden, "Hallo"),
        text(1, hidden, "Die Laterne am Markt ist kaputt"),
        text(9, {"from_user_id": "DE.2"}, "Hallo"),
        (8, {**hidden, "type": "system", "system": system}),
    )
    (state,) = office.hears("Status", who="", from_user_id="DE.2", wamid="wamid.status")
    assert "2026-0001" in words(state)


def test_a_number_that_is_withheld_after_the_change_is_not_written_to_any_more():
    system = {"type": "user_changed_number", "user_id": "DE.2", "previous_user_id": "DE.1"}
    office = handled(*BEFORE, (20, {"from": OLD, "type": "system", "system": system}))
    assert office.person("DE.2").identity == WireIdentity("DE.2", None)


def test_who_gets_the_old_number_next_is_somebody_else():
    office = handled(*BEFORE, *AFTER, CHANGE, text(40, {"from": OLD, "from_user_id": "DE.9"}, "Hallo"))
    assert office.person("DE.9").citizen_id != office.person("DE.2").citizen_id
    assert not office.person("DE.9").takes(Offer.NEWS)


def test_two_towns_never_share_a_person():
    office = handled(*BEFORE)
    handled_elsewhere = handled(CHANGE, town="bocholt")
    assert office.person(OLD).identity.phone == OLD
    assert "vreden" not in {town for town, _ in handled_elsewhere.citizens.people}


def test_erasing_takes_both_and_leaves_nobody():
    office = handled(*BEFORE, *AFTER, CHANGE)
    office.citizens.erase("vreden", office.person(NEW).citizen_id)
    assert office.citizens.people == {}
    assert office.citizens.messages == {}


BY_NUMBER, MOVED = {"from": OLD}, {"from": NEW}
BEFORE_BY_NUMBER = (text(0, BY_NUMBER, "Hallo"), yes(1, BY_NUMBER), text(2, BY_NUMBER, "Die Laterne ist kaputt"))
CHANGE_BY_NUMBER = 190, {"from": OLD, "type": "system", "system": {"type": "user_changed_number", "wa_id": NEW}}
NEXT_OWNER = (text(9_000, BY_NUMBER, "Hallo, wer ist das?"), text(9_001, BY_NUMBER, "Status"))


@pytest.mark.parametrize(
    "order",
    [
        (*BEFORE_BY_NUMBER, CHANGE_BY_NUMBER, text(191, MOVED, "Hallo"), *NEXT_OWNER),
        (*BEFORE_BY_NUMBER, text(191, MOVED, "Hallo"), CHANGE_BY_NUMBER, *NEXT_OWNER),
        (*BEFORE_BY_NUMBER, CHANGE_BY_NUMBER, *NEXT_OWNER, text(9_002, MOVED, "Hallo"), CHANGE_BY_NUMBER),
        (CHANGE_BY_NUMBER, *BEFORE_BY_NUMBER, *NEXT_OWNER),
    ],
)
def test_whoever_gets_a_number_next_is_somebody_else_also_without_user_ids(order):
    office = handled(*order)
    first, next_owner = office.person(NEW), office.person(OLD)
    assert first.citizen_id != next_owner.citizen_id
    assert (first.identity, next_owner.identity) == (WireIdentity(None, NEW), WireIdentity(None, OLD))
    assert first.takes(Offer.NEWS)
    assert not next_owner.consents
    assert {case.citizen_id for case in office.cases if "Laterne" in case.description} == {first.citizen_id}
    seen = [line.text for line in office.citizens.history("vreden", next_owner.citizen_id)]
    assert seen == ["Hallo, wer ist das?", "Status"]
    (state,) = office.hears("Status", who=OLD, wamid="wamid.again", after=timedelta(days=10))
    assert "0001" not in words(state)


def test_what_was_said_before_the_change_and_comes_after_it_is_theirs():
    office = handled(BEFORE_BY_NUMBER[0], CHANGE_BY_NUMBER, *BEFORE_BY_NUMBER[1:])
    assert office.person(NEW).takes(Offer.NEWS)
    assert [case.citizen_id for case in office.cases] == [office.person(NEW).citizen_id]


def test_the_next_owner_may_leave_and_the_third_one_is_new_again():
    second_change = 9_100, {"from": OLD, "type": "system", "system": {"type": "user_changed_number", "wa_id": NEWEST}}
    third = text(20_000, BY_NUMBER, "Guten Tag")
    office = handled(*BEFORE_BY_NUMBER, CHANGE_BY_NUMBER, *NEXT_OWNER, second_change, third)
    ids = [office.person(number).citizen_id for number in (NEW, NEWEST, OLD)]
    assert len(set(ids)) == 3


def test_who_comes_back_to_an_old_number_of_theirs_is_still_themselves():
    back = 9_100, {"from": NEW, "type": "system", "system": {"type": "user_changed_number", "wa_id": OLD}}
    office = handled(*BEFORE_BY_NUMBER, CHANGE_BY_NUMBER, back, text(9_200, BY_NUMBER, "Hallo"))
    assert office.person(OLD).takes(Offer.NEWS)
    assert office.person(OLD).identity == WireIdentity(None, OLD)
    office.hears("Hallo", who=NEW, wamid="wamid.other", after=timedelta(days=30))
    assert not office.person(NEW).consents


def test_an_import_by_a_number_that_was_handed_on_brings_its_new_owner():
    office = handled(*BEFORE_BY_NUMBER, CHANGE_BY_NUMBER)
    person = {"topics": frozenset(), "district": "", "language": "de", "how": "paper", "wording": "2026"}
    ports = {"citizens": office.citizens, "erasures": office.erased, "pepper": PEPPER}
    told = WireIdentity(None, OLD)
    import_subscriber("vreden", told, (Offer.NEWS,), consent_at=NOON + timedelta(days=40), **person, **ports)
    taking = sorted(it.identity.phone for it in office.citizens.people.values() if it.takes(Offer.NEWS))
    assert taking == [OLD, NEW]


@pytest.mark.parametrize("odd", [{}, [], True, 1.5, "9" * 151])
def test_a_change_of_number_that_says_no_readable_name_comes_from_who_sent_it(odd):
    system = {"type": "user_changed_number", "user_id": odd, "wa_id": odd}
    message = {"from": OLD, "type": "system", "system": system}
    assert identity_in({"message": message}).phone == OLD
