"""An end for everything that one reading of the web does, however slowly it drips.

httpx's timeouts hold for each byte that arrives, so a server that sends one now and then is never too slow for them.
"""

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import httpcore
import httpx

T = TypeVar("T")
_left: ContextVar[Callable[[], float]] = ContextVar("_left")  # seconds that are left; the thread that reads sets it


@contextmanager
def deadline(left: Callable[[], float]) -> Iterator[None]:
    """Nothing that is sent or read inside waits longer than for the seconds that are left."""
    before = _left.set(left)
    try:
        yield
    finally:
        _left.reset(before)


def in_time(ask: Callable[[], T], left_s: float) -> T:
    """What `ask` returns or raises. Raises TimeoutError when it does not in time; then it goes on unheard."""
    answers: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()

    def asked() -> None:
        try:
            answers.put((ask(), None))
        except Exception as why:  # noqa: BLE001 - it is raised again where it is waited for
            answers.put((None, why))

    threading.Thread(target=asked, daemon=True).start()
    try:
        found, why = answers.get(timeout=max(left_s, 0.001))
    except Empty:
        raise TimeoutError from None
    if why is not None:
        raise why
    found_: T = found
    return found_


class TimedTransport(httpx.HTTPTransport):
    """Holds every single read and write to the deadline. A connection serves one request: it belongs to one name."""

    def __init__(self, trusted: ssl.SSLContext) -> None:
        super().__init__(verify=trusted, trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=trusted, network_backend=_TimedBackend(), max_keepalive_connections=0
        )


def seconds_left() -> float:
    """Until the deadline; for ever where none is set."""
    return _left.get(lambda: float("inf"))()


def _within(timeout: float | None) -> float:
    left = seconds_left()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left if timeout is None else min(timeout, left)


class _TimedBackend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._real.connect_tcp(host, port, _within(timeout), local_address, socket_options))


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, real: httpcore.NetworkStream) -> None:
        self._real = real

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._real.read(max_bytes, _within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._real.write(buffer, _within(timeout))

    def close(self) -> None:
        self._real.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._real.start_tls(ssl_context, server_hostname, _within(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._real.get_extra_info(info)
