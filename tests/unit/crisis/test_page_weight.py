"""What the crisis page weighs on a bad line: one answer, compressed, with its style inside."""

import gzip
from base64 import b64decode

import pytest

from functions.public import pages
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.pages.compression import compressed
from stadtdraht.pages.responses import cap, html
from tests.support.crisis_page import CrisisPageHarness

MOST_BYTES = 6_000
SCREENS = {
    "what": lambda it: it.get(),
    "where": lambda it: it.choose(scenario="fire"),
    "confirm": lambda it: it.choose(scenario="fire", valid_for_min="180"),
    "rejected": lambda it: it.press(pin="000000"),
    "progress": lambda it: it.press(),
}


@pytest.mark.parametrize("mode", list(LinkMode))
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_small(screen, mode):
    browser = CrisisPageHarness().link(mode=mode)
    SCREENS[screen](browser)
    sent = compressed(html(200, browser.page), "gzip, br")
    assert gzip.decompress(b64decode(sent["body"])).decode() == browser.page
    assert len(b64decode(sent["body"])) <= MOST_BYTES


def test_pages_are_compressed_for_who_takes_it_and_caches_tell_them_apart():
    asked = {"routeKey": "GET /", "rawPath": "/", "headers": {"accept-encoding": "gzip, deflate"}}
    plain, packed = pages.handler({**asked, "headers": {}}, None), pages.handler(asked, None)
    assert "isBase64Encoded" not in plain
    assert packed["headers"]["Content-Encoding"] == "gzip"
    assert packed["headers"]["Vary"] == "Accept-Encoding"
    assert gzip.decompress(b64decode(packed["body"])).decode() == plain["body"]


def test_what_varies_already_goes_on_doing_so_and_what_is_no_text_stays_as_it_is():
    page = html(200, "x" * 1_000)
    page["headers"]["Vary"] = "Accept"
    assert compressed(page, "gzip")["headers"]["Vary"] == "Accept, Accept-Encoding"
    alert = cap(200, "x" * 1_000)
    assert compressed(alert, "gzip") == alert
    assert compressed(page, None) == page
