"""What comes again with other choices, and what was pressed too late: nothing is sent, and a clear sentence says so."""

import json

import pytest

from functions.crisis.web.form import Request
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.crisis.crisis_links import CannotWarn, make_link
from tests.support.builders.crisis import NOON, a_town
from tests.support.crisis_page import PIN, CrisisPageHarness

MACHINE = {"accept": "application/json", "idempotency-key": "einsatz-2026-4711"}


@pytest.fixture
def harness():
    return CrisisPageHarness()


OTHERS = [
    {"scenario": "gas"},
    {"districts": "mussum"},
    {"valid_for_min": "60"},
    {"languages": "de"},
]


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_a_machines_key_with_other_choices_is_refused(harness, other):
    browser = harness.link()
    first = json.loads(browser.press(MACHINE, nonce="").page)["alert_id"]
    again = browser.press(MACHINE, nonce="", **other)
    assert again.status == 422
    refused = json.loads(again.page)
    assert refused["field"] == "nonce"
    assert "NICHT gesendet" in refused["text"]
    assert "Großbrand, Rauch" in refused["text"]
    assert len(harness.alerts.raised) == 1
    same = browser.press(MACHINE, nonce="")
    assert (same.status, json.loads(same.page)["alert_id"]) == (200, first)


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_a_page_that_comes_again_with_other_choices_is_refused_and_gets_a_new_nonce(harness, other):
    browser = harness.link().get()
    page, nonce = browser.answer, browser.nonce
    browser.press()
    browser.answer = page
    refused = browser.press(**other)
    assert refused.status == 422
    assert "NICHT gesendet" in refused.page
    assert refused.nonce not in ("", nonce)
    assert len(harness.alerts.raised) == 1


def test_the_end_of_an_alert_that_was_updated_is_not_sent_and_says_so(harness):
    browser = harness.link().get()
    first = json.loads(browser.press(MACHINE, nonce="").page)["alert_id"]
    follow = {"pin": PIN, "confirm": "Bocholt", "follows": first, "valid_for_min": "60", "districts": "barlo"}
    update = json.loads(browser.post({**MACHINE, "idempotency-key": "2"}, kind="update", **follow).page)["alert_id"]
    end = browser.post({**MACHINE, "idempotency-key": "3"}, kind="all_clear", **follow)
    assert end.status == 422
    refused = json.loads(end.page)
    assert (refused["field"], refused["stands"]) == ("follows", update)
    assert "NICHTS gesendet" in refused["text"]
    assert update in refused["text"]
    assert len(harness.alerts.raised) == 2
    ended = browser.post({**MACHINE, "idempotency-key": "4"}, kind="all_clear", **{**follow, "follows": update})
    assert ended.status == 202


def test_a_machine_learns_how_many_pins_are_left_and_until_when_none_is_taken(harness):
    browser = harness.link()
    refused = [json.loads(browser.press(MACHINE, nonce="", pin=f"00000{n}").page) for n in range(6)]
    assert [it["tries_left"] for it in refused] == [4, 3, 2, 1, 0, 0]
    assert [it.get("locked_until") for it in refused] == [None] * 4 + ["2026-11-24T11:15:00+00:00"] * 2
    assert "gesperrt bis 12:15 Uhr" in refused[-1]["text"]


@pytest.mark.parametrize("pin", [f"{PIN[:3]} {PIN[3:]}", "４８２９１３", f"{PIN}\u200b"])
def test_a_pin_with_blanks_or_wide_digits_is_the_pin(harness, pin):
    assert harness.link().get().press(pin=pin).status == 303


@pytest.mark.parametrize("behind", [".", ")", ">", ").", "/", ",", "”"])
def test_what_a_chat_program_takes_into_the_link_does_no_harm(harness, behind):
    browser = harness.link()
    browser.token += behind
    assert browser.get().heading == "Was ist passiert?"
    assert browser.press().answer["headers"]["Location"].startswith(f"/crisis/{browser.token.removesuffix(behind)}/")


def posted(body):
    return Request.of(
        {
            "headers": {"content-type": "application/json", "accept": "application/json"},
            "pathParameters": {"token": "t"},
            "requestContext": {"http": {"method": "POST"}},
            "body": body,
        }
    )


def test_null_is_none_and_sixty_point_nought_is_sixty():
    asked = posted('{"scenario": "fire", "districts": null, "languages": [null, "de"], "valid_for_min": 60.0}')
    assert (asked.several("districts"), asked.several("languages"), asked.valid_for_min) == ((), ("de",), 60)


@pytest.mark.parametrize("body", ["[" * 15_000, "9" * 9_000, '{"valid_for_min": 1e400}', '{"valid_for_min": 60.5}'])
def test_json_that_nobody_means_is_no_fault_of_ours(body):
    assert posted(body).valid_for_min == -1


def test_a_number_of_five_thousand_digits_is_no_number():
    assert posted('{"valid_for_min": "' + "9" * 5_000 + '"}').valid_for_min == -1


def test_a_town_that_cannot_warn_gets_no_link(harness):
    town = a_town(crisis_templates=(), offers=())
    assert Offer.CRISIS not in town.offers_of()
    given = {"mode": "live", "link_id": "l5", "pin_hash": "h", "public_url": "/"}
    ports = {"links": harness.links, "holders": harness.holders, "signer": harness.signer}
    with pytest.raises(CannotWarn, match="bocholt cannot warn"):
        make_link(town, "Leitstelle", NOON, NOON, **given, **ports)
    assert list(harness.links.all("bocholt")) == []
    assert harness.holders.get("bocholt", "Leitstelle") is None
