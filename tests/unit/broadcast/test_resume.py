"""Resuming a newsletter: what goes on, and what is said when there is nothing left to send."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.domain.broadcast.broadcast import BroadcastState, NotReleased, Portion
from stadtdraht.domain.broadcast.late import is_late
from stadtdraht.domain.broadcast.slicing import had_their_turn, slices_of
from stadtdraht.domain.delivery.slices import Progress, SliceState
from stadtdraht.settings import Settings
from stadtdraht.usecases.broadcast.sending.stop_and_resume import NewsletterOver, check_resumable
from tests.support.adapters import FakeAdapters
from tests.support.builders.account import a_notice
from tests.support.builders.delivery import CAUSE, LETTER, NOON, broadcast, citizen_id
from tests.support.builders.delivery import town as a_town
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

TEMPLATE = replace(LETTER, body=f"{LETTER.body} {{{{imprint}}}}", footer="Ende mit STOP")
BEGUN = {"state": BroadcastState.RUNNING, "planned": 60, "lanes": 1, "slices_per_lane": 2}


def town(**changes):
    return replace(a_town(), templates=(TEMPLATE,), **changes)


class Desk:
    """One newsletter, with its slices when it has begun, and the command."""

    def __init__(self, made, states=()):
        self.broadcasts, self.slices = FakeBroadcasts({CAUSE: made}), FakeSlices()
        self.controls, self.queue, self.schedule, self.started = FakeControls(), FakeSliceQueue(), FakeSchedule(), []
        self.account_snapshots = FakeAccountSnapshots()
        if made.lanes:
            self.slices.plan(list(slices_of(made, town().number.phone_number_id)))
        for key, state in zip(sorted(self.slices.rows), states, strict=False):
            work_slice, progress, at = self.slices.rows[key]
            self.slices.rows[key] = (work_slice, replace(progress, state=state), at)
        self.controls.stop("bocholt", town().number.phone_number_id, CAUSE, stopped=True)

    def start(self, _, broadcast_id):
        self.started.append(broadcast_id)

    def resume(self, *words):
        adapters = FakeAdapters(
            settings=Settings(),
            towns=FakeTowns({"bocholt": town()}),
            broadcasts=self.broadcasts,
            slices=self.slices,
            controls=self.controls,
            schedule=self.schedule,
            account_snapshots=self.account_snapshots,
            newsletter_queue=self.queue,
            starter=self,
            audience=FakeAudience(),
            alerts=FakeAlerts(),
            deliveries=FakeDeliveries(),
        )
        words = ["broadcast", "resume", CAUSE, *words]
        return CliRunner().invoke(app, words, obj=adapters, env={"COLUMNS": "300"})

    @property
    def state(self):
        return self.broadcasts.get(CAUSE).state

    @property
    def is_held(self):
        return any(CAUSE in item.stopped for item in self.controls.items.values())


def now_made(**changes):
    return broadcast(released_at=datetime.now(UTC) - timedelta(hours=1), **changes)


def test_a_finished_newsletter_has_nothing_to_resume_and_says_where_its_figures_are():
    desk = Desk(now_made(**BEGUN), [SliceState.DONE, SliceState.DONE])
    done = desk.resume()
    assert done.exit_code == 1
    assert "ist fertig" in done.stderr
    assert f"stadtdraht broadcast report {CAUSE}" in done.stderr
    assert not desk.queue.messages
    assert desk.resume("--json").exit_code == 1


def test_a_newsletter_past_its_time_is_over_and_a_new_one_is_proposed():
    desk = Desk(broadcast(**BEGUN | {"state": BroadcastState.STOPPED}), [SliceState.DONE, SliceState.PARKED])
    done = desk.resume()
    assert done.exit_code == 1
    assert "Seit 26.11.2026, 12:00 Uhr geht nichts mehr davon hinaus" in done.stderr
    assert "stadtdraht broadcast draft" in done.stderr
    assert (desk.state, desk.is_held) == (BroadcastState.STOPPED, True)


def test_a_draft_is_released_before_anything_goes_on():
    desk = Desk(now_made(state=BroadcastState.DRAFT))
    done = desk.resume()
    assert done.exit_code == 1
    assert f"Geben Sie ihn zuerst frei: `stadtdraht broadcast release {CAUSE}`" in done.stderr
    assert (desk.state, desk.started) == (BroadcastState.DRAFT, [])


def test_a_stopped_one_goes_on_with_what_is_left():
    desk = Desk(now_made(**BEGUN | {"state": BroadcastState.STOPPED}), [SliceState.DONE, SliceState.PARKED])
    value = json.loads(desk.resume("--json").stdout)
    assert value == {"broadcast_id": CAUSE, "state": "running", "slices": 1}
    assert (desk.state, desk.is_held, len(desk.queue.messages)) == (BroadcastState.RUNNING, False, 1)


def test_where_every_slice_is_being_sent_it_says_so():
    desk = Desk(now_made(**BEGUN), [SliceState.DONE, SliceState.RUNNING])
    key = max(desk.slices.rows)
    desk.slices.rows[key] = (*desk.slices.rows[key][:2], datetime.now(UTC))
    assert "Alle Teile sind schon unterwegs" in desk.resume().stdout


def test_one_that_was_stopped_before_it_began_begins_now():
    desk = Desk(now_made(state=BroadcastState.STOPPED))
    assert "Er beginnt jetzt" in desk.resume().stdout
    assert (desk.state, desk.started) == (BroadcastState.RUNNING, [CAUSE])


def test_one_that_meta_would_refuse_stays_stopped_and_says_why():
    desk = Desk(now_made(state=BroadcastState.STOPPED))
    desk.account_snapshots.add_notices("bocholt", [a_notice()])
    done = desk.resume()
    assert done.exit_code == 1
    assert "RESTRICTED_BIZ_INITIATED_MESSAGING" in done.stderr
    assert (desk.state, desk.started, desk.is_held) == (BroadcastState.STOPPED, [], True)


def test_one_that_was_stopped_before_its_hour_goes_out_at_its_hour_and_not_now():
    hour = datetime.now(UTC) + timedelta(days=400)
    desk = Desk(now_made(state=BroadcastState.STOPPED, starts_at=hour))
    assert json.loads(desk.resume("--json").stdout)["state"] == "scheduled"
    assert (desk.state, desk.started, desk.is_held) == (BroadcastState.SCHEDULED, [], False)
    assert list(desk.schedule.hours.values()) == [hour]


def check(made, now, states=()):
    check_resumable(made, town(), now, slices=Desk(made, states).slices)


def test_a_portion_to_come_may_be_resumed_for_two_weeks_though_the_one_before_is_over():
    portion = Portion("0", citizen_id(1), 30, 2, NOON)
    spread = broadcast(**BEGUN, portions=(portion,), next_at=NOON + timedelta(days=1))
    check(spread, NOON + timedelta(days=3), [SliceState.DONE, SliceState.DONE])
    with pytest.raises(NewsletterOver):
        check(spread, NOON + timedelta(days=15))
    with pytest.raises(NewsletterOver):
        check(replace(spread, next_at=None), NOON + timedelta(days=3), [SliceState.DONE])


def test_what_expires_is_over_at_that_hour():
    expiring = broadcast(**BEGUN, expires_at=NOON + timedelta(hours=3))
    check(expiring, NOON + timedelta(hours=2))
    with pytest.raises(NewsletterOver, match=r"24\.11\.2026, 15:00 \(Europe/Berlin\)"):
        check(expiring, NOON + timedelta(hours=3))
    with pytest.raises(NotReleased):
        check(replace(expiring, state=BroadcastState.DRAFT), NOON)


def test_one_that_was_held_for_hours_asks_whether_it_still_holds_true():
    held = now_made(**BEGUN, held_at=datetime.now(UTC) - timedelta(hours=4))
    desk = Desk(replace(held, state=BroadcastState.STOPPED), [SliceState.DONE, SliceState.PARKED])
    assert desk.resume("--json").exit_code == 1
    assert desk.state is BroadcastState.STOPPED
    done = desk.resume("--yes")
    assert done.exit_code == 0
    assert "niemand bekommt ihn doppelt" in done.stdout
    assert (desk.state, desk.broadcasts.get(CAUSE).held_at) == (BroadcastState.RUNNING, None)


def test_one_whose_hour_came_while_it_was_held_is_late_from_that_hour_on():
    hour = NOON + timedelta(days=1)
    held = broadcast(state=BroadcastState.STOPPED, starts_at=hour, held_at=NOON)
    assert not is_late(held, hour - timedelta(minutes=1))
    assert not is_late(held, hour + timedelta(hours=2, minutes=59))
    assert is_late(held, hour + timedelta(hours=3))
    assert not is_late(replace(held, held_at=None), hour + timedelta(days=9))


def test_how_many_had_their_turn_is_read_from_the_cursors():
    made = broadcast(planned=1000, lanes=1, slices_per_lane=2)
    first, second = slices_of(made, "1")
    half = f"{(int(second.after, 16) + 16**20) // 2:020x}"
    done = Progress(SliceState.DONE, 1, first.upto, first.upto)
    under_way = Progress(SliceState.RUNNING, 1, half, half, leftover=(citizen_id(1),))
    assert had_their_turn([(first, done), (second, under_way)], 1000) == 749
    assert had_their_turn([(first, done), (second, done)], 999) == 999
    assert had_their_turn([], 10) == 0
