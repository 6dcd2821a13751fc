"""The town publishes: planned, paced, one delivery row each, and Meta's statuses move them."""

import uuid
from pathlib import Path

import httpx
import pytest

from tests.support.builders.subscribers import phones, subscriber_file

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.system

NEWS = ("--title", "Markt am Samstag", "--teaser", "Der Wochenmarkt öffnet schon um 7 Uhr.")
LINK = ("--link", "https://www.bocholt.de/markt", "--district", "spork")  # other stories have other people


@pytest.fixture(scope="module")
def subscribers(system, tmp_path_factory):
    """300 people of Bocholt: one without WhatsApp, one whose phone is never reached, the rest with both."""
    people = [*phones(298), "+4915550000042", "+4915550001042"]
    file = subscriber_file(tmp_path_factory.mktemp("import") / "people.csv", people, district="spork")
    system.stadtdraht("citizen", "import", "--town", "bocholt", str(file))
    return people


@pytest.fixture(scope="module")
def sent(system, subscribers):
    """The id of a broadcast that has been sent to all of them, all statuses in."""
    broadcast_id = system.stadtdraht("broadcast", "send", "--town", "bocholt", *NEWS, *LINK, "--yes")["broadcast_id"]
    system.until(lambda: finished(status(system, broadcast_id)), "the broadcast to end", 90)
    system.quiet()
    return broadcast_id


def status(system, broadcast_id):
    return system.stadtdraht("broadcast", "status", broadcast_id)


def finished(figures):
    known = figures["accepted"] + figures["unknown"] + figures["not_sent"]
    return figures["planned"] and known + figures["failed"] >= figures["planned"]


def ledger(system, town):
    number = system.run["towns"][town]["phone_number_id"]
    return httpx.get(f"{system.run['graph']}/_sim/messages", params={"phone_number_id": number}).json()["messages"]


def of(system, broadcast_id):
    return [m for m in ledger(system, "bocholt") if broadcast_id in (m.get("biz_opaque_callback_data") or "")]


def test_everyone_who_has_whatsapp_gets_it_exactly_once(system, sent, subscribers):
    reached = [message["to"] for message in of(system, sent)]
    assert sorted(reached) == sorted(set(subscribers) - {"+4915550000042"})


def test_what_arrives_is_the_teaser_in_the_town_s_template(system, sent):
    body = of(system, sent)[0]["body"]
    assert body["type"] == "template"
    assert "Markt am Samstag" in str(body)
    assert "Der Wochenmarkt öffnet" in str(body)


def test_the_status_tells_what_became_of_everyone(system, sent):
    figures = system.until(
        lambda: (now := status(system, sent))["delivered"] + now["failed"] >= 300 and now, "all statuses"
    )
    assert figures["planned"] == 300
    assert figures["accepted"] == 299
    assert figures["failed"] == 2  # nobody there, and never reached
    assert figures["delivered"] == 298
    assert figures["read"] <= figures["delivered"]
    assert (figures["unknown"], figures["not_sent"]) == (0, 0)


def test_it_never_went_faster_than_the_number_may(system, sent):
    peaks = httpx.get(f"{system.run['graph']}/_sim/stats").json()["peak_1s"]
    assert peaks[system.run["towns"]["bocholt"]["phone_number_id"]] <= 80


def test_every_recipient_has_a_delivery_row(system, sent):
    client = system.client("dynamodb")
    rows = [
        row
        for shard in "0123456789abcdef"
        for page in client.get_paginator("query").paginate(
            TableName=system.run["table"],
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"bocholt#DELIVERY#{sent}#{shard}"}},
        )
        for row in page["Items"]
    ]
    assert len({row["sk"]["S"].split("#")[0] for row in rows if "#O#" in row["sk"]["S"]}) == 300


def test_its_link_leads_to_the_story_and_the_report_counts_clicks_and_agrees_with_the_status(system, sent):
    link = f"{system.run['app']}/r/{sent.replace('-n-', '-')}1"
    assert link in str(of(system, sent)[0]["body"])
    browser = {"user-agent": "Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"}
    for _ in range(2):
        answer = httpx.get(link, headers=browser)
        assert (answer.status_code, answer.headers["location"]) == (302, LINK[1])
    assert httpx.head(link, headers=browser).headers["location"] == LINK[1]
    assert httpx.get(link, headers={"user-agent": "WhatsApp/2.25.30"}).status_code == 302
    assert httpx.get(f"{link}x").status_code == 404
    report = system.stadtdraht("broadcast", "report", sent)
    assert [it["clicks"] for it in report["clicks"]] == [2]
    figures = status(system, sent)
    counted = ("accepted", "sent", "delivered", "read", "failed", "unknown", "not_sent")
    assert {name: report["figures"][name] for name in counted} == {name: figures[name] for name in counted}
    assert sum(hour["delivered"] for hour in report["by_hour"].values()) == figures["delivered"]
    assert report["by_district"]["Spork"]["people"] == 300
    assert report["billing"]["billed_eur"] == f"{0.1131 * figures['delivered']:.2f}"


def test_a_plan_says_how_many_and_sends_nothing(system, subscribers):
    known = {broadcast["broadcast_id"] for broadcast in system.stadtdraht("broadcast", "list", "--town", "bocholt")}
    assert system.stadtdraht("broadcast", "plan", "--town", "bocholt", *NEWS, *LINK)["planned"] == 300
    after = {broadcast["broadcast_id"] for broadcast in system.stadtdraht("broadcast", "list", "--town", "bocholt")}
    assert after == known


@pytest.fixture
def slow_bocholt(system, tmp_path):
    """Bocholt slower than Meta makes any number: a stop comes in the middle on a busy machine, too."""
    usual = REPOSITORY / "towns" / "bocholt.toml"
    slow = tmp_path / "bocholt.toml"
    slow.write_text(usual.read_text(encoding="utf-8").replace("rate_mps = 80", "rate_mps = 5"))
    system.stadtdraht("town", "apply", str(slow), "--no-meta")
    yield
    system.stadtdraht("town", "apply", str(usual), "--no-meta")


def test_a_stopped_broadcast_tells_the_truth_about_what_is_out(system, subscribers, slow_bocholt):
    broadcast_id = system.stadtdraht("broadcast", "send", "--town", "bocholt", *NEWS, *LINK, "--yes")["broadcast_id"]
    system.until(lambda: of(system, broadcast_id), "the first messages")
    system.stadtdraht("broadcast", "stop", broadcast_id)
    figures = system.until(lambda: finished(now := status(system, broadcast_id)) and now, "the stop to be recorded")
    out = of(system, broadcast_id)
    assert 0 < len(out) < 299
    assert figures["accepted"] == len(out)
    assert figures["not_sent"] >= 298 - len(out)


def test_who_said_stop_gets_nothing(system, tmp_path):
    people = phones(6, first=4917612100000)
    file = subscriber_file(tmp_path / "lowick.csv", people, district="lowick")
    system.stadtdraht("citizen", "import", "--town", "bocholt", str(file))
    leaver = people[2]
    system.answer_to(leaver.lstrip("+"), "bocholt", "STOP")
    words = (*NEWS, "--link", "https://www.bocholt.de/lowick", "--district", "lowick", "--yes")
    broadcast_id = system.stadtdraht("broadcast", "send", "--town", "bocholt", *words)["broadcast_id"]
    system.until(lambda: finished(status(system, broadcast_id)), "the broadcast to end", 90)
    assert sorted(message["to"] for message in of(system, broadcast_id)) == sorted(set(people) - {leaver})


@pytest.fixture
def narrow_vreden(system, tmp_path):
    """Vreden with the limit of a new number, 250 people a day, and 260 readers in one district."""
    wide = REPOSITORY / "towns" / "vreden.toml"
    narrow = tmp_path / "vreden.toml"
    narrow.write_text(wide.read_text(encoding="utf-8").replace("portfolio_limit = 2000", "portfolio_limit = 250"))
    system.stadtdraht("town", "apply", str(narrow), "--no-meta")
    people = subscriber_file(tmp_path / "zwillbrock.csv", phones(260, first=4917612300000), district="zwillbrock")
    system.stadtdraht("citizen", "import", "--town", "vreden", str(people))
    yield
    system.stadtdraht("town", "apply", str(wide), "--no-meta")


def test_what_meta_does_not_allow_at_once_goes_out_in_portions_that_schedule_themselves(system, narrow_vreden):
    words = ("--town", "vreden", *NEWS, "--link", "https://www.vreden.de/x", "--district", "zwillbrock")
    planned = system.stadtdraht("broadcast", "plan", *words)
    assert (planned["planned"], planned["days"], planned["fits"]) == (260, 2, False)
    broadcast_id = system.stadtdraht("broadcast", "send", *words, "--yes")["broadcast_id"]
    figures = system.until(
        lambda: (now := status(system, broadcast_id))["accepted"] >= planned["today"] and now, "today's portion", 90
    )
    assert figures["accepted"] == planned["today"] <= 250
    assert (figures["waiting"], figures["finished"]) == (260 - planned["today"], False)
    names = [it["Name"] for it in system.client("scheduler").list_schedules()["Schedules"]]
    assert [name for name in names if name.startswith(broadcast_id)]


def test_an_unknown_broadcast_says_what_to_do(system):
    done = system.command("broadcast", "status", f"bocholt-n-20261124-{uuid.uuid4().hex[:6]}")
    assert done.returncode == 1
    assert "broadcast" in done.stderr + done.stdout
