"""A weekly newsletter as EventBridge Scheduler fires it: the real handler on a local table, queue and group of
schedules, with the town's feed behind real TLS. Only the clock is the test's.
"""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from functions.broadcast import start
from stadtdraht.adapters.dynamodb.broadcast.audience import audience_row
from stadtdraht.adapters.dynamodb.broadcast.broadcasts import DynamoBroadcasts
from stadtdraht.adapters.dynamodb.delivery.slices import DynamoSlices
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.adapters.web.public_web import Detour, PublicWeb, client
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.broadcast.broadcast import WEEKLY, BroadcastState
from stadtdraht.domain.town import Offer
from stadtdraht.settings import Settings
from stadtdraht.usecases.broadcast.writing.release_broadcast import release_draft
from stadtdraht.usecases.broadcast.writing.schedule_newsletter import SchedulePorts, Timing, schedule_newsletter
from tests.support.builders.delivery import person
from tests.support.builders.newsletter import BERND, MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story
from tests.support.https_server import page, serving

pytestmark = pytest.mark.local_aws

BERLIN = ZoneInfo("Europe/Berlin")
HOST = "www.bocholt.example"
WEEK = timedelta(days=7)
FIRST = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)  # Thursday, 17:00 in Bocholt
PEOPLE = 30


class Frozen:
    """A clock that stands."""

    def __init__(self, at):
        self.at = at

    def now(self, _):
        return self.at


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    with serving(HOST, tmp_path_factory.mktemp("web")) as server:
        yield server


class Deployed:
    """The start's function with what it is wired to on AWS; `fires` does what the scheduler does at that time."""

    def __init__(self, local_aws, table, web, monkeypatch):
        self.table, self.web, self.monkeypatch = table, web, monkeypatch
        self.scheduler, self.sqs = local_aws.client("scheduler"), local_aws.client("sqs")
        self.queue, self.group = local_aws.fifo_queue(), f"test-{uuid.uuid4().hex[:12]}"
        self.scheduler.create_schedule_group(Name=self.group)
        settings = Settings(
            public_url=PUBLIC_URL,
            newsletter_queue_url=self.queue,
            scheduler_group=self.group,
            scheduler_role_arn="arn:aws:iam::000000000000:role/scheduler",
            broadcast_start_function="arn:aws:lambda:eu-central-1:000000000000:function:start",
            broadcast_errand_function="arn:aws:lambda:eu-central-1:000000000000:function:errand",
        )
        read = PublicWeb(
            client(str(web.authority.file)), detour=Detour(HOST, "127.0.0.1", web.port, str(web.authority.file))
        )
        self.adapters = Adapters(settings, table=table, client=local_aws.client, public_web=read)
        self.http = read.http
        self.town = a_newsletter_town()
        DynamoTowns(table).save(self.town)
        table.put_all([audience_row("bocholt", Offer.NEWS, person(number)) for number in range(PEOPLE)])
        self.broadcasts = DynamoBroadcasts(table)

    def publishes(self, *numbers):
        """The feed has these stories, and their pages answer."""
        items = "".join(
            f"<item><title>Meldung {number}</title><link>{story(number).link}</link><description>Kurz.</description>"
            "</item>"
            for number in numbers
        )
        self.web.pages["/rss"] = page(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
        self.web.pages |= {f"/m/{number}": page(b"Meldung") for number in numbers}

    def weekly(self, first):
        """A series that staff drafted from the feed, released and scheduled."""
        drafted = a_draft(story(1), town=self.town, feed=f"https://{HOST}/rss")
        assert self.broadcasts.create(drafted)
        ports = {"broadcasts": self.broadcasts, "public_url": PUBLIC_URL}
        made = release_draft(drafted, self.town, BERND, MONDAY, links=self.adapters.links, **ports)
        scheduling = SchedulePorts(DynamoTowns(self.table), self.broadcasts, self.adapters.schedule, None, PUBLIC_URL)
        schedule_newsletter(made.broadcast_id, Timing(first, WEEKLY), BERND, MONDAY, scheduling)
        return made.broadcast_id

    def event(self, series):
        """What the schedule holds for the function."""
        held = self.scheduler.get_schedule(Name=series, GroupName=self.group)
        return json.loads(held["Target"]["Input"])

    def fires(self, series, at):
        self.monkeypatch.setattr(start, "datetime", Frozen(at))
        return start.handler(self.event(series), None, adapters=self.adapters)

    def issues(self):
        """Hour and titles of every issue, oldest first."""
        found = sorted(self.broadcasts.recent("bocholt"), key=lambda it: it.goes_at)
        return [it for it in found if it.series]

    def queued(self):
        """Slices that wait for a sender."""
        asked = ["ApproximateNumberOfMessages"]
        found = self.sqs.get_queue_attributes(QueueUrl=self.queue, AttributeNames=asked)
        return int(found["Attributes"][asked[0]])


@pytest.fixture
def deployed(local_aws, table, web, monkeypatch):
    web.pages.clear()
    made = Deployed(local_aws, table, web, monkeypatch)
    made.publishes(1)
    yield made
    made.http.close()


def test_each_week_has_one_issue_to_everybody_with_that_week_s_story(deployed):
    series = deployed.weekly(FIRST)
    for week, number in enumerate((1, 2, 3)):
        deployed.publishes(*range(1, number + 1))
        assert deployed.fires(series, FIRST + week * WEEK) == {"planned": PEOPLE, "slices": 1, "next_at": None}
    assert [it.items[0].title for it in deployed.issues()] == ["Meldung 1", "Meldung 2", "Meldung 3"]
    assert {it.state for it in deployed.issues()} == {BroadcastState.RUNNING}
    assert deployed.queued() == 3


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=45), timedelta(hours=23)])
def test_a_schedule_that_fires_again_sends_nothing_more_though_the_feed_has_moved_on(deployed, late):
    series = deployed.weekly(FIRST)
    deployed.publishes(1, 2)
    deployed.fires(series, FIRST + WEEK)
    deployed.publishes(1, 2, 3)
    deployed.fires(series, FIRST + WEEK + late)
    (issue,) = deployed.issues()
    assert issue.items[0].title == "Meldung 2"
    assert len(DynamoSlices(deployed.table).all(issue.broadcast_id)) == 1
    assert deployed.queued() == 1


def test_four_that_fire_at_the_same_moment_send_once(deployed):
    series = deployed.weekly(FIRST)
    deployed.publishes(1, 2)
    deployed.monkeypatch.setattr(start, "datetime", Frozen(FIRST + WEEK))
    event = deployed.event(series)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: start.handler(event, None, adapters=deployed.adapters), range(4)))
    assert [answer["planned"] for answer in answers] == [PEOPLE] * 4
    assert len(deployed.issues()) == 1
    assert deployed.queued() == 1


@pytest.mark.parametrize(("month", "day"), [(3, 25), (10, 28)], ids=["spring", "autumn"])
def test_across_the_change_of_clocks_it_is_17_o_clock_in_the_town_and_one_issue_a_week(deployed, month, day):
    first = datetime(2027, month, day, 17, 0, tzinfo=BERLIN)
    this_week, next_week = first.astimezone(UTC), (first + WEEK).astimezone(UTC)  # a week on the wall
    assert next_week - this_week != WEEK  # the clocks change in between
    series = deployed.weekly(this_week)
    deployed.publishes(1, 2, 3)
    for at in (this_week, next_week, next_week + timedelta(hours=1)):  # and once more by the old clock
        deployed.fires(series, at)
    assert [f"{it.goes_at.astimezone(BERLIN):%H:%M}" for it in deployed.issues()] == ["17:00", "17:00"]
    assert [it.goes_at for it in deployed.issues()] == [this_week, next_week]
    assert deployed.queued() == 2


def test_the_event_names_the_series_and_nobody_else_s_town_gets_it(deployed):
    series = deployed.weekly(FIRST)
    assert deployed.event(series) == {"town": "bocholt", "broadcast_id": series}
    held = deployed.scheduler.get_schedule(Name=series, GroupName=deployed.group)
    assert (held["ScheduleExpression"], held["ScheduleExpressionTimezone"]) == ("cron(0 17 ? * THU *)", BERLIN.key)


def test_a_dead_link_keeps_the_week_s_issue_as_a_draft_and_queues_nothing(deployed):
    series = deployed.weekly(FIRST)
    deployed.publishes(1, 2)
    del deployed.web.pages["/m/2"]
    assert deployed.fires(series, FIRST + WEEK) == {"planned": 0, "slices": 0}
    (issue,) = deployed.issues()
    assert issue.state is BroadcastState.DRAFT
    assert deployed.queued() == 0
