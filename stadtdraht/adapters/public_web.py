"""The public web, for addresses that staff or a feed named: https only, and no way into a network that is not public.

Each name is looked up once and the connection made to the address that was found good, so that a name which answers
differently the second time opens nothing. Redirects are followed under the same rules.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from stadtdraht.domain.errors import StadtdrahtError

CONNECT_S, READ_S = 5.0, 10.0
WITHIN_S = 25.0  # all in all, however slowly it drips
MOST_REDIRECTS = 5
OK = 200
ASK_WITH_GET = frozenset({400, 403, 404, 405, 406, 501})  # what servers say to HEAD that would serve a GET
AGENT = "Stadtdraht/1 (checks links of the town's newsletter)"


class NotReached(StadtdrahtError):
    """The address does not answer as it should, or must not be asked; the text says why."""


def _client() -> httpx.Client:
    """Without the machine's proxy: it would look names up itself, behind our back."""
    return httpx.Client(
        timeout=httpx.Timeout(READ_S, connect=CONNECT_S), headers={"User-Agent": AGENT}, trust_env=False
    )


def _look_up(host: str) -> Sequence[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]


@dataclass(slots=True)
class PublicWeb:
    """Port Links, and reading for the feed."""

    http: httpx.Client = field(default_factory=_client)
    look_up: Callable[[str], Sequence[str]] = _look_up
    seconds: Callable[[], float] = time.monotonic

    def trouble(self, address: str) -> str:
        try:
            status = self._status(address, "HEAD")
            if status in ASK_WITH_GET:
                status = self._status(address, "GET")
        except NotReached as why:
            return str(why)
        return "" if status == OK else f"answers {status}, not 200"

    def read(self, address: str, most_bytes: int) -> bytes:
        """The content at the address. Raises NotReached, also for more than `most_bytes`."""
        content, end = bytearray(), self.seconds() + WITHIN_S
        with self._answer(address, "GET") as answer:
            if answer.status_code != OK:
                raise NotReached(f"answers {answer.status_code}, not 200")
            for part in answer.iter_bytes():
                content += part
                if len(content) > most_bytes:
                    raise NotReached(f"has more than {most_bytes:,} bytes")
                if self.seconds() > end:
                    raise NotReached("is too slow")
        return bytes(content)

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
                raise NotReached("does not answer in time") from None
            except httpx.HTTPError as why:
                raise NotReached(f"cannot be reached ({type(why).__name__})") from None
            if not answer.has_redirect_location:
                break
            answer.close()
            address = str(httpx.URL(address).join(answer.headers["location"]))
        else:
            raise NotReached(f"leads on more than {MOST_REDIRECTS} times")
        try:
            yield answer
        except httpx.HTTPError as why:
            raise NotReached(f"breaks off ({type(why).__name__})") from None
        finally:
            answer.close()

    def _request(self, address: str, method: str) -> httpx.Request:
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL:
            raise NotReached("is no address") from None
        if url.scheme != "https" or not url.host or url.userinfo:
            raise NotReached("leads to an address that is not plain https")
        host = url.raw_host.decode()
        if url.port not in (None, 443):
            raise NotReached("names a port of its own")
        to = url.copy_with(host=self._public(host))
        return self.http.build_request(method, to, headers={"Host": host}, extensions={"sni_hostname": host})

    def _public(self, host: str) -> str:
        """An address of the host; all that it has must be public."""
        try:
            found = [ipaddress.ip_address(it.partition("%")[0]) for it in self.look_up(host.strip("[]"))]
        except (OSError, ValueError, UnicodeError):
            raise NotReached(f"names a host that does not exist: {host}") from None
        if not found or not all(_is_public(it) for it in found):
            raise NotReached(f"names a host that is not on the public internet: {host}")
        return str(min(found, key=lambda it: it.version))  # IPv4 first: it leads out of every network


def _is_public(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inside = found.ipv4_mapped or found.sixtofour if isinstance(found, ipaddress.IPv6Address) else None
    return found.is_global and not found.is_multicast and (inside is None or _is_public(inside))
