"""Drafts, who else reads, and that a cry for help was opened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.conversation import Flag, StaffAct
from stadtdraht.usecases.inbound import work_at_desk as desk
from stadtdraht.usecases.inbound import work_on_conversation as work
from tests.support.fakes.desk import FakeDesk
from tests.unit.inbound.test_work_on_conversation import StaffHarness


@pytest.fixture
def office():
    return StaffHarness()


def kim(office, **more):
    return replace(office.desk(**more), by="Kim", by_id="staff-1")


def typed(kept, citizen_id, staff_id):
    found = kept.draft("arnsberg", citizen_id, staff_id)
    return found.words if found else ""


def test_what_was_typed_is_there_again(office):
    kept = FakeDesk()
    assert typed(kept, office.who, "staff-1") == ""
    desk.save_draft(kim(office), office.who, "Im Frü", kept)
    assert typed(kept, office.who, "staff-1") == "Im Frü"
    assert typed(kept, office.who, "staff-2") == ""
    desk.save_draft(kim(office), office.who, "", kept)
    assert typed(kept, office.who, "staff-1") == ""


def test_nothing_is_kept_of_somebody_who_is_gone(office):
    kept = FakeDesk()
    with pytest.raises(work.NoSuchConversation):
        desk.save_draft(kim(office), "0" * 20, "Im Frü", kept)
    assert kept.drafts == {}


def test_each_sees_the_others_and_not_themselves(office):
    kept = FakeDesk()
    assert desk.look_at(kim(office), office.who, kept) == []
    bernd = replace(kim(office), by="Bernd", by_id="staff-2")
    assert [it.name for it in desk.look_at(bernd, office.who, kept)] == ["Kim"]
    assert desk.who_reads("arnsberg", bernd.now, kept, but="staff-2") == {office.who: ["Kim"]}
    assert desk.who_reads("arnsberg", bernd.now + timedelta(minutes=1), kept) == {}


def test_a_cry_for_help_is_unseen_until_somebody_opens_it_and_that_is_noted_once(office):
    desk.open_conversation(kim(office), office.who)
    assert ("arnsberg", office.who) not in office.citizens.notes  # nothing was unseen
    office.hears("Hilfe, es brennt!")
    assert office.talk.unseen_need_since == office.at
    office.hears("Kommt schnell, es brennt!")
    assert office.talk.unseen_need_since == office.at - timedelta(minutes=1)
    for _ in range(2):
        desk.open_conversation(kim(office), office.who)
    (note,) = office.citizens.notes["arnsberg", office.who]
    assert (note.act, note.by, note.by_id) == (StaffAct.OPENED, "Kim", "staff-1")
    assert office.talk.unseen_need_since is None
    office.hears("Hilfe, es brennt wieder!")
    assert office.talk.unseen_need_since == office.at


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, who: work.answer(desk, who, "Hilfe ist unterwegs.", press="a"),
        lambda desk, who: work.unflag(desk, who, Flag.EMERGENCY),
        work.close,
    ],
)
def test_whoever_acts_on_a_cry_for_help_has_seen_it(office, act):
    office.hears("Hilfe, es brennt!")
    assert office.talk.unseen_need_since
    act(kim(office), office.who)
    assert office.talk.unseen_need_since is None
