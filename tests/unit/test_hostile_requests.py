"""Nobody outside gets a 5xx or rings an alarm: every public route, with everything that an address or body can hold."""

import json
import re
import time
from base64 import b64encode
from importlib import import_module
from random import Random

import pytest

from functions.console.routes import OPEN
from functions.console.routes import ROUTES as PAGES
from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.adapters.crypto.data_links import SignedDataLinks
from stadtdraht.adapters.dynamodb.crisis.alerts import DynamoAlerts
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.domain.identifiers import is_cause_id, is_town_id
from tests.support.adapters import FakeAdapters
from tests.support.hostile_values import VALUES

OPEN311 = "/open311/v2"
ROUTES = {  # by function; tests/infra/test_routes.py: none is missing
    "public.pages": [
        "GET /",
        "GET /healthz",
        "GET /t/{town}",
        "GET /t/{town}/imprint",
        "GET /t/{town}/privacy",
        "GET /t/{town}/contact.vcf",
        "GET /a/{alert}",
        "GET /{proxy+}",
    ],
    "broadcast.redirect": ["GET /r/{code}", "HEAD /r/{code}"],
    "privacy.archive": ["GET /data/{token}", "POST /data/{token}"],
    "open311.read": [
        f"GET {OPEN311}/{it}" for it in ("discovery.json", "services.json", "requests.json", "requests/{request}")
    ],
    "open311.update": [f"POST {OPEN311}/requests/{{request}}"],
    "crisis.page": [f"{it} /crisis/{{token}}" for it in ("GET", "HEAD", "OPTIONS", "POST")]
    + [f"{it} /crisis/{{token}}/{{alert}}" for it in ("GET", "POST")],
    "console.office": [*OPEN, *PAGES],
    "inbound.webhook": ["GET /webhooks/whatsapp", "POST /webhooks/whatsapp"],
}


class StrictTable:
    """Empty, and refuses what DynamoDB refuses."""

    name = "t"

    def get(self, pk, sk):
        assert 0 < len(pk.encode()) <= 2048
        assert 0 < len(sk.encode()) <= 1024


class Secrets:
    def app_secrets(self):
        return ["secret"]

    def verify_token(self):
        return "token"


class Settings:
    public_url, stage, webhook_client, mail_sender = "https://x.example", "test", "", ""


class Broadcasts:
    def __getattr__(self, name):
        return lambda *_, **__: None


def _adapters():
    table = StrictTable()
    given = {
        "towns": DynamoTowns(table),
        "alerts": DynamoAlerts(table),
        "broadcasts": Broadcasts(),
        "data_links": SignedDataLinks(b"pepper", "https://x.example"),
        "secrets": Secrets(),
        "settings": Settings(),
    }
    unused = (
        "crisis_links",
        "holders",
        "audience",
        "deliveries",
        "slices",
        "crisis_queue",
        "evidence",
        "latest_readiness",
        "alert_counts",
        "directory",
        "inbox",
        "cases",
        "clicks",
        "media_store",
        "citizens",
        "accounts",
        "audit",
        "guesses",
        "sessions",
        "staff",
    )
    adapters = FakeAdapters(**given, **dict.fromkeys(unused, Broadcasts()))
    adapters.link_signer = lambda: LinkSigner({"1": b"k" * 32})
    return adapters


def _event(route, random):
    method, path = route.split(" ")
    value = lambda: random.choice(VALUES)  # noqa: E731
    query = {random.choice(("jurisdiction_id", "start_date", "service_code", "hub.mode", "scenario", "x")): value()}
    names = re.findall(r"\{(\w+)\}", path)
    body = value()
    is_encoded = random.random() < 0.3
    return {
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": random.choice(("", value(), f"a={value()}", "valid_for_min=" + "9" * 5000)),
        "queryStringParameters": random.choice((None, query)),
        "pathParameters": {name: value() for name in names} or None,
        "headers": random.choice(
            (
                {},
                {"content-type": "application/json", "accept": "application/json", "idempotency-key": value()},
                {"x-hub-signature-256": value(), "accept": "application/cap+xml", "x-api-key": value()},
            )
        ),
        "requestContext": {"http": {"method": method}},
        "body": b64encode(body.encode("utf-8", "replace")).decode()
        if is_encoded
        else body.encode("utf-8", "replace").decode(),
        "isBase64Encoded": is_encoded,
    }


@pytest.mark.parametrize(("function", "route"), [(name, route) for name, routes in ROUTES.items() for route in routes])
def test_no_request_ends_in_an_error_of_ours(function, route, fuzz_cpu_s, capsys):
    """A raised error is a 500 and an alarm; a counted one, too."""
    handler, adapters, random = import_module(f"functions.{function}").handler, _adapters(), Random(route)
    until, tries = time.thread_time() + fuzz_cpu_s / 20, 0
    while tries < 60 or time.thread_time() < until:
        event = _event(route, random)
        answer = handler(event, None, adapters=adapters)
        assert answer["statusCode"] < 500, event
        json.dumps(answer).encode()
        tries += 1
    counted = re.findall(r'"Name":\s*"(\w+)"', capsys.readouterr().out)
    assert set(counted) <= {"SignInRefused", "WebhookSignatureWrong"}  # which wakes nobody


@pytest.mark.parametrize("text", VALUES)
def test_an_id_has_its_form(text):
    assert is_town_id(text) is (text in ("x", "vreden", "null"))
    assert is_cause_id(text) is (text == "vreden-a-20261124-abcdef")
