"""Ports Desk and TextBlocks: one suite for the fakes and for the table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.adapters.dynamodb.inbound.desk import DynamoDesk, DynamoTextBlocks
from stadtdraht.adapters.dynamodb.privacy.holds import DynamoHolds
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.conversation import Conversation, ReleaseRequest
from stadtdraht.domain.inbound.desk import Draft, Reader
from stadtdraht.domain.inbound.text_blocks import TextBlock
from stadtdraht.domain.inbound.turn import Turn
from stadtdraht.domain.message import IncomingMessage
from tests.support.fakes.desk import FakeDesk, FakeTextBlocks

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
ANKE, BERND = "a" * 20, "b" * 20
DRAFT = Draft("vreden", ANKE, "staff-1", "Guten Tag,\nim Frühjahr.", NOON)
LOOKS = Reader("vreden", ANKE, "staff-1", "Kim Beispiel", NOON)
BLOCK = TextBlock("vreden", "tonne", "Tonne", "Guten Tag {Name}, …", "Abfall", "de", "Kim Beispiel", 3)


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def desk(request):
    return FakeDesk() if request.param == "fake" else DynamoDesk(request.getfixturevalue("table"))


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def blocks(request):
    return FakeTextBlocks() if request.param == "fake" else DynamoTextBlocks(request.getfixturevalue("table"))


def test_a_draft_is_of_one_person_and_one_member_of_staff(desk):
    desk.save_draft(DRAFT)
    assert desk.draft("vreden", ANKE, "staff-1") == DRAFT
    others = [("vreden", BERND, "staff-1"), ("vreden", ANKE, "staff-2"), ("bocholt", ANKE, "staff-1")]
    assert [desk.draft(*it) for it in others] == [None] * 3
    later = replace(DRAFT, words="Im März.", at=NOON + timedelta(minutes=1))
    desk.save_draft(later)
    assert desk.draft("vreden", ANKE, "staff-1") == later
    desk.save_draft(replace(later, words=""))
    assert desk.draft("vreden", ANKE, "staff-1") is None


def test_what_was_sent_is_no_draft_again_however_late_its_form_says_it(desk):
    typed = replace(DRAFT, form="form-1")
    desk.save_draft(typed)
    assert desk.draft("vreden", ANKE, "staff-1") == typed
    desk.save_draft(replace(typed, words="", is_sent=True))
    for seconds in (-5, 5, 59):
        desk.save_draft(replace(typed, at=NOON + timedelta(seconds=seconds)))
        assert desk.draft("vreden", ANKE, "staff-1") is None
    for other in (replace(DRAFT, form="form-2"), DRAFT):  # of the next form, and what somebody keeps by a press
        desk.save_draft(other)
        assert desk.draft("vreden", ANKE, "staff-1") == other
        desk.save_draft(replace(typed, words="", is_sent=True))
    went_back = replace(typed, at=NOON + timedelta(seconds=60))
    desk.save_draft(went_back)
    assert desk.draft("vreden", ANKE, "staff-1") == went_back


def test_a_field_that_was_emptied_is_no_form_that_was_sent(desk):
    for words in ("Guten", "", "Guten Tag"):
        desk.save_draft(replace(DRAFT, words=words, form="form-1"))
    assert desk.draft("vreden", ANKE, "staff-1") == replace(DRAFT, words="Guten Tag", form="form-1")


def test_who_reads_is_known_for_a_minute(desk):
    desk.look(LOOKS)
    desk.look(replace(LOOKS, citizen_id=BERND, staff_id="staff-2"))
    assert [it.staff_id for it in desk.readers("vreden", NOON)] == ["staff-1", "staff-2"]
    assert list(desk.readers("vreden", NOON + timedelta(seconds=59), ANKE)) == [LOOKS]
    assert list(desk.readers("vreden", NOON + timedelta(seconds=60))) == []
    assert list(desk.readers("bocholt", NOON)) == []
    again = replace(LOOKS, at=NOON + timedelta(seconds=50))
    desk.look(again)
    assert list(desk.readers("vreden", NOON + timedelta(seconds=60))) == [again]


def test_text_blocks_are_kept_changed_and_removed(blocks):
    blocks.save(BLOCK)
    changed = replace(BLOCK, words="Guten Tag", used=4)
    blocks.save(changed)
    assert list(blocks.all("vreden")) == [changed]
    assert blocks.get("vreden", "tonne") == changed
    assert blocks.get("bocholt", "tonne") is blocks.get("vreden", "") is None
    blocks.remove("vreden", "tonne", NOON)
    assert list(blocks.all("vreden")) == []
    assert blocks.get("vreden", "tonne") is None


@pytest.mark.local_aws
def test_a_draft_is_given_out_held_and_erased_with_its_person(table):
    citizens, desk, holds = DynamoCitizens(table, b"pepper"), DynamoDesk(table), DynamoHolds(table)
    who = Citizen(ANKE, "vreden", WireIdentity(phone="49151"), last_inbound_at=NOON, version=1)
    citizens.commit(Turn(None, who, IncomingMessage("wamid.1", NOON, "text", "Hallo")))
    desk.save_draft(DRAFT)
    desk.look(LOOKS)
    assert DRAFT.words in [row.get("text") for row in citizens.rows("vreden", ANKE)]
    holds.take_ends("vreden", [ANKE])
    (row,) = [row for row in citizens.rows("vreden", ANKE) if row.get("text") == DRAFT.words]
    assert row["held_end"] == int((NOON + timedelta(days=7)).timestamp())
    citizens.erase("vreden", ANKE)
    assert table.client.scan(TableName=table.name)["Items"] == []


@pytest.mark.local_aws
def test_an_answer_that_waits_for_release_is_kept_as_it_was_asked(table):
    citizens = DynamoCitizens(table, b"pepper")
    asks = ReleaseRequest("Ja.\n„Im März“", "Kim", "staff-1", "", "", NOON, NOON)
    talk = Conversation(NOON, NOON, release=asks, unseen_need_since=NOON, assigned_to="Kim", assigned_to_id="staff-1")
    who = Citizen(ANKE, "vreden", WireIdentity(phone="49151"), conversation=talk, version=1)
    citizens.commit(Turn(None, who, IncomingMessage("wamid.1", NOON, "text", "Hallo")))
    assert citizens.get("vreden", ANKE).conversation == talk
    assert [it.conversation for it in citizens.waiting("vreden")] == [talk]
