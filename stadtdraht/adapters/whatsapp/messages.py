"""Port GraphApi: one POST to Meta's messages route, and what became of it. aiohttp (decision 0004).

Nothing here retries: a connect error certainly sent nothing, a lost answer may have. Source: Meta, 2026-09.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

from stadtdraht.adapters.whatsapp.outcome_of_error import outcome_of_error
from stadtdraht.domain.delivery.delivery import Accepted, Halted, NotSent, SendOutcome, Unknown
from stadtdraht.domain.whatsapp.error_codes import TOKEN_REFUSED

if TYPE_CHECKING:
    from stadtdraht.ports.towns import Secrets

CONNECT_S = 3.0
ANSWER_S = 12.0  # longer and the outcome is unknown; shorter than QUIET_BEFORE_TAKEOVER_S (domain/delivery/slices.py)
CONNECTIONS = 200
NEVER_LEFT = aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError  # no connection was ever made, or was free
OK, REFUSED, BROKEN = 200, 400, 500  # where each kind of HTTP status begins


@dataclass(slots=True)
class GraphClient:
    """One connection pool per process; the town's token is read when it is first needed."""

    secrets: Secrets
    url: str
    version: str
    _http: aiohttp.ClientSession | None = field(default=None, repr=False)

    async def send(self, town: str, phone_number_id: str, body: Mapping[str, Any]) -> SendOutcome:
        outcome = await self._post(phone_number_id, body, await self._token(town))
        if outcome == Halted(TOKEN_REFUSED):  # it was certainly not sent, and the token may just have been renewed
            outcome = await self._post(phone_number_id, body, await self._token(town, fresh=True))
        return outcome

    async def _token(self, town: str, *, fresh: bool = False) -> str:
        """Only a token that has to be read takes a thread: to wake one costs each message CPU."""
        if not fresh and (at_hand := self.secrets.access_token_at_hand(town)):
            return at_hand
        return await asyncio.to_thread(self.secrets.access_token, town, fresh=fresh)

    async def _post(self, phone_number_id: str, body: Mapping[str, Any], token: str) -> SendOutcome:
        sending = self._client().post(
            f"{self.url}/{self.version}/{phone_number_id}/messages",
            json=body,
            headers={"Authorization": f"Bearer {token}"},
            allow_redirects=False,
        )
        try:
            async with sending as answer:
                return _outcome(answer.status, await answer.read())
        except NEVER_LEFT:
            return NotSent(0)
        except aiohttp.ClientError as lost:
            return Unknown(type(lost).__name__)

    async def close(self) -> None:
        """Let go of every connection; a function's process never does."""
        if self._http is not None:
            await self._http.close()
            self._http = None

    def _client(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                timeout=aiohttp.ClientTimeout(connect=ANSWER_S, sock_connect=CONNECT_S, sock_read=ANSWER_S),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._http


def _outcome(status: int, body: bytes) -> SendOutcome:
    try:
        value = json.loads(body)
        if OK <= status < OK + 100:
            return Accepted(str(value["messages"][0]["id"]))
        code = int((value.get("error") or {}).get("code", 0))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        if REFUSED <= status < BROKEN:
            return outcome_of_error(status, -1)
        return Unknown(f"http {status} without a readable body")
    return outcome_of_error(status, code)
