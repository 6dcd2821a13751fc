"""The real sender against a WhatsApp that accepts and does not answer, throttles, or takes nothing any more."""

import pytest

from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.delivery.delivery import OutcomeKind
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.usecases.broadcast.sending.stop_and_resume import resume_slices
from tests.support.fakes.queues import FakeSliceQueue

pytestmark = pytest.mark.local_aws


@pytest.fixture
def faults(hall):
    yield hall.whatsapp.faults
    hall.whatsapp.faults.clear()


@pytest.mark.parametrize("fault", ["fail_after_accept", "hang", "reset", "cut"])
def test_what_was_accepted_without_a_clear_answer_is_unknown_and_never_sent_again(hall, hands, faults, fault):
    of = hall.newsletter(60)
    faults.set({fault: 0.3, "phone_number_id": of.work_slice.phone_number_id})
    sender = hands[0]
    sender.finish(of, answer_s=0.5)
    kinds = hall.accounted(of)
    taken = hall.taken(of)
    assert sum(taken.values()) == 60
    assert kinds[OutcomeKind.UNKNOWN] > 0
    assert kinds[OutcomeKind.UNKNOWN] + kinds[OutcomeKind.ACCEPTED] == 60


def test_a_rate_that_is_lowered_on_the_way_throttles_and_loses_nobody(hall, hands, faults):
    of = hall.newsletter(100, rate_mps=200, whatsapp_mps=200)
    sender = hands[0]
    assert sender.run(of, at="send before", time=20, freeze=True) == "frozen"
    faults.set({"rate_mps": 25, "phone_number_id": of.work_slice.phone_number_id})
    assert sender.wake() == "done"
    sender.finish(of)
    assert hall.whatsapp.ledger.refused["130429"] > 0
    assert hall.accounted(of) == {OutcomeKind.ACCEPTED: 100}


@pytest.mark.parametrize(("trouble", "code"), [({"revoke_token": True}, 190), ({"pause_template": "brief"}, 132015)])
def test_trouble_of_the_whole_number_stops_cleanly_and_goes_on_without_a_gap(hall, hands, faults, trouble, code):
    of = hall.newsletter(60)
    sender = hands[0]
    assert sender.run(of, at="send before", time=25, freeze=True) == "frozen"
    faults.set(trouble)
    assert sender.wake() == "done"
    before = hall.outcomes(of)
    assert set(before.values()) == {OutcomeKind.ACCEPTED}, "somebody was marked as failed for the number's trouble"
    assert len(before) < 60
    standing = hall.broadcasts.get(of.cause)
    assert (standing.state, standing.halted_by) == (BroadcastState.HALTED, code)
    assert hall.progress(of).state is SliceState.PARKED
    faults.clear()
    ports = {"broadcasts": hall.broadcasts, "controls": hall.controls, "slices": hall.slices}
    assert resume_slices(standing, of.town, standing.created_at, queue=FakeSliceQueue(), **ports) == 1
    sender.finish(of)
    assert hall.accounted(of) == {OutcomeKind.ACCEPTED: 60}
