"""Anything inside of what holds: behind a valid crisis link, under Meta's signature, asked of a town that publishes."""

import json
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import urlencode

import pytest

from functions.crisis import page
from functions.inbound import webhook
from functions.open311 import read, update
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.domain.town import PublishReports
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.builders.cases import a_case
from tests.support.case_desk import VREDEN, CaseHarness
from tests.support.crisis_page import PIN, CrisisPageHarness
from tests.support.fakes.media import FakeMediaStore
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.towns import FakeTowns
from tests.support.hostile_values import VALUES, spoilt, spoilt_json
from tests.unit.inbound.test_fuzzed_bodies import GOOD, SAMPLES, StrictTable
from tests.unit.inbound.test_receive_webhook import Directory, signed

NOW = datetime.now(UTC).replace(microsecond=0)  # as a link says it
PRESS = {
    "scenario": "fire",
    "districts": ["*"],
    "detail": "Halle 5",
    "valid_for_min": "180",
    "languages": ["de", "en"],
    "pin": PIN,
    "confirm": "Bocholt",
    "kind": "alert",
    "follows": "bocholt-a-20261124-abcdef",
    "step": "3",
    "undo_s": "10",
}
ASKED = {
    "jurisdiction_id": "vreden",
    "service_request_id": "2026-0001",
    "service_code": "hint",
    "status": "open",
    "start_date": "2026-11-01T00:00:00Z",
    "end_date": "2026-11-30T00:00:00Z",
    "page": "1",
}
UPDATED = {"jurisdiction_id": "vreden", "api_key": "key", "status": "closed", "notes": "Es ist geflickt."}


def tries(fuzz_cpu_s):
    """A hundred, and more while there is time."""
    until, count = time.thread_time() + fuzz_cpu_s / 20, 0
    while count < 100 or time.thread_time() < until:
        yield count
        count += 1


def counted(capsys):
    return set(re.findall(r'"Name":\s*"(\w+)"', capsys.readouterr().out))


def as_text(values):
    return {name: str(value) for name, value in values.items()} if isinstance(values, dict) else {}


def asks(method, *, headers=(), body="", path=None, query=None, route=""):
    """An HTTP API's event. What no address, header or body can hold on the wire comes with replacement marks."""
    clean = lambda text: str(text).encode("utf-8", "replace").decode()  # noqa: E731
    return {
        "routeKey": route,
        "headers": {name: clean(value) for name, value in dict(headers).items()},
        "requestContext": {"http": {"method": method}},
        "pathParameters": path,
        "rawQueryString": clean(urlencode(query or {}, doseq=True, errors="replace")),
        "queryStringParameters": {name: clean(value) for name, value in as_text(query).items()} or None,
        "body": clean(body),
        "isBase64Encoded": False,
    }


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_whoever_has_a_crisis_link_gets_an_answer_whatever_they_send(method, fuzz_cpu_s, capsys):
    random, raised = Random(method), set()
    for count in tries(fuzz_cpu_s):
        if count % 10 == 0:  # wrong PINs lock a link
            harness = CrisisPageHarness()
            browser = harness.link(not_before=NOW - timedelta(days=1), expires_at=NOW + timedelta(days=30))
            adapters = _page_adapters(harness)
        fields = spoilt({**PRESS, "nonce": harness.signer.new_nonce(browser.link, datetime.now(UTC))}, random)
        fields = fields if isinstance(fields, dict) else {}
        if random.random() < 0.5:
            fields["kind"] = random.choice(list(AlertKind))
        as_json = random.random() < 0.4
        body = spoilt_json(fields, random) if as_json else urlencode(fields, doseq=True, errors="replace")
        alerts = [*harness.alerts.slices, PRESS["follows"], *VALUES]
        alert = {"alert": random.choice(alerts[:3])} if random.random() < 0.3 else {}
        headers = {"content-type": "application/json" if as_json else "application/x-www-form-urlencoded"}
        headers |= {"accept": "application/json", "idempotency-key": random.choice(VALUES)} if as_json else {}
        query = {} if method == "POST" else fields
        event = asks(method, headers=headers, body=body, path={"token": browser.token, **alert}, query=query)
        answer = page.handler(event, None, adapters=adapters)
        assert answer["statusCode"] < 500, event
        json.dumps(answer).encode()
        raised |= harness.alerts.slices.keys()
    assert counted(capsys) <= {"CrisisPinLocked"}
    assert bool(raised) is (method == "POST")  # so far inside did it come; by reading, nothing is raised


def _page_adapters(harness):
    ports = harness.ports
    adapters = FakeAdapters(
        settings=Settings(public_url=ports.public_url),
        towns=ports.towns,
        alerts=ports.alerts,
        crisis_links=ports.links,
        holders=ports.holders,
        audience=ports.audience,
        deliveries=ports.deliveries,
        slices=ports.slices,
        crisis_queue=ports.queue,
        evidence=ports.evidence,
        latest_readiness=ports.latest_readiness,
        alert_counts=ports.counts,
    )
    adapters.link_signer = lambda: ports.signer
    return adapters


HOLDS_NOTHING = re.compile(r'"(?:entry|changes|messages|statuses)": \[\]')


def test_whatever_meta_signs_is_stored_and_answered_with_200(fuzz_cpu_s, capsys):
    random = Random("signed")
    for _ in tries(fuzz_cpu_s):
        table = StrictTable()
        adapters = FakeAdapters(
            settings=Settings(), secrets=FakeSecrets(), directory=Directory(), inbox=DynamoInbox(table)
        )
        kind = random.choice(sorted(SAMPLES))
        value = {"metadata": {"phone_number_id": "301"}, kind: [spoilt(SAMPLES[kind], random), GOOD]}
        envelope = {"entry": [{"id": "109", "changes": [{"field": "messages", "value": value}]}]}
        raw = spoilt_json(envelope, random) if random.random() < 0.5 else json.dumps(envelope)
        raw = raw.encode("utf-8", "replace").decode()
        headers = {"x-hub-signature-256": signed(raw.encode(), "current")}
        answer = webhook.handler(asks("POST", headers=headers, body=raw), None, adapters=adapters)
        assert answer["statusCode"] == 200
        assert table.rows or raw in ("", "[]") or HOLDS_NOTHING.search(raw), raw
    assert counted(capsys) <= {"WebhookUnparsed", "WebhookUnrouted", "WebhookUnknown"}  # kept, and somebody may look


@pytest.mark.parametrize("publishes", list(PublishReports))
def test_whoever_asks_a_town_for_its_reports_gets_an_answer(publishes, fuzz_cpu_s, capsys):
    random, adapters = Random(publishes.value), _open311_adapters(publishes)
    for _ in tries(fuzz_cpu_s):
        query = {**as_text(spoilt(ASKED, random)), "jurisdiction_id": "vreden"}
        for name in random.sample(sorted(set(query) - {"jurisdiction_id"}), k=random.randrange(len(query))):
            del query[name]
        what = random.choice(("services.json", "requests.json", "requests/{request}"))
        path = {"request": random.choice(("2026-0001.json", "2026-0001", *VALUES))}
        headers = random.choice(({}, {"x-api-key": "key"}, {"x-api-key": random.choice(VALUES)}))
        event = asks("GET", headers=headers, path=path, query=query, route=f"GET /open311/v2/{what}")
        assert read.handler(event, None, adapters=adapters)["statusCode"] < 500, event
        body = urlencode(as_text(spoilt(UPDATED, random)), errors="replace")
        event = asks("POST", headers=headers, path=path, body=body, route="POST /open311/v2/requests/{request}")
        assert update.handler(event, None, adapters=adapters)["statusCode"] < 500, event
    assert not counted(capsys)


def _open311_adapters(publishes):
    desk = CaseHarness(a_case("2026-0001", opened_at=NOW, last_added_at=NOW), wrote=NOW)
    return FakeAdapters(
        settings=Settings(stage="production", public_url="https://draht.example"),
        towns=FakeTowns({"vreden": replace(VREDEN, publish_reports=publishes)}),
        cases=desk.cases,
        citizens=desk,
        answer_queue=desk,
        secrets=FakeSecrets(open311_keys={"vreden": "key"}),
        media_store=FakeMediaStore(),
    )
