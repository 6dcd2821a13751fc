"""What is pressed on the page of a report. A form carries the version that it was made for, and its nonce."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from functions.console.web.answers import not_found
from functions.console.web.cases.report import Unsaved, page_of, work_of
from functions.console.web.departments import mail_to
from functions.console.web.visit import Visit
from stadtdraht.domain.cases.case import Case, CaseKind, due_day
from stadtdraht.domain.cases.case_work import CaseNotFit, CaseWork
from stadtdraht.domain.staff.mail import Mail
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.cases import mail_to_department
from stadtdraht.texts.staff.language import german, say, say_why
from stadtdraht.usecases.cases.case_messages import Notification
from stadtdraht.usecases.cases.how_heard import how_heard
from stadtdraht.usecases.cases.work_on_case import CaseChanged, CaseMissing, CasePorts, CaseWorkResult, work_on_case

FIELDS: Final = ("state", "say", "told", "department", "note", "kind", "queue", "due", "address", "assigned")
WINDOW_CLOSED: Final = german(
    "Nichts ging hinaus: Die 24 Stunden seit der letzten Nachricht sind gerade vorbei. "
    "Unten steht, wie es jetzt ankommt; senden Sie noch einmal, wenn das so recht ist."
)
HEARD_OF: Final = ("work", "forward")  # forms of which somebody outside hears
NOT_FREELY: Final = (Notification.BY_TEMPLATE, Notification.NOT_ON_WHATSAPP)
SAID: Final = {
    Notification.FREELY: "sent",
    Notification.BY_TEMPLATE: "template",
    Notification.NOT_ON_WHATSAPP: "untold",
    Notification.NOTHING_TO_TELL: "saved",
}


def work(visit: Visit) -> HttpResponse:
    """A new state, words to the citizen, or both."""
    return _act(visit, "work", work_of)


def note(visit: Visit) -> HttpResponse:
    """For colleagues only."""
    return _act(visit, "note", lambda it, _: _signed(it, note=it.form.get("note").strip()), "note")


def correct(visit: Visit) -> HttpResponse:
    """Kind, queue, place, day and who has it: nobody is told of it."""
    return _act(visit, "correct", _corrected)


def forward(visit: Visit) -> HttpResponse:
    """To a department, which gets a mail with a link and nobody's words."""
    return _act(visit, "forward", work_of, "forwarded", _tell_department)


def _act(
    visit: Visit,
    form: str,
    wanted: Callable[[Visit, Case], CaseWork],
    said: str = "",
    then: Callable[[Visit, CaseWorkResult], str] | None = None,
) -> HttpResponse:
    number, typed = visit.path["number"], {name: visit.form.get(name) for name in FIELDS if name in visit.form}
    case = visit.adapters.cases.get(visit.town.id, number)
    if case is None:
        return not_found()
    shown = visit.form.get("version")
    seen = int(shown) if shown.isdecimal() else case.version
    try:
        asked = wanted(visit, case)
        if seen == case.version and _window_closed(visit, case, asked):
            return page_of(visit, case, Unsaved(form, typed, say(WINDOW_CLOSED)), 409)
        done = work_on_case(number, asked, visit.town, visit.now, ports_of(visit), seen=seen)
    except CaseMissing:
        return not_found()
    except CaseChanged:
        latest = visit.adapters.cases.get(visit.town.id, number)
        return page_of(visit, latest, Unsaved(form, typed, seen=seen), 409) if latest else not_found()
    except CaseNotFit as why:
        return page_of(visit, case, Unsaved(form, typed, f"{say_why(why)}."), 422)
    if done.is_repeated:
        return visit.to(f"cases/{number}?done={'sent' if form in HEARD_OF else 'done'}-already")
    after = then(visit, done) if then else ""
    return visit.to(f"cases/{number}?done={after or said or SAID[done.told]}")


def _window_closed(visit: Visit, case: Case, work: CaseWork) -> bool:
    """Whether words that the page said would arrive freely no longer can."""
    if visit.form.get("how") != Notification.FREELY:
        return False
    citizen = visit.adapters.citizens.get(visit.town.id, case.citizen_id)
    return how_heard(case, work, visit.town, citizen, visit.now).told in NOT_FREELY


def ports_of(visit: Visit) -> CasePorts:
    return CasePorts(visit.adapters.cases, visit.adapters.citizens, visit.adapters.answer_queue)


def _signed(visit: Visit, *, note: str = "") -> CaseWork:
    return CaseWork(visit.by, note=note, staff_id=visit.member.staff_id, press=visit.form.get("press"))


def _corrected(visit: Visit, case: Case) -> CaseWork:
    """What differs from the report as it is. Raises CaseNotFit for a day that is none, or over."""
    form, town = visit.form, visit.town
    kind, queue, who = form.get("kind", case.kind), form.get("queue", case.department), form.get("assigned")
    address = form.get("address", case.place.address).strip()
    due = _end_of(visit, form.get("due"), case)
    return replace(
        _signed(visit),
        kind=CaseKind(kind) if kind in set(CaseKind) and kind != case.kind else None,
        department=queue if queue != case.department else None,
        assigned_to=who if "assigned" in form and who != case.assigned_to else None,
        place=replace(case.place, address=address) if address != case.place.address else None,
        due_at=due if due and due_day(due, town) != due_day(case.due_at, town) else None,
    )


def _end_of(visit: Visit, typed: str, case: Case) -> datetime | None:
    """The midnight after the day; None where the field is not there, or as it was."""
    zone = visit.town.zone
    if not typed or typed == due_day(case.due_at, visit.town).isoformat():
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError as why:
        raise CaseNotFit("„{typed}“ ist kein Tag", typed=typed) from why
    if day < visit.now.astimezone(zone).date():
        raise CaseNotFit("Eine Frist liegt heute oder später")
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(visit.now.tzinfo)


def _tell_department(visit: Visit, done: CaseWorkResult) -> str:
    """What is said of it: whether a mail went out."""
    email = next((it.email for it in visit.town.departments if it.id == done.case.department), "")
    link = f"{visit.adapters.settings.public_url}{visit.url(f'cases/{done.case.number}')}"
    mail = Mail(email, *mail_to_department(visit.town, done.case.number, link)) if email else None
    if not mail_to(visit, mail):
        return "forwarded-no-mail"
    return {Notification.NOT_ON_WHATSAPP: "forwarded-untold"}.get(done.told, "forwarded")
