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
from stadtdraht.texts.staff.case_desk import KINDS
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.moments import SHORT_WEEKDAYS, counted

STATES: Final[Mapping[CaseState, str]] = MappingProxyType(
    {
        CaseState.NEW: "Neu",
        CaseState.IN_WORK: "In Arbeit",
        CaseState.FORWARDED: "Weitergeleitet",
        CaseState.ANSWERED: "Beantwortet",
        CaseState.CLOSED: "Abgeschlossen",
    }
)
DUE: Final[Mapping[Due, str]] = MappingProxyType(
    {Due.OVERDUE: "überfällig", Due.TODAY: "heute", Due.WEEK: "diese Woche"}
)
ORDER: Final[Mapping[Order, str]] = MappingProxyType(
    {Order.DUE: "Frist", Order.DISTRICT: "Ortsteil", Order.DEPARTMENT: "Amt", Order.KIND: "Art"}
)
DIRECTIONS: Final[Mapping[Direction, str]] = MappingProxyType(
    {
        Direction.NORTH: "nördlich",
        Direction.NORTH_EAST: "nordöstlich",
        Direction.EAST: "östlich",
        Direction.SOUTH_EAST: "südöstlich",
        Direction.SOUTH: "südlich",
        Direction.SOUTH_WEST: "südwestlich",
        Direction.WEST: "westlich",
        Direction.NORTH_WEST: "nordwestlich",
    }
)
NEAR_M: Final = 10  # so exact is a pin


def kind_words(kind: CaseKind) -> str:
    """Such as "Hinweis"."""
    return KINDS[kind]


def title_of(case: Case | OpenCase) -> str:
    """How it begins, or what it is where nobody said a word."""
    return case.title or case.last_words or ("Foto ohne Worte" if case.photos else "Ohne Worte")


def short_day(at: datetime, town: Town) -> str:
    """Such as "Do 3.12."."""
    day = at.astimezone(town.zone).date()
    return f"{SHORT_WEEKDAYS[day.weekday()]} {day:%-d.%-m.}"


def moment_words(at: datetime, town: Town) -> str:
    """Such as "Di 17.11.2026, 17:12 Uhr"."""
    local = at.astimezone(town.zone)
    return f"{SHORT_WEEKDAYS[local.weekday()]} {local:%-d.%-m.%Y, %-H:%M} Uhr"


def due_words(case: Case | OpenCase, town: Town, now: datetime) -> tuple[str, str]:
    """By when something has to happen, and its look: "late", "soon" or ""."""
    if case.state.is_over:
        return (f"seit {short_day(case.over_at, town)}" if case.over_at else STATES[case.state]), ""
    if not case.is_due:
        return "Rückmeldung gegeben", ""
    day, today = due_day(case.due_at, town), now.astimezone(town.zone).date()
    if case.is_overdue(now):
        days = -working_days_until(town, day, today)
        return (f"{counted(days, 'Tag', 'Tage')} überfällig" if days else "überfällig"), "late"
    if day == today:
        return "heute fällig", "soon"
    ahead = (day - today).days
    return ("morgen" if ahead == 1 else f"{SHORT_WEEKDAYS[day.weekday()]} {day:%-d.%-m.}"), ""


def due_sentence(case: Case, town: Town, now: datetime) -> str:
    """The same under the head of a report, in working days."""
    words, look = due_words(case, town, now)
    if look != "late":
        return words
    days = -working_days_until(town, due_day(case.due_at, town), now.astimezone(town.zone).date())
    return f"seit {counted(days, 'Arbeitstag', 'Arbeitstagen')} überfällig" if days else "überfällig"


def due_in_full(case: Case, town: Town, now: datetime) -> str:
    """Such as "Fr 27.11. (in 3 Arbeitstagen)"."""
    day, today = due_day(case.due_at, town), now.astimezone(town.zone).date()
    named = f"{SHORT_WEEKDAYS[day.weekday()]} {day:%-d.%-m.%Y}"
    if not case.is_due:
        return f"{named}, erledigt"
    days = working_days_until(town, day, today)
    return f"{named} (in {counted(days, 'Arbeitstag', 'Arbeitstagen')})" if days > 0 else named


def far_words(metres: float, direction: Direction) -> str:
    """Such as "60 m nördlich"."""
    tens = round(metres / NEAR_M) * NEAR_M
    return f"{tens} m {DIRECTIONS[direction]}" if tens else "an derselben Stelle"


def photos_words(photos: int) -> str:
    """Such as "2 Fotos"; "" for none."""
    return "" if not photos else "Foto" if photos == 1 else f"{photos} Fotos"


def euros(eur: Decimal | None) -> str:
    """Such as "Kostet 0,05 €."; "" where the list has no price."""
    return f"Kostet {eur:.2f} €.".replace(".", ",", 1) if eur is not None else ""


def done_title(event: CaseEvent, before: CaseState, town: Town) -> str:
    """What an act did, as its heading."""
    labels = {it.id: it.label for it in town.departments}
    if event.merged_into:
        return f"In {event.merged_into} aufgegangen"
    if event.note.startswith(GOES_ON_FOR):
        return f"Geht auch für {event.note.removeprefix(GOES_ON_FOR)} weiter"
    if event.state is CaseState.FORWARDED and event.department:
        return f"An {labels.get(event.department, event.department)} weitergeleitet"
    if event.state is not before:
        return _TO_STATE[event.state] if event.by else "Von der Bürgerin oder dem Bürger wieder geöffnet"
    parts = [
        "Geschrieben" if event.said else "",
        f"Amt berichtigt: {labels.get(event.department, event.department)}" if event.department else "",
        f"Art berichtigt: {KINDS[event.kind]}" if event.kind else "",
        _assigned(event),
        f"Frist: {due_day(event.due_at, town):%-d.%-m.%Y}" if event.due_at else "",
    ]
    said = ", ".join(part for part in parts if part)
    return said or ("Notiz" if event.note else "Angaben berichtigt")


def note_words(event: CaseEvent) -> str:
    """What only staff read; "" for none."""
    return "" if event.note.startswith(GOES_ON_FOR) else event.note


_TO_STATE: Final[Mapping[CaseState, str]] = MappingProxyType(
    {
        CaseState.NEW: "Neu",
        CaseState.IN_WORK: "In Arbeit genommen",
        CaseState.FORWARDED: "Weitergeleitet",
        CaseState.ANSWERED: "Beantwortet",
        CaseState.CLOSED: "Abgeschlossen",
    }
)


def _assigned(event: CaseEvent) -> str:
    match event.assigned_to:
        case None:
            return ""
        case "":
            return "Abgegeben, noch bei niemandem"
        case name if name == event.by:
            return "Übernommen"
    return f"An {event.assigned_to} gegeben"


def heard_words(told: str, town: Town, until: datetime | None, eur: Decimal | None, now: datetime) -> str:
    """The end of "So erfährt es …:"."""
    match told:
        case "freely" if until:
            return f"als freie Nachricht auf WhatsApp, noch bis {say_moment(town, until, now)} Uhr. In der Regel ohne Kosten."
        case "by_template":
            why = "die letzte Nachricht ist über 24 Stunden her"
            return f"durch die Vorlage der Stadt mit Nummer und Stand, ohne Ihre Worte; {why}. {euros(eur)}".rstrip()
        case "nothing_to_tell":
            return "gar nicht; davon muss niemand erfahren."
    return NOT_ON_WHATSAPP


NOT_ON_WHATSAPP: Final = (
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
