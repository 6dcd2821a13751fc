"""Newsletters in the words of the console: where one stands, how many people, how long, how much."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.broadcast.broadcast import WEEKLY, Broadcast, BroadcastState
from stadtdraht.domain.broadcast.calendar import Calendar, Mark
from stadtdraht.domain.broadcast.plan_summary import PlanSummary
from stadtdraht.domain.town import PromisedEvery, Town
from stadtdraht.texts.staff.console.cases import short_day
from stadtdraht.texts.staff.moments import SHORT_WEEKDAYS, WEEKDAYS, day_and_month

STATES: Final[Mapping[BroadcastState, tuple[str, str]]] = MappingProxyType(
    {
        BroadcastState.DRAFT: ("Entwurf", ""),
        BroadcastState.RELEASED: ("beginnt", "act"),
        BroadcastState.SCHEDULED: ("geplant", "act"),
        BroadcastState.RUNNING: ("läuft", "act"),
        BroadcastState.STOPPED: ("angehalten", "warn"),
        BroadcastState.HALTED: ("von WhatsApp angehalten", "bad"),
        BroadcastState.FINISHED: ("gesendet", "plain"),
    }
)
MARKS: Final[Mapping[Mark, tuple[str, str, str]]] = MappingProxyType(
    {
        Mark.DONE: ("✓", "done", "gesendet"),
        Mark.RUNNING: ("▸", "", "läuft"),
        Mark.ASKED: ("?", "wait", "zur Freigabe"),
        Mark.PLANNED: ("○", "plan", "geplant"),
    }
)
NUMBERS: Final = ("", "einen", "zwei", "drei", "vier", "fünf", "sechs")
FEW: Final = 5  # fewer people than that are not told apart
SILENT_DAYS: Final = 14
MINUTE_S, HOUR_S = 60, 3600


def number(count: int) -> str:
    """3.012."""
    return f"{count:,}".replace(",", ".")


def few(count: int) -> str:
    """As `number`; "unter 5" where it could be somebody."""
    return f"unter {FEW}" if 0 < count < FEW else number(count)


def people(count: int) -> str:
    """1 Mensch, 3.012 Menschen."""
    return "1 Mensch" if count == 1 else f"{number(count)} Menschen"


def euros(amount: Decimal, *, to_the_cent: bool = False) -> str:
    """338 €, or 3,38 € below a hundred."""
    whole = amount >= 100 and not to_the_cent  # noqa: PLR2004 - of an estimate, a cent tells nothing then
    text = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return text.translate(str.maketrans(",.", ".,")) + " €"


def per_person(plan: PlanSummary) -> str:
    """11,2 Cent je Mensch."""
    priced = plan.planned - plan.without_price
    return f"{plan.cost_eur * 100 / priced:.1f} Cent je Mensch".replace(".", ",") if priced > 0 else ""


def percent(part: int, whole: int) -> str:
    """94 %; 0,8 % below one."""
    share = part * 100 / whole if whole else 0
    return (f"{share:.1f}" if 0 < share < 1 else f"{share:.0f}").replace(".", ",") + " %"


def lasts(seconds: int) -> str:
    """Etwa 15 Minuten."""
    if seconds < MINUTE_S:
        return "weniger als eine Minute"
    if seconds < 2 * HOUR_S:
        minutes = round(seconds / MINUTE_S)
        return "etwa eine Minute" if minutes == 1 else f"etwa {minutes} Minuten"
    return f"etwa {round(seconds / HOUR_S)} Stunden"


def lasts_short(seconds: int) -> str:
    """15 Min."""
    if seconds < MINUTE_S:
        return "1 Min."
    return f"{round(seconds / MINUTE_S)} Min." if seconds < 2 * HOUR_S else f"{round(seconds / HOUR_S)} Std."


def clock(at: datetime, town: Town) -> str:
    """17:00."""
    return f"{at.astimezone(town.zone):%-H:%M}"


def day_and_hour(at: datetime, town: Town) -> str:
    """Do 3.12., 17:00."""
    return f"{short_day(at, town)}, {clock(at, town)}"


def in_full(at: datetime, town: Town) -> str:
    """Donnerstag, 3. Dezember, 17:00 Uhr."""
    local = at.astimezone(town.zone)
    return f"{WEEKDAYS[local.weekday()]}, {day_and_month(local)}, {local:%-H:%M} Uhr"


def when(starts_at: datetime | None, repeat: str, town: Town) -> str:
    """Donnerstag, 3. Dezember, 17:00 Uhr; jeden Donnerstag um 17:00 Uhr, zuerst am 3. Dezember; jetzt."""
    if starts_at is None:
        return "jetzt"
    if repeat != WEEKLY:
        return in_full(starts_at, town)
    local = starts_at.astimezone(town.zone)
    day = WEEKDAYS[local.weekday()]
    return f"jeden {day} um {local:%-H:%M} Uhr, zuerst am {day_and_month(local)}"


def ago(at: datetime, town: Town, now: datetime) -> str:
    """Vor 20 Min., heute 8:12, Do 26.11., 17:00."""
    past = now - at
    if past < timedelta(minutes=1):
        return "gerade eben"
    if past < timedelta(hours=1):
        return f"vor {past // timedelta(minutes=1)} Min."
    same_day = at.astimezone(town.zone).date() == now.astimezone(town.zone).date()
    return f"heute {clock(at, town)}" if same_day else day_and_hour(at, town)


def promise_words(town: Town) -> str:
    """Ihr Versprechen: höchstens zwei je Woche. "" where nothing was promised."""
    if town.promise is None:
        return ""
    most = town.promise.most
    every = "je Woche" if town.promise.every is PromisedEvery.WEEK else "in vier Wochen"
    return f"Ihr Versprechen: höchstens {NUMBERS[most] if most < len(NUMBERS) else most} {every}."


def silence_words(found: Calendar, latest: Broadcast | None, town: Town) -> str:
    """How long nothing went out, and from when on nothing is planned; "" where neither is long."""
    since = (found.today - latest.begun_at.astimezone(town.zone).date()).days if latest else 0
    told = [f"Seit {since} Tagen ging nichts hinaus."] if since >= SILENT_DAYS else []
    silent = [week for week in found.weeks if found.is_silent(week)]
    at_the_end = silent and silent[-1] == found.weeks[-1]
    if at_the_end:
        begins = silent[0][0]
        weeks = "eine stille Woche" if len(silent) == 1 else f"{NUMBERS[len(silent)]} stille Wochen"
        told.append(f"Ab {day_and_month(begins)} ist nichts geplant – {weeks}.")
    return " ".join(told)


def span(found: Calendar) -> str:
    """Vier Wochen, 23. November bis 20. Dezember."""
    first, last = found.weeks[0][0], found.weeks[-1][-1]
    return f"Vier Wochen, {_day(first)} bis {_day(last)}"


def _day(day: date) -> str:
    return day_and_month(day)


def weekday(at: datetime, town: Town) -> str:
    """Do."""
    return SHORT_WEEKDAYS[at.astimezone(town.zone).weekday()]


def limit_words(plan: PlanSummary) -> str:
    """Whether Meta's limit is enough, in a sentence."""
    if plan.limit is None:
        return ""
    if not plan.possible:
        return (
            f"WhatsApp erlaubt {number(plan.limit)} Menschen am Tag: So viele passen nicht hinein. "
            "Wählen Sie Themen oder Ortsteile."
        )
    if plan.days and plan.days > 1:
        each = ", dann ".join(number(it) for it in plan.per_day)
        return f"WhatsApp erlaubt {number(plan.limit)} Menschen am Tag: Er verteilt sich auf {plan.days} Tage ({each})."
    return f"Das Tageslimit bei WhatsApp ({number(plan.limit)}) reicht."
