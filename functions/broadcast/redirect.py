"""A counted link of a newsletter leads on. What is counted is a number; who clicked is never looked at."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.broadcast.clicks import is_reader
from stadtdraht.domain.identifiers import town_of
from stadtdraht.observability import count, error_place, logger
from stadtdraht.pages.render import render
from stadtdraht.pages.responses import HttpResponse, html, redirect
from stadtdraht.usecases.broadcast.reporting.follow_link import FollowLinkResult, follow_link

log = logger("broadcast-redirect")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> HttpResponse:
    code = (event.get("pathParameters") or {}).get("code", "")
    followed = follow_link(code, broadcasts=adapters.broadcasts, towns=adapters.towns)
    if followed is None:
        return html(404, render("not_found.html"))
    if followed.counts and _opened_by_a_reader(event):
        _count(followed, adapters)
    return redirect(followed.link)


def _opened_by_a_reader(event: dict[str, Any]) -> bool:
    headers = event.get("headers") or {}
    purpose = f"{headers.get('sec-purpose', '')} {headers.get('purpose', '')}"
    return is_reader(event["requestContext"]["http"]["method"], headers.get("user-agent", ""), purpose)


def _count(followed: FollowLinkResult, adapters: Adapters) -> None:
    """A click that cannot be counted still leads on."""
    try:
        adapters.clicks.count(*followed.code)
    except (BotoCoreError, ClientError) as why:
        cause = followed.code.broadcast_id
        log.warning("not counted", town=town_of(cause), cause=cause, why=error_place(why))
        count("ClickNotCounted")
