"""Plan, report and test come from the background: asked once, kept with their age, and final when nothing changes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.broadcast.errand import handler
from stadtdraht.domain import town as towns
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.errand import GIVEN_UP_AFTER, Errand, ErrandResult
from stadtdraht.domain.broadcast.plan_summary import plan_summary
from stadtdraht.domain.broadcast.slicing import slices_of
from stadtdraht.domain.delivery.delivery import Accepted, OutcomeKind
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.errors import NotOurs
from stadtdraht.usecases.broadcast.errands.ask_errand import ErrandPorts, latest_plan, latest_report, send_on
from stadtdraht.usecases.broadcast.errands.kept_report import kept_report, plain_report
from stadtdraht.usecases.broadcast.errands.run_errand import ErrandWork, run_errand
from stadtdraht.usecases.broadcast.load_broadcast import NoSuchBroadcast
from stadtdraht.usecases.broadcast.planning.plan_broadcast import PlanPorts
from tests.support.adapters import FakeAdapters
from tests.support.builders.delivery import outcome, person
from tests.support.builders.newsletter import MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.clicks import FakeClicks
from tests.support.fakes.controls import FakeControls
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.errands import FakeErrandRunner, FakeErrands
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Meta:
    """Takes every message."""

    def __init__(self):
        self.sent = []

    async def send(self, _town, _number, body):
        self.sent.append(body)
        return Accepted("wamid.1")


class Background:
    """One newsletter of a town with two readers, and everything that errands read."""

    def __init__(self, made=None, town=None):
        self.town = town or a_newsletter_town(testers=(towns.Tester("Anna", "4915110000001"),))
        self.made = made or a_draft(story(1))
        self.people = [
            person(1, since=MONDAY - DAY, topics=frozenset({"waste"}), district="barlo"),
            person(2, since=MONDAY - DAY, language="tr"),
        ]
        self.audience = FakeAudience({it.citizen_id: it for it in self.people})
        self.deliveries, self.slices, self.meta = FakeDeliveries(), FakeSlices(), Meta()
        self.broadcasts = FakeBroadcasts({self.made.broadcast_id: self.made})
        self.errands, self.runner = FakeErrands(), FakeErrandRunner()
        self.ports = ErrandPorts(self.errands, self.runner)

    @property
    def work(self):
        plan = PlanPorts(self.broadcasts, self.audience, FakeAlerts(), self.deliveries, FakeAccountSnapshots())
        return ErrandWork(
            towns=FakeTowns({"bocholt": self.town}),
            plan=plan,
            slices=self.slices,
            clicks=FakeClicks(),
            controls=FakeControls(),
            errands=self.errands,
            citizens=FakeCitizens,
            graph=lambda: self.meta,
            public_url=PUBLIC_URL,
        )

    def run(self, errand, now=MONDAY):
        return asyncio.run(run_errand("bocholt", self.made.broadcast_id, errand, now, self.work))


def test_a_plan_is_asked_for_once_and_nobody_waits_for_it():
    back = Background()
    assert latest_plan(back.made, MONDAY, back.ports).result is None
    assert latest_plan(back.made, MONDAY + MINUTE, back.ports).is_under_way(MONDAY + MINUTE)
    assert back.runner.sent == [("bocholt", back.made.broadcast_id, Errand.PLAN)]


def test_the_plan_says_whom_it_reaches_and_whom_each_choice_would():
    back = Background()
    latest_plan(back.made, MONDAY, back.ports)
    back.run(Errand.PLAN, MONDAY + timedelta(seconds=2))
    note = latest_plan(back.made, MONDAY + MINUTE, back.ports)
    found = plan_summary(note.result.value)
    assert (found.planned, found.other_language, found.possible) == (2, 1, True)
    assert found.by_topic == {"traffic": 1, "waste": 2}  # who named none takes all of them
    assert found.by_district == {"barlo": 1, "mussum": 0}
    assert found.by_language == {"de": 1, "tr": 1}
    assert found.cost_eur > 0
    assert len(back.runner.sent) == 1


def test_a_plan_is_asked_for_anew_when_the_draft_changed_or_minutes_went_by():
    back = Background()
    latest_plan(back.made, MONDAY, back.ports)
    back.run(Errand.PLAN, MONDAY + MINUTE)
    changed = replace(back.made, changed_at=MONDAY + 2 * MINUTE)
    assert latest_plan(changed, MONDAY + 2 * MINUTE, back.ports).result.about == MONDAY
    assert len(back.runner.sent) == 2
    back.errands.answer(back.made.broadcast_id, Errand.PLAN, ErrandResult(MONDAY + 3 * MINUTE, changed.changed_at))
    latest_plan(changed, MONDAY + 12 * MINUTE, back.ports)
    assert len(back.runner.sent) == 2
    latest_plan(changed, MONDAY + 13 * MINUTE, back.ports)
    assert len(back.runner.sent) == 3


def test_what_never_came_back_is_given_up_and_asked_for_again():
    back = Background()
    latest_plan(back.made, MONDAY, back.ports)
    latest_plan(back.made, MONDAY + GIVEN_UP_AFTER - MINUTE, back.ports)
    assert len(back.runner.sent) == 1
    latest_plan(back.made, MONDAY + GIVEN_UP_AFTER, back.ports)
    assert len(back.runner.sent) == 2


def test_of_two_who_ask_at_the_same_moment_one_is_sent():
    back = Background()
    seen = back.errands.get(back.made.broadcast_id, Errand.PLAN)
    assert back.errands.ask(back.made.broadcast_id, Errand.PLAN, seen, MONDAY)
    assert not back.errands.ask(back.made.broadcast_id, Errand.PLAN, seen, MONDAY)


def running(back, state=SliceState.DONE, moved_at=MONDAY + MINUTE):
    """The newsletter went out to both, of whom one is delivered."""
    back.made = replace(
        back.made,
        state=BroadcastState.RUNNING,
        planned=2,
        lanes=1,
        slices_per_lane=1,
        first_at=MONDAY,
        released_at=MONDAY,
    )
    back.broadcasts.found[back.made.broadcast_id] = back.made
    back.slices.plan(list(slices_of(back.made, back.town.number.phone_number_id)))
    for key, (work_slice, progress, _) in back.slices.rows.items():
        back.slices.rows[key] = (work_slice, replace(progress, state=state), moved_at)
    made = [
        replace(outcome(number, OutcomeKind.ACCEPTED), key=replace(outcome(number).key, cause=back.made.broadcast_id))
        for number in (1, 2)
    ]
    asyncio.run(back.deliveries.record("bocholt", made))


def test_a_report_becomes_final_a_day_after_its_last_message_and_is_never_counted_again():
    back = Background()
    running(back)
    assert not back.run(Errand.REPORT, MONDAY + 2 * MINUTE).final
    assert back.run(Errand.REPORT, MONDAY + DAY + MINUTE).final
    kept = back.errands.get(back.made.broadcast_id, Errand.REPORT).result
    back.deliveries = FakeDeliveries()  # as if its rows had ended
    assert back.run(Errand.REPORT, MONDAY + 100 * DAY) == kept
    assert not latest_report(back.made, MONDAY + 200 * DAY, back.ports).is_under_way(MONDAY + 200 * DAY)
    assert back.runner.sent == []


def test_a_report_is_kept_word_for_word():
    back = Background()
    running(back)
    back.run(Errand.REPORT, MONDAY + DAY + MINUTE)
    value = back.errands.get(back.made.broadcast_id, Errand.REPORT).result.value
    report = kept_report(value)
    assert (report.figures.planned, report.figures.accepted, report.state) == (2, 2, "finished")
    assert kept_report(plain_report(report)) == report


def test_while_it_goes_out_the_report_is_renewed_every_twenty_seconds():
    back = Background()
    running(back, SliceState.RUNNING)
    back.run(Errand.REPORT, MONDAY)
    latest_report(back.made, MONDAY + timedelta(seconds=19), back.ports)
    assert back.runner.sent == []
    latest_report(back.made, MONDAY + timedelta(seconds=20), back.ports)
    assert len(back.runner.sent) == 1


@pytest.mark.parametrize(("after", "sent"), [(timedelta(minutes=59), 1), (timedelta(minutes=61), 0)])
def test_what_is_over_is_counted_often_for_an_hour_and_then_seldom(after, sent):
    back = Background()
    running(back)
    back.run(Errand.REPORT, MONDAY + after)
    latest_report(back.made, MONDAY + after + timedelta(seconds=20), back.ports, is_over=True)
    assert len(back.runner.sent) == sent


def test_what_was_just_stopped_is_counted_anew():
    back = Background()
    running(back)
    back.run(Errand.REPORT, MONDAY + DAY - MINUTE)
    held = replace(back.made, state=BroadcastState.STOPPED, held_at=MONDAY + DAY - MINUTE)
    latest_report(held, MONDAY + DAY, back.ports)
    assert len(back.runner.sent) == 1


def test_a_test_goes_to_the_testers_once_though_its_event_comes_twice():
    back = Background()
    send_on(back.made, Errand.TEST, MONDAY, back.ports)
    send_on(back.made, Errand.TEST, MONDAY + timedelta(seconds=1), back.ports)
    assert len(back.runner.sent) == 1
    for _ in range(2):
        done = back.run(Errand.TEST, MONDAY + timedelta(seconds=2))
    assert done.value == {"tried": [{"name": "Anna", "accepted": True, "reason": ""}]}
    assert len(back.meta.sent) == 1


def test_why_nothing_came_of_it_is_kept_for_staff():
    back = Background(town=a_newsletter_town())
    done = back.run(Errand.TEST)
    assert done.trouble == "Bocholt hat niemanden zum Ausprobieren."
    assert done.trouble_in_english == "Bocholt has no testers."


def test_another_town_s_newsletter_is_none():
    back = Background()
    back.town = replace(back.town, id="vreden")
    with pytest.raises(NoSuchBroadcast):
        asyncio.run(run_errand("vreden", back.made.broadcast_id, Errand.PLAN, MONDAY, back.work))


def test_the_function_does_what_its_event_names_and_nothing_else():
    back = Background()
    work = back.work
    adapters = FakeAdapters(
        towns=work.towns,
        broadcasts=back.broadcasts,
        audience=back.audience,
        alerts=work.plan.alerts,
        deliveries=back.deliveries,
        account_snapshots=work.plan.snapshots,
        slices=back.slices,
        clicks=work.clicks,
        controls=work.controls,
        errands=back.errands,
        settings=type("Settings", (), {"public_url": PUBLIC_URL})(),
    )
    event = {"town": "bocholt", "broadcast_id": back.made.broadcast_id, "errand": "plan"}
    assert handler(event, None, adapters=adapters) == {"refused": False, "final": False}
    for odd in ({**event, "errand": "erase"}, {"town": "bocholt"}, {}):
        with pytest.raises(NotOurs):
            handler(odd, None, adapters=adapters)
