"""The page of a conversation, and the part of it that is asked for again while it stands open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.console.web.answers import not_found
from functions.console.web.colleagues import colleagues
from functions.console.web.conversation.bubbles import KINDS_OF_FILES, bubbles
from functions.console.web.conversation.person import person
from functions.console.web.conversation.reply import Typed, reply, without_signature
from functions.console.web.page import page, part
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Line
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.media.media import Media
from stadtdraht.domain.staff.roles import ANSWERS
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.talk import who_shown
from stadtdraht.usecases.inbound.list_conversations import Tab, in_tab

PAGE = 50


@dataclass(frozen=True, slots=True)
class Following:
    """Who is next in the inbox."""

    citizen_id: str
    name: str


def show(visit: Visit) -> HttpResponse:
    """The newest lines, the person, and what can be done."""
    citizen = visit.adapters.citizens.get(visit.town.id, visit.path["citizen"])
    if citizen is None:
        return not_found()
    return conversation_page(visit, citizen)


def thread(visit: Visit) -> HttpResponse:
    """For the script: the thread, who else reads, how long one may write."""
    citizen = visit.adapters.citizens.get(visit.town.id, visit.path["citizen"])
    if citizen is None:
        return not_found()
    values = _shown(visit, citizen, Typed())
    return part(visit, "conversation/renewed.html", shown=visit.query.get("shown"), **values)


def conversation_page(
    visit: Visit,
    citizen: Citizen,
    typed: Typed | None = None,
    *,
    status: int = 200,
    noted: str = "",
    note_error: str = "",
) -> HttpResponse:
    """The whole page, with what somebody typed when nothing was sent."""
    lines = visit.adapters.citizens.history(visit.town.id, citizen.citizen_id)
    values = _shown(visit, citizen, typed or _typed(visit, lines), lines)
    may_act = visit.may(ANSWERS)
    members = colleagues(visit) if may_act else ()
    has_it = citizen.conversation.assigned_to if citizen.conversation else ""
    return page(
        visit,
        "conversation/show.html",
        values["person"].name,
        here="inbox",
        status=status,
        wide=True,
        following=_following(visit, citizen),
        staff=[("", "niemand"), *((it.staff_id, it.name) for it in members)],
        assigned_id=next((it.staff_id for it in members if it.name == has_it), ""),
        noted=noted,
        note_error=note_error,
        note_press=visit.press(),
        **values,
    )


def _shown(visit: Visit, citizen: Citizen, typed: Typed, lines: Any = None) -> dict[str, Any]:
    found = lines if lines is not None else visit.adapters.citizens.history(visit.town.id, citizen.citizen_id)
    before = visit.query.get("before")
    chosen, earlier = _cut(found, before)
    return {
        "person": person(visit, citizen),
        "bubbles": list(bubbles(visit.town, chosen, visit.now, _files(visit, citizen, chosen))),
        "earlier": earlier,
        "before": before,
        "reply": reply(visit, citizen, typed),
        "may_act": visit.may(ANSWERS) and citizen.conversation is not None,
        "looking": "",
    }


def _files(visit: Visit, citizen: Citizen, lines: Sequence[Line]) -> dict[str, Media]:
    """What came with these messages, by message; also under an id from before two were known to be one person."""
    if not any(it.kind in KINDS_OF_FILES for it in lines):
        return {}
    town, rows = visit.town.id, visit.adapters.media_rows
    ids = (citizen.citizen_id, *visit.adapters.citizens.merged_ids(town, citizen.citizen_id))
    return {message_id(it.wamid): it for who in ids for it in rows.of_citizen(town, who)}


def _cut(lines: Any, before: str) -> tuple[list[Line], str]:
    """The newest ones before that moment, and the moment before which there are more."""
    until = _moment(before)
    older = [it for it in lines if until is None or it.at < until]
    chosen = older[-PAGE:]
    return chosen, chosen[0].at.isoformat() if len(older) > len(chosen) else ""


def _typed(visit: Visit, lines: Any) -> Typed:
    """The words of an answer that did not arrive, where somebody asked for them; else nothing."""
    again = visit.query.get("again")
    words = next((it.text for it in lines if again and it.answer_id == again), "")
    if words:
        return Typed(without_signature(visit, words), is_given=True)
    return Typed(is_given=visit.query.get("done").startswith("sent"))


def _following(visit: Visit, citizen: Citizen) -> Following | None:
    waiting = in_tab(visit.adapters.conversations.waiting(visit.town.id), Tab.WAITING)
    first = next((it for it in waiting if it.waiting_since and it.citizen_id != citizen.citizen_id), None)
    return Following(first.citizen_id, who_shown(first.name, first.number)) if first else None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
