"""One report: what was said, where it is, what lies near, what was done, and the forms to work on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from functions.console.web.answers import not_found
from functions.console.web.cases.parts import history_of, links_of, near_of, photos_of
from functions.console.web.colleagues import colleagues
from functions.console.web.departments import choices
from functions.console.web.page import page, part
from functions.console.web.visit import Visit
from stadtdraht.domain.cases.case import GOES_ON, Case, CaseKind, CaseState, due_day
from stadtdraht.domain.cases.case_work import SAID_CHARACTERS, CaseNotFit, CaseWork
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.staff.roles import READS_CONVERSATIONS, WORKS_ON_CASES
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.cases import (
    due_in_full,
    due_sentence,
    heard_words,
    kind_words,
    moment_words,
    state_words,
    title_of,
)
from stadtdraht.texts.staff.console.people import name_shown
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.cases.case_history import DoneToCase, case_history
from stadtdraht.usecases.cases.how_heard import how_heard

NEXT: Final = (CaseState.IN_WORK, CaseState.ANSWERED, CaseState.CLOSED)
"""What a report can come to; forwarding has a form of its own."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form that was not taken: what was typed stands in it again, and why."""

    form: str
    """"work", "forward", "note" or "correct"."""
    typed: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    seen: int | None = None
    """Version of the report that they had before them, where somebody else has changed it since."""


def show(visit: Visit) -> HttpResponse:
    case = visit.adapters.cases.get(visit.town.id, visit.path["number"])
    return page_of(visit, case) if case else not_found()


def preview(visit: Visit) -> HttpResponse:
    """How somebody will hear of what stands in the form now; nothing is stored by it."""
    case = visit.adapters.cases.get(visit.town.id, visit.path["number"])
    if case is None:
        return not_found()
    citizen = visit.adapters.citizens.get(visit.town.id, case.citizen_id)
    return part(visit, "case_hears.html", hears=hears(visit, case, citizen, work_of(visit, case)))


def work_of(visit: Visit, case: Case) -> CaseWork:
    """What the form for an answer or a hand-over says; the state that it is in already is no news."""
    form = visit.form
    said: dict[str, Any] = {
        "say": form.get("say").strip(),
        "told_otherwise": form.get("told") == "1",
        "staff_id": visit.member.staff_id,
        "press": form.get("press"),
    }
    if "department" in form:
        department = form.get("department")
        return CaseWork(visit.by, CaseState.FORWARDED, department=department, note=form.get("note").strip(), **said)
    chosen = form.get("state")
    state = CaseState(chosen) if chosen in set(NEXT) else None
    news = state is not case.state or said["told_otherwise"]
    return CaseWork(visit.by, state if news else None, **said)


def page_of(visit: Visit, case: Case, unsaved: Unsaved | None = None, status: int = 200) -> HttpResponse:
    """The page, also after a form that was not taken."""
    town, now, ports = visit.town, visit.now, visit.adapters
    citizen = ports.citizens.get(town.id, case.citizen_id)
    done = case_history(case, cases=ports.cases, citizens=ports.citizens)
    departments = {it.id: it.label for it in town.departments}
    districts = {it.id: it.label for it in town.districts}
    typed = dict(unsaved.typed) if unsaved else {}
    forms = _forms(visit, case, citizen, unsaved.form if unsaved else "", typed)
    return page(
        visit,
        "case.html",
        say("Meldung {number}", number=case.number),
        here="cases",
        status=status,
        case=case,
        heading=title_of(case),
        name=name_shown(citizen),
        state=state_words(case.state),
        kind=kind_words(case.kind),
        department=departments.get(case.department, case.department),
        district=districts.get(case.district, case.district),
        due=due_sentence(case, town, now),
        late=case.is_overdue(now),
        due_day=due_in_full(case, town, now),
        opened=moment_words(case.opened_at, town),
        goes_on=case.description.endswith(GOES_ON),
        photos=photos_of(visit, case),
        links=links_of(case),
        near=near_of(visit, case),
        history=history_of(visit, case, done),
        talk=visit.url(f"conversations/{case.citizen_id}") if citizen and visit.may(READS_CONVERSATIONS) else "",
        prints=visit.query.get("view") == "print",
        unsaved=unsaved,
        since=_since(visit, case, done, unsaved),
        most=SAID_CHARACTERS,
        **forms,
    )


def _forms(visit: Visit, case: Case, citizen: Citizen | None, form: str, typed: dict[str, str]) -> dict[str, Any]:
    """What stands in the forms: what was typed in the one that was not taken, else what is so now."""
    town = visit.town
    staying = say("bleibt: {state}", state=state_words(case.state))
    state = typed.get("state", CaseState.IN_WORK if case.state is CaseState.NEW else "") if form != "forward" else ""
    wanted = CaseState(state) if state in set(NEXT) else None
    answer = CaseWork(visit.by, wanted, typed.get("say", "") or ("" if wanted else "…"))
    departments = choices(town)
    to = typed.get("department", "") if form == "forward" else ""
    first = to or case.department or (departments[0][0] if departments else "")
    due = due_day(case.due_at, town).isoformat()
    fresh = {"kind": case.kind, "queue": case.department, "due": due, "address": case.place.address}
    corrected = {**fresh, "assigned": case.assigned_to} | (typed if form == "correct" else {})
    return {
        "states": [("", staying), *((str(it), state_words(it)) for it in NEXT if it is not case.state)],
        "chosen": state,
        "say": typed.get("say", "") if form == "work" else "",
        "note": typed.get("note", "") if form == "note" else "",
        "forward": {"to": first, "say": typed.get("say", ""), "note": typed.get("note", "")}
        if form == "forward"
        else {"to": first, "say": "", "note": ""},
        "told": typed.get("told") == "1",
        "departments": departments,
        "queues": [("", say("noch bei keinem")), *((it.id, it.label) for it in town.departments)],
        "kinds": [(str(it), kind_words(it)) for it in CaseKind],
        "colleagues": _colleagues(visit, case),
        "corrected": corrected,
        "hears": hears(visit, case, citizen, answer),
        "hears_forward": hears(visit, case, citizen, CaseWork(visit.by, CaseState.FORWARDED, department=first))
        if first
        else None,
    }


def hears(visit: Visit, case: Case, citizen: Citizen | None, work: CaseWork) -> dict[str, Any]:
    """In what way, and in which words."""
    name = name_shown(citizen)
    try:
        heard = how_heard(case, work, visit.town, citizen, visit.now)
    except CaseNotFit as why:
        words = say("noch gar nicht. {why}.", why=say_why(why))
        return {"name": name, "words": words, "said": (), "duplicates": 0, "how": ""}
    words = heard_words(heard.told, visit.town, heard.until, heard.eur, visit.now)
    told = len(case.duplicates) if work.is_heard else 0
    return {"name": name, "words": words, "said": heard.words, "duplicates": told, "how": heard.told}


def _colleagues(visit: Visit, case: Case) -> list[tuple[str, str]]:
    """To whom it can be given: oneself first."""
    names = [it.name for it in colleagues(visit, WORKS_ON_CASES)]
    others = dict.fromkeys(name for name in (*names, case.assigned_to) if name and name != visit.by)
    return [("", say("niemand")), (visit.by, say("{name} (ich)", name=visit.by)), *((name, name) for name in others)]


def _since(
    visit: Visit, case: Case, done: Sequence[DoneToCase], unsaved: Unsaved | None
) -> Sequence[Mapping[str, Any]] | None:
    """What happened to it since the form was made; None where nobody changed it meanwhile."""
    if unsaved is None or unsaved.seen is None:
        return None
    before = unsaved.seen
    return [it for it in history_of(visit, case, done) if it["version"] > before]
