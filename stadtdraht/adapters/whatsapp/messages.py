"""Port GraphApi: one POST to Meta's messages route, and what became of it. httpx on aiohttp (decision 0004).

Nothing here retries: a connect error certainly sent nothing, a lost answer may have. Source: Meta, 2026-09.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from stadtdraht.adapters.whatsapp.outcome_of_error import outcome_of_error
from stadtdraht.domain.delivery.delivery import Accepted, Halted, NotSent, SendOutcome, Unknown
from stadtdraht.domain.whatsapp.error_codes import TOKEN_REFUSED

if TYPE_CHECKING:
    from stadtdraht.ports.towns import Secrets

CONNECT_S = 3.0
ANSWER_S = 12.0  # longer and the outcome is unknown; shorter than QUIET_BEFORE_TAKEOVER_S (domain/delivery/slices.py)
CONNECTIONS = 200


@dataclass(slots=True)
class GraphClient:
    """One connection pool per process; the town's token is read when it is first needed."""

    secrets: Secrets
    url: str
    version: str
    _http: httpx.AsyncClient | None = field(default=None, repr=False)

    async def send(self, town: str, phone_number_id: str, body: Mapping[str, Any]) -> SendOutcome:
        outcome = await self._post(phone_number_id, body, await self._token(town))
        if outcome == Halted(TOKEN_REFUSED):  # it was certainly not sent, and the token may just have been renewed
            outcome = await self._post(phone_number_id, body, await self._token(town, fresh=True))
        return outcome

    async def _token(self, town: str, *, fresh: bool = False) -> str:
        return await asyncio.to_thread(self.secrets.access_token, town, fresh=fresh)

    async def _post(self, phone_number_id: str, body: Mapping[str, Any], token: str) -> SendOutcome:
        try:
            answer = await self._client().post(
                f"{self.url}/{self.version}/{phone_number_id}/messages",
                json=body,
                headers={"Authorization": f"Bearer {token}"},
            )
        except httpx.HTTPError as lost:
            return NotSent(0) if _never_left(lost) else Unknown(type(lost.__cause__ or lost).__name__)
        return _outcome(answer)

    async def close(self) -> None:
        """Let go of every connection; a function's process never does."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            timeout = httpx.Timeout(ANSWER_S, connect=CONNECT_S, pool=ANSWER_S)
            limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
            self._http = httpx.AsyncClient(transport=AiohttpTransport(limits=limits), timeout=timeout)
        return self._http


def _never_left(lost: httpx.HTTPError) -> bool:
    """Whether no connection was ever made. The transport calls a reset after the request a ConnectTimeout as well, so
    only its cause tells (httpx-aiohttp 0.2, 2026-11).
    """
    return isinstance(lost, httpx.PoolTimeout) or isinstance(
        lost.__cause__, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError
    )


def _outcome(answer: httpx.Response) -> SendOutcome:
    try:
        value = answer.json()
        if answer.is_success:
            return Accepted(str(value["messages"][0]["id"]))
        code = int((value.get("error") or {}).get("code", 0))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        if answer.is_client_error:
            return outcome_of_error(answer.status_code, -1)
        return Unknown(f"http {answer.status_code} without a readable body")
    return outcome_of_error(answer.status_code, code)
