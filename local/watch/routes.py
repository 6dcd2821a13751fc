"""Which route of an HTTP API answers a request, for the access log."""

import re
from collections.abc import Iterable

NO_ROUTE = "-"


class Routes:
    """API Gateway, Routes for HTTP APIs, 2026-09: a full match comes first, then a variable, then a greedy one."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._routes = [(key, _pattern(key)) for key in sorted(keys, key=_looseness)]

    def key_of(self, method: str, path: str) -> str:
        """Such as `GET /crisis/{token}`."""
        asked = f"{method} {path}"
        return next((key for key, pattern in self._routes if pattern.fullmatch(asked)), NO_ROUTE)


def _looseness(key: str) -> tuple[int, int]:
    return key.count("+}"), key.count("{")


def _pattern(key: str) -> re.Pattern[str]:
    text = re.escape(key)
    text = re.sub(r"\\\{\w+\\\+\\\}", ".+", text)
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", text))
