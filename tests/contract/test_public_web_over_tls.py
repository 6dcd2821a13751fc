"""The public web over real TLS and real sockets: certificates, redirects, bodies that lie."""

from itertools import count

import pytest

from stadtdraht.adapters.feed import WebFeeds
from stadtdraht.adapters.public_web import NotReached, PublicWeb
from stadtdraht.domain.feed import FeedEntry
from tests.tls_web import HOST, OTHER_HOST, PUBLIC_IP, UNTRUSTED_HOST, served

pytestmark = pytest.mark.enable_socket
MOST_BYTES = 100_000


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("tls")) as web:
        yield web


@pytest.fixture
def web(server):
    server.asked.clear()
    return PublicWeb(http=server.http, look_up=lambda host: [host if host[0].isdigit() else PUBLIC_IP])


def test_the_name_is_checked_and_the_address_is_the_one_that_was_looked_up(web, server):
    assert web.trouble(f"https://{HOST}/rss") == ""
    assert set(server.asked) == {(PUBLIC_IP, 443)}


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("umzug", ""),
        ("nach-nebenan", ""),
        ("nur-get", ""),
        ("weg", "answers 404, not 200"),
        ("im-kreis", "leads on more than 5 times"),
        ("ins-haus", "names a host that is not on the public internet: 169.254.169.254"),
        ("ohne-tls", "leads to an address that is not plain https"),
        ("zu-fremden", "cannot be reached (ConnectError)"),
    ],
)
def test_a_link_says_what_a_reader_would_meet(web, path, trouble):
    assert web.trouble(f"https://{HOST}/{path}") == trouble


def test_no_connection_is_made_into_the_house(web, server):
    web.trouble(f"https://{HOST}/ins-haus")
    assert {host for host, _ in server.asked} == {PUBLIC_IP}


def test_a_certificate_of_another_host_or_of_nobody_we_trust_is_refused(server):
    lies = PublicWeb(http=server.http, look_up=lambda _: [PUBLIC_IP])
    assert lies.trouble("https://bank.example/") == "cannot be reached (ConnectError)"
    assert lies.trouble(f"https://{UNTRUSTED_HOST}/") == "cannot be reached (ConnectError)"
    assert lies.trouble(f"https://{OTHER_HOST}/rss") == ""


@pytest.mark.parametrize("path", ["rss", "rss.gz"])
def test_a_feed_is_read_packed_or_not(web, path):
    assert list(WebFeeds(web).read(f"https://{HOST}/{path}")) == [FeedEntry("Neu", "", "https://www.x.example/1")]


def test_what_unpacks_to_far_more_than_it_weighs_is_refused(web):
    with pytest.raises(NotReached, match="more than 100,000 bytes"):
        web.read(f"https://{HOST}/bombe", MOST_BYTES)


def test_what_breaks_off_is_no_feed(web):
    with pytest.raises(NotReached, match="breaks off"):
        web.read(f"https://{HOST}/bricht-ab", MOST_BYTES)


def test_what_drips_for_ever_is_given_up(server):
    ages = count(step=30)
    web = PublicWeb(http=server.http, look_up=lambda _: [PUBLIC_IP], seconds=lambda: next(ages))
    with pytest.raises(NotReached, match="is too slow"):
        web.read(f"https://{HOST}/rss", MOST_BYTES)
