"""A slice in two hands: given out twice, an owner frozen past the visibility, a deploy in the middle."""

import pytest

from stadtdraht.domain.delivery.delivery import OutcomeKind
from stadtdraht.domain.delivery.slices import BLOCK, SliceState
from stadtdraht.usecases.delivery.send_slice import BLOCKS_IN_FLIGHT
from tests.faults.hall import senders

pytestmark = pytest.mark.local_aws

MOST_UNKNOWN = BLOCK * BLOCKS_IN_FLIGHT


def test_a_slice_that_the_queue_gives_out_twice_has_one_owner(hall, hands):
    of = hall.newsletter(60)
    first, second = hands
    assert first.run(of, at="send during", time=5, delay_s=0.0, freeze=True) == "frozen"
    assert second.run(of, later=False) == "still running"
    assert first.wake() == "done"
    assert hall.accounted(of) == {OutcomeKind.ACCEPTED: 60}


@pytest.mark.parametrize(
    ("step", "time"),
    [("claim before", 2), ("claim after", 2), ("send before", 30), ("send after", 30), ("record before", 1)],
)
def test_an_owner_that_wakes_up_after_another_took_over_sends_nothing_twice(hall, hands, step, time):
    of = hall.newsletter(100)
    first, second = hands
    assert first.run(of, at=step, time=time, freeze=True) == "frozen"
    assert second.run(of) == "done"
    assert hall.progress(of).state is SliceState.DONE
    assert first.wake() == "done"
    kinds = hall.accounted(of)
    assert kinds[OutcomeKind.UNKNOWN] <= MOST_UNKNOWN
    assert kinds[OutcomeKind.ACCEPTED] >= 100 - MOST_UNKNOWN


def test_an_owner_that_sleeps_while_it_closes_does_not_undo_what_the_next_did(hall, hands):
    of = hall.newsletter(40)
    first, second = hands
    assert first.run(of, at="close before", freeze=True) == "frozen"
    assert second.run(of) == "done"
    closed = hall.progress(of)
    assert first.wake() == "done"
    assert hall.progress(of) == closed
    assert hall.accounted(of) == {OutcomeKind.ACCEPTED: 40}


def test_a_deploy_in_the_middle_hands_over_to_a_new_environment(hall):
    of = hall.newsletter(100)
    with senders(hall) as (old,):
        assert old.run(of, budget_s=0.0) == "done"  # its time is over: it hands the slice back
        handed_back = hall.progress(of)
        assert (handed_back.state, handed_back.handbacks) == (SliceState.WAITING, 1)
        assert old.run(of, at="claim before", time=2) == "killed"  # its environment is taken away
    with senders(hall) as (new,):
        new.finish(of)
    kinds = hall.accounted(of)
    assert kinds[OutcomeKind.UNKNOWN] <= BLOCK
