"""Whoever has the link of a person who asked for their data: a look gives nothing, a press gives all, for a day."""

from datetime import UTC, datetime, timedelta

import pytest

from functions.privacy import archive as function
from stadtdraht.adapters.crypto.data_links import SignedDataLinks
from stadtdraht.domain.privacy.privacy import DATA_LINK_LIVES
from tests.support.adapters import FakeAdapters
from tests.unit.privacy.test_data_archive import ports_of
from tests.unit.privacy.test_erase_citizen import LINKS, Archive

ZIP = "application/zip"


class Browser:
    """Of Anna, whose link was made just now."""

    def __init__(self):
        self.archive, self.now = Archive(), datetime.now(UTC)
        self.token = self.made(self.archive.who)

    def made(self, who, town="arnsberg", ago=timedelta()):
        return LINKS.make(town, who, self.now - ago).rpartition("/")[2]

    def asks(self, method="POST", token=None):
        office = self.archive.office
        adapters = FakeAdapters(data_links=LINKS, towns=office.towns, media_store=self.archive.media)
        adapters.record_ports = lambda: ports_of(office)
        event = {
            "pathParameters": {"token": self.token if token is None else token},
            "requestContext": {"http": {"method": method}},
        }
        answer = function.handler(event, None, adapters=adapters)
        return answer["statusCode"], answer["headers"].get("Content-Type", ""), answer["headers"]["Cache-Control"]


def test_a_press_gives_all():
    assert Browser().asks() == (200, ZIP, "no-store")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "post"])
def test_a_look_gives_nothing(method):
    """Previews of messengers and scanners of mail open every link."""
    status, kind, kept = Browser().asks(method)
    assert (status, ZIP in kind, kept) == (200, False, "no-store")


def test_a_link_with_any_character_changed_is_none():
    browser = Browser()
    for place, letter in enumerate(browser.token):
        other = browser.token[:place] + ("A" if letter != "A" else "B") + browser.token[place + 1 :]
        if place < len(browser.token) - 1:  # the last one has bits that mean nothing
            assert browser.asks(token=other)[0] == 404, place
    for other in ("", "x", browser.token + "x", browser.token[:-2], browser.token.upper(), browser.token + "%00"):
        assert browser.asks(token=other)[0] == 404, other


def test_a_link_opens_what_its_signature_names():
    """The same id in another town is nobody, and so is another person's."""
    browser = Browser()
    assert browser.asks(token=browser.made("c" * 20))[0] == 404
    other = SignedDataLinks(b"other", "https://x.example").make("arnsberg", browser.archive.who, browser.now)
    assert browser.asks(token=other.rpartition("/")[2])[0] == 404


@pytest.mark.parametrize(("ago", "status"), [(timedelta(minutes=-1), 200), (timedelta(minutes=1), 404)])
def test_a_link_ends_after_a_day(ago, status):
    browser = Browser()
    assert browser.asks(token=browser.made(browser.archive.who, ago=DATA_LINK_LIVES + ago))[0] == status


def test_a_link_is_dead_once_its_person_was_erased():
    browser = Browser()
    browser.archive.erase()
    assert browser.asks()[0] == 404
