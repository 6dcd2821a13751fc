"""Two reports mean the same: one ends in the other. A page in between says what its reporter will hear."""

from functions.console.web.answers import not_found
from functions.console.web.cases.acts import ports_of
from functions.console.web.cases.parts import photos_of
from functions.console.web.cases.report import hears
from functions.console.web.page import page
from functions.console.web.visit import Values, Visit
from stadtdraht.domain.cases.case import Case, CaseState
from stadtdraht.domain.cases.case_work import CaseNotFit, CaseWork, take_over
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.cases import state_words, title_of
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.cases.work_on_case import CaseChanged, CaseMissing, merge_case


def show(visit: Visit) -> HttpResponse:
    return _page(visit, visit.query.get("into").strip())


def merge(visit: Visit) -> HttpResponse:
    """Pressed twice, or again after a crash in between, it comes to the same end."""
    number, into = visit.path["number"], visit.form.get("into").strip()
    shown = visit.form.get("version")
    seen = int(shown) if shown.isdecimal() else None
    signed = {"staff_id": visit.member.staff_id}
    try:
        merge_case(number, into, visit.by, visit.town, visit.now, ports_of(visit), seen=seen, **signed)
    except CaseMissing:
        return not_found()
    except CaseChanged:
        return _page(
            visit,
            into,
            say("Die Meldung hat sich gerade geändert. Nichts ist geschehen; bitte lesen Sie noch einmal."),
            409,
        )
    except CaseNotFit as why:
        case = visit.adapters.cases.get(visit.town.id, number)
        if case is None or case.merged_into != into:
            return _page(visit, into, f"{say_why(why)}.", 422)
    return visit.to(f"cases/{into}?done=merged")


def _page(visit: Visit, into: str, error: str = "", status: int = 200) -> HttpResponse:
    ports, town = visit.adapters, visit.town
    case = ports.cases.get(town.id, visit.path["number"])
    if case is None:
        return not_found()
    other = ports.cases.get(town.id, into) if into else None
    if into and other is None:
        error, status = say("Eine Meldung „{number}“ gibt es nicht.", number=into), 422
    if other and not error:
        try:
            take_over(other, case, visit.by, visit.now)
        except CaseNotFit as why:
            error, status, other = f"{say_why(why)}.", 422, None
    citizen = ports.citizens.get(town.id, case.citizen_id)
    work = CaseWork(visit.by, CaseState.CLOSED, merged_into=other.number if other else into)
    return page(
        visit,
        "case_merge.html",
        say("Meldungen zusammenlegen"),
        here="cases",
        status=status,
        case=case,
        other=other,
        shown=[_seen(visit, it) for it in (case, other) if it],
        hears=hears(visit, case, citizen, work) if other else None,
        into=into,
        error=error,
    )


def _seen(visit: Visit, case: Case) -> Values:
    photos = [it for it in photos_of(visit, case) if it["src"]]
    return {
        "number": case.number,
        "title": title_of(case),
        "state": state_words(case.state),
        "address": case.place.address,
        "photo": photos[0] if photos else None,
    }
