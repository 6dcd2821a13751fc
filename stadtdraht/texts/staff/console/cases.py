"""Reports in the words of the console: by when, what was done, how somebody will hear of it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.cases.case import Case, CaseEvent, CaseKind, CaseState, OpenCase, due_day
from stadtdraht.domain.cases.case_list import Due, Order, working_days_until
from stadtdraht.domain.cases.case_work import GOES_ON_FOR
from stadtdraht.domain.cases.near import Direction
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.amounts import euros
from stadtdraht.texts.staff.case_desk import KINDS
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.language import german, say, say_many
from stadtdraht.texts.staff.moments import weekday_and_day, weekday_day_and_year, written

STATES: Final[Mapping[CaseState, str]] = MappingProxyType(
    {
        CaseState.NEW: german("Neu"),
        CaseState.IN_WORK: german("In Arbeit"),
        CaseState.FORWARDED: german("Weitergeleitet"),
        CaseState.ANSWERED: german("Beantwortet"),
        CaseState.CLOSED: german("Abgeschlossen"),
    }
)
DUE: Final[Mapping[Due, str]] = MappingProxyType(
    {Due.OVERDUE: german("überfällig"), Due.TODAY: german("heute"), Due.WEEK: german("diese Woche")}
)
ORDER: Final[Mapping[Order, str]] = MappingProxyType(
    {
        Order.DUE: german("Frist"),
        Order.DISTRICT: german("Ortsteil"),
        Order.DEPARTMENT: german("Amt"),
        Order.KIND: german("Art"),
    }
)
DIRECTIONS: Final[Mapping[Direction, str]] = MappingProxyType(
    {
        Direction.NORTH: german("nördlich"),
        Direction.NORTH_EAST: german("nordöstlich"),
        Direction.EAST: german("östlich"),
        Direction.SOUTH_EAST: german("südöstlich"),
        Direction.SOUTH: german("südlich"),
        Direction.SOUTH_WEST: german("südwestlich"),
        Direction.WEST: german("westlich"),
        Direction.NORTH_WEST: german("nordwestlich"),
    }
)
NEAR_M: Final = 10  # so exact is a pin


def kind_words(kind: CaseKind) -> str:
    """Such as "Hinweis"."""
    return say(KINDS[kind])


def state_words(state: CaseState) -> str:
    """Such as "In Arbeit"."""
    return say(STATES[state])


def title_of(case: Case | OpenCase) -> str:
    """How it begins, or what it is where nobody said a word."""
    return case.title or case.last_words or (say("Foto ohne Worte") if case.photos else say("Ohne Worte"))


def short_day(at: datetime, town: Town) -> str:
    """Such as "Do 3.12."."""
    day = at.astimezone(town.zone).date()
    return weekday_and_day(day)


def moment_words(at: datetime, town: Town) -> str:
    """Such as "Di 17.11.2026, 17:12 Uhr"."""
    local = at.astimezone(town.zone)
    day = weekday_day_and_year(local)
    return say("{day}, {clock} Uhr", day=day, clock=f"{local:%-H:%M}")


def due_words(case: Case | OpenCase, town: Town, now: datetime) -> tuple[str, str]:
    """By when something has to happen, and its look: "late", "soon" or ""."""
    if case.state.is_over:
        return (say("seit {day}", day=short_day(case.over_at, town)) if case.over_at else state_words(case.state)), ""
    if not case.is_due:
        return say("Rückmeldung gegeben"), ""
    day, today = due_day(case.due_at, town), now.astimezone(town.zone).date()
    if case.is_overdue(now):
        days = -working_days_until(town, day, today)
        return _overdue(days, german("{number} Tag überfällig"), german("{number} Tage überfällig")), "late"
    if day == today:
        return say("heute fällig"), "soon"
    ahead = (day - today).days
    return (say("morgen") if ahead == 1 else weekday_and_day(day)), ""


def due_sentence(case: Case, town: Town, now: datetime) -> str:
    """The same under the head of a report, in working days."""
    words, look = due_words(case, town, now)
    if look != "late":
        return words
    days = -working_days_until(town, due_day(case.due_at, town), now.astimezone(town.zone).date())
    return _overdue(
        days, german("seit {number} Arbeitstag überfällig"), german("seit {number} Arbeitstagen überfällig")
    )


def due_in_full(case: Case, town: Town, now: datetime) -> str:
    """Such as "Fr 27.11. (in 3 Arbeitstagen)"."""
    day, today = due_day(case.due_at, town), now.astimezone(town.zone).date()
    named = weekday_day_and_year(day)
    if not case.is_due:
        return say("{day}, erledigt", day=named)
    days = working_days_until(town, day, today)
    if days <= 0:
        return named
    return say_many(days, "{day} (in {number} Arbeitstag)", "{day} (in {number} Arbeitstagen)", day=named)


def _overdue(days: int, one: str, many: str) -> str:
    """Without a number within the first working day."""
    return say_many(days, one, many) if days else say("überfällig")


def far_words(metres: float, direction: Direction) -> str:
    """Such as "60 m nördlich"."""
    tens = round(metres / NEAR_M) * NEAR_M
    return f"{tens} m {say(DIRECTIONS[direction])}" if tens else say("an derselben Stelle")


def photos_words(photos: int) -> str:
    """Such as "2 Fotos"; "" for none."""
    return "" if not photos else say_many(photos, "Foto", "{number} Fotos")


def cost_words(eur: Decimal | None) -> str:
    """Such as "Kostet 0,05 €."; "" where the list has no price."""
    return say("Kostet {amount}.", amount=euros(eur)) if eur is not None else ""


def done_title(event: CaseEvent, before: CaseState, town: Town) -> str:
    """What an act did, as its heading."""
    labels = {it.id: it.label for it in town.departments}
    if event.merged_into:
        return say("In {number} aufgegangen", number=event.merged_into)
    if event.note.startswith(GOES_ON_FOR):
        return say("Geht auch für {number} weiter", number=event.note.removeprefix(GOES_ON_FOR))
    if event.state is CaseState.FORWARDED and event.department:
        return say("An {department} weitergeleitet", department=labels.get(event.department, event.department))
    if event.state is not before:
        return say(_TO_STATE[event.state]) if event.by else say("Von der Bürgerin oder dem Bürger wieder geöffnet")
    parts = [
        say("Geschrieben") if event.said else "",
        say("Amt berichtigt: {department}", department=labels.get(event.department, event.department))
        if event.department
        else "",
        say("Art berichtigt: {kind}", kind=kind_words(event.kind)) if event.kind else "",
        _assigned(event),
        say("Frist: {day}", day=written(due_day(event.due_at, town), german("%-d.%-m.%Y"))) if event.due_at else "",
    ]
    said = ", ".join(part for part in parts if part)
    return said or (say("Notiz") if event.note else say("Angaben berichtigt"))


def note_words(event: CaseEvent) -> str:
    """What only staff read; "" for none."""
    return "" if event.note.startswith(GOES_ON_FOR) else event.note


_TO_STATE: Final[Mapping[CaseState, str]] = MappingProxyType(
    {
        CaseState.NEW: german("Neu"),
        CaseState.IN_WORK: german("In Arbeit genommen"),
        CaseState.FORWARDED: german("Weitergeleitet"),
        CaseState.ANSWERED: german("Beantwortet"),
        CaseState.CLOSED: german("Abgeschlossen"),
    }
)


def _assigned(event: CaseEvent) -> str:
    match event.assigned_to:
        case None:
            return ""
        case "":
            return say("Abgegeben, noch bei niemandem")
        case name if name == event.by:
            return say("Übernommen")
    return say("An {name} gegeben", name=event.assigned_to)


def heard_words(told: str, town: Town, until: datetime | None, eur: Decimal | None, now: datetime) -> str:
    """The end of "So erfährt es …:"."""
    match told:
        case "freely" if until:
            return say(
                "als freie Nachricht auf WhatsApp, noch bis {until} Uhr. In der Regel ohne Kosten.",
                until=say_moment(town, until, now),
            )
        case "by_template":
            words = say(
                "durch die Vorlage der Stadt mit Nummer und Stand, ohne Ihre Worte; die letzte Nachricht ist über 24 Stunden her."
            )
            return f"{words} {cost_words(eur)}".rstrip()
        case "nothing_to_tell":
            return say("gar nicht; davon muss niemand erfahren.")
    return say(NOT_ON_WHATSAPP)


NOT_ON_WHATSAPP: Final = german(
    "nicht auf WhatsApp. Die letzte Nachricht ist über 24 Stunden her, und die Stadt hat keine Vorlage dafür. "
    "Bitte rufen Sie an, und haken Sie es unten an."
)


def mail_to_department(town: Town, number: str, link: str) -> tuple[str, str]:
    """Subject and text: a link and no word of anybody, since mail leaves the system."""
    subject = f"Meldung {number} für Sie"
    text = (
        f"Guten Tag,\n\n{town.name} hat Ihnen die Meldung {number} aus {town.service_name} weitergeleitet.\n"
        f"Hier lesen und bearbeiten Sie sie (mit Ihrem Konto):\n{link}\n\n"
        "Diese Mail enthält mit Absicht keine Angaben zur Meldung.\n"
    )
    return subject, text
