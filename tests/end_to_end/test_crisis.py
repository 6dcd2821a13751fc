"""A crisis: a link that triggers nothing by being opened, and one alert however often it is pressed."""

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from stadtdraht.adapters.dynamodb.table import from_item, to_item
from tests.support.builders.subscribers import phones, subscriber_file

pytestmark = pytest.mark.system

LONG_AGO = "2026-01-01T00:00:00.000Z"
PEOPLE = phones(60, first=4917613000000)


@pytest.fixture(scope="module")
def warned(system, tmp_path_factory):
    file = subscriber_file(tmp_path_factory.mktemp("import") / "crisis.csv", PEOPLE, offers="crisis")
    system.stadtdraht("citizen", "import", "--town", "bocholt", str(file))
    return PEOPLE


@pytest.fixture(scope="module")
def link(system):
    return system.stadtdraht(
        "crisis", "link", "--town", "bocholt", "--holder", "Leitstelle", "--expires", "30d", "--pin", "482913"
    )


def alerts_out(system):
    number = system.run["towns"]["bocholt"]["phone_number_id"]
    found = httpx.get(f"{system.run['graph']}/_sim/messages", params={"phone_number_id": number}).json()["messages"]
    return [m for m in found if "-a-" in (m.get("biz_opaque_callback_data") or "")]


def everyone_is_reached(system, alert_id, people):
    """Each of them exactly once; people of other stories may take warnings too."""

    def reached():
        return [m["to"] for m in alerts_out(system) if alert_id in m["biz_opaque_callback_data"]]

    system.until(lambda: set(people) <= set(reached()), "the alert to reach everyone")
    system.until(lambda: system.stadtdraht("crisis", "status", alert_id)["finished"], "the alert to be finished")
    system.quiet()
    assert len(reached()) == len(set(reached()))


def nonce_of(page):
    return re.search(r'name="nonce"\s+value="([^"]+)"', page).group(1)


def fields(page, **others):
    return {
        "scenario": "fire",
        "districts": "",
        "valid_for_min": "120",
        "languages": "de",
        "pin": "482913",
        "confirm": "Bocholt",
        "nonce": nonce_of(page),
        **others,
    }


def test_opening_the_link_in_any_way_triggers_nothing(system, warned, link):
    before = len(alerts_out(system))
    for method in ("GET", "HEAD", "OPTIONS", "GET"):
        assert httpx.request(method, link["url"]).status_code < 500
    page = httpx.get(link["url"])
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "482913" not in page.text
    assert len(alerts_out(system)) == before


def test_a_changed_link_shows_one_calm_page(system, link):
    broken = link["url"][:-3] + ("aaa" if not link["url"].endswith("aaa") else "bbb")
    page = httpx.get(broken)
    assert page.status_code in {403, 404}
    assert "Bocholt" not in page.text


def test_a_wrong_pin_sends_nothing(system, warned, link):
    before = len(alerts_out(system))
    page = httpx.get(link["url"]).text
    assert httpx.post(link["url"], data=fields(page, pin="000000")).status_code in {401, 403, 422}
    assert len(alerts_out(system)) == before


def test_a_wrong_town_name_sends_nothing(system, warned, link):
    before = len(alerts_out(system))
    page = httpx.get(link["url"]).text
    assert httpx.post(link["url"], data=fields(page, confirm="Vreden")).status_code in {400, 403, 422}
    assert len(alerts_out(system)) == before


def test_pressed_twenty_times_at_once_it_is_sent_once_to_everyone(system, warned, link):
    form = fields(httpx.get(link["url"]).text)
    with ThreadPoolExecutor(20) as hands:
        answers = list(hands.map(lambda _: httpx.post(link["url"], data=form, timeout=60), range(20)))
    assert {answer.status_code for answer in answers} <= {200, 303}
    assert len({answer.headers.get("location") for answer in answers}) == 1
    alert_id = answers[0].headers["location"].rpartition("/")[2]
    everyone_is_reached(system, alert_id, warned)
    figures = system.stadtdraht("crisis", "status", alert_id)
    assert figures["accepted"] == figures["planned"] >= len(warned)
    shown = httpx.get(f"{link['url']}/{alert_id}", headers={"accept": "application/json"}).json()
    for told in (figures, shown):
        assert sum(it["accepted"] for it in told["by_district"].values()) == figures["accepted"]
    check = httpx.get(f"{system.run['app']}/a/{alert_id}")
    assert check.status_code == 200
    assert "Bocholt" in check.text


def test_a_big_alert_is_counted_once_for_all_who_look_within_the_rights_of_the_page(system, warned, link):
    form = fields(httpx.get(link["url"]).text, scenario="chemical")
    alert_id = httpx.post(link["url"], data=form).headers["location"].rpartition("/")[2]
    everyone_is_reached(system, alert_id, warned)
    table, page = system.client("dynamodb"), f"{link['url']}/{alert_id}"
    strangers = [f"{number % 16:x}{number:019x}" for number in range(2_000)]
    rows = [
        {"pk": f"bocholt#DELIVERY#{alert_id}#{who[0]}", "sk": f"{who}#O#1", "outcome": "accepted", "at": LONG_AGO}
        for who in strangers
    ]
    for start in range(0, len(rows), 25):
        puts = [{"PutRequest": {"Item": to_item(row)}} for row in rows[start : start + 25]]
        table.batch_write_item(RequestItems={system.run["table"]: puts})
    looks = [httpx.get(page, headers={"accept": "application/json"}, timeout=60).json() for _ in range(3)]
    kept = {"pk": f"bocholt#CAUSE#{alert_id}", "sk": "COUNT"}
    count = from_item(table.get_item(TableName=system.run["table"], Key=to_item(kept), ConsistentRead=True)["Item"])
    assert count["rows"] >= len(rows)
    for told in looks:
        assert told["planned"] >= len(rows) + len(warned)
        assert told["by_district"]["ohne Ortsteil"]["accepted"] >= len(rows)


def pressed_and_taken_back(link, scenario):
    """The alert's id, and whether this machine was quick enough for its ten seconds."""
    page = httpx.get(link["url"]).text
    pressed = httpx.post(
        link["url"], data=fields(page, scenario=scenario, undo_s="10"), follow_redirects=True, timeout=60
    )
    key = re.search(r'name="undo" value="([^"]+)"', pressed.text)
    address = pressed.url.copy_with(query=None)
    back = key and httpx.post(address, data={"undo": key.group(1)}, follow_redirects=True, timeout=60)
    return pressed.url.path.rpartition("/")[2], bool(back) and "Es wurde nichts gesendet" in back.text


def test_a_warning_that_was_taken_back_reaches_nobody(system, warned, link):
    tries = (pressed_and_taken_back(link, scenario) for scenario in ("heat", "ice", "power-cut", "animal"))
    undone_id = next(alert_id for alert_id, undone in tries if undone)
    somebody_missing = {"scenario": "missing-person", "detail": "Frau, 83, rote Jacke, zuletzt am Markt"}
    kept = httpx.post(link["url"], data=fields(httpx.get(link["url"]).text, **somebody_missing, undo_s="10"))
    everyone_is_reached(system, httpx.URL(kept.headers["location"]).path.rpartition("/")[2], warned)
    system.until(lambda: system.stadtdraht("crisis", "status", undone_id)["finished"], "the undone alert to be over")
    assert not [m for m in alerts_out(system) if undone_id in m["biz_opaque_callback_data"]]
    assert httpx.get(f"{system.run['app']}/a/{undone_id}").status_code == 404
    assert system.stadtdraht("crisis", "status", undone_id)["undone_at"]


def test_a_control_centre_presses_by_json_and_repeats_harmlessly(system, warned, link):
    headers = {"Accept": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    form = {
        name: value for name, value in fields(httpx.get(link["url"]).text, scenario="flood").items() if name != "nonce"
    }
    first = httpx.post(link["url"], data=form, headers=headers)
    again = httpx.post(link["url"], data=form, headers=headers)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["alert_id"] == again.json()["alert_id"]
    everyone_is_reached(system, first.json()["alert_id"], warned)


def test_a_drill_leaves_no_trace_on_the_wire(system, warned):
    drill = system.stadtdraht(
        "crisis", "link", "--town", "bocholt", "--holder", "Übung", "--expires", "1d", "--pin", "111222", "--drill"
    )
    before = len(alerts_out(system))
    headers = {"Accept": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    form = fields(httpx.get(drill["url"]).text, pin="111222", confirm="Übung", scenario="storm")
    answer = httpx.post(drill["url"], data=form, headers=headers)
    assert answer.status_code == 202, answer.text
    alert_id = answer.json()["alert_id"]
    system.until(lambda: system.stadtdraht("crisis", "status", alert_id)["accepted"] >= len(warned), "the drill to end")
    system.quiet()
    assert len(alerts_out(system)) == before


def test_the_clock_drills_every_town_once_and_the_wire_stays_silent(system, warned):
    clock, before = system.client("scheduler"), len(alerts_out(system))
    group = next(it["Name"] for it in clock.list_schedule_groups()["ScheduleGroups"] if it["Name"].endswith("-clock"))
    schedules = [
        clock.get_schedule(Name=it["Name"], GroupName=group)
        for it in clock.list_schedules(GroupName=group)["Schedules"]
    ]
    (monthly,) = [it for it in schedules if "monthly" in it["Target"]["Input"]]
    for _ in range(2):  # the clock may ask twice
        answer = system.client("lambda").invoke(
            FunctionName=monthly["Target"]["Arn"], Payload=monthly["Target"]["Input"]
        )
        assert "FunctionError" not in answer, answer["Payload"].read()
    (drill,) = [one for one in system.stadtdraht("crisis", "drills")["drills"] if one["by"] == "Übungsplan"]
    assert drill["town"] == "bocholt"

    def went():
        listed = system.stadtdraht("crisis", "drills", "--town", "bocholt")["drills"]
        return next(one for one in listed if one["alert_id"] == drill["alert_id"])

    system.until(lambda: went()["finished"], "the drill to end")
    assert went()["accepted"] == went()["planned"] >= len(warned)
    assert went()["last_accepted_ms"] > 0
    system.quiet()
    assert len(alerts_out(system)) == before
    assert system.stadtdraht("crisis", "evidence", drill["alert_id"])["whole"]


def test_an_all_clear_ends_an_alert_and_reaches_those_who_have_it(system, warned, link):
    headers = {"Accept": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    pressed = httpx.post(link["url"], data=fields(httpx.get(link["url"]).text, scenario="heat"), headers=headers)
    alert_id = pressed.json()["alert_id"]
    everyone_is_reached(system, alert_id, warned)
    by = ("--holder", "Leitstelle", "--pin", "482913")
    assert system.command("crisis", "all-clear", alert_id, "--holder", "Leitstelle", "--pin", "000000").returncode != 0
    end = system.stadtdraht("crisis", "all-clear", alert_id, *by)
    assert end["follows"] == alert_id
    everyone_is_reached(system, end["alert_id"], warned)
    said = [m["body"] for m in alerts_out(system) if end["alert_id"] in m["biz_opaque_callback_data"]]
    assert {body["template"]["name"] for body in said} <= {"entwarnung", "entwarnung_leicht"}
    assert all("Die Gefahr ist vorbei" in str(body) for body in said if body["template"]["language"]["code"] == "de")
    refused = system.command("crisis", "false-alarm", alert_id, *by, "--json")
    assert refused.returncode == 1, "an end is not ended again, and the officer is told what stands"
    told = json.loads(refused.stdout)
    assert (told["sent"], told["stands"]) == (False, end["alert_id"])
    page = httpx.get(f"{system.run['app']}/a/{alert_id}").text
    assert "Sie gilt nicht mehr" in page
    assert end["alert_id"] in page
