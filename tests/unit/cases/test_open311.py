"""Open311 GeoReport v2: what anybody may read of reports, and the status back from the town's own system."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from functions.open311 import read, update
from stadtdraht.adapters.aws import secrets
from stadtdraht.domain.cases import case as case_rules
from stadtdraht.domain.cases.case import CaseKind, CaseState, Place
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import PublishReports
from stadtdraht.domain.understanding.reading import Reading
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.builders.cases import ANKE, BERND, a_case, worked_on
from tests.support.case_desk import VREDEN, CaseHarness
from tests.support.fakes.media import FakeMediaStore
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.towns import FakeTowns

NOW = datetime.now(UTC)
EARLIER = f"{NOW - timedelta(days=50):%Y-%m-%dT%H:%M:%SZ}"
KEY = "ein-langer-schluessel"
ONE, OLD, DONE = (f"{NOW.year}-{count:04}" for count in (1, 2, 3))
WRITTEN = "Schlagloch vor der Mühlenstraße 4, rufen Sie mich an: 0171 3920010, anke@example.org"


@pytest.fixture
def desk():
    times = {"opened_at": NOW - timedelta(hours=1), "last_added_at": NOW}
    made = CaseHarness(
        a_case(ONE, **times, description=WRITTEN, department="bauhof"),
        a_case(OLD, opened_at=NOW - timedelta(days=100), kind=CaseKind.IDEA, citizen_id=BERND),
        worked_on(a_case(DONE, **times), CaseState.CLOSED, said="Frau Muster, es ist geflickt."),
        wrote=NOW,
    )
    made.towns = FakeTowns({"vreden": replace(VREDEN, publish_reports=PublishReports.STATUS)})
    made.secrets = FakeSecrets(open311_keys={"vreden": KEY})
    made.files = FakeMediaStore()
    settings = Settings(stage="production", public_url="https://draht.example")
    made.adapters = FakeAdapters(
        settings=settings,
        towns=made.towns,
        cases=made.cases,
        citizens=made,
        answer_queue=made,
        secrets=made.secrets,
        media_store=made.files,
    )
    return made


def publishes(desk, what):
    desk.towns.towns["vreden"] = replace(VREDEN, publish_reports=what)


def gets(desk, route, one="", key=None, **asked):
    event = {"routeKey": f"GET /open311/v2{route}", "queryStringParameters": {"jurisdiction_id": "vreden"} | asked}
    event["headers"] = {} if key is None else {"x-api-key": key}
    if one:
        event["pathParameters"] = {"request": f"{one}.json"}
    answer = read.handler(event, None, adapters=desk.adapters)
    return answer["statusCode"], json.loads(answer["body"])


def listed(desk, **asked):
    code, found = gets(desk, "/requests.json", **asked)
    assert code == 200
    return [it["service_request_id"] for it in found]


def test_discovery_leads_to_the_endpoint_without_naming_a_town(desk):
    answer = read.handler({"routeKey": "GET /open311/v2/discovery.json"}, None, adapters=desk.adapters)
    (endpoint,) = json.loads(answer["body"])["endpoints"]
    assert endpoint["url"] == "https://draht.example/open311/v2"
    assert (endpoint["type"], endpoint["formats"]) == ("production", ["application/json"])


def test_services_are_the_kinds_of_report(desk):
    _, found = gets(desk, "/services.json")
    assert [it["service_code"] for it in found] == [str(kind) for kind in CaseKind]
    assert not any(it["metadata"] for it in found)


def test_by_default_nothing_is_published(desk):
    publishes(desk, PublishReports.OFF)
    assert listed(desk) == []
    assert gets(desk, "/requests/{request}", ONE)[0] == 404


def test_a_status_names_nobody_and_shows_the_place_roughly(desk):
    code, (found,) = gets(desk, "/requests/{request}", ONE)
    assert code == 200
    assert (found["status"], found["status_notes"], found["agency_responsible"]) == ("open", "angekommen", "Bauhof")
    assert (found["service_code"], found["service_name"]) == ("hint", "Hinweis")
    assert (found["lat"], found["long"], found["address"], found["description"]) == (52.039, 6.832, None, None)
    assert found["requested_datetime"].endswith("Z")
    text = json.dumps(gets(desk, "/requests.json")[1], ensure_ascii=False)
    assert not any(secret in text for secret in (ANKE, BERND, "Muster", "0171", "Mühlenstraße", "wamid", "Terhalle"))


def test_a_town_may_publish_the_words_and_still_no_number_or_address_of_a_person(desk):
    publishes(desk, PublishReports.TEXT)
    _, (found,) = gets(desk, "/requests/{request}", ONE)
    assert "Schlagloch" in found["description"]
    assert not any(contact in found["description"] for contact in ("3920010", "anke@"))
    assert (found["lat"], found["address"], found["media_url"]) == (52.0395, "Mühlenstraße 4", None)


def test_the_town_s_own_system_sees_words_place_and_photos_with_its_key_and_nobody_else_does(desk):
    for published in PublishReports:
        publishes(desk, published)
        _, (found,) = gets(desk, "/requests/{request}", ONE, key=KEY)
        assert found["media_url"].startswith(f"https://files.example/shown/vreden/{ANKE}/")
        assert (found["lat"], found["address"]) == (52.0395, "Mühlenstraße 4")
        assert "anke@" not in found["description"]
        for key in ("", "x", "ß"):
            code, refused = gets(desk, "/requests/{request}", ONE, key=key)
            assert (code, refused[0]["description"]) == (403, "api_key was not provided or is not valid")
        assert "files.example" not in json.dumps(gets(desk, "/requests.json")[1])


def test_a_report_with_several_photos_names_all_of_them(desk):
    case = desk.cases.get("vreden", ONE)
    desk.cases.found["vreden", ONE] = replace(case, photo_ids=("wamid.2", "wamid.3"))
    _, (found,) = gets(desk, "/requests/{request}", ONE, key=KEY)
    first, second = found["extended_attributes"]["media_urls"]
    assert found["media_url"] == first != second


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [DONE, ONE]),
        ({"status": "open"}, [ONE]),
        ({"status": "open,closed"}, [DONE, ONE]),
        ({"service_code": "idea"}, []),
        (
            {
                "start_date": f"{NOW - timedelta(days=120):%Y-%m-%dT%H:%M:%SZ}",
                "end_date": EARLIER,
                "service_code": "idea,praise",
            },
            [OLD],
        ),
        ({"status": "open, closed"}, [DONE, ONE]),
        ({"service_code": "hint, idea"}, [DONE, ONE]),
        ({"service_request_id": f"{OLD},%20{NOW.year}-9999".replace("%20", " ")}, [OLD]),
        ({"service_request_id": f"{ONE}, {OLD} ,"}, [ONE, OLD]),
        ({"end_date": f"{NOW - timedelta(days=50):%Y-%m-%dT%H:%M:%SZ}"}, [OLD]),
        ({"start_date": "2099-01-01T00:00:00 01:00"}, []),
        ({"service_request_id": f"{OLD},{NOW.year}-9999"}, [OLD]),
    ],
)
def test_reports_can_be_narrowed(desk, asked, found):
    assert listed(desk, **asked) == found


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"jurisdiction_id": ""}, 400),
        ({"jurisdiction_id": "entenhausen"}, 404),
        ({"status": "maybe"}, 400),
        ({"service_code": "zzz"}, 400),
        ({"service_code": "hint,zzz"}, 400),
        ({"start_date": "2020-01-01T00:00:00Z"}, 400),
        ({"start_date": "2025-01-01T00:00:00Z", "end_date": "2025-06-01T00:00:00Z"}, 400),
        ({"start_date": "gestern"}, 400),
        ({"start_date": "2026-11-24T00:00:00"}, 400),
        ({"end_date": "9999-12-31T23:59:59-12:00"}, 400),
        ({"service_request_id": ",".join("1" * 101)}, 400),
    ],
)
def test_what_is_not_understood_is_an_error_as_the_standard_words_it(desk, asked, code):
    found, (error,) = gets(desk, "/requests.json", **asked)
    assert (found, error["code"]) == (code, code)
    assert error["description"]


@pytest.mark.parametrize(
    "pin", [(0.0, 0.0), (123.4, 999.0), (91.0, 6.8), (52.0, -181.0), (float("nan"), 6.8), (float("inf"), 6.8)]
)
def test_a_pin_that_is_nowhere_is_not_published(desk, pin):
    case = desk.cases.get("vreden", ONE)
    desk.cases.found["vreden", ONE] = replace(case, place=replace(case.place, latitude=pin[0], longitude=pin[1]))
    for key in (None, KEY):
        _, (found,) = gets(desk, "/requests/{request}", ONE, key=key)
        assert (found["lat"], found["long"]) == (None, None)


def test_a_long_report_shows_where_it_was_cut():
    case = a_case(description="")
    for number in range(4):
        message = IncomingMessage(f"wamid.long{number}", NOW, "text", "Schlagloch " * 300)
        case = case_rules.add(case, VREDEN, message, Reading())
    assert len(case.description) == case_rules.DESCRIPTION_CHARACTERS
    assert case.description.endswith(" […]")
    assert case.description.count("[…]") == 1


@pytest.mark.parametrize("pin", [("0", "0"), ("0.0", "-0.0"), ("123.4", "999"), ("nan", "6.8"), ("", "")])
def test_a_pin_that_is_nowhere_is_no_place_of_a_report(pin):
    message = IncomingMessage("wamid.1", NOW, "location", latitude=pin[0], longitude=pin[1])
    assert case_rules._place(Place(), message, "") == Place()


def test_what_anybody_may_read_is_kept_for_a_minute_and_what_the_key_opens_for_no_time(desk):
    def kept(**event):
        asked = {"routeKey": "GET /open311/v2/requests.json", "queryStringParameters": {"jurisdiction_id": "vreden"}}
        answer = read.handler(asked | {"headers": {}} | event, None, adapters=desk.adapters)
        assert answer["headers"]["Vary"] == "x-api-key"
        return answer["headers"]["Cache-Control"]

    assert kept() == "public, max-age=60"
    assert kept(headers={"x-api-key": KEY}) == "no-store"
    assert kept(headers={"x-api-key": "falsch"}) == "no-store"
    assert kept(queryStringParameters={"jurisdiction_id": "entenhausen"}) == "no-store"


def test_a_report_that_is_not_there_is_not_found(desk):
    assert gets(desk, "/requests/{request}", f"{NOW.year}-9999")[0] == 404


def posts(desk, number=ONE, *, encoded=False, **fields):
    body = urlencode({"jurisdiction_id": "vreden", "api_key": KEY} | fields)
    body = base64.b64encode(body.encode()).decode() if encoded else body
    event = {"pathParameters": {"request": f"{number}.json"}, "body": body, "isBase64Encoded": encoded}
    answer = update.handler(event, None, adapters=desk.adapters)
    return answer["statusCode"], json.loads(answer["body"])


@pytest.mark.parametrize("encoded", [False, True])
def test_a_status_from_the_town_s_system_reaches_the_citizen(desk, encoded):
    code, (found,) = posts(desk, status="closed", status_notes="Ist geflickt.", encoded=encoded)
    assert (code, found["service_request_id"]) == (200, ONE)
    case = desk.cases.get("vreden", ONE)
    assert (case.state, case.latest.by, case.latest.told) == (CaseState.CLOSED, "Open311", True)
    assert desk.texts[0][1].split("\n\n")[1] == "Ist geflickt."
    assert desk.queued


def test_a_repeat_tells_nobody_twice(desk):
    for _ in range(2):
        assert posts(desk, status="open", status_notes="Morgen.")[0] == 200
    assert len(desk.texts) == 1
    assert posts(desk, status="open", status_notes="Doch erst Freitag.")[0] == 200
    assert len(desk.texts) == 2
    assert posts(desk, status="open")[0] == 200
    assert len(desk.texts) == 2


def test_a_closed_report_may_be_opened_again(desk):
    posts(desk, DONE, status="open")
    assert desk.cases.get("vreden", DONE).state is CaseState.IN_WORK


@pytest.mark.parametrize("key", ["", "falsch", KEY + "x", "schlüssel"])
def test_without_the_key_nothing_happens(desk, key):
    code, (error,) = posts(desk, api_key=key, status="closed")
    assert (code, error["code"]) == (403, 403)
    assert KEY not in error["description"]
    assert desk.cases.get("vreden", ONE).state is CaseState.NEW


def test_a_town_without_a_key_takes_no_status(desk):
    desk.secrets.open311_keys = {}
    assert posts(desk, status="closed")[0] == 403
    desk.secrets.open311_keys = {"vreden": ""}
    assert posts(desk, api_key="", status="closed")[0] == 403


def test_a_new_key_holds_at_once(desk, monkeypatch):
    """The functions know the old one for some minutes, and the town's own system was refused as long."""
    stored, clock = KeyStore("alter-schluessel"), iter(range(100, 200, 2))
    monkeypatch.setattr(secrets, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    desk.adapters.secrets = secrets.SecretsManagerSecrets(stored, Settings(open311_secret_prefix="open311/"))
    assert posts(desk, api_key="alter-schluessel", status="open")[0] == 200
    stored.key = "neuer-schluessel"
    assert posts(desk, api_key="neuer-schluessel", status="closed")[0] == 200
    assert posts(desk, api_key="alter-schluessel", status="open")[0] == 403


def test_guessing_keys_costs_one_read_a_second(desk, monkeypatch):
    stored = KeyStore(KEY)
    monkeypatch.setattr(secrets, "time", SimpleNamespace(monotonic=lambda: 100.0))
    desk.adapters.secrets = secrets.SecretsManagerSecrets(stored, Settings(open311_secret_prefix="open311/"))
    assert {posts(desk, api_key=f"geraten-{count}", status="open")[0] for count in range(20)} == {403}
    assert stored.reads == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"number": f"{NOW.year}-9999", "status": "closed"}, 404),
        ({"status": "perhaps"}, 400),
        ({"jurisdiction_id": "entenhausen", "status": "closed"}, 404),
        ({"status": "closed", "status_notes": "x" * 3001}, 400),
        ({f"field{count}": "1" for count in range(30)}, 400),
    ],
)
def test_a_status_that_cannot_be_taken_says_why(desk, fields, code):
    assert posts(desk, **fields)[0] == code


def test_a_body_that_is_no_text_is_refused(desk):
    event = {"pathParameters": {"request": f"{ONE}.json"}, "body": "/w==", "isBase64Encoded": True}
    assert update.handler(event, None, adapters=desk.adapters)["statusCode"] == 400


class KeyStore:
    """Secrets Manager with one key in it."""

    def __init__(self, key):
        self.key, self.reads = key, 0

    def get_secret_value(self, SecretId):  # noqa: N803 - as boto3 names it
        assert SecretId == "open311/vreden"
        self.reads += 1
        return {"SecretString": json.dumps({"key": self.key})}
