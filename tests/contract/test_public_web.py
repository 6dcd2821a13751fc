"""Ports Feeds and Links: one suite for the fakes and for the adapters on a web of two pages."""

import httpx
import pytest

from stadtdraht.adapters.feed import WebFeeds
from stadtdraht.adapters.public_web import PublicWeb
from stadtdraht.domain.feed import FeedEntry, FeedNotRead
from tests.fakes.web import FakeFeeds, FakeLinks

FEED, GONE = "https://x.example/rss", "https://x.example/weg"
RSS = '<rss version="2.0"><channel><item><title>Neu</title><link>https://x.example/1</link></item></channel></rss>'


def serve(request):
    found = request.url.path == "/rss"
    return httpx.Response(200 if found else 404, content=RSS if found and request.method == "GET" else "")


def web():
    return PublicWeb(http=httpx.Client(transport=httpx.MockTransport(serve)), look_up=lambda _: ["93.184.215.14"])


@pytest.mark.parametrize("links", [FakeLinks({GONE: "answers 404, not 200"}), web()], ids=["fake", "web"])
def test_a_link_is_well_or_says_what_a_reader_would_meet(links):
    assert links.trouble(FEED) == ""
    assert links.trouble(GONE) == "answers 404, not 200"


@pytest.mark.parametrize(
    "feeds", [FakeFeeds([FeedEntry("Neu", "", "https://x.example/1")]), WebFeeds(web())], ids=["fake", "web"]
)
def test_a_feed_gives_its_stories_as_plain_text(feeds):
    assert list(feeds.read(FEED)) == [FeedEntry("Neu", "", "https://x.example/1")]


@pytest.mark.parametrize("feeds", [FakeFeeds(), WebFeeds(web())], ids=["fake", "web"])
def test_a_feed_that_cannot_be_read_names_its_address(feeds):
    with pytest.raises(FeedNotRead) as why:
        feeds.read(GONE)
    assert GONE in str(why.value)
