"""Mails that the product sent, beside the phones. The mail server keeps them; here they are read through."""

import html
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web

from local.whatsapp.http_edge import world_of

ANSWERS_WITHIN_S = 5
PAGE = """<!doctype html>
<html lang="de">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mails an Mitarbeitende</title>
<style>
  :root {{ color-scheme: light dark; }}
  body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
  article {{ border-top: 1px solid GrayText; padding: 1rem 0; }}
  h2 {{ font-size: 1.1rem; margin: 0; }}
  p {{ margin: 0; }}
  pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .5rem 0 0; }}
</style>
<main>
<h1>Mails an Mitarbeitende</h1>
<p>Was die Konsole verschickt hat, das Neueste zuerst. Es bleibt auf diesem Rechner.
<a href="/">Zu den Telefonen</a></p>
{mails}
</main>
</html>
"""
ONE = "<article><h2>{subject}</h2><p>An {to} · {at}</p><pre>{text}</pre></article>"


async def listed(request: web.Request) -> web.StreamResponse:
    """`{"mails": [{"to", "subject", "text", "time"}]}`, oldest first."""
    return web.json_response({"mails": await _sent(request)})


async def shown(request: web.Request) -> web.StreamResponse:
    """The same to be read."""
    mails = [
        ONE.format(
            subject=html.escape(it["subject"]),
            to=html.escape(it["to"]),
            at=f"{datetime.fromtimestamp(it['time']).astimezone():%d.%m.%Y, %H:%M:%S}",
            text=html.escape(it["text"]),
        )
        for it in reversed(await _sent(request))
    ]
    page = PAGE.format(mails="\n".join(mails) or "<p>Noch keine.</p>")
    return web.Response(text=page, content_type="text/html", headers={"Cache-Control": "no-cache"})


async def _sent(request: web.Request) -> Sequence[dict[str, Any]]:
    """Nothing where there is no mail server, or while it does not answer."""
    address = world_of(request).config.mails_url
    if not address:
        return []
    timeout = aiohttp.ClientTimeout(total=ANSWERS_WITHIN_S)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            found = (await answer.json()).get("messages", {})
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return []
    mails = [
        {"to": to, "subject": one["Subject"], "text": one["BodyText"], "time": float(one["Timestamp"])}
        for of_account in found.values()
        for one in of_account
        for to in one["To"]
    ]
    return sorted(mails, key=lambda it: it["time"])
