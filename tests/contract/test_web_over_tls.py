"""Links and feeds over real TLS, from a server that does what servers do: leads on, hangs, lies and breaks off."""

import gzip
import threading
import time
import tracemalloc

import pytest

from stadtdraht.adapters.web import public_web
from stadtdraht.adapters.web.feed import MOST_BYTES, WebFeeds
from stadtdraht.adapters.web.public_web import Detour, NotReached, PublicWeb, client
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.broadcast.links import LinkAnswer, WebTrouble
from stadtdraht.settings import Settings
from tests.support.https_server import Authority, page, serving
from tests.unit.broadcast.test_feed import RSS

HOST = "www.bocholt.example"
HOME = f"https://{HOST}/"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(HOST, tmp_path_factory.mktemp("web")) as started:
        yield started


@pytest.fixture(autouse=True)
def nothing_asked_yet(server):
    server.pages.clear()
    server.asked.clear()


@pytest.fixture
def web(server):
    with client(str(server.authority.file)) as http:
        yield PublicWeb(http, detour=detour(server))


def detour(server, host=HOST):
    return Detour(host, "127.0.0.1", server.port, str(server.authority.file))


def test_a_page_is_asked_over_tls_by_its_own_name(server, web):
    server.pages["/markt"] = page(b"Markt")
    assert web.answer(f"{HOME}markt").trouble == ""
    assert server.asked == [("HEAD", "/markt", HOST)]


def test_a_page_that_is_gone_is_asked_twice_and_said(server, web):
    assert web.answer(f"{HOME}weg") == LinkAnswer("answers 404, not 200", 404, WebTrouble.STATUS, "404")
    assert [method for method, *_ in server.asked] == ["HEAD", "GET"]


def test_a_certificate_from_nobody_known_is_no_way_in(server):
    with client() as http:
        found = PublicWeb(http, detour=detour(server)).answer(HOME).trouble
    assert found == "shows a certificate that is not accepted (unable to get local issuer certificate)"
    assert server.asked == []


def test_a_certificate_for_another_name_is_no_way_in(server, web):
    web.detour = detour(server, "www.vreden.example")
    found = web.answer("https://www.vreden.example/").trouble
    assert "not accepted (Hostname mismatch" in found
    assert "www.vreden.example" in found
    assert server.asked == []


def test_a_certificate_from_an_authority_of_the_same_name_is_no_way_in(server, tmp_path):
    other = Authority.made(tmp_path)
    with client(str(other.file)) as http:
        assert "not accepted" in PublicWeb(http, detour=detour(server)).answer(HOME).trouble
    assert server.asked == []


def test_redirects_are_followed_on_the_same_host(server, web):
    server.pages["/alt"] = page(b"", 301, Location="/neu")
    server.pages["/neu"] = page(b"", 302, Location=f"{HOME}neu/index.html")
    server.pages["/neu/index.html"] = page(b"Neu")
    assert web.answer(f"{HOME}alt").trouble == ""
    assert [path for _, path, _ in server.asked] == ["/alt", "/neu", "/neu/index.html"]


def test_a_circle_of_redirects_ends(server, web):
    server.pages["/"] = page(b"", 302, Location="/")
    assert web.answer(HOME).trouble == "leads on more than 5 times"
    assert len(server.asked) == 6


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "[::1]", "localhost", f"{HOST}:8443"])
def test_a_redirect_leads_into_no_network_that_is_not_public_whatever_the_detour(server, web, inside):
    server.pages["/"] = page(b"", 302, Location=f"https://{inside}/latest/meta-data")
    assert "not on the public internet" in web.answer(HOME).trouble or "a port of its own" in web.answer(HOME).trouble
    assert {path for _, path, _ in server.asked} == {"/"}


def test_a_redirect_to_plain_http_is_not_followed(server, web):
    server.pages["/"] = page(b"", 301, Location=f"http://{HOST}/")
    assert web.answer(HOME).trouble == "leads to an address that is not plain https"


def test_a_server_that_never_answers_is_given_up(server):
    server.pages["/haengt"] = lambda _: server.released.wait()
    with client(str(server.authority.file), read_s=0.2) as http:
        assert PublicWeb(http, detour=detour(server)).answer(f"{HOME}haengt").trouble == "does not answer in time"


def test_whoever_is_in_a_hurry_waits_no_longer_than_they_said(server):
    server.pages["/haengt"] = lambda _: server.released.wait()
    with client(str(server.authority.file)) as http:
        began = time.monotonic()
        answer = PublicWeb(http, detour=detour(server)).answer(f"{HOME}haengt", 0.3)
    assert (answer.trouble, answer.status, answer.is_error) == ("does not answer in time", None, False)
    assert time.monotonic() - began < 3


def drips(handler, pieces, every_s=0.05):
    """Sends a piece now and then, until the reader has had enough."""
    try:
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(every_s)
    finally:
        handler.close_connection = True


def head(handler, **headers):
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


def drip_headers(handler):
    drips(handler, [b"HTTP/1.1 200 OK\r\n", *[b"X-Slow: 1\r\n"] * 1_000])


def drip_body(handler):
    head(handler)
    drips(handler, [b"x"] * 1_000)


def drip_behind_the_end(handler):
    head(handler, Content_Encoding="gzip")
    drips(handler, [gzip.compress(b"x"), *[b"y"] * 1_000])


def drip_inside(handler):
    head(handler, Content_Encoding="gzip")
    drips(handler, [bytes([byte]) for byte in gzip.compress(bytes(range(256)) * 20)])


def drip_chunks(handler):
    head(handler, Transfer_Encoding="chunked")
    drips(handler, [b"1\r\nx\r\n"] * 1_000)


@pytest.mark.parametrize("page_", [drip_headers, drip_body, drip_inside, drip_chunks])
def test_whatever_drips_ends_with_the_time_that_one_reading_has(server, web, monkeypatch, page_):
    monkeypatch.setattr(public_web, "WITHIN_S", 0.4)
    server.pages["/tropft"] = page_
    began = time.monotonic()
    with pytest.raises(NotReached, match=r"is too slow|does not answer in time"):
        web.read(f"{HOME}tropft", 1_000_000)
    assert time.monotonic() - began < 3


def test_what_drips_behind_the_end_of_what_is_packed_is_not_waited_for(server, web):
    server.pages["/tropft"] = drip_behind_the_end
    began = time.monotonic()
    assert web.read(f"{HOME}tropft", 1_000) == b"x"
    assert time.monotonic() - began < 3


def test_headers_that_drip_are_no_good_link_either(server, web, monkeypatch):
    monkeypatch.setattr(public_web, "WITHIN_S", 0.4)
    server.pages["/tropft"] = drip_headers
    assert web.answer(f"{HOME}tropft").trouble == "does not answer in time"


def test_a_name_that_cannot_be_looked_up_in_time_is_given_up(web, monkeypatch):
    monkeypatch.setattr(public_web, "LOOK_UP_S", 0.05)
    released = threading.Event()
    web.look_up = lambda _: released.wait() and []
    assert "cannot be looked up in time" in web.answer("https://langsam.example/").trouble
    released.set()


@pytest.mark.parametrize("to", ["javascript:alert(1)", "https://xn--/", "https://[::1", "https://a b/", "\x7f", "//"])
def test_a_redirect_to_what_is_no_address_is_a_sentence(server, web, to):
    server.pages["/"] = page(b"", 302, Location=to)
    said = web.answer(HOME).trouble
    assert said
    with pytest.raises(NotReached):
        web.read(HOME, 1_000)
    assert {path for _, path, _ in server.asked} == {"/"}


def test_a_body_that_breaks_off_is_no_content(server, web):
    def cut(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"x" * 10)
        handler.close_connection = True

    server.pages["/halb"] = cut
    with pytest.raises(NotReached, match="breaks off"):
        web.read(f"{HOME}halb", 10_000)


def test_a_body_without_an_end_is_read_to_the_limit_and_no_further(server, web):
    written = []

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:  # until the reader hangs up
            written.append(handler.wfile.write(b"x" * 65_536))

    server.pages["/endlos"] = endless
    with pytest.raises(NotReached, match="more than 100,000 bytes"):
        web.read(f"{HOME}endlos", 100_000)
    assert web.answer(f"{HOME}endlos").trouble == ""  # its link is well, and nobody reads the body


def test_what_comes_packed_is_unpacked(server, web):
    server.pages["/rss"] = page(gzip.compress(RSS.encode()), Content_Encoding="gzip")
    assert [it.title for it in WebFeeds(web).read(f"{HOME}rss")] == ["Alt & gut", "Neu"]


def test_a_little_that_grows_large_is_refused_before_it_takes_memory(server, web):
    bomb = gzip.compress(bytes(100_000_000), 9)
    assert len(bomb) < 150_000
    server.pages["/bombe"] = page(bomb, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        with pytest.raises(NotReached, match="more than 2,000,000 bytes"):
            web.read(f"{HOME}bombe", MOST_BYTES)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000


@pytest.mark.parametrize(
    ("packed", "encoding", "says"),
    [
        (b"no gzip at all", "gzip", "packed wrongly"),
        (gzip.compress(b"x" * 1_000)[:-12], "gzip", "breaks off"),
        (b"\x28\xb5\x2f\xfd", "zstd", "not asked for"),
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip", "not asked for"),
    ],
)
def test_what_is_packed_wrongly_or_otherwise_is_refused(server, web, packed, encoding, says):
    server.pages["/"] = page(packed, Content_Encoding=encoding)
    with pytest.raises(NotReached, match=says):
        web.read(HOME, 10_000)


def test_a_detour_is_taken_from_the_settings_and_only_then(server):
    server.pages["/"] = page(b"da")
    said = Settings(web_detour=f"{HOST}=127.0.0.1:{server.port}", web_detour_authority=str(server.authority.file))
    there = Adapters(said)
    assert there.links.answer(HOME).trouble == ""
    there.public_web.http.close()
    elsewhere = Adapters(Settings())
    assert elsewhere.public_web.detour is None
    elsewhere.public_web.http.close()
