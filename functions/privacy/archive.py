"""A person's own data behind their short-lived link: a page that gives nothing, and a button that gives all."""

from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.domain.privacy.privacy import DataRequest
from stadtdraht.observability import logger
from stadtdraht.pages.my_data import page_of
from stadtdraht.pages.render import render
from stadtdraht.pages.responses import HttpResponse, file, html
from stadtdraht.usecases.privacy.data_archive import build_archive

log = logger("privacy-archive")
ADAPTERS = Adapters()
MOST_BYTES = 4_000_000  # of files; a Lambda answers with 6 MB at most, and base64 takes a third


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> HttpResponse:
    now = datetime.now(UTC)
    try:
        request = adapters.data_links.read(event["pathParameters"]["token"], now)
    except LinkNotValid:
        return html(404, render("data/gone.html"))
    if event["requestContext"]["http"]["method"] != "POST":
        return html(200, render("data/ask.html", town=adapters.towns.get(request.town)))
    return _archive(request, adapters)


def _archive(request: DataRequest, adapters: Adapters) -> HttpResponse:
    archive = build_archive(
        adapters.towns.get(request.town),
        request.citizen_id,
        most_bytes=MOST_BYTES,
        ports=adapters.record_ports(),
        media=adapters.media_store,
        page=page_of,
    )
    if archive is None:
        return html(404, render("data/gone.html"))
    return file("meine-daten.zip", "application/zip", b64encode(archive.content).decode())
