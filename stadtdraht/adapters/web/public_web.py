"""The public web, for addresses that staff or a feed named: https only, and no way into a network that is not public.

Each name is looked up once and the connection made to the address that was found good, so that a name which answers
differently the second time opens nothing. Redirects are followed under the same rules. What comes packed is unpacked
piece by piece, so that a little content that grows large takes no memory.
"""

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from stadtdraht.adapters.web.deadline import TimedTransport, deadline, in_time, seconds_left
from stadtdraht.domain.broadcast.links import LinkAnswer, WebTrouble
from stadtdraht.domain.errors import StadtdrahtError

CONNECT_S, READ_S = 5.0, 10.0
WITHIN_S = 25.0  # all in all, however slowly it drips
MOST_REDIRECTS = 5
OK = 200
ASK_WITH_GET = frozenset({400, 403, 404, 405, 406, 501})  # what servers say to HEAD that would serve a GET
PIECE_BYTES = 65_536  # unpacked at a time
GZIP = 31  # zlib's window with gzip's header and checksum
LOOK_UP_S = 10.0
NO_ADDRESS = (httpx.InvalidURL, ValueError)  # httpx lets idna's errors through, which are ValueErrors
UNICAST = ipaddress.ip_network("2000::/3")
NOT_FOR_HOSTS = tuple(  # that some version of Python calls global. Source: IANA, Special-Purpose Address Registries
    ipaddress.ip_network(it)
    for it in (
        *("192.0.0.0/24", "192.88.99.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
)
AGENT = "Stadtdraht/1 (checks links of the town's newsletter)"


class NotReached(StadtdrahtError):
    """The address does not answer as it should, or must not be asked: why, in English and as a code for our words."""

    def __init__(self, text: str, code: WebTrouble, detail: object = "") -> None:
        super().__init__(text)
        self.code = code
        self.detail = str(detail)


@dataclass(frozen=True, slots=True)
class Detour:
    """One host whose pages lie on this machine, for the local system; no deployment has one.

    Only this name is let through the guard, and only with a certificate of `authority` (a PEM file).
    """

    host: str
    address: str
    port: int
    authority: str

    @classmethod
    def parsed(cls, text: str, authority: str) -> "Detour":
        """From `host=address:port`. Raises ValueError."""
        host, _, at = text.partition("=")
        address, _, port = at.rpartition(":")
        if not host or not address:
            raise ValueError(f"{text}: expected host=address:port")
        return cls(host, address, int(port), authority)


def client(authority: str = "", *, read_s: float = READ_S) -> httpx.Client:
    """Without the machine's proxy: it would look names up itself, behind our back. authority: trusted beside the
    usual ones.
    """
    trusted = httpx.create_ssl_context(trust_env=False)
    if authority:
        trusted.load_verify_locations(authority)
    return httpx.Client(
        transport=TimedTransport(trusted),
        timeout=httpx.Timeout(read_s, connect=CONNECT_S),
        headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"},
        trust_env=False,
    )


def _look_up(host: str) -> Sequence[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]


@dataclass(slots=True)
class PublicWeb:
    """Port Links, and reading for the feed."""

    http: httpx.Client = field(default_factory=client)
    look_up: Callable[[str], Sequence[str]] = _look_up
    seconds: Callable[[], float] = time.monotonic
    detour: Detour | None = None

    def answer(self, address: str, within_s: float | None = None) -> LinkAnswer:
        try:
            with deadline(self._left_s(within_s)):
                status = self._status(address, "HEAD")
                if status in ASK_WITH_GET:
                    status = self._status(address, "GET")
        except NotReached as why:
            return LinkAnswer(str(why), code=why.code, detail=why.detail)
        if status == OK:
            return LinkAnswer(status=status)
        return LinkAnswer(f"answers {status}, not 200", status, WebTrouble.STATUS, str(status))

    def read(self, address: str, most_bytes: int, within_s: float | None = None) -> bytes:
        """The content at the address. Raises NotReached, also for more than `most_bytes`."""
        content, left_s = bytearray(), self._left_s(within_s)
        with deadline(left_s), self._answer(address, "GET") as answer:
            if answer.status_code != OK:
                status = answer.status_code
                raise NotReached(f"answers {status}, not 200", WebTrouble.STATUS, status)
            for part in _unpacked(_in_time(answer.iter_raw(), left_s), answer.headers):
                content += part
                if len(content) > most_bytes:
                    raise NotReached(f"has more than {most_bytes:,} bytes", WebTrouble.TOO_LARGE, most_bytes)
        return bytes(content)

    def _left_s(self, within_s: float | None = None) -> Callable[[], float]:
        end = self.seconds() + (WITHIN_S if within_s is None else within_s)
        return lambda: end - self.seconds()

    def _status(self, address: str, method: str) -> int:
        with self._answer(address, method) as answer:
            return answer.status_code

    @contextmanager
    def _answer(self, address: str, method: str) -> Iterator[httpx.Response]:
        """The answer at the end of all redirects; its body is not read yet."""
        for _ in range(MOST_REDIRECTS + 1):
            request = self._request(address, method)
            try:
                answer = self.http.send(request, stream=True)
            except httpx.TimeoutException:
                raise NotReached("does not answer in time", WebTrouble.LATE) from None
            except httpx.HTTPError as why:
                raise _not_reached(why) from None
            except NO_ADDRESS:  # of a redirect, which httpx looks at before we do
                raise NotReached("leads on to what is no address", WebTrouble.LEADS_TO_NO_ADDRESS) from None
            if not answer.has_redirect_location:
                break
            answer.close()
            try:
                address = str(httpx.URL(address).join(answer.headers["location"]))
            except NO_ADDRESS:
                raise NotReached("leads on to what is no address", WebTrouble.LEADS_TO_NO_ADDRESS) from None
        else:
            many = f"leads on more than {MOST_REDIRECTS} times"
            raise NotReached(many, WebTrouble.TOO_MANY_REDIRECTS, MOST_REDIRECTS)
        try:
            yield answer
        except httpx.TimeoutException:
            raise NotReached("is too slow", WebTrouble.SLOW) from None
        except httpx.HTTPError as why:
            raise NotReached(f"breaks off ({type(why).__name__})", WebTrouble.BREAKS_OFF) from None
        finally:
            answer.close()

    def _request(self, address: str, method: str) -> httpx.Request:
        try:
            url = httpx.URL(address)
            host = url.raw_host.decode()
            plain = url.scheme == "https" and bool(url.host) and not url.userinfo
        except NO_ADDRESS:
            raise NotReached("is no address", WebTrouble.NO_ADDRESS) from None
        if not plain:
            raise NotReached("leads to an address that is not plain https", WebTrouble.NOT_HTTPS)
        if url.port not in (None, 443):
            raise NotReached("names a port of its own", WebTrouble.OWN_PORT)
        if self.detour and host == self.detour.host:
            to = url.copy_with(host=self.detour.address, port=self.detour.port)
        else:
            to = url.copy_with(host=self._public(host))
        return self.http.build_request(method, to, headers={"Host": host}, extensions={"sni_hostname": host})

    def _public(self, host: str) -> str:
        """An address of the host; all that it has must be public."""
        try:
            answered = in_time(lambda: self.look_up(host.strip("[]")), min(LOOK_UP_S, seconds_left()))
            found = [ipaddress.ip_address(it.partition("%")[0]) for it in answered]
        except TimeoutError:
            late = f"names a host that cannot be looked up in time: {host}"
            raise NotReached(late, WebTrouble.HOST_NOT_LOOKED_UP, host) from None
        except (OSError, ValueError, UnicodeError):
            raise NotReached(f"names a host that does not exist: {host}", WebTrouble.NO_HOST, host) from None
        if not found or not all(_is_public(it) for it in found):
            inside = f"names a host that is not on the public internet: {host}"
            raise NotReached(inside, WebTrouble.HOST_NOT_PUBLIC, host)
        return str(min(found, key=lambda it: it.version))  # IPv4 first: it leads out of every network


def _not_reached(why: httpx.HTTPError) -> NotReached:
    """A certificate is the one reason that a town can mend: it is named with what TLS says of it."""
    cause: BaseException | None = why
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            said = cause.verify_message
            return NotReached(f"shows a certificate that is not accepted ({said})", WebTrouble.CERTIFICATE, said)
        cause = cause.__cause__ or cause.__context__
    return NotReached(f"cannot be reached ({type(why).__name__})", WebTrouble.NO_CONNECTION)


def _in_time(parts: Iterator[bytes], left_s: Callable[[], float]) -> Iterator[bytes]:
    for part in parts:
        if left_s() < 0:
            raise NotReached("is too slow", WebTrouble.SLOW)
        yield part


def _unpacked(parts: Iterator[bytes], headers: httpx.Headers) -> Iterator[bytes]:
    """The body in pieces; httpx itself would unpack all that has arrived, a thousand times its size, at once."""
    packed = headers.get("content-encoding", "").strip().lower()
    if packed in ("", "identity"):
        yield from parts
        return
    if packed not in ("gzip", "x-gzip"):
        raise NotReached("is packed in a way that was not asked for", WebTrouble.PACKED_UNASKED)
    unpacking = zlib.decompressobj(GZIP)
    try:
        for part in parts:
            rest = part
            while rest and not unpacking.eof:
                yield unpacking.decompress(rest, PIECE_BYTES)
                rest = unpacking.unconsumed_tail
            if unpacking.eof:
                return  # what comes behind the end is nothing to wait for
    except zlib.error:
        raise NotReached("is packed wrongly", WebTrouble.PACKED_WRONGLY) from None
    raise NotReached("breaks off", WebTrouble.BREAKS_OFF)


def _is_public(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Of IPv6 only what is given out to hosts: whatever leads on to IPv4 or into a special network is not."""
    if isinstance(found, ipaddress.IPv6Address) and found not in UNICAST:
        return False
    return found.is_global and not found.is_multicast and not any(found in network for network in NOT_FOR_HOSTS)
