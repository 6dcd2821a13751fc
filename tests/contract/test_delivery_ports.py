"""Ports of delivery: one suite for the fakes and for the table."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.broadcast.audience import DynamoAudience, audience_row
from stadtdraht.adapters.dynamodb.broadcast.broadcasts import DynamoBroadcasts
from stadtdraht.adapters.dynamodb.broadcast.clicks import DynamoClicks
from stadtdraht.adapters.dynamodb.broadcast.errands import DynamoErrands
from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls
from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.delivery.slices import DynamoSlices
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.domain.broadcast.broadcast import BroadcastState, Portion
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest, SentBack
from stadtdraht.domain.broadcast.errand import Errand, ErrandNote, ErrandResult
from stadtdraht.domain.delivery.delivery import DeliveryKey, OutcomeKind, Status, StatusReport
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.delivery.slices import Control, Progress, SliceState
from stadtdraht.domain.errors import SliceStillRunning
from stadtdraht.domain.identifiers import SHARDS
from stadtdraht.domain.town import Offer
from tests.support.builders.delivery import CAUSE, NOON, broadcast, citizen_id, outcome, person, work_slice
from tests.support.builders.newsletter import a_draft, story
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.clicks import FakeClicks
from tests.support.fakes.controls import FakeControls
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.errands import FakeErrands
from tests.support.fakes.slices import FakeSlices

BOTH = ["fake", pytest.param("table", marks=pytest.mark.local_aws)]
KATRIN = Colleague("Katrin", "k-1")


@pytest.fixture(params=BOTH)
def on(request):
    """Picks the fake, or makes the adapter on a fresh table."""
    if request.param == "fake":
        return lambda fake, _: fake()
    table = request.getfixturevalue("table")
    return lambda _, adapter: adapter(table)


@pytest.fixture
def slices(on):
    return on(FakeSlices, DynamoSlices)


def begin(slices, at=NOON):
    return asyncio.run(slices.begin(work_slice(), at))


def test_a_slice_is_planned_once_and_begun_by_one_owner(slices):
    slices.plan([work_slice()])
    slices.plan([work_slice()])
    ((found, progress),) = slices.all(CAUSE)
    assert (found, progress.state) == (work_slice(), SliceState.WAITING)
    assert begin(slices).epoch == 1
    with pytest.raises(SliceStillRunning):
        begin(slices, NOON + timedelta(seconds=14))


def test_a_silent_owner_is_replaced_and_fenced_out(slices):
    first = begin(slices)
    second = begin(slices, NOON + timedelta(seconds=16))
    assert second.epoch == 2
    moved = replace(first, cursor=citizen_id(1))
    assert not asyncio.run(slices.claim(work_slice(), first, moved, NOON + timedelta(seconds=17)))


def test_a_claim_moves_cursor_settled_and_leftover(slices):
    mine = begin(slices)
    after = replace(mine, cursor=citizen_id(2), settled=citizen_id(1), leftover=("?" + citizen_id(0), citizen_id(3)))
    assert asyncio.run(slices.claim(work_slice(), mine, after, NOON))
    assert slices.all(CAUSE)[0][1] == after


def test_a_slice_tells_when_it_moved_last(slices):
    slices.plan([work_slice(), work_slice(seq=1)])
    mine = begin(slices)
    later = NOON + timedelta(seconds=3)
    moved = replace(mine, cursor=citizen_id(1))
    asyncio.run(slices.claim(work_slice(), mine, moved, later))
    begun, never = slices.snapshots(CAUSE)
    assert (begun.work_slice, begun.progress, begun.moved_at) == (work_slice(), moved, later)
    assert (never.progress.state, never.moved_at) == (SliceState.WAITING, None)
    assert [(it.work_slice, it.progress) for it in (begun, never)] == list(slices.all(CAUSE))


def test_a_parked_slice_waits_again_after_a_resume_and_counts_as_handed_back(slices):
    mine = begin(slices)
    parked = replace(mine, state=SliceState.PARKED)
    assert asyncio.run(slices.close(work_slice(), mine, parked, NOON))
    assert begin(slices) == parked
    resumed = slices.resume(work_slice(), parked, NOON)
    assert (resumed.state, resumed.handbacks) == (SliceState.WAITING, 1)
    assert slices.resume(work_slice(), parked, NOON + timedelta(seconds=1)) is None


def test_a_finished_slice_stays_finished(slices):
    mine = begin(slices)
    done = replace(mine, state=SliceState.DONE)
    assert asyncio.run(slices.close(work_slice(), mine, done, NOON))
    assert begin(slices, NOON + timedelta(hours=1)) == done


def test_progress_is_what_begin_says(slices):
    assert begin(slices) == Progress(SliceState.RUNNING, 1, "0", "0")


def test_people_come_in_order_of_their_ids_block_by_block(on, request):
    people = [person(number) for number in range(50)]
    audience = on(lambda: FakeAudience({one.citizen_id: one for one in people}), DynamoAudience)
    if isinstance(audience, DynamoAudience):
        audience.table.put_all([audience_row("bocholt", Offer.NEWS, one) for one in people])
    expected = sorted(one.citizen_id for one in people)
    assert [one.citizen_id for one in audience.scan("bocholt", Offer.NEWS)] == expected

    async def blocks():
        found, after = [], "0"
        while block := await audience.block("bocholt", Offer.NEWS, after, "g", 7):
            assert len(block) <= 7
            found += [one.citizen_id for one in block]
            after = found[-1]
        return found

    assert asyncio.run(blocks()) == expected
    some = asyncio.run(audience.some("bocholt", Offer.NEWS, [expected[3], "0" * 20]))
    assert [one.citizen_id for one in some] == [expected[3]]
    middle = asyncio.run(audience.block("bocholt", Offer.NEWS, expected[10], expected[12], 20))
    assert [one.citizen_id for one in middle] == expected[11:13]


@pytest.mark.local_aws
def test_a_newsletter_stored_before_there_were_portions_is_still_read_and_started(table):
    broadcasts = DynamoBroadcasts(table)
    broadcasts.create(broadcast())
    row = table.get(keys.cause(CAUSE), keys.META)
    later = ("portions", "next_at", "planned_cost_eur")
    old = {name: value for name, value in json.loads(row["broadcast"]).items() if name not in later}
    table.put_all([row | {"broadcast": json.dumps(old, ensure_ascii=False, sort_keys=True)}])
    assert broadcasts.get(CAUSE) == broadcast()
    assert not broadcasts.replace(broadcast(lanes=1), broadcast(lanes=2))
    assert broadcasts.replace(broadcast(), broadcast(lanes=1))
    assert broadcasts.get(CAUSE) == broadcast(lanes=1)


@pytest.fixture
def deliveries(on):
    return on(FakeDeliveries, DynamoDeliveries)


def test_outcomes_overwrite_but_unknown_never_does(deliveries):
    asyncio.run(deliveries.record("bocholt", [outcome(1)]))
    marks = [outcome(1, OutcomeKind.UNKNOWN), outcome(2, OutcomeKind.UNKNOWN)]
    written = asyncio.run(deliveries.mark_unknown("bocholt", marks))
    assert [one.key.citizen_id for one in written] == [citizen_id(2)]
    asyncio.run(deliveries.record("bocholt", [outcome(2, OutcomeKind.REFUSED, reason="131026")]))
    kinds = {who: (kind, reason) for who, _, kind, reason in deliveries.rows("bocholt", CAUSE)}
    assert kinds == {citizen_id(1): (OutcomeKind.ACCEPTED, ""), citizen_id(2): (OutcomeKind.REFUSED, "131026")}


def test_known_people_are_those_of_the_range_with_an_outcome(deliveries):
    asyncio.run(deliveries.record("bocholt", [outcome(number) for number in range(40)]))
    ids = sorted(citizen_id(number) for number in range(40))
    assert asyncio.run(deliveries.known("bocholt", CAUSE, ids[4], ids[9])) == frozenset(ids[5:10])
    assert asyncio.run(deliveries.known("bocholt", CAUSE, "0", "g")) == frozenset(ids)


def test_rows_of_a_person_stand_together_and_can_be_asked_for(deliveries):
    asyncio.run(deliveries.record("bocholt", [outcome(n, attempt=attempt) for n in (1, 2) for attempt in (1, 2)]))
    order = [who for who, *_ in deliveries.rows("bocholt", CAUSE)]
    assert order == sorted(order)
    found = asyncio.run(deliveries.rows_of("bocholt", CAUSE, [citizen_id(2)]))
    assert sorted((who, attempt) for who, attempt, *_ in found) == [(citizen_id(2), 1), (citizen_id(2), 2)]


def test_rows_in_full_bring_times_and_what_meta_said_of_the_price(on):
    deliveries = on(FakeDeliveries, DynamoDeliveries)
    refused = outcome(2, OutcomeKind.REFUSED, reason="131026")
    asyncio.run(deliveries.record("bocholt", [replace(outcome(1), route="warnung"), refused]))
    who, later = citizen_id(1), NOON + timedelta(seconds=3)
    if isinstance(deliveries, DynamoDeliveries):
        report = StatusReport(DeliveryKey(CAUSE, who), Status.DELIVERED, later, "wamid.1", None, "marketing", "regular")
        DynamoInbox(deliveries.table).store([], [("bocholt", report)], [])
    else:
        row = DeliveryRow(who, 1, Status.DELIVERED, later, "", "marketing", "regular")
        deliveries.statuses_in_full.append((CAUSE, row))
    found = list(deliveries.in_full("bocholt", CAUSE))
    assert [row.citizen_id for row in found] == sorted(row.citizen_id for row in found)
    assert sorted(found, key=lambda row: (row.at, row.reason)) == [
        DeliveryRow(who, 1, OutcomeKind.ACCEPTED, NOON, route="warnung"),
        DeliveryRow(citizen_id(2), 1, OutcomeKind.REFUSED, NOON, "131026"),
        DeliveryRow(who, 1, Status.DELIVERED, later, "", "marketing", "regular"),
    ]


def test_rows_about_people_come_by_cause_and_hold_nothing_of_others(on):
    deliveries = on(FakeDeliveries, DynamoDeliveries)
    if isinstance(deliveries, DynamoDeliveries):
        DynamoBroadcasts(deliveries.table).create(broadcast())
    asyncio.run(deliveries.record("bocholt", [outcome(1), outcome(2), outcome(2, attempt=2), outcome(3)]))
    found = deliveries.of_people("bocholt", [citizen_id(1), citizen_id(2)])
    assert list(found) == [CAUSE]
    assert sorted((row.citizen_id, row.attempt) for row in found[CAUSE]) == [
        (citizen_id(1), 1),
        (citizen_id(2), 1),
        (citizen_id(2), 2),
    ]
    assert not deliveries.of_people("bocholt", [citizen_id(4)])
    assert not deliveries.of_people("vreden", [citizen_id(1)])


@pytest.mark.local_aws
def test_a_status_stands_beside_the_outcome_whichever_came_first(table):
    report = StatusReport(DeliveryKey(CAUSE, citizen_id(1)), Status.FAILED, NOON, "wamid.1", code=131026)
    DynamoInbox(table).store([], [("bocholt", report), ("bocholt", report)], [])
    deliveries = DynamoDeliveries(table)
    asyncio.run(deliveries.record("bocholt", [outcome(1)]))
    kinds = [(kind, reason) for _, _, kind, reason in deliveries.rows("bocholt", CAUSE)]
    assert sorted(kinds, key=str) == sorted([(OutcomeKind.ACCEPTED, ""), (Status.FAILED, "131026")], key=str)


def test_clicks_add_up_by_item(on):
    clicks = on(FakeClicks, DynamoClicks)
    for item in (1, 2, 1, 1):
        clicks.count(CAUSE, item)
    clicks.count("bocholt-n-20261124-zzzzzz", 1)
    assert dict(clicks.of(CAUSE)) == {1: 3, 2: 1}
    assert dict(clicks.of("vreden-n-20261124-abcdef")) == {}


@pytest.mark.local_aws
def test_clicks_at_the_same_time_are_all_counted_and_lie_on_many_partitions(table):
    clicks = DynamoClicks(table)
    with ThreadPoolExecutor(8) as readers:
        list(readers.map(lambda _: clicks.count(CAUSE, 1), range(100)))
    assert clicks.of(CAUSE)[1] == 100
    used = [shard for shard in SHARDS if list(table.query(keys.clicks(CAUSE, shard)))]
    assert len(used) > 4  # 100 clicks on so few of 16 partitions: less than once in 10^40 runs


def test_a_control_item_is_one_of_meta_s_default_until_it_says_otherwise(on):
    controls = on(FakeControls, DynamoControls)

    def read():
        return asyncio.run(controls.read("bocholt", "301"))

    assert (read().rate_mps, read().stopped) == (80, frozenset())
    controls.set_rate("bocholt", "301", 1000)
    controls.stop("bocholt", "301", CAUSE, stopped=True)
    assert (read().rate_mps, read().stopped) == (1000, {CAUSE})
    controls.stop("bocholt", "301", CAUSE, stopped=False)
    assert (read().rate_mps, read().stopped) == (1000, frozenset())


def test_a_crisis_lease_never_gets_shorter(on):
    controls = on(FakeControls, DynamoControls)
    for seconds in (60, 30):
        asyncio.run(controls.lease_for_crisis("bocholt", "301", "a", NOON + timedelta(seconds=seconds)))
    control = asyncio.run(controls.read("bocholt", "301"))
    assert control.leases == {"a": NOON + timedelta(seconds=60)}
    assert control.crisis_at(NOON + timedelta(seconds=59))
    assert not control.crisis_at(NOON + timedelta(seconds=60))


def test_a_lease_is_given_back_by_its_holder_and_the_others_stand(on):
    controls = on(FakeControls, DynamoControls)

    async def story():
        await controls.give_back("bocholt", "301", "a", NOON)  # without one: nothing happens
        controls.set_rate("bocholt", "301", 40)
        for holder, seconds in (("a", 60), ("b", 30), ("died", -7200)):
            await controls.lease_for_crisis("bocholt", "301", holder, NOON + timedelta(seconds=seconds))
        await controls.give_back("bocholt", "301", "nobody", NOON)
        before = await controls.read("bocholt", "301")
        await controls.give_back("bocholt", "301", "a", NOON)
        return before, await controls.read("bocholt", "301")

    before, after = asyncio.run(story())
    assert set(before.leases) == {"a", "b", "died"}
    assert after == Control(rate_mps=40, leases={"b": NOON + timedelta(seconds=30)})


def test_a_broadcast_changes_only_from_what_it_was(on):
    broadcasts = on(FakeBroadcasts, DynamoBroadcasts)
    first = broadcast()
    broadcasts.create(first)
    running = replace(first, state=BroadcastState.RUNNING, planned=3, lanes=1, slices_per_lane=1)
    assert broadcasts.replace(first, running)
    assert not broadcasts.replace(first, replace(first, state=BroadcastState.STOPPED))
    assert broadcasts.get(CAUSE) == running
    portion = Portion("0", citizen_id(1), 2, 1, NOON)
    spread = replace(running, portions=(portion,), next_at=NOON + timedelta(days=1), planned_cost_eur="0.23")
    assert broadcasts.replace(running, spread)
    assert broadcasts.get(CAUSE) == spread
    assert broadcasts.get("nobody-n-20261124-aaaaaa") is None
    assert [it.broadcast_id for it in broadcasts.recent("bocholt")] == [CAUSE]


OLD_ROW = (
    '{"broadcast_id": "bocholt-n-20261124-abcdef", "district": "spork", "halted_by": 0, "lanes": 1, '
    '"link": "https://x.example", "planned": 7, "planned_cost_eur": "", "released_at": "2026-11-24T11:00:00.000Z", '
    '"slices_per_lane": 1, "starts_at": null, "state": "running", "teaser": "Am Samstag.", "template": "brief", '
    '"title": "Markt", "topic": "", "town": "bocholt"}'
)


@pytest.mark.local_aws
def test_a_newsletter_of_the_first_version_still_reads_and_can_be_stopped(table):
    table.put_all([{"pk": keys.cause(CAUSE), "sk": keys.META, "broadcast": OLD_ROW}])
    broadcasts = DynamoBroadcasts(table)
    old = broadcasts.get(CAUSE)
    assert (old.title, old.items[0].link, old.districts) == ("Markt", "https://x.example", frozenset({"spork"}))
    assert (old.topics, old.goes_at) == (frozenset(), NOON)
    stopped = replace(old, state=BroadcastState.STOPPED)
    assert broadcasts.replace(old, stopped)
    assert broadcasts.get(CAUSE) == stopped
    assert not broadcasts.replace(old, replace(old, planned=8))


def test_everything_that_a_newsletter_says_is_kept(on):
    broadcasts = on(FakeBroadcasts, DynamoBroadcasts)
    made = replace(
        a_draft(story(1, valid_until=NOON, image_url="https://x.example/1.jpg"), story(2), topics=("waste", "traffic")),
        broadcast_id=CAUSE,
        expires_at=NOON + timedelta(days=1),
        writer_ids=frozenset({"k-1", "j-1"}),
        asked=ReleaseRequest(KATRIN, NOON, Colleague("Jana", "j-1"), NOON + timedelta(days=2), "weekly"),
        sent_back=SentBack(Colleague("Bernd"), "Bitte kürzer", NOON),
        held_at=NOON,
    )
    broadcasts.create(made)
    assert broadcasts.get(CAUSE) == made
    anybody = replace(made, asked=ReleaseRequest(KATRIN, NOON), sent_back=None)
    assert broadcasts.replace(made, anybody)
    assert broadcasts.get(CAUSE) == anybody


def test_newsletters_are_listed_page_by_page_the_newest_first(on):
    broadcasts = on(FakeBroadcasts, DynamoBroadcasts)
    ids = [f"bocholt-n-20261124-{number:06}" for number in range(5)]
    for number, the_id in enumerate(ids):
        broadcasts.create(broadcast(broadcast_id=the_id, created_at=NOON + timedelta(minutes=number // 2)))
    first = broadcasts.recent("bocholt", 2)
    second = broadcasts.recent("bocholt", 2, first[-1])
    last = broadcasts.recent("bocholt", 2, second[-1])
    assert [it.broadcast_id for it in (*first, *second, *last)] == ids[::-1]
    assert broadcasts.recent("bocholt", 2, last[-1]) == []


def test_an_errand_is_asked_once_and_answered_beside_that(on):
    errands = on(FakeErrands, DynamoErrands)
    assert errands.get(CAUSE, Errand.PLAN) == ErrandNote()
    assert errands.ask(CAUSE, Errand.PLAN, ErrandNote(), NOON)
    assert not errands.ask(CAUSE, Errand.PLAN, ErrandNote(), NOON)
    later = NOON + timedelta(minutes=1)
    result = ErrandResult(later, NOON, {"planned": 2, "by_topic": {"waste": 1}, "held_by": []}, final=True)
    errands.answer(CAUSE, Errand.PLAN, result)
    assert errands.get(CAUSE, Errand.PLAN) == ErrandNote(NOON, result)
    assert errands.ask(CAUSE, Errand.PLAN, ErrandNote(NOON), later)
    assert errands.get(CAUSE, Errand.PLAN) == ErrandNote(later, result)
    errands.answer(CAUSE, Errand.REPORT, ErrandResult(later, None, trouble="Nein."))
    assert errands.get(CAUSE, Errand.REPORT) == ErrandNote(None, ErrandResult(later, None, trouble="Nein."))


def test_a_newsletter_is_made_once(on):
    broadcasts = on(FakeBroadcasts, DynamoBroadcasts)
    assert broadcasts.create(broadcast())
    assert not broadcasts.create(broadcast(template="anders", created_at=NOON + timedelta(seconds=1)))
    assert broadcasts.get(CAUSE) == broadcast()
    assert [it.broadcast_id for it in broadcasts.recent("bocholt")] == [CAUSE]
