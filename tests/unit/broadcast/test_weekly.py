"""A weekly newsletter: every week at its hour, once, and with news."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.broadcast import start
from stadtdraht.adapters.aws.scheduler import EventBridgeSchedule
from stadtdraht.domain.broadcast.broadcast import WEEKLY, BroadcastState
from stadtdraht.domain.broadcast.draft import released
from stadtdraht.domain.broadcast.feed import FeedEntry
from stadtdraht.domain.broadcast.weekly import due, next_due
from stadtdraht.settings import Settings
from stadtdraht.usecases.broadcast.writing.weekly_issue import weekly_issue
from tests.support.adapters import FakeAdapters
from tests.support.builders.delivery import person
from tests.support.builders.newsletter import BERND, MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.queues import FakeSliceQueue
from tests.support.fakes.schedule import FakeSchedule
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns
from tests.support.fakes.web import FakeFeeds, FakeLinks

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)  # Thursday, 17:00 in Bocholt
WEEK = timedelta(days=7)
TOWN = a_newsletter_town()


def series(**options):
    made = released(a_draft(story(1), story(2), **options), BERND, MONDAY, FIRST)
    return replace(made, repeat=WEEKLY)


def entries(*numbers):
    return [FeedEntry(f"Meldung {n}", "Kurz.", story(n).link, MONDAY + timedelta(hours=n)) for n in numbers]


class Press:
    """The start's function on fakes; `fires` is what the scheduler does."""

    def __init__(self, made, found=None, town=TOWN, links=None):
        self.broadcasts, self.feeds = FakeBroadcasts({made.broadcast_id: made}), FakeFeeds(found)
        self.links, self.town, self.made = links or FakeLinks(), town, made

    def issue(self, at):
        return weekly_issue(
            self.broadcasts.get(self.made.broadcast_id),
            self.town,
            at,
            broadcasts=self.broadcasts,
            feeds=self.feeds,
            links=self.links,
            public_url=PUBLIC_URL,
        )


@given(st.integers(0, 200), st.sampled_from([0, 3, 12]))
def test_it_is_due_at_the_same_hour_of_the_town_whatever_the_clocks_do(weeks, hour):
    first = datetime(2026, 3, 26, hour, 15, tzinfo=BERLIN).astimezone(UTC)
    wall = datetime(2026, 3, 26, hour, 15) + weeks * WEEK  # noqa: DTZ001 - on the wall
    at = wall.replace(tzinfo=BERLIN).astimezone(UTC)
    assert due(first, BERLIN, at) == at
    assert due(first, BERLIN, at + timedelta(days=6)) == at
    assert due(first, BERLIN, at - timedelta(seconds=3)) == at  # a scheduler that is a little early


def test_clocks_changed_between_two_weeks():
    summer = datetime(2026, 10, 22, 15, 0, tzinfo=UTC)  # 17:00, the clocks go back on the 25th
    assert due(summer, BERLIN, datetime(2026, 10, 29, 16, 0, tzinfo=UTC)) == datetime(2026, 10, 29, 16, 0, tzinfo=UTC)
    assert due(summer, BERLIN, datetime(2026, 10, 29, 15, 30, tzinfo=UTC)) == summer


def test_a_series_that_goes_on_waits_for_its_next_hour():
    assert next_due(FIRST, BERLIN, MONDAY) == FIRST
    assert next_due(FIRST, BERLIN, FIRST + timedelta(hours=1)) == FIRST + WEEK
    summer = datetime(2026, 10, 22, 15, 0, tzinfo=UTC)
    assert next_due(summer, BERLIN, summer + timedelta(hours=1)) == datetime(2026, 10, 29, 16, 0, tzinfo=UTC)


def test_the_first_issue_is_what_was_released():
    press = Press(series(feed="https://x.example/rss"), entries(7, 8))
    found = press.issue(FIRST)
    assert found.may_start
    assert found.broadcast.items == press.made.items
    assert (found.broadcast.series, found.broadcast.repeat) == (press.made.broadcast_id, "")
    assert (found.broadcast.state, found.broadcast.released_by) == (BroadcastState.RELEASED, "Bernd")


def test_later_ones_are_the_newest_stories_that_were_not_told():
    press = Press(series(feed="https://x.example/rss"), entries(1, 2, 7, 8, 9))
    first, second = press.issue(FIRST), press.issue(FIRST + WEEK)
    assert [item.title for item in second.broadcast.items] == ["Meldung 9", "Meldung 8"]
    assert second.broadcast.broadcast_id != first.broadcast.broadcast_id
    third = press.issue(FIRST + 2 * WEEK)
    assert [item.title for item in third.broadcast.items] == ["Meldung 7"]
    assert third.broadcast.template == "stadtnachrichten_1"
    nothing = press.issue(FIRST + 3 * WEEK)
    assert (nothing.broadcast, nothing.may_start) == (None, False)
    assert "nothing that was not in a newsletter" in nothing.why


def test_without_a_feed_the_same_goes_out_again_until_it_is_over():
    made = series()
    items = tuple(replace(item, valid_until=FIRST + timedelta(days=8)) for item in made.items)
    press = Press(replace(made, items=items))
    assert [press.issue(FIRST + n * WEEK).may_start for n in range(3)] == [True, True, False]


def test_fresh_stories_wait_for_a_second_person_where_the_town_wants_one():
    press = Press(series(feed="https://x.example/rss"), entries(7, 8), replace(TOWN, two_person_release=True))
    assert press.issue(FIRST).may_start
    second = press.issue(FIRST + WEEK)
    assert (second.may_start, second.broadcast.state) == (False, BroadcastState.DRAFT)
    assert second.why == "a second person has to release it"
    assert second.broadcast.released_at is None


def test_a_dead_link_keeps_the_issue_as_a_draft():
    press = Press(series(), links=FakeLinks({story(1).link: "answers 500, not 200"}))
    found = press.issue(FIRST)
    assert (found.may_start, found.broadcast.state) == (False, BroadcastState.DRAFT)
    assert "item 1, link" in found.why


def test_who_comes_second_to_the_stories_finds_the_issue_of_who_was_first():
    press = Press(series(feed="https://x.example/rss"), entries(7, 8))
    read = press.feeds.read

    def while_the_other_one_is_faster(address):
        press.feeds.read = read
        assert press.issue(FIRST + WEEK).may_start
        return read(address)

    press.feeds.read = while_the_other_one_is_faster
    found = press.issue(FIRST + WEEK)
    assert (found.may_start, found.why) == (True, "")
    assert len(press.broadcasts.found) == 2  # the series and one issue


def test_a_feed_that_cannot_be_read_leaves_the_week_out():
    found = Press(series(feed="https://x.example/rss")).issue(FIRST + WEEK)
    assert (found.broadcast, found.why) == (None, "the feed https://x.example/rss answers 500, not 200")


def test_a_stopped_series_has_no_issue():
    assert not Press(replace(series(), state=BroadcastState.STOPPED)).issue(FIRST).may_start


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=3), timedelta(hours=23)])
def test_a_schedule_that_fires_twice_is_one_broadcast(monkeypatch, late):
    press = Press(series(feed="https://x.example/rss"), entries(7, 8))
    slices, queue = FakeSlices(), FakeSliceQueue()
    people = {one.citizen_id: one for one in (person(number) for number in range(50))}
    adapters = FakeAdapters(
        towns=FakeTowns({"bocholt": TOWN}),
        broadcasts=press.broadcasts,
        feeds=press.feeds,
        links=press.links,
        audience=FakeAudience(people),
        slices=slices,
        newsletter_queue=queue,
        alerts=FakeAlerts(),
        deliveries=FakeDeliveries(),
        schedule=FakeSchedule(),
        account_snapshots=FakeAccountSnapshots(),
        settings=Settings(public_url=PUBLIC_URL),
    )
    event = {"town": "bocholt", "broadcast_id": press.made.broadcast_id}
    for at in (FIRST + WEEK, FIRST + WEEK + late):
        monkeypatch.setattr(start, "datetime", Frozen(at))
        assert start.handler(event, None, adapters=adapters) == {"planned": 50, "slices": 1, "next_at": None}
        press.feeds.entries = entries(7, 8, 9)  # the feed goes on in between
    assert len(press.broadcasts.found) == 2  # the series and one issue
    assert len(queue.messages) == 1


def test_an_issue_that_waits_starts_nothing(monkeypatch):
    press = Press(series(feed="https://x.example/rss"))
    adapters = FakeAdapters(
        towns=FakeTowns({"bocholt": TOWN}),
        broadcasts=press.broadcasts,
        feeds=press.feeds,
        links=press.links,
        settings=Settings(public_url=PUBLIC_URL),
    )
    monkeypatch.setattr(start, "datetime", Frozen(FIRST + WEEK))
    event = {"town": "bocholt", "broadcast_id": press.made.broadcast_id}
    assert start.handler(event, None, adapters=adapters) == {"planned": 0, "slices": 0}


class Frozen:
    """A clock that stands."""

    def __init__(self, at):
        self.at = at

    def now(self, _):
        return self.at


class Recording:
    """EventBridge Scheduler that remembers."""

    def __init__(self):
        self.made = {}

    def create_schedule(self, **made):
        self.made = made


def test_the_schedule_names_weekday_hour_and_zone_so_that_the_clocks_may_change():
    client = Recording()
    EventBridgeSchedule(client, Settings(scheduler_group="g")).weekly("b", "bocholt", FIRST, BERLIN)
    assert client.made["ScheduleExpression"] == "cron(0 17 ? * THU *)"
    assert client.made["ScheduleExpressionTimezone"] == "Europe/Berlin"
    assert client.made["StartDate"] < FIRST
