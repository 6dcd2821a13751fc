"""Parts of the page of a report: its photos, its place, what lies near, what was done."""

from collections.abc import Sequence
from typing import Any, Final

from functions.console.web.visit import Visit
from stadtdraht.domain.cases.case import Case, CaseState
from stadtdraht.domain.cases.near import around
from stadtdraht.domain.media.media import Media, MediaKind, MediaState
from stadtdraht.texts.staff.console.cases import (
    done_title,
    far_words,
    moment_words,
    note_words,
    state_words,
    title_of,
)
from stadtdraht.texts.staff.conversation import arrival
from stadtdraht.texts.staff.language import language_read, say
from stadtdraht.texts.staff.media import KINDS, WHY_NO_FILE
from stadtdraht.usecases.cases.case_history import DoneToCase

PICTURES: Final = frozenset({MediaKind.IMAGE, MediaKind.STICKER})
PLACES: Final = 5  # decimal places of a degree: about a metre


def photos_of(visit: Visit, case: Case) -> list[dict[str, str]]:
    """Each with an address that holds for some minutes, or with why it is not there."""
    rows = [visit.adapters.media_rows.load(case.town, case.citizen_id, wamid) for wamid in case.photo_ids]
    return [_photo(visit, it) for it in rows if it]


def _photo(visit: Visit, media: Media) -> dict[str, str]:
    name = say(
        "{kind} von {clock} Uhr", kind=say(KINDS[media.kind]), clock=f"{media.at.astimezone(visit.town.zone):%-H:%M}"
    )
    if media.state is not MediaState.STORED or not media.shown:
        why = (
            WHY_NO_FILE[language_read()][media.why]
            if media.why
            else say("ist noch unterwegs; laden Sie die Seite gleich noch einmal.")
        )
        return {"src": "", "href": "", "name": f"{name}: {why}"}
    link = visit.adapters.media_store.link(media.shown)
    return {"src": link if media.kind in PICTURES else "", "href": link, "name": name}


def links_of(case: Case) -> dict[str, str]:
    """Where the place can be looked at; OpenStreetMap learns of it only from who presses."""
    latitude, longitude = case.place.latitude, case.place.longitude
    if latitude is None or longitude is None:
        return {}
    at = f"{latitude:.{PLACES}f}", f"{longitude:.{PLACES}f}"
    return {
        "degrees": f"{at[0]}, {at[1]}",
        "geo": f"geo:{at[0]},{at[1]}",
        "map": f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=18/{at[0]}/{at[1]}",
    }


def near_of(visit: Visit, case: Case) -> list[dict[str, str]]:
    """Open ones close by, nearest first, each with its first photo."""
    if case.state.is_over:
        return []
    found = []
    for near in around(case, visit.adapters.cases.open(visit.town.id)):
        whole = visit.adapters.cases.get(visit.town.id, near.case.number) if near.case.photos else None
        photos = [it for it in photos_of(visit, whole) if it["src"]][:1] if whole else []
        found.append(
            {
                "number": near.case.number,
                "title": title_of(near.case),
                "words": f"{far_words(near.metres, near.direction)} · {state_words(near.case.state).lower()}",
                "src": photos[0]["src"] if photos else "",
                "alt": photos[0]["name"] if photos else "",
            }
        )
    return found


def history_of(visit: Visit, case: Case, done: Sequence[DoneToCase]) -> list[dict[str, Any]]:
    """What was done, newest first, down to the day it came in."""
    before, found = CaseState.NEW, []
    for it in done:
        event = it.event
        found.append(
            {
                "title": done_title(event, before, visit.town),
                "who": event.by or say("Bürger/in"),
                "at": moment_words(event.at, visit.town),
                "said": event.said,
                "note": note_words(event),
                "told": say("auf WhatsApp: {arrival}", arrival=arrival(it.answer)) if it.answer else _heard(it),
                "version": event.version,
            }
        )
        before = event.state
    came = {"title": say("Eingegangen"), "who": say("Bürger/in"), "at": moment_words(case.opened_at, visit.town)}
    return [*reversed(found), {**came, "said": "", "note": "", "told": "", "version": 0}]


def _heard(done: DoneToCase) -> str:
    if done.event.told:
        return say("auf WhatsApp gesendet")
    return say("nicht auf WhatsApp") if done.event.said else ""
