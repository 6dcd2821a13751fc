"""What both functions of Open311 share: the town that is asked for, and errors as GeoReport v2 words them."""

import hmac
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.errors import NoSecret, StadtdrahtError, UnknownTown
from stadtdraht.domain.town import Town
from stadtdraht.pages.responses import NOT_KEPT, HttpResponse, as_json

if TYPE_CHECKING:
    from stadtdraht.ports.towns import Secrets, Towns

FORBIDDEN = "api_key was not provided or is not valid"


class Refused(StadtdrahtError):
    """An answer that is an error, with its HTTP status."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status


def answered(ask: Callable[[], Any], *, cache: str = NOT_KEPT) -> HttpResponse:
    """What `ask` returns as JSON, or its refusal, which is kept nowhere."""
    try:
        return as_json(200, ask(), cache=cache)
    except Refused as why:
        return as_json(why.status, [{"code": why.status, "description": str(why)}])


def jurisdiction(asked: Mapping[str, str], towns: "Towns") -> Town:
    """The town named by jurisdiction_id. Raises Refused."""
    named = asked.get("jurisdiction_id", "")
    if not named:
        raise Refused(400, "jurisdiction_id was not provided")
    try:
        return towns.get(named)
    except UnknownTown as why:
        raise Refused(404, "jurisdiction_id was not found") from why


def check_key(town: Town, shown: str, secrets: "Secrets") -> None:
    """In the same time whatever is shown; a new key holds from the moment it was made.

    Raises Refused, also for a town without a key.
    """
    try:
        fits = any(_is_same(secrets.open311_key(town.id, fresh=fresh), shown) for fresh in (False, True))
    except NoSecret as why:
        raise Refused(403, FORBIDDEN) from why
    if not fits:
        raise Refused(403, FORBIDDEN)


def _is_same(key: str, shown: str) -> bool:
    return bool(key) and hmac.compare_digest(key.encode(), shown.encode())


def number_of(event: Mapping[str, Any]) -> str:
    """The report that the path names ("2026-0142.json"), or ""."""
    return str((event.get("pathParameters") or {}).get("request", "")).removesuffix(".json")
