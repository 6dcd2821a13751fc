"""Reports as a board, as a list and on paper: overdue ones first, and all that narrows them stands in the address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from functions.console.web.cases.asked import Asked, View, years
from functions.console.web.page import page, part
from functions.console.web.visit import Values, Visit
from stadtdraht.domain.cases.case import Case, CaseState, OpenCase, year_of
from stadtdraht.domain.cases.case_list import day_of, in_order
from stadtdraht.domain.retention import CASE_SHOWN_AFTER_END
from stadtdraht.pages.responses import HttpResponse, csv
from stadtdraht.texts.staff.console.cases import due_words, kind_words, photos_words, short_day, state_words, title_of
from stadtdraht.texts.staff.language import say, say_many
from stadtdraht.texts.staff.moments import moment
from stadtdraht.usecases.cases.export_cases import export_cases

PAGE: Final = 50
MOST_LOOKED_AT: Final = 500  # of a year, for what a filter wants
MOST_IN_COLUMN: Final = 50
MOST_PRINTED: Final = 1000
COLUMNS: Final = (CaseState.NEW, CaseState.IN_WORK, CaseState.FORWARDED, CaseState.ANSWERED)


@dataclass(frozen=True, slots=True)
class Row:
    """One report in a list."""

    number: str
    href: str
    title: str
    kind: str
    state: str
    is_closed: bool
    department: str
    district: str
    assigned_to: str
    photos: str
    place: str
    due: str
    look: str
    """"late", "soon" or ""."""


def show_cases(visit: Visit) -> HttpResponse:
    asked = Asked.of(visit)
    values: Values = {"asked": asked, "fields": asked.fields(visit), "years": years(visit), "View": View}
    if asked.view is View.BOARD:
        return page(
            visit, "cases_board.html", say("Meldungen"), here="cases", wide=True, **values, **_board(visit, asked)
        )
    opened = () if asked.year else visit.adapters.cases.lately(visit.town.id, visit.now - CASE_SHOWN_AFTER_END)
    found, more = _of_year(visit, asked) if asked.year else _open(visit, asked, opened)
    rows = [_row(visit, it) for it in found]
    template = "cases_print.html" if asked.view is View.PRINT else "cases_list.html"
    last = "" if rows else _last(visit)
    return page(
        visit,
        template,
        say("Meldungen"),
        here="cases",
        wide=True,
        **values,
        rows=rows,
        more=more,
        last=last,
        sums=None if asked.year else _sums(visit, opened),
        at=moment(visit.now, visit.town),
    )


def show_board(visit: Visit) -> HttpResponse:
    """Its columns, for the script that renews them."""
    asked = Asked.of(visit)
    return part(visit, "cases_columns.html", asked=asked, View=View, **_board(visit, asked))


def export(visit: Visit) -> HttpResponse:
    """What the board or the list of the same address shows, to its end: of a year, or of all that are open."""
    asked, town = Asked.of(visit), visit.town
    if asked.year:
        cases = visit.adapters.cases.of_year(town.id, asked.year)
        wanted: Sequence[Case] = [it for it in cases if asked.which.wants(it, town, visit.now)]
    else:
        lately = visit.adapters.cases.lately(town.id, visit.now - CASE_SHOWN_AFTER_END)
        wanted = _in_full(visit, [it.number for it in lately if _is_shown(visit, asked, it)])
    when = asked.year or f"{visit.now.astimezone(town.zone):%Y-%m-%d}"
    return csv(say("meldungen-{town}-{when}.csv", town=town.id, when=when), export_cases(wanted, town))


def _board(visit: Visit, asked: Asked) -> Values:
    town, now = visit.town, visit.now
    found = visit.adapters.cases.lately(town.id, now - CASE_SHOWN_AFTER_END)
    cases = in_order([it for it in found if asked.which.wants(it, town, now)], asked.order, town, now)
    columns = []
    for state in COLUMNS:
        mine = [it for it in cases if it.state is state or (it.state.is_over and state.is_over)]
        if state.is_over:
            mine.sort(key=lambda it: it.over_at or it.opened_at, reverse=True)
        rows = [_row(visit, it) for it in mine[:MOST_IN_COLUMN]]
        columns.append({"state": state, "name": state_words(state), "count": len(mine), "rows": rows})
    return {"columns": columns, "sums": _sums(visit, cases), "last": "" if cases else _last(visit)}


def _open(visit: Visit, asked: Asked, lately: Sequence[OpenCase]) -> tuple[Sequence[OpenCase], str]:
    """The rows of this page, and the number after which the next one begins; "" on the last."""
    town, now = visit.town, visit.now
    cases = in_order([it for it in lately if _is_shown(visit, asked, it)], asked.order, town, now)
    if asked.view is View.PRINT:
        return cases[:MOST_PRINTED], ""
    start = _place_behind(visit, asked, cases)
    shown = cases[start : start + PAGE]
    return shown, shown[-1].number if start + PAGE < len(cases) else ""


def _is_shown(visit: Visit, asked: Asked, case: OpenCase) -> bool:
    """The board has a column for those that ended lately; a list has them where it is asked for their state."""
    ended = asked.which.over or (asked.which.state is not None and asked.which.state.is_over)
    fits = asked.view is View.BOARD or case.state.is_over == ended
    return fits and asked.which.wants(case, visit.town, visit.now)


def _place_behind(visit: Visit, asked: Asked, cases: Sequence[OpenCase]) -> int:
    """Where a page goes on, also when the last one of the page before was ended since, and is in the list no more.

    It is looked for where it stood while it was due; where it was not, some are shown again, and none is left out.
    """
    numbers = [it.number for it in cases]
    if asked.after in numbers:
        return numbers.index(asked.after) + 1
    if not (last := visit.adapters.cases.get(visit.town.id, asked.after)):
        return 0
    stood = replace(last, state=CaseState.NEW, first_feedback_at=None, over_at=None)
    listed: list[Case | OpenCase] = [*cases, stood]
    return [it.number for it in in_order(listed, asked.order, visit.town, visit.now)].index(asked.after)


def _in_full(visit: Visit, numbers: Sequence[str]) -> Sequence[Case]:
    """Year by year, and in each only as far back as the oldest of them."""
    found: list[Case] = []
    for year in sorted({year_of(it) for it in numbers}):
        wanted = {it for it in numbers if year_of(it) == year}
        for case in visit.adapters.cases.of_year(visit.town.id, year):
            if case.number in wanted:
                wanted.remove(case.number)
                found.append(case)
            if not wanted:
                break
    return found


def _of_year(visit: Visit, asked: Asked) -> tuple[Sequence[Case], str]:
    """The same for all of a year: as many as a page holds are read, and some hundreds where a filter leaves few."""
    most = MOST_PRINTED if asked.view is View.PRINT else PAGE
    looked_at = max(most + 1, MOST_LOOKED_AT) if asked.which.is_narrow else most + 1
    found: list[Case] = []
    looked, last = 0, ""
    for case in visit.adapters.cases.of_year(visit.town.id, asked.year, after=asked.after, limit=looked_at):
        if len(found) == most:
            return found, last
        looked, last = looked + 1, case.number
        if asked.which.wants(case, visit.town, visit.now):
            found.append(case)
    return found, last if looked == looked_at else ""


def _row(visit: Visit, case: Case | OpenCase) -> Row:
    town = visit.town
    departments = {it.id: it.label for it in town.departments}
    districts = {it.id: it.label for it in town.districts}
    due, look = due_words(case, town, visit.now)
    return Row(
        number=case.number,
        href=visit.url(f"cases/{case.number}"),
        title=title_of(case),
        kind=kind_words(case.kind),
        state=state_words(case.state),
        is_closed=case.state is CaseState.CLOSED,
        department=departments.get(case.department, case.department),
        district=districts.get(case.district, case.district),
        assigned_to=case.assigned_to,
        photos=photos_words(case.photos),
        place=case.place.address,
        due=due,
        look=look,
    )


def _sums(visit: Visit, cases: Iterable[OpenCase]) -> Values:
    """Of the town, above its list; of what a filter leaves, above the board."""
    opened = [it for it in cases if not it.state.is_over]
    first, last = day_of(visit.town, visit.now)
    return {
        "open": len(opened),
        "overdue": sum(it.is_overdue(visit.now) for it in opened),
        "today": sum(it.is_due and first < it.due_at <= last for it in opened),
    }


def _last(visit: Visit) -> str:
    """What came last, where nothing is left to show."""
    for year in years(visit):
        for case in visit.adapters.cases.of_year(visit.town.id, year, limit=1):
            ago = visit.now - case.opened_at
            return say_many(
                ago // timedelta(days=1),
                "Die letzte war {case} vom {day}, vor {number} Tag.",
                "Die letzte war {case} vom {day}, vor {number} Tagen.",
                case=case.number,
                day=short_day(case.opened_at, visit.town),
            )
    return say("Sie entstehen, sobald jemand etwas meldet.")
