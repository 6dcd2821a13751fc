"""The town's token goes to Meta's own hosts and nowhere else."""

import httpx
import pytest

from stadtdraht.adapters.whatsapp.media import GraphMedia
from stadtdraht.domain.media.media import MediaFailure, MediaLost, MediaNotNow, MediaRefused
from tests.support.fakes.secrets import FakeSecrets

META = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"


class Meta:
    """Answers look-ups with an address, and downloads with bytes; remembers who was asked, and with which token."""

    def __init__(self, address=META, content=b"bytes", download=200, look_up=200, **found):
        self.asked = []
        self.found = {"url": address, "mime_type": "image/jpeg", "sha256": "ab", "file_size": "5"} | found
        self.content, self.download, self.look_up = content, download, look_up

    def __call__(self, request):
        self.asked.append((request.url.host, request.headers["authorization"]))
        if request.url.host == "graph.facebook.com":
            return httpx.Response(self.look_up, json=self.found)
        return httpx.Response(self.download, content=self.content, headers={"location": "https://evil.example/"})


def fetch(meta, media_id="1600000000000001", most_bytes=100, seconds=lambda: 0.0, town="vreden"):
    source = GraphMedia(
        FakeSecrets(tokens={"vreden": "token"}),
        "https://graph.facebook.com",
        "v26.0",
        http=httpx.Client(transport=httpx.MockTransport(meta)),
        seconds=seconds,
    )
    return source.fetch(town, media_id, most_bytes)


def test_a_fresh_address_is_looked_up_and_read_with_the_token():
    meta = Meta()
    assert fetch(meta).content == b"bytes"
    assert meta.asked == [("graph.facebook.com", "Bearer token"), ("lookaside.fbsbx.com", "Bearer token")]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/file",
        "http://lookaside.fbsbx.com/file",
        "https://lookaside.fbsbx.com.evil.example/file",
        "https://lookaside.fbsbx.com@evil.example/file",
        "https://me:you@lookaside.fbsbx.com/file",
        "https://lookaside.fbsbx.com:8443/file",
        "https://169.254.169.254/latest/meta-data",
        "http://graph.facebook.com/file",
        "file:///etc/passwd",
        "nonsense",
    ],
)
def test_an_address_elsewhere_is_not_followed(address):
    meta = Meta(address)
    with pytest.raises(MediaLost) as lost:
        fetch(meta)
    assert lost.value.why is MediaFailure.FOREIGN_ADDRESS
    assert [host for host, _ in meta.asked] == ["graph.facebook.com"]


def test_a_redirect_is_not_followed():
    meta = Meta(download=302)
    with pytest.raises(MediaLost):
        fetch(meta)
    assert "evil.example" not in [host for host, _ in meta.asked]


@pytest.mark.parametrize("status", [404, 429, 500, 503])
def test_an_address_that_is_too_old_is_a_reason_to_try_again(status):
    with pytest.raises(MediaNotNow):
        fetch(Meta(download=status))


@pytest.mark.parametrize("status", [429, 500, 401])
def test_a_look_up_that_fails_is_tried_again(status):
    with pytest.raises(MediaNotNow):
        fetch(Meta(look_up=status))


def test_a_town_without_a_token_is_tried_again():
    with pytest.raises(MediaNotNow):
        fetch(Meta(), town="bocholt")


def test_an_answer_without_an_address_is_tried_again():
    with pytest.raises(MediaNotNow):
        fetch(Meta(sha256=None, file_size="many"))


@pytest.mark.parametrize("status", [400, 404])
def test_what_meta_no_longer_has_is_lost(status):
    with pytest.raises(MediaLost) as lost:
        fetch(Meta(look_up=status))
    assert lost.value.why is MediaFailure.GONE


def test_an_id_that_is_none_never_stands_in_a_path():
    meta = Meta()
    with pytest.raises(MediaLost):
        fetch(meta, media_id="../me")
    assert not meta.asked


def test_a_file_that_says_it_is_too_large_is_not_read_and_one_that_lies_is_cut_off():
    meta = Meta(file_size="101")
    with pytest.raises(MediaRefused):
        fetch(meta)
    assert len(meta.asked) == 1
    with pytest.raises(MediaRefused) as refused:
        fetch(Meta(content=b"x" * 101))
    assert refused.value.why is MediaFailure.TOO_LARGE


def test_a_download_that_drips_is_ended():
    ticks = iter(range(0, 1000, 100))
    with pytest.raises(MediaNotNow):
        fetch(Meta(), seconds=lambda: float(next(ticks)))


def test_a_network_that_breaks_tells_no_address():
    def breaks(request):
        raise httpx.ConnectError(f"no way to {request.url}")

    with pytest.raises(MediaNotNow) as not_now:
        fetch(breaks)
    assert str(not_now.value) == "ConnectError"
