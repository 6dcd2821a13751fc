"""What came beside words: a photo without its hidden data, a voice message, a file. Only for who is signed in."""

import base64
from typing import Final

from functions.console.web.answers import not_found
from functions.console.web.visit import Visit
from stadtdraht.domain.media.media import PHOTOS, MediaKind, MediaState
from stadtdraht.pages.responses import HttpResponse, file, redirect

MOST_BYTES: Final = 4_000_000  # what a Lambda may answer is 6 MB, in base64
SHOWN_IN_PAGES: Final = (MediaKind.IMAGE, MediaKind.STICKER, MediaKind.AUDIO)
KEPT_BY_THE_BROWSER: Final = "private, max-age=300"  # so long as a link to the store would hold


def show(visit: Visit) -> HttpResponse:
    """The file itself from our own address, so that a page needs no other; a large one by a link that soon ends."""
    media = visit.adapters.media_rows.load(visit.town.id, visit.path["citizen"], visit.path["message"])
    if media is None or media.state is not MediaState.STORED:
        return not_found()
    is_small = visit.query.get("small") == "1" and bool(media.thumbnail)
    key = media.thumbnail if is_small else media.shown
    if media.size_bytes > MOST_BYTES and media.type not in PHOTOS:
        return redirect(visit.adapters.media_store.link(key))
    content = visit.adapters.media_store.get(key)
    if content is None:
        return not_found()
    kind = "image/jpeg" if media.type in PHOTOS else media.type
    answer = file(media.wamid, kind, base64.b64encode(content).decode())
    answer["headers"] |= {"Cache-Control": KEPT_BY_THE_BROWSER}
    if media.kind in SHOWN_IN_PAGES:
        del answer["headers"]["Content-Disposition"]
    return answer
