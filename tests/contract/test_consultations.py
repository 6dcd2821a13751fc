"""Port Consultations: one suite for the fake and for the adapter, with what citizens' transactions leave behind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.consultations import DynamoConsultations, mark_rows
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.consultations.consultation import Consultation, ConsultationSummary, QueueMark
from stadtdraht.domain.conversation import Conversation
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.turn import Turn
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.retention import CONSULTATION_MARK
from tests.support.builders.cases import ANKE, NOON
from tests.support.fakes.consultations import FakeConsultations

HOUR = timedelta(hours=1)


class OnTheTable(DynamoConsultations):
    """With what a citizen's transaction does, so that one suite serves both."""

    def mark(self, turn):
        self.table.put_all(list(mark_rows(turn)))


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def consultations(request):
    return FakeConsultations() if request.param == "fake" else OnTheTable(request.getfixturevalue("table"))


def held(name="20261124-aaaaaa", **changes):
    whole = Consultation(
        name, "vreden", NOON, NOON + HOUR, "Bürgermeister Beispiel", "Newsletter", "Frau Terhalle", version=1
    )
    return replace(whole, **changes)


def comes(at, before=None):
    talk = Conversation(at, at, at, consultation="20261124-aaaaaa")
    citizen = Citizen(ANKE, "vreden", WireIdentity(phone="49151"), conversation=talk)
    return Turn(before and replace(citizen, conversation=before), citizen, IncomingMessage("wamid.1", at, "text"))


def is_answered(at, since):
    waits = Conversation(since, since, since, consultation="20261124-aaaaaa")
    citizen = Citizen(ANKE, "vreden", WireIdentity(phone="49151"), conversation=waits)
    after = replace(citizen, conversation=replace(waits, waiting_since=None))
    return Turn(citizen, after, answers=(Answer(AnswerRef.new("vreden", ANKE, at, "x"), {}, "wer", "wer"),))


def test_one_comes_back_as_it_was_stored(consultations):
    ended = held(
        ended_at=NOON + HOUR, ended_by="Herr Gesing", summary=ConsultationSummary(3, 4, 2, 1, 60, 90), version=2
    )
    assert consultations.save(None, held())
    assert not consultations.save(None, held())
    assert consultations.get("vreden", held().id) == held()
    assert consultations.save(held(), ended)
    assert not consultations.save(held(), replace(ended, host="x"))
    assert consultations.get("vreden", held().id) == ended
    empty = held("20261125-aaaaaa", summary=ConsultationSummary(0, 0, 0, 0), ended_at=NOON)
    assert consultations.save(None, empty)
    assert list(consultations.all("vreden")) == [empty, ended]
    assert consultations.get("bocholt", held().id) is None


@pytest.mark.parametrize(("after", "is_open"), [(-1, False), (0, True), (3599, True), (3600, False)])
def test_one_is_open_from_its_first_second_to_its_last(consultations, after, is_open):
    consultations.save(None, held())
    found = consultations.open_at("vreden", NOON + timedelta(seconds=after))
    assert (found is not None) == is_open
    assert consultations.open_at("bocholt", NOON) is None


def test_the_queue_is_counted_by_marks_that_name_nobody(consultations):
    consultations.save(None, held())
    consultations.mark(comes(NOON))
    consultations.mark(comes(NOON + timedelta(minutes=1)))
    assert consultations.open_at("vreden", NOON).ahead == 2
    consultations.mark(is_answered(NOON + timedelta(minutes=5), NOON))
    assert consultations.open_at("vreden", NOON).ahead == 1
    first, _, last = consultations.marks("vreden", held().id)
    assert first == QueueMark(NOON, came=True, is_first=True)
    assert last == QueueMark(NOON + timedelta(minutes=5), came=False, is_answered=True, since=NOON)


@pytest.mark.local_aws
def test_marks_end_by_themselves_and_hold_nobody(table):
    OnTheTable(table).mark(comes(NOON))
    (row,) = table.query(keys.consultation("vreden", held().id))
    assert row["expires_at"] == int((NOON + CONSULTATION_MARK).timestamp())
    assert ANKE not in str(row)
    assert "49151" not in str(row)
