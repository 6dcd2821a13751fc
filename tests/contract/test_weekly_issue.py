"""A weekly newsletter on the table: two firings at the same moment are one issue, across the change of the clocks."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from functions.broadcast import start
from stadtdraht import bootstrap
from stadtdraht.adapters.dynamodb.alerts import DynamoAlerts
from stadtdraht.adapters.dynamodb.audience import DynamoAudience, audience_row
from stadtdraht.adapters.dynamodb.broadcasts import DynamoBroadcasts
from stadtdraht.adapters.dynamodb.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.slices import DynamoSlices
from stadtdraht.adapters.dynamodb.standings import DynamoStandings
from stadtdraht.adapters.scheduler import WEEKDAYS, EventBridgeSchedule
from stadtdraht.domain.broadcast import WEEKLY
from stadtdraht.domain.drafting import released
from stadtdraht.domain.town import Offer
from stadtdraht.settings import Settings
from tests.delivery_samples import person
from tests.fakes.queues import FakeSliceQueue
from tests.fakes.schedule import FakeSchedule
from tests.fakes.towns import FakeTowns
from tests.fakes.web import FakeLinks
from tests.newsletter_samples import MONDAY, PUBLIC_URL, a_draft, a_newsletter_town

pytestmark = pytest.mark.local_aws
BERLIN = ZoneInfo("Europe/Berlin")
BEFORE_THE_CHANGE = datetime(2026, 10, 22, 15, 0, tzinfo=UTC)  # Thursday, 17:00; the clocks go back on the 25th
AFTER_IT = datetime(2026, 10, 29, 16, 0, tzinfo=UTC)  # 17:00 again
PEOPLE = 40


def test_the_scheduler_keeps_weekday_hour_and_zone(local_aws):
    client = local_aws.client("scheduler")
    client.create_schedule_group(Name="weekly")
    arn = "arn:aws:{}:eu-central-1:000000000000:{}"
    settings = Settings(
        scheduler_group="weekly",
        scheduler_role_arn="arn:aws:iam::000000000000:role/scheduler",
        broadcast_start_function=arn.format("lambda", "function:start"),
    )
    first = (datetime.now(UTC) + timedelta(days=8)).replace(hour=15, minute=0, second=0, microsecond=0)
    EventBridgeSchedule(client, settings).weekly("bocholt-n-20261015-abcdef", "bocholt", first, BERLIN)
    kept = client.get_schedule(Name="bocholt-n-20261015-abcdef", GroupName="weekly")
    wall = first.astimezone(BERLIN)
    assert kept["ScheduleExpression"] == f"cron(0 {wall.hour} ? * {WEEKDAYS[wall.weekday()]} *)"
    assert kept["ScheduleExpressionTimezone"] == "Europe/Berlin"
    assert json.loads(kept["Target"]["Input"]) == {"town": "bocholt", "broadcast_id": "bocholt-n-20261015-abcdef"}
    EventBridgeSchedule(client, settings).cancel("bocholt-n-20261015-abcdef")


@pytest.fixture
def fire(table, monkeypatch):
    """What the scheduler does at a moment, with so many hands at once; returns what each was answered."""
    people = [person(number, since=MONDAY - timedelta(days=90)) for number in range(PEOPLE)]
    table.put_all([audience_row("bocholt", Offer.NEWS, one) for one in people])
    series = released(a_draft(), "Bernd", MONDAY, BEFORE_THE_CHANGE)
    DynamoBroadcasts(table).create(replace(series, repeat=WEEKLY))
    queue = FakeSliceQueue()
    found = {
        "towns": FakeTowns({"bocholt": a_newsletter_town()}),
        "broadcasts": DynamoBroadcasts(table),
        "feeds": None,
        "links": FakeLinks(),
        "audience": DynamoAudience(table),
        "slices": DynamoSlices(table),
        "alerts": DynamoAlerts(table),
        "deliveries": DynamoDeliveries(table),
        "schedule": FakeSchedule(),
        "standings": DynamoStandings(table),
        "settings": Settings(public_url=PUBLIC_URL),
    }
    for name, value in found.items():
        monkeypatch.setattr(bootstrap, name, lambda value=value: value)
    monkeypatch.setattr(bootstrap, "slice_queue", lambda _: queue)

    def fired(at, hands):
        monkeypatch.setattr(start, "datetime", Frozen(at))
        event = {"town": "bocholt", "broadcast_id": series.broadcast_id}
        with ThreadPoolExecutor(hands) as pool:
            return list(pool.map(lambda _: start.handler(event, None), range(hands)))

    fired.queue, fired.broadcasts = queue, DynamoBroadcasts(table)
    return fired


def test_eight_firings_at_once_are_one_issue_and_each_slice_goes_to_the_senders_once(fire):
    answers = fire(BEFORE_THE_CHANGE, 8)
    assert {answer["planned"] for answer in answers} == {PEOPLE}
    listed = fire.broadcasts.recent("bocholt")
    assert len(listed) == 2  # the series, and its issue
    issue = next(one for one in listed if not one.repeat)
    assert {piece.cause for piece, _ in fire.queue.messages} == {issue.broadcast_id}
    assert sum(piece.count for piece, _ in fire.queue.messages) == PEOPLE  # the queue drops what it saw


def test_each_week_is_another_issue_though_the_clocks_were_changed(fire):
    for at in (BEFORE_THE_CHANGE, BEFORE_THE_CHANGE + timedelta(minutes=3), AFTER_IT, AFTER_IT + timedelta(hours=5)):
        fire(at, 1)
    issues = [one for one in fire.broadcasts.recent("bocholt") if not one.repeat]
    assert sorted(one.starts_at for one in issues) == [BEFORE_THE_CHANGE, AFTER_IT]


class Frozen:
    """A clock that stands."""

    def __init__(self, at):
        self.at = at

    def now(self, _):
        return self.at
