"""DynamoDB that throttles and leaves over, statuses in any order, and people who leave on the way."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb.broadcast.audience import audience_row
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.domain.delivery.delivery import DeliveryKey, OutcomeKind, Status, StatusReport
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_status
from stadtdraht.usecases.broadcast.reporting.unaccounted import Unaccounted

pytestmark = pytest.mark.local_aws


@pytest.mark.parametrize("seed", [1, 2])
def test_a_table_that_throttles_and_leaves_rows_over_costs_time_and_nobody(hall, hands, seed):
    of = hall.newsletter(60)
    sender = hands[0]
    while sender.run(of, table_trouble=0.15, seed=seed) == "failed":  # it gave up; the queue brings the slice again
        seed += 100
    sender.finish(of)
    kinds = hall.accounted(of)
    assert set(kinds) <= {OutcomeKind.ACCEPTED, OutcomeKind.UNKNOWN}


def test_who_leaves_on_the_way_gets_nothing_from_the_next_block_on(hall, hands):
    of = hall.newsletter(100)
    sender = hands[0]
    assert sender.run(of, at="block before", time=2, freeze=True) == "frozen"
    ids = sorted(one.citizen_id for one in of.people)
    later = [one for one in of.people if one.citizen_id > ids[19]]
    leaving = random.Random(1).sample(later, 15)
    gone = [replace(one, left_at=datetime.now(UTC)) for one in leaving]
    hall.table.put_all([audience_row(of.town.id, Offer.NEWS, one) for one in gone])
    assert sender.wake() == "done"
    kinds = hall.accounted(of)
    assert kinds == {OutcomeKind.ACCEPTED: 85, OutcomeKind.NOT_SENT: 15}
    assert not {one.citizen_id for one in leaving} & set(hall.taken(of))


def test_statuses_that_come_early_three_times_and_in_any_order_give_the_same_figures(hall, hands):
    of, dice = hall.newsletter(60), random.Random(3)
    inbox, read = DynamoInbox(hall.table), set()

    def report(statuses):
        entries = hall.whatsapp.ledger.search(of.work_slice.phone_number_id, None, None, None)
        now = datetime.now(UTC)
        reports = [
            (of.town.id, StatusReport(DeliveryKey.parse(entry.body["biz_opaque_callback_data"]), status, now, entry.id))
            for entry in entries
            for status in statuses
        ] * 3
        dice.shuffle(reports)
        inbox.store([], reports, [])
        read.update(entry.to for entry in entries)

    first, second = hands
    assert first.run(of, at="record before", time=1, freeze=True) == "frozen"
    report([Status.READ, Status.DELIVERED, Status.SENT])  # before any outcome stands
    early = len(read)
    assert early >= 20
    assert second.run(of) == "done"  # who was claimed is unknown to it, and the statuses know better
    report([Status.SENT, Status.READ])
    assert first.wake() == "done"
    assert max(hall.taken(of).values()) == 1
    found = broadcast_status(
        of.broadcast,
        datetime.now(UTC) + timedelta(hours=1),
        lost=Unaccounted(),
        deliveries=hall.deliveries,
        slices=hall.slices,
    )
    taken = len(hall.taken(of))
    assert (found.planned, found.accepted, found.read) == (60, taken, len(read))
    assert found.unknown == found.silent == 60 - taken
