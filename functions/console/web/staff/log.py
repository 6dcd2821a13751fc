"""The protocol of who may be here: sign-ins, and what was done to whose access, the newest first."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from functions.console.web.colleagues import everybody
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.privacy.audit import AuditedAct, AuditEntry
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.audit import ACTS
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.language import say

PAGE: Final = 50
OF_ONESELF: Final = (
    AuditedAct.SIGNED_IN,
    AuditedAct.SIGN_IN_REFUSED,
    AuditedAct.PASSWORD_CHANGED,
    AuditedAct.RENAMED,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One act, in words."""

    at: str
    who: str
    """As they name themselves; by their address where a sign-in is all that is left of them."""
    what: str
    whom: str
    """"" for whoever did it themselves."""
    why: str


def show(visit: Visit) -> HttpResponse:
    """Part by part."""
    found = visit.adapters.audit.of_staff(visit.town.id, PAGE + 1, visit.query.moment("before"))
    names = {it.staff_id: it.name for it in everybody(visit)}
    shown = found[:PAGE]
    return page(
        visit,
        "staff/log.html",
        say("Protokoll der Zugänge"),
        here="staff",
        lines=[_line(visit, it, names) for it in shown],
        further=quote(shown[-1].at.isoformat()) if len(found) > PAGE else "",
    )


def _line(visit: Visit, it: AuditEntry, names: dict[str, str]) -> Line:
    at, what = say_moment(visit.town, it.at, visit.now), say(ACTS[it.act])
    if it.act in OF_ONESELF:
        return Line(at, names.get(it.person, it.by), what, "", it.why)
    whom = names.get(it.person, say("nicht mehr hier"))
    return Line(at, it.by, what, "" if whom == it.by else whom, it.why)
