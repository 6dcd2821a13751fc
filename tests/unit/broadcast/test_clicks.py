"""Counted links: they lead to a town's own items, count readers, and know nobody."""

import json
from dataclasses import replace

import pytest
from botocore.exceptions import EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st

from functions.broadcast import redirect
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.clicks import is_reader, item_link, read_code
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from tests.support.adapters import FakeAdapters
from tests.support.builders.delivery import CAUSE, broadcast, person, town
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.clicks import FakeClicks
from tests.support.fakes.towns import FakeTowns
from tests.unit.broadcast.test_report import office, report_of

CODE = "bocholt-20261124-abcdef1"
PHONE = "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"
RUNNING = {"state": BroadcastState.RUNNING, "lanes": 1, "slices_per_lane": 1}


@pytest.fixture
def door():
    """The redirect's function on fakes."""

    class Door:
        broadcasts = FakeBroadcasts({CAUSE: broadcast(**RUNNING)})
        towns = FakeTowns({"bocholt": town()})
        clicks = FakeClicks()

        def opens(self, code=CODE, method="GET", **headers):
            sent = {"user-agent": PHONE} | {name.replace("_", "-"): value for name, value in headers.items()}
            event = {
                "pathParameters": {"code": code},
                "headers": sent,
                "requestContext": {"http": {"method": method, "sourceIp": "203.0.113.77"}},
            }
            ports = {name: getattr(self, name) for name in ("broadcasts", "towns", "clicks")}
            return redirect.handler(event, None, adapters=FakeAdapters(**ports))

    return Door()


def test_a_reader_is_led_on_and_counted(door):
    answer = door.opens()
    assert (answer["statusCode"], answer["headers"]["Location"]) == (302, "https://x.example")
    assert answer["headers"]["Cache-Control"] == "no-store"
    assert answer["headers"]["Referrer-Policy"] == "no-referrer"
    door.opens()
    assert dict(door.clicks.of(CAUSE)) == {1: 2}


@pytest.mark.parametrize(
    "headers",
    [
        {"user_agent": "WhatsApp/2.25.30.78 A"},
        {"user_agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
        {"user_agent": "meta-externalagent/1.1"},
        {"user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user_agent": "TelegramBot (like TwitterBot)"},
        {"user_agent": "Mozilla/5.0 (Windows NT 10.0) SkypeUriPreview Preview/0.5"},
        {"user_agent": "python-httpx/0.28"},
        {"user_agent": ""},
        {"sec_purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
    ],
)
def test_previews_crawlers_and_browsers_that_look_ahead_are_led_on_and_not_counted(door, headers):
    assert door.opens(**headers)["statusCode"] == 302
    assert not door.clicks.of(CAUSE)


def test_head_is_answered_and_not_counted(door):
    assert door.opens(method="HEAD")["headers"]["Location"] == "https://x.example"
    assert not door.clicks.of(CAUSE)


@pytest.mark.parametrize(
    "agent",
    [
        PHONE,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile Safari/604.1",
        "Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
        "Mozilla/5.0 (Linux; Android 16; CUBOT P80) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 EdgA/142.0",
    ],
)
def test_people_s_browsers_are_readers(agent):
    assert is_reader("GET", agent)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "nonsense",
        "bocholt-20261124-abcdef2",  # there is no second item
        "bocholt-20261124-abcdef0",
        "bocholt-20261124-zzzzzz1",
        "vreden-20261124-abcdef1",
        "bocholt-a-20261124-abcdef1",
        "https://evil.example",
        "//evil.example/-20261124-abcdef1",
        "bocholt-20261124-abcdef1\r\nLocation: https://evil.example",
    ],
)
def test_everything_else_is_a_calm_404_and_leads_nowhere(door, code):
    answer = door.opens(code)
    assert answer["statusCode"] == 404
    assert "Location" not in answer["headers"]
    assert "Diese Seite gibt es hier nicht" in answer["body"]
    assert "112" in answer["body"]


@given(st.text(max_size=60))
def test_no_text_is_read_as_a_code_unless_it_was_written_as_one(text):
    named = read_code(text)
    if named:
        again = item_link(replace(broadcast(), broadcast_id=named.broadcast_id), named.item, "https://u.example")
        assert again == f"https://u.example/r/{text}"


def test_a_code_names_its_newsletter_also_in_a_town_with_a_hyphen():
    written = item_link(broadcast(broadcast_id="neu-ulm-n-20261124-4f7k2p"), 3, "https://u.example")
    assert written == "https://u.example/r/neu-ulm-20261124-4f7k2p3"
    assert read_code("neu-ulm-20261124-4f7k2p3") == ("neu-ulm-n-20261124-4f7k2p", 3)


def test_staff_who_try_it_before_the_start_are_not_counted(door):
    door.broadcasts.found[CAUSE] = broadcast()
    assert door.opens()["statusCode"] == 302
    assert not door.clicks.of(CAUSE)


def test_a_town_that_counts_no_clicks_sends_plain_links_and_counts_none(door):
    plain = town(count_clicks=False)
    assert "https://x.example" in json.dumps(Newsletter(broadcast(), plain, "https://u.example").body(person(1), 1))
    counted = json.dumps(Newsletter(broadcast(), town(), "https://u.example").body(person(1), 1))
    assert f"https://u.example/r/{CODE}" in counted
    assert "https://x.example" not in counted
    door.towns.towns["bocholt"] = plain
    assert door.opens()["statusCode"] == 302
    assert not door.clicks.of(CAUSE)


def test_two_people_get_the_same_link():
    links = {
        json.dumps(Newsletter(broadcast(), town(), "https://u.example").body(person(number), 1)["template"])
        for number in range(3)
    }
    assert len(links) == 1


def test_nothing_about_who_clicked_is_kept_or_logged(door, capsys):
    door.opens(x_forwarded_for="203.0.113.77", cookie="id=anna")
    assert door.clicks.found == {CAUSE: {1: 1}}
    assert capsys.readouterr().out == ""


def test_a_counter_that_fails_still_leads_on(door, capsys):
    class Broken:
        def count(self, *_):
            raise EndpointConnectionError(endpoint_url="https://secret.example/anna")

    door.clicks = Broken()
    assert door.opens()["headers"]["Location"] == "https://x.example"
    said = capsys.readouterr().out
    assert "ClickNotCounted" in said
    assert "anna" not in said


def test_the_report_names_clicks_by_item():
    found = office()
    for _ in range(3):
        found["clicks"].count(CAUSE, 1)
    (item,) = report_of(found, **RUNNING).clicks
    assert (item.item, item.link, item.clicks) == (1, "https://x.example", 3)
