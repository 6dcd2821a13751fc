"""A report out of what somebody wrote: a new one, or further words for one that there is."""

from collections.abc import Sequence
from dataclasses import dataclass

from functions.console.web.answers import not_found
from functions.console.web.colleagues import staff
from functions.console.web.conversation.press import pressed
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.cases.case import CaseKind
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Line
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.case_desk import KINDS, STATES
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.console.talk import kind_words, who_shown
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.inbound.office.read_conversation import read_conversation
from stadtdraht.usecases.inbound.office.report_from_conversation import attach_to_case, open_case_from
from stadtdraht.usecases.inbound.render_reply import ReplyContext

OFFERED = 20  # messages to choose from
NEW = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A message that can be taken along."""

    message_id: str
    words: str
    at: str
    is_chosen: bool


def show(visit: Visit) -> HttpResponse:
    """Which messages, and whether it is a new report."""
    citizen = visit.adapters.citizens.get(visit.town.id, visit.path["citizen"])
    if citizen is None or citizen.conversation is None:
        return not_found()
    return _form(visit, citizen)


def write(visit: Visit) -> HttpResponse:
    """Opens the report, or adds to the one that was chosen."""
    number, adapters = visit.form.get("number"), visit.adapters
    picked, press = visit.form.all("message"), visit.form.get("press")

    def take(who: str) -> str:
        if number == NEW:
            kind = visit.form.get("kind")
            told = ReplyContext(adapters.settings.public_url, adapters.data_links, visit.now)
            open_case_from(
                staff(visit),
                who,
                picked,
                adapters.cases,
                adapters.ears,
                press=press,
                kind=CaseKind(kind) if kind in KINDS else None,
                reply_context=told if visit.form.get("tell") == "1" else None,
            )
            return "reported"
        attach_to_case(staff(visit), who, number, picked, adapters.cases, adapters.ears, press=press)
        return "attached"

    def told(citizen: Citizen, why: StadtdrahtError) -> HttpResponse:
        return _form(visit, citizen, wrong=f"{say_why(why)}.", status=409)

    return pressed(visit, take, told, already="done-already")


def _form(visit: Visit, citizen: Citizen, *, wrong: str = "", status: int = 200) -> HttpResponse:
    town, adapters = visit.town, visit.adapters
    name = who_shown(citizen.name, citizen.identity.phone or "")
    lines = read_conversation(town, citizen.citizen_id, adapters.citizens, adapters.conversations).lines
    known = sorted(adapters.cases.of_citizen(town.id, citizen.citizen_id), key=lambda it: it.number, reverse=True)
    numbers = [(it.number, f"{it.number}, {say(STATES[it.state])}") for it in known if not it.merged_into]
    return page(
        visit,
        "conversation/report.html",
        say("{name}: als Meldung aufnehmen", name=name),
        here="inbox",
        status=status,
        citizen_id=citizen.citizen_id,
        name=name,
        messages=_said(visit, citizen, lines),
        numbers=[(NEW, say("Neue Meldung")), *numbers],
        number=visit.form.get("number"),
        kinds=[("", say("wie die Worte es sagen")), *((it, say(words)) for it, words in KINDS.items())],
        kind=visit.form.get("kind"),
        tell=not visit.request.posts or visit.form.get("tell") == "1",
        wrong=wrong,
        press=visit.press(),
    )


def _said(visit: Visit, citizen: Citizen, lines: Sequence[Line]) -> Sequence[Said]:
    """Their messages, the newest first; chosen is what waits for an answer, or what was chosen before."""
    since = citizen.conversation.waiting_since if citizen.conversation else None
    picked = set(visit.form.all("message"))
    theirs = [it for it in lines if it.who == "citizen" and it.message_id and it.kind not in ("forgotten", "reaction")]
    return [
        Said(
            it.message_id,
            it.text or kind_words(it.kind),
            say_moment(visit.town, it.at, visit.now),
            it.message_id in picked if visit.request.posts else bool(since and it.at >= since),
        )
        for it in reversed(theirs[-OFFERED:])
    ]
