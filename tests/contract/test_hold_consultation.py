"""A consultation on the table: a message joins its queue with its turn, and ending it tells who waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb.consultations import DynamoConsultations
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.conversation import add_message
from stadtdraht.domain.inbound.turn import Committed, Turn
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.usecases.consultations.hold_consultation import (
    ConsultationPorts,
    PlannedConsultation,
    end_consultation,
    end_what_is_over,
    plan_consultation,
    queue_of,
)
from stadtdraht.usecases.inbound.work_on_conversation import StaffContext, answer
from tests.support.builders.cases import ANKE, BERND, LATER, NOON
from tests.support.case_desk import VREDEN

pytestmark = pytest.mark.local_aws


class Queue(list):
    def put(self, refs):
        self.extend(refs)


def test_the_clock_finds_what_is_over_and_nothing_else(table):
    consultations, ports = DynamoConsultations(table), None
    for days in (-20, -3, 0, 1, 40):
        opens = NOON + timedelta(days=days)
        before = opens - timedelta(days=1)
        hour = PlannedConsultation(opens, opens + timedelta(hours=1), "Bürgermeister Beispiel", "", "Kim", str(days))
        plan_consultation(hour, VREDEN, before, consultations)
    near = consultations.near("vreden", NOON + timedelta(hours=2))
    assert [(it.opens_at - NOON).days for it in near] == [1, 0, -3]
    ports = ConsultationPorts(consultations, DynamoCitizens(table, b"pepper"), Queue())
    assert end_what_is_over(VREDEN, NOON + timedelta(hours=2), ports) == 2
    assert end_what_is_over(VREDEN, NOON + timedelta(hours=2), ports) == 0


def test_from_the_first_message_to_the_summary(table):
    citizens, consultations, queue = DynamoCitizens(table, b"pepper"), DynamoConsultations(table), Queue()
    ports = ConsultationPorts(consultations, citizens, queue)
    planned = PlannedConsultation(NOON, NOON + timedelta(hours=3), "Bürgermeister Beispiel", "", "Kim", "p")
    held = plan_consultation(planned, VREDEN, NOON, consultations)
    for who, minutes in ((ANKE, 1), (BERND, 2)):
        at = NOON + timedelta(minutes=minutes)
        talk = replace(add_message(None, at), consultation=held.id)
        citizen = Citizen(
            who, "vreden", WireIdentity(phone=f"49{who[0]}"), conversation=talk, last_inbound_at=at, version=1
        )
        turn = Turn(None, citizen, IncomingMessage(f"wamid.{who[0]}", at, "text", text="Wann?"))
        assert isinstance(citizens.commit(turn), Committed)
    assert consultations.open_at("vreden", NOON).ahead == 2
    assert [it.citizen_id for it in queue_of(VREDEN, held.id, citizens)] == [ANKE, BERND]
    answer(StaffContext(VREDEN, "Kim", LATER, citizens, queue), ANKE, "Morgen.", press="1")
    assert consultations.open_at("vreden", NOON).ahead == 1
    for _ in range(2):
        ended = end_consultation(held.id, "Kim", VREDEN, LATER, ports)
        assert [ref.citizen_id for ref in queue] == [ANKE, BERND]
    said = ended.summary
    assert (said.people, said.questions, said.answered, said.left_waiting) == (2, 2, 1, 1)
    assert said.longest_wait_s == (LATER - NOON).total_seconds() - 60
    assert citizens.get("vreden", BERND).conversation.waiting_since is not None
    assert not queue_of(VREDEN, held.id, citizens)
