"""What was tried from outside and held, so that it stays so; grouped by the door it was tried at."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from stadtdraht.adapters.web.feed import entries_of
from stadtdraht.domain.inbound.envelope import parse_envelope
from stadtdraht.domain.inbound.inbox import UNROUTED
from stadtdraht.domain.inbound.signature import is_signed
from tests.support.crisis_page import CrisisPageHarness
from tests.unit.broadcast.test_public_web import web
from tests.unit.cases.test_open311 import NOW, ONE, desk, gets, listed

assert desk  # the fixture

RAW = b'{"entry": []}'
MAC = hmac.new(b"ours", RAW, hashlib.sha256).hexdigest()
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


# ---- Meta's door ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    ["sha256=", f"SHA256={MAC}", f"sha1={MAC}", f"sha256={MAC[:-1]}", f"sha256={MAC},sha256={MAC}", f"sha256={MAC}0",
     MAC, f"sha256=sha256={MAC}", "sha256=" + hmac.new(b"", RAW, hashlib.sha256).hexdigest()],
)  # fmt: skip
def test_no_other_spelling_of_a_signature_holds(header):
    assert not is_signed(RAW, header, ["ours"])


def test_capital_digits_are_the_same_signature():
    assert is_signed(RAW, f"sha256={MAC.upper()}", ["ours"])


@pytest.mark.parametrize("header", ["", f"sha256={MAC}", "sha256=" + hmac.new(b"", RAW, hashlib.sha256).hexdigest()])
def test_without_a_secret_in_force_nothing_is_signed(header):
    assert not is_signed(RAW, header, [])


def message(number, account="109", **more):
    body = {"from": "49151", "id": "wamid.1", "timestamp": "1795518000", "type": "text", "text": {"body": "x"}, **more}
    value = {"metadata": {"phone_number_id": number}, "messages": [body]}
    return json.dumps({"entry": [{"id": account, "changes": [{"field": "messages", "value": value}]}]}).encode()


@pytest.mark.parametrize("number", ["²", "", "x#y", "301#TOWN", "\u0663\u0660\u0661", None, 301, ["301"]])
def test_a_town_is_found_by_its_number_alone_whatever_stands_there(number):
    """Nor by the account around it, nor by what a message says of itself."""
    found = parse_envelope(
        message(number, town="vreden"),
        NOW,
        town_of_number={"301": "vreden"}.get,
        town_of_account={"109": "bocholt"}.get,
    )
    assert {it.town for it in found.updates} <= {UNROUTED, "vreden"} if number == 301 else {UNROUTED, "bocholt"}
    assert all(it.town != "vreden" for it in found.updates) or number == 301


def test_a_thousand_statuses_of_one_post_are_all_taken():
    key = f"sd1:vreden-n-20261124-4f7k2p:{0:020x}:1"
    statuses = [
        {"id": f"wamid.{n}", "status": "read", "timestamp": "1795518000", "biz_opaque_callback_data": key}
        for n in range(1000)
    ]
    value = {"metadata": {"phone_number_id": "301"}, "statuses": statuses}
    raw = json.dumps({"entry": [{"id": "109", "changes": [{"field": "messages", "value": value}]}]}).encode()
    found = parse_envelope(raw, NOW, town_of_number={"301": "vreden"}.get, town_of_account={}.get)
    assert len(found.statuses) == 1000


# ---- the crisis page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("valid", [True, False])
def test_every_answer_of_the_crisis_page_is_framed_by_nobody_and_kept_nowhere(valid):
    browser = CrisisPageHarness().link()
    browser.token += "" if valid else "x"
    headers = browser.get(**{"host": "evil.example", "x-forwarded-host": "evil.example"}).answer["headers"]
    assert all(part in headers[name] for name, part in HEADERS.items())
    assert "evil.example" not in str(browser.answer)
    assert "<script" not in browser.page
    assert "http" not in browser.page.split("</head>")[1].replace("https://stadtdraht.example", "")


# ---- the public web ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "[::ffff:7f00:1]"]
)
def test_no_spelling_of_an_inside_address_is_asked(host):
    """Whoever looks the name up finds what it means, and that is looked at."""

    class Inside(dict):
        def get(self, *_):
            return ["127.0.0.1"]

    found, asked = web(200, Inside(any=True))
    assert found.answer(f"https://{host}/").trouble
    assert not asked


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "utf-8"])
def test_a_feed_is_read_in_the_encoding_that_it_declares(encoding):
    item = "<item><title>Straße</title><link>https://x.example/a</link></item>"
    feed = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel>{item}</channel></rss>'
    (entry, *_) = entries_of(feed.encode(encoding), "https://x.example/")
    assert entry.title == "Straße"


# ---- Open311 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form", ["%Y-%m-%dT%H:%M:%S.123456789Z", "%Y-%m-%dT%H:%M:%S.000Z", "%Y-%m-%dT%H:%M:%S 00:00", "%Y%m%dT%H%M%SZ"]
)
def test_a_date_is_read_in_the_forms_that_clients_write(desk, form):
    assert ONE in listed(desk, start_date=(NOW - timedelta(days=10)).strftime(form))


@pytest.mark.parametrize(
    "asked", [{"start_date": "9999-12-31T23:59:59-14:00"}, {"end_date": "0001-01-01T00:00:00+14:00"}]
)
def test_a_date_at_the_end_of_time_is_answered(desk, asked):
    assert gets(desk, "/requests.json", **asked)[0] < 500
