"""The press office's day on the command line."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.builders.delivery import NOON, person, work_slice
from tests.support.builders.newsletter import PUBLIC_URL, a_draft, a_newsletter_town
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
from tests.support.fakes.web import FakeFeeds, FakeLinks
from tests.unit.broadcast.test_weekly import entries

STORY = ("--title", "Markt", "--teaser", "Am Samstag.", "--link", "https://www.bocholt.example/markt")
PLAN_FIELDS = {
    *("planned", "consented", "window_open", "excluded", "first_at", "median_after_s", "last_after_s"),
    *("portfolio_limit", "used_today", "crisis_reserve", "fits", "today", "today_upto", "days", "per_day", "in_time"),
    *("cost_eur", "cost_parts", "unpriced", "unpriced_countries"),
    *("prices_of", "prices_checked", "price_source", "price_rules", "price_warning", "blocked_by", "warnings"),
}
NEXT_YEAR = f"{datetime.now(UTC).year + 1}-05-06T17:00"


class Desk:
    """A press office on fakes. Calling it types a command and gives its JSON."""

    def __init__(self):
        self.towns = FakeTowns({"bocholt": replace(a_newsletter_town(), feed_url="https://x.example/rss")})
        self.broadcasts, self.slices, self.schedule = FakeBroadcasts(), FakeSlices(), FakeSchedule()
        self.feeds, self.links = FakeFeeds(), FakeLinks()
        self.alerts, self.deliveries, self.account_snapshots = FakeAlerts(), FakeDeliveries(), FakeAccountSnapshots()
        people = [person(number, since=datetime(2026, 1, 1, tzinfo=UTC)) for number in range(7)]
        self.audience = FakeAudience({one.citizen_id: one for one in people})
        self.started = []
        self.adapters = FakeAdapters(
            settings=Settings(public_url=PUBLIC_URL),
            towns=self.towns,
            broadcasts=self.broadcasts,
            slices=self.slices,
            schedule=self.schedule,
            feeds=self.feeds,
            links=self.links,
            audience=self.audience,
            alerts=self.alerts,
            deliveries=self.deliveries,
            account_snapshots=self.account_snapshots,
            starter=self,
            controls=FakeControls(),
            newsletter_queue=FakeSliceQueue(),
        )

    def start(self, _, broadcast_id):
        self.started.append(broadcast_id)

    def types(self, *words):
        return CliRunner().invoke(app, ["broadcast", *words], obj=self.adapters, env={"COLUMNS": "200"})

    def __call__(self, *words):
        done = self.types(*words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    def only(self):
        (made,) = self.broadcasts.found.values()
        return made

    def wants_two(self):
        self.towns.towns["bocholt"] = replace(self.towns.towns["bocholt"], two_person_release=True)


@pytest.fixture
def desk():
    return Desk()


def test_a_draft_is_seen_before_anybody_gets_it(desk):
    made = desk("draft", "--town", "bocholt", *STORY, "--by", "Anna")
    assert (made["state"], made["problems"]) == ("draft", [])
    seen = desk("preview", made["broadcast_id"])
    assert seen["audience"] == 7
    assert "*Markt*" in seen["picture"]
    assert "Abbestellen jederzeit mit STOP" in seen["picture"]
    assert "/r/bocholt-" in seen["picture"].replace(" │\n│ ", "")
    assert {len(line) for line in seen["picture"].splitlines()} == {48}
    assert desk.started == []


def test_several_items_are_typed_one_after_the_other(desk):
    made = desk("draft", "--town", "bocholt", *STORY, *STORY, "--subject", "Die Woche", "--topic", "waste")
    assert (len(made["items"]), made["template"]) == (2, "stadtnachrichten_2")
    assert (desk.only().title, desk.only().topics) == ("Die Woche", frozenset({"waste"}))


def test_a_draft_comes_from_the_feed(desk):
    desk.feeds.entries = entries(1, 2, 3, 4, 5, 6)
    made = desk("draft", "--town", "bocholt", "--from-feed")
    assert [item["title"] for item in made["items"]] == [f"Meldung {n}" for n in (6, 5, 4, 3, 2)]
    assert desk.only().feed == "https://x.example/rss"


def test_problems_are_said_at_once_and_stop_the_release(desk):
    desk.links.troubles["https://www.bocholt.example/markt"] = "answers 404, not 200"
    made = desk("draft", "--town", "bocholt", *STORY)
    assert made["problems"][0]["says"].endswith("antwortet mit 404 statt 200")
    refused = desk.types("release", made["broadcast_id"])
    assert refused.exit_code == 1
    assert "Beitrag 1, Link" in refused.output
    assert desk("release", made["broadcast_id"], "--unchecked-links")["state"] == "released"


def test_an_item_is_changed_added_and_taken_out(desk):
    the_id = desk("draft", "--town", "bocholt", *STORY)["broadcast_id"]
    assert desk("edit", the_id, "--title", "Markt zieht um")["items"][0]["title"] == "Markt zieht um"
    two = desk("edit", the_id, "--item", "2", *STORY, "--until", NEXT_YEAR)
    assert (len(two["items"]), two["template"]) == (2, "stadtnachrichten_2")
    assert two["items"][1]["valid_until"].endswith("15:00:00+00:00")
    one = desk("edit", the_id, "--item", "1", "--remove")
    assert [item["title"] for item in one["items"]] == ["Markt"]
    assert desk.types("edit", the_id, "--remove").exit_code == 2
    assert desk.types("edit", the_id, "--item", "3", *STORY).exit_code == 2


def test_a_draft_cannot_be_stopped_and_so_not_be_resumed_either(desk):
    the_id = desk("draft", "--town", "bocholt", *STORY)["broadcast_id"]
    for verb in ("resume", "stop", "resume"):
        refused = desk.types(verb, the_id)
        assert (refused.exit_code, "Niemand hat ihn freigegeben" in refused.output) == (1, True)
    assert (desk.only().state, desk.started) == (BroadcastState.DRAFT, [])


def test_a_schedule_that_is_refused_releases_nothing(desk):
    the_id = desk("draft", "--town", "bocholt", *STORY)["broadcast_id"]
    may = [datetime(datetime.now(UTC).year + 1, 5, day, 2, 30, tzinfo=UTC) for day in range(1, 8)]
    (sunday,) = [day for day in may if day.isoweekday() == 7]
    refused = desk.types("schedule", the_id, "--at", f"{sunday:%Y-%m-%dT%H:%M}", "--weekly")
    assert (refused.exit_code, "Uhren umgestellt" in refused.output) == (1, True)
    assert (desk.only().state, desk.schedule) == (BroadcastState.DRAFT, FakeSchedule())


def test_a_released_one_is_sent_by_its_id(desk):
    the_id = desk("draft", "--town", "bocholt", *STORY)["broadcast_id"]
    assert desk.types("send", the_id, "--yes").exit_code == 1
    desk("release", the_id)
    assert desk("send", the_id, "--yes")["planned"] == 7
    assert desk.started == [the_id]


def test_a_second_person_releases_where_the_town_wants_it(desk):
    desk.wants_two()
    the_id = desk("draft", "--town", "bocholt", *STORY, "--by", "Anna")["broadcast_id"]
    assert "will vier Augen" in desk.types("release", the_id, "--by", "Anna").output
    assert "will vier Augen" in desk.types("schedule", the_id, "--at", NEXT_YEAR, "--by", "Anna").output
    assert desk("release", the_id, "--by", "Bernd")["released_by"] == "Bernd"
    alone = desk.types("send", "--town", "bocholt", *STORY, "--yes")
    assert (alone.exit_code, "will vier Augen" in alone.output) == (1, True)
    assert desk.started == []


def test_it_is_scheduled_once_or_weekly_in_the_town_s_own_time(desk):
    the_id = desk("draft", "--town", "bocholt", *STORY)["broadcast_id"]
    desk("schedule", the_id, "--at", NEXT_YEAR)
    assert desk.schedule.hours[the_id, 0].hour == 15
    desk("schedule", the_id, "--at", NEXT_YEAR, "--weekly")
    first, zone = desk.schedule.weeks[the_id]
    assert (first.hour, zone, desk.only().repeat) == (15, "Europe/Berlin", "weekly")


@pytest.mark.parametrize("at", ["gestern", "2020-01-01T09:00", "2027-03-28T02:30", "2027-10-31T02:30"])
def test_a_time_that_is_none_or_twice_or_over_is_refused(desk, at):
    the_id = desk("draft", "--town", "bocholt", *STORY)["broadcast_id"]
    assert desk.types("schedule", the_id, "--at", at).exit_code == 1
    assert desk.schedule == FakeSchedule()


def test_the_old_way_is_still_one_command(desk):
    assert desk("send", "--town", "bocholt", *STORY, "--topic", "waste", "--yes")["planned"] == 7
    assert desk.only().state is BroadcastState.RELEASED
    assert desk.started == [desk.only().broadcast_id]
    assert desk("plan", "--town", "bocholt", *STORY)["planned"] == 7


def test_a_draft_is_planned_by_its_id(desk):
    the_id = desk("draft", "--town", "bocholt", *STORY)["broadcast_id"]
    found = desk("plan", the_id)
    assert (found["planned"], found["days"], found["cost_eur"]) == (7, 1, "0.79")
    (part,) = found["cost_parts"]
    assert part == {"category": "MARKETING", "country": "DE", "messages": 7, "eur": "0.79", "in_window": False}
    assert found["window_open"] == 0
    assert set(found) == PLAN_FIELDS
    assert (found["prices_of"], found["today"], found["fits"], found["unpriced"]) == ("2025-07-01", 7, True, 0)
    desk.broadcasts.found[the_id] = replace(desk.only(), state=BroadcastState.RUNNING, lanes=1)
    assert "ist schon unterwegs" in desk.types("plan", the_id).output
    assert desk.types("plan").exit_code == 2


def test_the_list_says_finished_of_what_is_finished(desk):
    made = replace(a_draft(), state=BroadcastState.RUNNING, lanes=1, slices_per_lane=1)
    desk.broadcasts.create(made)
    assert [it["state"] for it in desk("list", "--town", "bocholt")] == ["running"]
    only = work_slice(cause=made.broadcast_id)
    desk.slices.plan([only])
    assert [it["state"] for it in desk("list", "--town", "bocholt")] == ["running"]
    begun = asyncio.run(desk.slices.begin(only, NOON))
    asyncio.run(desk.slices.close(only, begun, replace(begun, state=SliceState.DONE), NOON))
    assert [it["state"] for it in desk("list", "--town", "bocholt")] == ["finished"]


def test_the_list_and_the_status_say_when_it_goes_who_wrote_and_who_released_it(desk):
    the_id = desk("draft", "--town", "bocholt", *STORY, "--by", "Anna")["broadcast_id"]
    (listed,) = desk("list", "--town", "bocholt")
    assert (listed["starts_at"], listed["repeat"], listed["created_by"], listed["released_by"]) == (
        *(None, None, "Anna", None),
    )
    desk("release", the_id, "--by", "Bernd")
    desk("schedule", the_id, "--at", NEXT_YEAR, "--weekly", "--by", "Bernd")
    (listed,) = desk("list", "--town", "bocholt")
    assert listed["starts_at"].startswith(f"{NEXT_YEAR[:10]}T15:00")
    assert (listed["repeat"], listed["released_by"]) == ("weekly", "Bernd")
    assert desk("status", the_id)["starts_at"] == listed["starts_at"]
    for shown in (desk.types("list", "--town", "bocholt").output, desk.types("status", the_id).output):
        assert f"{datetime.fromisoformat(NEXT_YEAR):%d.%m.%Y, %H:%M}" in shown
        assert "jede Woche" in shown
        assert the_id in shown, "it is copied from here"


def test_a_town_without_feed_or_persona_says_what_to_write_where(desk):
    desk.towns.towns["bocholt"] = replace(desk.towns.towns["bocholt"], feed_url="", persona="")
    assert "feed_url" in desk.types("draft", "--town", "bocholt", "--from-feed").output
    assert "persona" in desk.types("draft", "--town", "bocholt", *STORY, "--personal").output


def test_a_saved_feed_serves_as_well(desk, tmp_path):
    file = tmp_path / "rss.xml"
    file.write_text(
        '<rss version="2.0"><channel><item><title>Neu</title><link>https://x.example/1</link></item></channel></rss>'
    )
    made = desk("draft", "--town", "bocholt", "--feed-file", str(file))
    assert (made["items"][0]["title"], desk.only().feed) == ("Neu", "")
    assert desk.types("draft", "--town", "bocholt", "--feed-file", str(tmp_path / "no.xml")).exit_code == 1


def test_nothing_to_write_is_a_question_of_usage(desk):
    assert desk.types("draft", "--town", "bocholt").exit_code == 2
    assert desk.types("draft", "--town", "bocholt", "--title", "Nur ein Titel").exit_code == 2
