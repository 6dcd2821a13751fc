"""Ports Feeds and Links: one suite for the fakes, and for the adapters on a real HTTPS server with two pages."""

import pytest

from stadtdraht.adapters.web.feed import WebFeeds
from stadtdraht.adapters.web.public_web import Detour, PublicWeb, client
from stadtdraht.domain.broadcast.feed import FeedEntry, FeedNotRead
from tests.support.fakes.web import FakeFeeds, FakeLinks
from tests.support.https_server import page, serving

FEED, GONE = "https://x.example/rss", "https://x.example/weg"
RSS = '<rss version="2.0"><channel><item><title>Neu</title><link>https://x.example/1</link></item></channel></rss>'


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    with serving("x.example", tmp_path_factory.mktemp("web")) as server:
        server.pages["/rss"] = page(RSS.encode(), Content_Type="application/rss+xml")
        detour = Detour("x.example", "127.0.0.1", server.port, str(server.authority.file))
        with client(detour.authority) as http:
            yield PublicWeb(http, detour=detour)


@pytest.fixture(params=["fake", "web"])
def links(request, web):
    return web if request.param == "web" else FakeLinks({GONE: "answers 404, not 200"})


@pytest.fixture(params=["fake", "web"])
def feeds(request, web):
    return WebFeeds(web) if request.param == "web" else FakeFeeds([FeedEntry("Neu", "", "https://x.example/1")])


def test_a_link_is_well_or_says_what_a_reader_would_meet(links):
    assert links.answer(FEED, 5).trouble == ""
    assert links.answer(GONE, 5).trouble == "answers 404, not 200"


def test_a_feed_gives_its_stories_as_plain_text(feeds):
    assert list(feeds.read(FEED)) == [FeedEntry("Neu", "", "https://x.example/1")]


def test_a_feed_that_cannot_be_read_names_its_address(feeds):
    if isinstance(feeds, FakeFeeds):
        feeds.entries = None
    with pytest.raises(FeedNotRead) as why:
        feeds.read(GONE)
    assert GONE in str(why.value)
