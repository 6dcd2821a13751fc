"""Staff's work on the table: the case, what was done, and the answer, all in the transaction of its citizen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb.cases import DynamoCases
from stadtdraht.adapters.dynamodb.inbound.answers import DynamoAnswers
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.domain.cases.case import CaseState
from stadtdraht.domain.cases.case_work import CaseWork
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.delivery.delivery import Refused
from stadtdraht.domain.inbound.answer import Send
from stadtdraht.domain.inbound.turn import CaseChange, Committed, Turn
from stadtdraht.usecases.cases.case_history import case_history
from stadtdraht.usecases.cases.case_messages import Notification
from stadtdraht.usecases.cases.work_on_case import CaseChanged, CasePorts, merge_case, work_on_case
from tests.support.builders.cases import ANKE, BERND, LATER, NOON, a_case
from tests.support.case_desk import VREDEN

pytestmark = pytest.mark.local_aws

SOON = LATER + timedelta(minutes=1)


class Queue(list):
    def put(self, refs):
        self.extend(refs)


@pytest.fixture
def ports(table):
    citizens = DynamoCitizens(table, b"pepper")
    for who, number in ((ANKE, "2026-0001"), (BERND, "2026-0002")):
        known = Citizen(who, "vreden", WireIdentity(phone=f"49{who[0]}"), last_inbound_at=NOON, version=1)
        assert citizens.bring(None, known, ())
        change = CaseChange(None, a_case(number, citizen_id=who))
        assert isinstance(citizens.commit(Turn(known, replace(known, version=2), case=change)), Committed)
    return CasePorts(DynamoCases(table), citizens, Queue())


def test_a_case_is_worked_on_to_its_end(table, ports):
    forwarded = CaseWork("Frau Terhalle", CaseState.FORWARDED, "Bald.", department="bauhof")
    assert work_on_case("2026-0001", forwarded, VREDEN, LATER, ports).told is Notification.FREELY
    done = work_on_case("2026-0001", CaseWork("Frau Terhalle", CaseState.CLOSED), VREDEN, SOON, ports)
    assert ports.cases.get("vreden", "2026-0001") == done.case
    assert [it.state for it in ports.cases.events("vreden", "2026-0001")] == ["forwarded", "closed"]
    assert [it.number for it in ports.cases.open("vreden")] == ["2026-0002"]
    claims = [DynamoAnswers(table).claim(ref, SOON) for ref in ports.queue]
    assert all(isinstance(claim, Send) for claim in claims)
    assert [claim.answer.body["type"] for claim in claims] == ["text", "text", "interactive"]


def test_every_act_stands_in_the_history_with_what_became_of_its_words(table, ports):
    work_on_case("2026-0001", CaseWork("Kim", assigned_to="Frau Terhalle"), VREDEN, LATER, ports)
    work_on_case("2026-0001", CaseWork("Frau Terhalle", say="Am Freitag."), VREDEN, SOON, ports)
    (ref,) = ports.queue
    answers = DynamoAnswers(table)
    answers.claim(ref, SOON)
    answers.record(ref, 1, Refused(131026), SOON)
    case = ports.cases.get("vreden", "2026-0001")
    given, said = case_history(case, cases=ports.cases, citizens=ports.citizens)
    assert (given.event.by, given.event.assigned_to, given.answer) == ("Kim", "Frau Terhalle", None)
    assert (said.event.assigned_to, said.answer.by, said.answer.state) == (None, "Frau Terhalle", "refused")
    assert said.answer.reason == "131026"


def test_a_duplicate_and_its_case_end_together_for_their_citizens(ports):
    merge_case("2026-0002", "2026-0001", "Frau Terhalle", VREDEN, LATER, ports)
    work = CaseWork("Frau Terhalle", CaseState.ANSWERED, "Geflickt.")
    assert work_on_case("2026-0001", work, VREDEN, SOON, ports).duplicates_told == 1
    assert [ref.citizen_id for ref in ports.queue] == [BERND, ANKE, BERND]
    assert not ports.cases.open("vreden")


def test_a_press_does_it_once_and_an_older_version_nothing(ports):
    pressed = CaseWork("Frau Terhalle", CaseState.IN_WORK, "Wir kommen.", staff_id="staff-1", press="p-1")
    seen = ports.cases.get("vreden", "2026-0001").version
    assert not work_on_case("2026-0001", pressed, VREDEN, LATER, ports, seen=seen).is_repeated
    assert work_on_case("2026-0001", pressed, VREDEN, SOON, ports, seen=seen).is_repeated
    with pytest.raises(CaseChanged):
        work_on_case("2026-0001", replace(pressed, press="p-2"), VREDEN, SOON, ports, seen=seen)
    (event,) = ports.cases.events("vreden", "2026-0001")
    assert (event.staff_id, event.press) == ("staff-1", "p-1")
    assert len(ports.queue) == 1
