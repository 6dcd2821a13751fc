"""Port PublicAddress over HTTPS, as a browser or Meta reaches the deployment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from stadtdraht.adapters.whatsapp.management import trusted
from stadtdraht.domain.operations.address import Answer
from stadtdraht.domain.operations.finding import NoAnswer

TIMEOUT_S = 15  # a cold start, and a page's own time


@dataclass(frozen=True, slots=True)
class HttpsPublicAddress:
    """`url`: without a path. Follows no redirect: Meta does not either."""

    url: str

    def get(self, path: str, asked: Mapping[str, str] | None = None) -> Answer:
        return self._answer("GET", path, params=dict(asked or {}))

    def post(self, path: str, body: bytes, signature: str) -> Answer:
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature}
        return self._answer("POST", path, content=body, headers=headers)

    def _answer(self, method: str, path: str, **request: Any) -> Answer:
        try:
            answer = httpx.request(method, f"{self.url}{path}", timeout=TIMEOUT_S, verify=trusted(), **request)
        except (httpx.HTTPError, httpx.InvalidURL) as why:
            raise NoAnswer(self.url, type(why).__name__) from why
        return Answer(answer.status_code, answer.text, _date(answer.headers.get("date", "")))


def _date(said: str) -> datetime | None:
    try:
        return parsedate_to_datetime(said)
    except ValueError:
        return None
