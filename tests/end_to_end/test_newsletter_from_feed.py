"""From the town's feed, read over TLS, to the phones: drafted, released, sent; and weekly, as its schedule says."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.builders.subscribers import phones, subscriber_file
from tests.support.https_server import page

REPOSITORY = Path(__file__).resolve().parents[2]
BERLIN = ZoneInfo("Europe/Berlin")
TOWN = ("--town", "arnsberg")
FEED = """<rss version="2.0"><channel><title>Arnsberg</title>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://www.stadt.example/{path}</link>
<description>&lt;p&gt;Am Samstag ab 10 Uhr auf dem Neumarkt.&lt;/p&gt;</description></item>"""

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def arnsberg(system, tmp_path_factory):
    """Arnsberg with a feed on the town's web."""
    preset = REPOSITORY / "towns" / "arnsberg.toml"
    file = tmp_path_factory.mktemp("towns") / "arnsberg.toml"
    before, name, after = preset.read_text(encoding="utf-8").partition("newsletter_template =")
    feed = 'feed_url = "https://www.stadt.example/rss"\n'
    file.write_text(f"{before}{feed}{name}{after}", encoding="utf-8")
    system.stadtdraht("town", "apply", str(file), "--no-meta")
    yield
    system.stadtdraht("town", "apply", str(preset), "--no-meta")


def published(town_web, title, path, *, online=True):
    """The feed has this story alone; its page answers when it is online."""
    town_web.pages["/rss"] = page(FEED.format(items=ITEM.format(title=title, path=path)).encode())
    if online:
        town_web.pages[f"/{path}"] = page(b"<h1>Die ganze Meldung</h1>")


def readers(system, folder, district, first):
    people = phones(5, first=first)
    file = subscriber_file(folder / f"{district}.csv", people, district=district)
    system.stadtdraht("citizen", "import", *TOWN, str(file))
    return people


def told(system, people, title):
    """Everybody of these who got a message with this title, as often as they did."""
    return sorted(person for person in people for body in system.received(person, "arnsberg") if title in str(body))


def test_a_story_of_the_feed_reaches_those_it_is_for_once_it_is_released(system, arnsberg, town_web, tmp_path):
    people = readers(system, tmp_path, "herdringen", 4917613100000)
    published(town_web, "Stadtfest am Neumarkt", "stadtfest", online=False)
    wish = ("--from-feed", "--items", "1", "--district", "herdringen")
    draft = system.stadtdraht("broadcast", "draft", *TOWN, *wish, "--by", "Anna")
    broadcast_id = draft["broadcast_id"]
    assert [it["title"] for it in draft["items"]] == ["Stadtfest am Neumarkt"]
    assert draft["items"][0]["teaser"] == "Am Samstag ab 10 Uhr auf dem Neumarkt."
    dead = "Beitrag 1, Link: https://www.stadt.example/stadtfest antwortet mit 404 statt 200"
    assert [it["says"] for it in draft["problems"]] == [dead]
    refused = system.command("broadcast", "release", broadcast_id, "--by", "Bernd")
    assert refused.returncode == 1
    assert "antwortet mit 404" in refused.stdout + refused.stderr
    published(town_web, "Stadtfest am Neumarkt", "stadtfest")
    system.stadtdraht("broadcast", "release", broadcast_id, "--by", "Bernd")
    assert told(system, people, "Stadtfest") == []
    system.stadtdraht("broadcast", "send", broadcast_id, "--yes")
    system.until(lambda: len(told(system, people, "Stadtfest")) >= len(people), "the story on every phone", 90)
    assert told(system, people, "Stadtfest") == sorted(people)
    nothing = system.command("broadcast", "draft", *TOWN, *wish)
    assert "nicht schon in einem Newsletter stand" in nothing.stdout + nothing.stderr


def test_what_the_schedule_of_a_weekly_one_fires_goes_out_once_however_often(system, arnsberg, town_web, tmp_path):
    people = readers(system, tmp_path, "bruchhausen", 4917613200000)
    published(town_web, "Woche in Arnsberg", "woche")
    wish = ("--from-feed", "--items", "1", "--district", "bruchhausen")
    series = system.stadtdraht("broadcast", "draft", *TOWN, *wish)["broadcast_id"]
    system.stadtdraht("broadcast", "release", series)
    soon = (datetime.now(BERLIN) + timedelta(minutes=2)).replace(
        tzinfo=None
    )  # the start takes what is this close as due
    system.stadtdraht("broadcast", "schedule", series, "--at", f"{soon:%Y-%m-%dT%H:%M}", "--weekly")
    schedule = system.client("scheduler").get_schedule(Name=series, GroupName=system.run["settings"]["SCHEDULER_GROUP"])
    assert schedule["ScheduleExpressionTimezone"] == "Europe/Berlin"
    assert f"cron({soon.minute} {soon.hour} ? * " in schedule["ScheduleExpression"]
    target = schedule["Target"]
    for _ in range(2):
        answer = system.client("lambda").invoke(FunctionName=target["Arn"], Payload=target["Input"].encode())
        assert json.loads(answer["Payload"].read())["planned"] == len(people)
    system.until(lambda: len(told(system, people, "Woche")) >= len(people), "this week's issue on every phone", 90)
    issues = [it for it in system.stadtdraht("broadcast", "list", *TOWN) if it["title"] == "Woche in Arnsberg"]
    assert len(issues) == 2  # the series, and the issue that went out
    assert told(system, people, "Woche") == sorted(people)
    system.stadtdraht("broadcast", "stop", series)
