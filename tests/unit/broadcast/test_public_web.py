"""Addresses that staff or a feed named open no door into a network that is not public. On a made-up web, where
any name may have any address; over TLS: tests/contract/test_web_over_tls.py.
"""

import httpx
import pytest

from stadtdraht.adapters.web.feed import WebFeeds
from stadtdraht.adapters.web.public_web import NotReached, PublicWeb
from stadtdraht.domain.broadcast.feed import FeedNotRead
from tests.unit.broadcast.test_feed import RSS

PUBLIC = "93.184.215.14"


def web(answer, hosts=None, **more):
    """A web where every host is public unless `hosts` says otherwise; `asked` is what was connected to."""
    asked = []

    def serve(request):
        asked.append(request)
        return answer(request) if callable(answer) else httpx.Response(answer)

    made = PublicWeb(
        http=httpx.Client(transport=httpx.MockTransport(serve)),
        look_up=lambda host: (hosts or {}).get(host, [PUBLIC]),
        **more,
    )
    return made, asked


def test_a_page_that_answers_200_is_no_trouble():
    found, asked = web(200)
    assert found.answer("https://www.bocholt.example/markt?id=1").trouble == ""
    (request,) = asked
    assert (request.method, request.url.host, request.headers["host"]) == ("HEAD", PUBLIC, "www.bocholt.example")
    assert request.extensions["sni_hostname"] == "www.bocholt.example"
    assert request.url.raw_path == b"/markt?id=1"


@pytest.mark.parametrize("status", [405, 404, 403])
def test_a_server_that_does_not_like_head_is_asked_again(status):
    found, asked = web(lambda request: httpx.Response(status if request.method == "HEAD" else 200))
    assert found.answer("https://x.example/").trouble == ""
    assert [request.method for request in asked] == ["HEAD", "GET"]


def test_a_page_that_is_gone_says_its_status():
    assert web(404)[0].answer("https://x.example/").trouble == "answers 404, not 200"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fd00::1",
     "fe80::1%eth0", "::ffff:127.0.0.1", "2002:7f00:1::", "::ffff:93.184.215.14",
     "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "::7f00:1", "::ffff:0:127.0.0.1", "fec0::1", "5f00::1", "2001::1",
     "2001:db8::1", "3fff::1", "100::1", "192.88.99.1", "192.0.0.8", "198.18.0.1", "203.0.113.1", "240.0.0.1",
     "4000::1"],
)  # fmt: skip
def test_no_private_address_is_asked_whatever_name_it_has(address):
    found, asked = web(200, {"innen.example": [PUBLIC, address]})
    assert "not on the public internet" in found.answer("https://innen.example/").trouble
    assert asked == []


@pytest.mark.parametrize("address", ["2606:2800:220:1::1", "2a00:1450:4001::1", PUBLIC])
def test_a_public_address_of_either_version_is_asked(address):
    found, asked = web(200, {"x.example": [address]})
    assert found.answer("https://x.example/").trouble == ""
    assert len(asked) == 1


@pytest.mark.parametrize(
    "to", ["javascript:alert(1)", "https://xn--/", "https://x" + "a" * 70_000, "https://x.example:99999/"]
)
def test_a_redirect_that_httpx_itself_trips_over_is_a_sentence(to):
    found, asked = web(lambda _: httpx.Response(302, headers={"location": to}))
    assert found.answer("https://x.example/").trouble
    assert len(asked) == 1


@pytest.mark.parametrize(
    "address",
    ["http://x.example/", "https://anna:geheim@x.example/", "https://x.example:8443/", "ftp://x.example/", "https:///x",
     "file:///etc/passwd", "https://[::1/", "https://xn--/", "https://x.example/\x00", "https://" + "a" * 70_000],
)  # fmt: skip
def test_only_plain_https_is_asked(address):
    found, asked = web(200)
    assert found.answer(address).trouble
    assert asked == []


def test_a_redirect_is_held_to_the_same_rules():
    inside = web(
        lambda _: httpx.Response(302, headers={"location": "https://innen.example/"}), {"innen.example": ["10.0.0.1"]}
    )
    assert "not on the public internet" in inside[0].answer("https://x.example/").trouble
    assert len(inside[1]) == 1
    plain = web(lambda _: httpx.Response(301, headers={"location": "http://x.example/"}))
    assert "not plain https" in plain[0].answer("https://x.example/").trouble


def test_a_redirect_to_a_public_page_is_followed():
    def serve(request):
        home = request.url.path == "/neu"
        return httpx.Response(200) if home else httpx.Response(301, headers={"location": "/neu"})

    found, asked = web(serve)
    assert found.answer("https://x.example/alt").trouble == ""
    assert [request.headers["host"] for request in asked] == ["x.example", "x.example"]


def test_a_circle_of_redirects_ends():
    found, asked = web(lambda _: httpx.Response(302, headers={"location": "https://x.example/"}))
    assert "leads on more than 5 times" in found.answer("https://x.example/").trouble
    assert len(asked) == 6


@pytest.mark.parametrize("error", [httpx.ConnectTimeout("x"), httpx.ConnectError("x"), httpx.RemoteProtocolError("x")])
def test_a_server_that_does_not_answer_is_said(error):
    def serve(_):
        raise error

    assert web(serve)[0].answer("https://x.example/").trouble


def test_an_unknown_host_is_said():
    def nobody(_):
        raise OSError

    assert "does not exist" in PublicWeb(look_up=nobody).answer("https://nirgends.example/").trouble


def test_reading_ends_at_the_limits_of_size_and_time():
    big, _ = web(lambda _: httpx.Response(200, content=iter([b"x" * 1_001])))
    with pytest.raises(NotReached, match="more than 1,000 bytes"):
        big.read("https://x.example/", 1_000)
    ticks = iter(range(0, 1_000, 26))
    slow, _ = web(lambda _: httpx.Response(200, content=iter([b"x"])), seconds=lambda: next(ticks))
    with pytest.raises(NotReached, match="too slow"):
        slow.read("https://x.example/", 1_000)


def test_a_feed_is_read_over_it():
    found, _ = web(lambda _: httpx.Response(200, content=iter([RSS.encode()])))
    assert [it.title for it in WebFeeds(found).read("https://x.example/rss")] == ["Alt & gut", "Neu"]
    with pytest.raises(FeedNotRead, match="answers 500, not 200"):
        WebFeeds(web(500)[0]).read("https://x.example/rss")
