"""The page of a conversation, and the part of it that is asked for again while it stands open."""

from dataclasses import dataclass, replace
from typing import Any

from functions.console.web.answers import not_found
from functions.console.web.colleagues import colleagues, staff
from functions.console.web.conversation.bubbles import bubbles
from functions.console.web.conversation.desk import draft, say_kept, say_readers
from functions.console.web.conversation.person import person
from functions.console.web.conversation.reply import Typed, reply, without_signature
from functions.console.web.conversation.templates import choices
from functions.console.web.page import page, part
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import LinePage
from stadtdraht.domain.privacy.audit import AuditedAct, AuditEntry, person_in_audit
from stadtdraht.domain.staff.roles import ANSWERS
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.talk import who_shown
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.inbound.list_conversations import Tab, in_tab
from stadtdraht.usecases.inbound.office.read_conversation import read_conversation
from stadtdraht.usecases.inbound.text_blocks import list_blocks
from stadtdraht.usecases.inbound.work_at_desk import open_conversation

READ_IN_CONSOLE = "in der Konsole"


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
    if visit.may(ANSWERS):
        open_conversation(staff(visit), citizen.citizen_id)
    else:
        _write_down(visit, citizen)
    return conversation_page(visit, citizen)


def _write_down(visit: Visit, citizen: Citizen) -> None:
    """Before anything is shown: who answers nobody reads for a reason that may be asked after."""
    person_id = person_in_audit(visit.adapters.secrets.pepper(), visit.town.id, citizen.citizen_id)
    visit.adapters.audit.record(
        AuditEntry(visit.town.id, visit.now, AuditedAct.OPENED, visit.by, READ_IN_CONSOLE, person_id)
    )


def thread(visit: Visit) -> HttpResponse:
    """For the script: the thread, who else reads, how long one may write."""
    citizen = visit.adapters.citizens.get(visit.town.id, visit.path["citizen"])
    if citizen is None:
        return not_found()
    values = _shown(visit, citizen, _draft(visit, citizen), _lines(visit, citizen))
    return part(visit, "conversation/renewed.html", shown=visit.query.get("shown"), **values)


def conversation_page(
    visit: Visit,
    citizen: Citizen,
    typed: Typed | None = None,
    *,
    status: int = 200,
    noted: str = "",
    note_error: str = "",
    why: str = "",
) -> HttpResponse:
    """The whole page, with what somebody typed when nothing was sent."""
    lines = _lines(visit, citizen)
    values = _shown(visit, citizen, typed or _typed(visit, citizen, lines), lines)
    may_act = visit.may(ANSWERS)
    members = colleagues(visit) if may_act else ()
    return page(
        visit,
        "conversation/show.html",
        values["person"].name,
        here="inbox",
        status=status,
        wide=True,
        following=_following(visit, citizen),
        staff=[("", say("niemand")), *((it.staff_id, it.name) for it in members)],
        assigned_id=citizen.conversation.assigned_to_id if citizen.conversation else "",
        had=citizen.conversation.had_by if citizen.conversation else "",
        blocks=_blocks(visit) if values["reply"].state == "open" else [],
        noted=noted,
        note_error=note_error,
        note_press=visit.press(),
        why=why,
        **values,
    )


def _shown(visit: Visit, citizen: Citizen, typed: Typed, lines: LinePage) -> dict[str, Any]:
    shown = reply(visit, citizen, typed)
    return {
        "person": person(visit, citizen),
        "bubbles": list(bubbles(visit.town, lines.lines, visit.now)),
        "earlier": lines.earlier.isoformat() if lines.earlier else "",
        "before": visit.query.get("before"),
        "reply": shown,
        "templates": choices(visit, citizen) if shown.state == "closed" else (),
        "may_act": visit.may(ANSWERS) and citizen.conversation is not None,
        "is_stale": citizen.conversation is not None and citizen.conversation.release_is_stale,
        "looking": say_readers(visit, citizen.citizen_id),
    }


def _lines(visit: Visit, citizen: Citizen) -> LinePage:
    """The newest, or those before the moment in the address."""
    adapters, before = visit.adapters, visit.query.moment("before")
    who = citizen.citizen_id
    return read_conversation(visit.town, who, adapters.citizens, adapters.conversations, before=before)


def _typed(visit: Visit, citizen: Citizen, lines: LinePage) -> Typed:
    """The words of an answer that did not arrive, where somebody asked for them; else what one had typed here."""
    again = visit.query.get("again")
    missed = next((it.text for it in lines.lines if again and it.answer_id == again), "")
    found = _draft(visit, citizen)
    if missed:
        words = without_signature(visit, missed)
        both = f"{found.text}\n\n{words}" if found.text else words
        return replace(found, text=found.text if words in found.text else both, is_given=True)
    return replace(found, is_given=True) if visit.query.get("done").startswith("sent") else found


def _draft(visit: Visit, citizen: Citizen) -> Typed:
    found = draft(visit, citizen.citizen_id)
    return Typed(found.words, saved=say_kept(visit, found.at)) if found else Typed()


def _blocks(visit: Visit) -> list[tuple[str, str]]:
    """Text blocks by topic and name, with nothing chosen first."""
    found = list_blocks(visit.town.id, visit.adapters.text_blocks)
    return [
        ("", say("Textbaustein …")),
        *((it.id, f"{it.topic}: {it.title}" if it.topic else it.title) for it in found),
    ]


def _following(visit: Visit, citizen: Citizen) -> Following | None:
    waiting = in_tab(visit.waiting(), Tab.WAITING)
    first = next((it for it in waiting if it.waiting_since and it.citizen_id != citizen.citizen_id), None)
    return Following(first.citizen_id, who_shown(first.name, first.number)) if first else None
