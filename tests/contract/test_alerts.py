"""Port Alerts: one suite for the fake and for the table."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.crisis.alerts import DynamoAlerts
from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls, lease_of
from stadtdraht.adapters.dynamodb.delivery.slices import DynamoSlices
from stadtdraht.domain.crisis.alert import UNDO, AlertKind, AlreadyRaised, Raised, SpentOnOthers
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.slices import SliceState
from tests.support.builders.crisis import LEASED, NOON, a_trigger
from tests.support.fakes.alerts import FakeAlerts
from tests.support.town_names import town_number


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def alerts(request):
    return FakeAlerts() if request.param == "fake" else DynamoAlerts(request.getfixturevalue("table"))


def test_a_press_raises_an_alert_that_reads_as_it_was_written(alerts):
    trigger = a_trigger(districts=frozenset({"mussum", "barlo"}))
    assert alerts.raise_once(trigger) == Raised(trigger.alert.alert_id)
    assert alerts.get(trigger.alert.alert_id) == trigger.alert


def test_the_same_nonce_never_raises_a_second_alert(alerts):
    first = a_trigger("n1", random="aaaaaa")
    much_later = a_trigger("n1", scenario="flood", at=NOON + timedelta(minutes=30), random="bbbbbb")
    alerts.raise_once(first)
    assert alerts.raise_once(much_later) == AlreadyRaised(first.alert.alert_id)
    assert alerts.get(much_later.alert.alert_id) is None


def test_a_nonce_that_comes_again_with_other_choices_raises_nothing(alerts):
    first = replace(a_trigger("n1", random="aaaaaa"), choices="fire")
    assert alerts.raise_once(first) == Raised(first.alert.alert_id)
    same = replace(a_trigger("n1", "n2", random="bbbbbb"), choices="fire")
    assert alerts.raise_once(same) == AlreadyRaised(first.alert.alert_id)
    other = replace(a_trigger("n2", "n1", scenario="gas", random="cccccc"), choices="gas")
    assert alerts.raise_once(other) == SpentOnOthers(first.alert.alert_id)
    assert alerts.get(other.alert.alert_id) is None


def test_either_of_two_spent_values_is_enough(alerts):
    first = a_trigger("n1", "key-1", random="aaaaaa")
    alerts.raise_once(first)
    later = NOON + timedelta(minutes=30)
    for spends in (("n2", "key-1"), ("n1", "key-2")):
        again = a_trigger(*spends, scenario="flood", at=later, random="bbbbbb")
        assert alerts.raise_once(again) == AlreadyRaised(first.alert.alert_id)


def test_the_same_alert_a_moment_later_is_the_alert_that_stands(alerts):
    first = a_trigger("n1", random="aaaaaa")
    alerts.raise_once(first)
    second = a_trigger("n2", at=NOON + timedelta(seconds=119), random="bbbbbb")
    assert alerts.raise_once(second) == AlreadyRaised(first.alert.alert_id)


@pytest.mark.parametrize(
    "other",
    [
        {"scenario": "flood"},
        {"districts": frozenset({"mussum"})},
        {"town": "vreden"},
        {"mode": LinkMode.DRILL},
        {"at": NOON + timedelta(seconds=121)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_another_alert_is_raised_beside_it(alerts, other):
    alerts.raise_once(a_trigger("n1", random="aaaaaa"))
    second = a_trigger("n2", random="bbbbbb", **other)
    assert alerts.raise_once(second) == Raised(second.alert.alert_id)


def test_a_nonce_of_one_town_says_nothing_in_another(alerts):
    alerts.raise_once(a_trigger("n1"))
    elsewhere = a_trigger("n1", town="vreden")
    assert alerts.raise_once(elsewhere) == Raised(elsewhere.alert.alert_id)


def test_twenty_hands_at_once_raise_one_alert(alerts):
    triggers = [a_trigger(f"n{hand}", random=f"aaaa{hand:02}") for hand in range(20)]
    outcomes = []
    start = threading.Barrier(len(triggers))

    def press(trigger):
        start.wait()
        outcomes.append(alerts.raise_once(trigger))

    hands = [threading.Thread(target=press, args=(trigger,)) for trigger in triggers]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(outcomes) == len(triggers)
    assert sum(isinstance(outcome, Raised) for outcome in outcomes) == 1
    assert len({outcome.alert_id for outcome in outcomes}) == 1


def test_recent_alerts_come_newest_first_and_drills_stand_apart(alerts):
    times = [NOON, NOON + timedelta(hours=1), NOON + timedelta(hours=2)]
    raised = [a_trigger(at=at, random=f"aaaaa{n}") for n, at in enumerate(times)]
    drill = a_trigger(mode=LinkMode.DRILL, random="dddddd")
    for trigger in (*raised, drill):
        alerts.raise_once(trigger)
    ids = [alert.alert_id for alert in alerts.recent("bocholt", limit=2)]
    assert ids == [raised[2].alert.alert_id, raised[1].alert.alert_id]
    assert [alert.alert_id for alert in alerts.recent("bocholt", LinkMode.DRILL)] == [drill.alert.alert_id]
    assert list(alerts.recent("vreden")) == []


@pytest.mark.parametrize("unknown", ["", "bocholt", "bocholt-a-20261124-zzzzzz", "#DIRECTORY", "a/../b"])
def test_what_was_never_raised_is_not_found(alerts, unknown):
    assert alerts.get(unknown) is None


def a_follow_up(kind, before, at, random):
    """What a press puts down that follows an alert."""
    trigger = a_trigger(f"n-{random}", at=at, random=random)
    alert = replace(trigger.alert, kind=kind, follows=before, also_for=frozenset({"mussum"}))
    return replace(trigger, alert=alert)


def test_what_follows_an_alert_ends_it_and_only_one_can(alerts):
    first = a_trigger("n1").alert
    alerts.raise_once(a_trigger("n1"))
    at = NOON + timedelta(seconds=30)  # sooner than the same alert could be raised again
    end = a_follow_up(AlertKind.ALL_CLEAR, first.alert_id, at, "bbbbbb")
    assert alerts.raise_once(end) == Raised(end.alert.alert_id)
    assert alerts.get(end.alert.alert_id) == end.alert
    ended = alerts.get(first.alert_id)
    assert (ended.followed_by, ended.followed_at) == (end.alert.alert_id, at)
    assert ended.over(at)
    assert not first.over(at)
    late = a_follow_up(AlertKind.FALSE_ALARM, first.alert_id, at + timedelta(seconds=1), "cccccc")
    assert alerts.raise_once(late) == AlreadyRaised(end.alert.alert_id)
    assert alerts.get(late.alert.alert_id) is None


def that_can_be_undone(trigger):
    alert = replace(trigger.alert, sends_at=trigger.alert.raised_at + UNDO)
    return replace(trigger, alert=alert)


def test_a_press_that_is_undone_is_over_and_can_be_pressed_again(alerts):
    trigger = that_can_be_undone(a_trigger("n1", random="aaaaaa"))
    alerts.raise_once(trigger)
    at = NOON + timedelta(seconds=4)
    assert alerts.get(trigger.alert.alert_id) == trigger.alert
    assert alerts.undo(trigger.alert, at)
    undone = alerts.get(trigger.alert.alert_id)
    assert (undone.undone_at, undone.over(at)) == (at, True)
    assert not alerts.undo(trigger.alert, at)
    again = a_trigger("n2", at=at, random="bbbbbb")
    assert alerts.raise_once(again) == Raised(again.alert.alert_id)


def test_what_has_begun_cannot_be_undone(alerts):
    trigger = that_can_be_undone(a_trigger("n1"))
    alerts.raise_once(trigger)
    for _ in range(2):  # by two lanes, or by one after a crash
        assert alerts.begin(trigger.alert.alert_id, NOON + UNDO) == trigger.alert
    assert not alerts.undo(trigger.alert, NOON + UNDO)
    assert alerts.get(trigger.alert.alert_id).undone_at is None


def test_what_was_undone_does_not_begin(alerts):
    trigger = that_can_be_undone(a_trigger("n1"))
    alerts.raise_once(trigger)
    alerts.undo(trigger.alert, NOON)
    assert alerts.begin(trigger.alert.alert_id, NOON + UNDO).undone_at == NOON
    assert alerts.begin("bocholt-a-20261124-zzzzzz", NOON) is None


def test_an_end_that_is_undone_leaves_the_alert_before_as_it_was(alerts):
    first = a_trigger("n1").alert
    alerts.raise_once(a_trigger("n1"))
    end = that_can_be_undone(a_follow_up(AlertKind.ALL_CLEAR, first.alert_id, NOON + timedelta(seconds=30), "bbbbbb"))
    alerts.raise_once(end)
    assert alerts.get(first.alert_id).followed_at == end.alert.sends_at
    assert alerts.undo(end.alert, NOON + timedelta(seconds=35))
    assert alerts.get(first.alert_id) == first
    again = a_follow_up(AlertKind.FALSE_ALARM, first.alert_id, NOON + timedelta(seconds=40), "cccccc")
    assert alerts.raise_once(again) == Raised(again.alert.alert_id)


def test_of_a_hand_and_a_sender_at_the_same_moment_one_is_quicker(alerts):
    for race in range(8):
        trigger = that_can_be_undone(
            a_trigger(f"n{race}", scenario="fire", town=town_number(race), random=f"aaaaa{race}")
        )
        alerts.raise_once(trigger)
        with ThreadPoolExecutor(2) as both:
            undone = both.submit(alerts.undo, trigger.alert, NOON + UNDO)
            begun = both.submit(alerts.begin, trigger.alert.alert_id, NOON + UNDO)
        assert undone.result() == (begun.result().undone_at is not None)


@pytest.mark.local_aws
def test_an_end_that_can_be_undone_does_not_stop_the_alert_before(table):
    alerts, controls = DynamoAlerts(table), DynamoControls(table)
    trigger = a_trigger("n1")
    alerts.raise_once(trigger)
    end = a_follow_up(AlertKind.ALL_CLEAR, trigger.alert.alert_id, NOON + timedelta(seconds=5), "bbbbbb")
    alerts.raise_once(that_can_be_undone(end))
    assert asyncio.run(controls.read("bocholt", trigger.phone_number_id)).stopped == frozenset()


@pytest.mark.local_aws
def test_what_follows_an_alert_stops_it_on_its_number(table):
    alerts, controls = DynamoAlerts(table), DynamoControls(table)
    trigger = a_trigger("n1")
    alerts.raise_once(trigger)
    alerts.raise_once(a_follow_up(AlertKind.ALL_CLEAR, trigger.alert.alert_id, NOON + timedelta(seconds=5), "bbbbbb"))
    control = asyncio.run(controls.read("bocholt", trigger.phone_number_id))
    assert control.stopped == {trigger.alert.alert_id}


@pytest.mark.local_aws
def test_alert_slices_and_lease_are_on_the_table_together_or_not_at_all(table):
    alerts, slices = DynamoAlerts(table), DynamoSlices(table)
    trigger = a_trigger("n1")
    wide = replace(trigger, slices=tuple(replace(trigger.slices[0], lane=lane, lanes=16) for lane in range(16)))
    alerts.raise_once(wide)
    planned = slices.all(trigger.alert.alert_id)
    assert [work_slice for work_slice, _ in planned] == list(wide.slices)
    assert {progress.state for _, progress in planned} == {SliceState.WAITING}
    control = table.get(keys.number("bocholt", trigger.phone_number_id), keys.CONTROL)
    assert control[lease_of(trigger.alert.alert_id)] == keys.instant(NOON + LEASED)
    lost = a_trigger("n1", at=NOON + timedelta(hours=1), random="bbbbbb")
    alerts.raise_once(lost)
    assert list(slices.all(lost.alert.alert_id)) == []
    assert table.get(keys.number("bocholt", trigger.phone_number_id), keys.CONTROL) == control


@pytest.mark.local_aws
def test_a_drill_takes_no_number_from_the_newsletters(table):
    trigger = a_trigger(mode=LinkMode.DRILL)
    DynamoAlerts(table).raise_once(trigger)
    assert table.get(keys.number("bocholt", trigger.phone_number_id), keys.CONTROL) is None
