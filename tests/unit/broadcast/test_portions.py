"""A newsletter that Meta's limit does not let through at once goes out over days: everyone once, no day too many."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.portions import next_start
from stadtdraht.domain.delivery.delivery import OutcomeKind
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_status
from stadtdraht.usecases.broadcast.reporting.unaccounted import Unaccounted
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from stadtdraht.usecases.broadcast.sending.start_broadcast import StartPorts, start_broadcast
from stadtdraht.usecases.broadcast.sending.stop_and_resume import resume_slices, set_state
from stadtdraht.usecases.whatsapp.check_account import TemplateNotAsApproved
from tests.support.builders.account import a_notice, a_snapshot
from tests.support.builders.crisis import a_trigger
from tests.support.builders.delivery import CAUSE, NOON, broadcast, outcome, person, town
from tests.support.examples import examples
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.controls import FakeControls
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.queues import FakeSliceQueue
from tests.support.fakes.schedule import FakeSchedule
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns

DAY = timedelta(hours=24)
EARLIER = CAUSE.replace("abcdef", "fedcba")


def made(at):
    return {"created_at": at, "released_at": at}


class Hall:
    """A town hall whose senders send a whole portion in the second in which it is queued."""

    def __init__(self, people, limit):
        self.town = town(number=replace(town().number, portfolio_limit=limit))
        self.now = NOON
        self.schedule, self.queue, self.sent = FakeSchedule(), FakeSliceQueue(), []
        self.ports = StartPorts(
            towns=FakeTowns({"bocholt": self.town}),
            broadcasts=FakeBroadcasts({CAUSE: broadcast()}),
            audience=FakeAudience({one.citizen_id: one for one in (person(number) for number in range(people))}),
            alerts=FakeAlerts(),
            deliveries=FakeDeliveries(),
            slices=FakeSlices(),
            queue=self.queue,
            schedule=self.schedule,
            snapshots=FakeAccountSnapshots(),
        )

    @property
    def broadcast(self):
        return self.ports.broadcasts.get(CAUSE)

    def start(self):
        return start_broadcast("bocholt", CAUSE, self.now, self.ports)

    def send(self):
        """Works off the queue. Returns to how many people something went."""
        before = len(self.sent)
        asyncio.run(self._send())
        return len(self.sent) - before

    async def _send(self):
        for work_slice, _ in self.queue.messages:
            mine = await self.ports.slices.begin(work_slice, self.now)
            if mine.state is not SliceState.RUNNING:
                continue
            for one in await self.ports.audience.block(
                "bocholt", Offer.NEWS, work_slice.after, work_slice.upto, 10_000
            ):
                if self.broadcast.reaches(one):
                    self.sent.append((self.now, one.citizen_id))
                    await self.record(one.citizen_id, CAUSE)
            await self.ports.slices.close(work_slice, mine, replace(mine, state=SliceState.DONE), self.now)
        self.queue.messages.clear()

    async def record(self, citizen_id, cause):
        key = replace(outcome(0).key, cause=cause, citizen_id=citizen_id)
        await self.ports.deliveries.record("bocholt", [replace(outcome(0), key=key, at=self.now)])

    def hour_comes(self):
        """The next schedule fires, at its time."""
        self.now = max(self.now, self.broadcast.next_at)
        due = [name for name, when in self.schedule.hours.items() if when <= self.now]
        for name in due:
            del self.schedule.hours[name]
        return bool(due)

    def status(self):
        ports = {name: getattr(self.ports, name) for name in ("deliveries", "slices")}
        return broadcast_status(self.broadcast, self.now, lost=Unaccounted(), **ports)


def test_a_limit_at_meta_below_the_town_file_s_is_the_one_that_is_kept_to():
    hall = Hall(250, limit=2000)
    snapshot = a_snapshot(hall.town)
    facts = replace(snapshot.number, portfolio_limit="TIER_250")
    hall.ports.snapshots.save("bocholt", replace(snapshot, number=facts))
    for number in range(1000, 1150):  # had something today
        asyncio.run(hall.record(person(number).citizen_id, EARLIER))
    hall.ports.broadcasts.create(broadcast(broadcast_id=EARLIER, **made(NOON)))
    hall.start()
    assert hall.send() == 100


def test_a_restricted_account_begins_no_newsletter_and_one_that_is_settled_does():
    hall = Hall(10, limit=100)
    hall.ports.snapshots.add_notices("bocholt", [a_notice()])
    with pytest.raises(TemplateNotAsApproved, match="RESTRICTED_BIZ_INITIATED_MESSAGING"):
        hall.start()
    assert hall.broadcast.state is BroadcastState.RELEASED
    hall.ports.snapshots.add_notices("bocholt", [a_notice(told_at=NOON, over=True)])
    hall.start()
    assert hall.send() == 10


def test_the_next_day_s_portion_waits_while_meta_would_refuse_it_and_goes_once_it_is_settled():
    hall = Hall(150, limit=100)
    hall.start()
    assert hall.send() == 100
    hall.ports.snapshots.add_notices("bocholt", [a_notice()])
    hall.hour_comes()
    with pytest.raises(TemplateNotAsApproved):
        hall.start()
    assert (hall.send(), hall.broadcast.state) == (0, BroadcastState.RUNNING)
    hall.ports.snapshots.add_notices("bocholt", [a_notice(told_at=hall.now, over=True)])
    hall.start()
    assert hall.send() == 50


def test_what_is_too_old_for_a_portion_ends_whatever_meta_says_of_the_account():
    hall = Hall(150, limit=100)
    hall.start()
    hall.send()
    hall.ports.snapshots.add_notices("bocholt", [a_notice()])
    hall.now = NOON + timedelta(days=15)
    hall.start()
    assert hall.broadcast.next_at is None


def test_today_takes_its_share_and_the_rest_is_scheduled_for_when_its_places_are_free_again():
    hall = Hall(250, limit=100)
    started = hall.start()
    assert (started.planned, hall.send()) == (250, 100)
    assert started.next_at == next_start(NOON, 100, hall.town.number.rate_mps) > NOON + DAY
    assert list(hall.schedule.hours.values()) == [started.next_at]
    figures = hall.status()
    assert (figures.accepted, figures.waiting, figures.finished) == (100, 150, False)
    assert figures.next_portion_at == started.next_at

    days = [100]
    while hall.broadcast.next_at:
        assert hall.hour_comes()
        hall.start()
        days.append(hall.send())
    assert days == [100, 100, 50]
    people = [who for _, who in hall.sent]
    assert len(people) == len(set(people)) == 250
    figures = hall.status()
    assert (figures.accepted, figures.waiting, figures.not_sent, figures.finished) == (250, 0, 0, True)
    assert not hall.schedule.hours


def test_a_schedule_that_fires_twice_or_too_early_starts_nothing_twice():
    hall = Hall(250, limit=100)
    hall.start()
    hall.start()
    hall.send()
    hall.now += timedelta(hours=12)
    hall.start()
    assert hall.send() == 0
    hall.hour_comes()
    hall.start()
    hall.start()
    assert hall.send() == 100
    hall.start()
    assert hall.send() == 0
    assert len(hall.broadcast.portions) == 2


@pytest.mark.parametrize("breaks", ["slices", "queue", "schedule"])
def test_a_start_that_dies_half_way_is_made_whole_by_the_next(breaks):
    hall = Hall(250, limit=100)
    whole = hall.ports

    class Dies:
        def __getattr__(self, _):
            raise ConnectionError

    hall.ports = replace(whole, **{breaks: Dies()})
    with pytest.raises(ConnectionError):
        hall.start()
    hall.ports = whole
    hall.start()
    assert hall.send() == 100
    assert list(hall.schedule.hours.values()) == [hall.broadcast.next_at]


def test_what_another_newsletter_and_an_alert_took_today_is_deducted():
    hall = Hall(100, limit=100)
    other = replace(broadcast(lanes=1), broadcast_id="bocholt-n-20261124-others", **made(NOON - timedelta(hours=3)))
    hall.ports.broadcasts.create(other)
    alert = a_trigger().alert
    hall.ports.alerts.raised[alert.alert_id] = replace(alert, raised_at=NOON - timedelta(hours=2))
    hall.now = NOON - timedelta(hours=2)
    for number in range(1_000, 1_030):
        asyncio.run(hall.record(person(number).citizen_id, other.broadcast_id))
    for number in range(1_020, 1_040):  # ten of them had both, and count once
        asyncio.run(hall.record(person(number).citizen_id, alert.alert_id))
    hall.now = NOON
    hall.start()
    assert hall.send() == 60


def test_what_went_out_more_than_a_day_ago_is_free_again():
    hall = Hall(100, limit=100)
    other = replace(broadcast(lanes=1), broadcast_id="bocholt-n-20261123-others", **made(NOON - 1.1 * DAY))
    hall.ports.broadcasts.create(other)
    hall.now = NOON - DAY
    for number in range(1_000, 1_050):
        asyncio.run(hall.record(person(number).citizen_id, other.broadcast_id))
    hall.now = NOON
    assert hall.start().next_at is None
    assert hall.send() == 100


def test_a_refusal_of_today_took_no_place():
    hall = Hall(100, limit=100)
    other = replace(broadcast(lanes=1), broadcast_id="bocholt-n-20261124-others")
    hall.ports.broadcasts.create(other)
    key = replace(outcome(0).key, cause=other.broadcast_id, citizen_id=person(1_000).citizen_id)
    refused = replace(outcome(0), key=key, kind=OutcomeKind.REFUSED, at=NOON)
    asyncio.run(hall.ports.deliveries.record("bocholt", [refused]))
    assert hall.start().next_at is None


def test_a_day_without_any_room_is_tried_again_some_hours_later():
    hall = Hall(50, limit=100)
    other = replace(broadcast(lanes=1), broadcast_id="bocholt-n-20261124-others")
    hall.ports.broadcasts.create(other)
    for number in range(1_000, 1_100):
        asyncio.run(hall.record(person(number).citizen_id, other.broadcast_id))
    started = hall.start()
    assert (started.slices, hall.send()) == (0, 0)
    assert NOON < started.next_at <= NOON + timedelta(hours=6)
    assert hall.status().waiting == 50
    days = 0
    while hall.broadcast.next_at:
        assert hall.hour_comes()
        hall.start()
        hall.send()
        days += 1
    assert len({who for _, who in hall.sent}) == len(hall.sent) == 50
    assert days < 6


def test_a_stop_keeps_the_coming_portions_back_and_a_resume_lets_them_go():
    hall = Hall(250, limit=100)
    hall.start()
    hall.send()
    set_state(hall.broadcast, BroadcastState.STOPPED, hall.ports.broadcasts, hall.now)
    assert hall.status().not_sent == 150
    assert hall.hour_comes()
    assert hall.start().slices == 0
    ports = {"broadcasts": hall.ports.broadcasts, "slices": hall.ports.slices, "queue": hall.queue}
    resume_slices(hall.broadcast, hall.town, hall.now, controls=FakeControls(), **ports)
    assert hall.broadcast.is_due(hall.now)
    hall.start()
    assert hall.send() == 100


def test_who_joins_meanwhile_gets_nothing_of_it_and_who_leaves_is_left_alone():
    hall = Hall(250, limit=100)
    hall.start()
    hall.send()
    hall.now += timedelta(hours=1)
    newcomers = (person(number, since=hall.now) for number in range(500, 600))
    hall.ports.audience.people |= {one.citizen_id: one for one in newcomers}
    had = {who for _, who in hall.sent}
    while hall.broadcast.next_at:
        hall.hour_comes()
        hall.start()
        hall.send()
    assert {who for _, who in hall.sent} == {person(number).citizen_id for number in range(250)}
    assert len(had) == 100


def test_after_two_weeks_the_rest_is_old_news():
    hall = Hall(250, limit=100)
    hall.start()
    hall.send()
    hall.now += 15 * DAY
    hall.start()
    assert hall.broadcast.next_at is None
    assert hall.send() == 0
    figures = hall.status()
    assert (figures.not_sent, figures.finished) == (150, True)


def test_each_portion_is_news_for_two_days_from_its_own_start():
    hall = Hall(250, limit=100)
    hall.start()
    hall.send()
    hall.hour_comes()
    hall.hour_comes()
    hall.start()
    newsletter = Newsletter(hall.broadcast, hall.town)
    assert not newsletter.over(hall.now + timedelta(hours=47))
    assert newsletter.over(hall.now + timedelta(hours=48))


@settings(max_examples=examples(60), deadline=None)
@given(
    people=st.integers(1, 60),
    limit=st.integers(8, 40),
    fires=st.lists(st.integers(1, 3), min_size=20, max_size=20),
    late_h=st.lists(st.integers(0, 20), min_size=20, max_size=20),
)
def test_whatever_fires_when_everyone_gets_it_once_and_no_24_hours_exceed_the_limit(people, limit, fires, late_h):
    hall = Hall(people, limit)
    for times, hours in zip(fires, late_h, strict=True):
        for _ in range(times):
            hall.start()
        hall.send()
        if hall.broadcast.next_at is None:
            break
        hall.hour_comes()
        hall.now += timedelta(hours=hours)
    assert len({who for _, who in hall.sent}) == len(hall.sent) == people
    for at, _ in hall.sent:
        assert sum(at - DAY < other <= at for other, _ in hall.sent) <= limit
