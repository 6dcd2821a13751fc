"""Newsletters in the words of the console: where one stands, how many people, how long, how much."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeVar

from stadtdraht.domain.broadcast.broadcast import WEEKLY, Broadcast, BroadcastState, NewsletterNotFit
from stadtdraht.domain.broadcast.calendar import Calendar, Mark
from stadtdraht.domain.broadcast.errand import ErrandResult
from stadtdraht.domain.broadcast.plan_summary import PlanSummary
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.town import PromisedEvery, Town
from stadtdraht.texts.staff import amounts
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.broadcast.newsletter_lint import in_place
from stadtdraht.texts.staff.console.cases import short_day
from stadtdraht.texts.staff.language import german, language_read, say, say_many
from stadtdraht.texts.staff.moments import day_and_month, weekday
from stadtdraht.texts.staff.refusals import refusal_words

STATES: Final[Mapping[BroadcastState, tuple[str, str]]] = MappingProxyType(
    {
        BroadcastState.DRAFT: (german("Entwurf"), ""),
        BroadcastState.RELEASED: (german("beginnt"), "act"),
        BroadcastState.SCHEDULED: (german("geplant"), "act"),
        BroadcastState.RUNNING: (german("läuft"), "act"),
        BroadcastState.STOPPED: (german("angehalten"), "warn"),
        BroadcastState.HALTED: (german("von WhatsApp angehalten"), "bad"),
        BroadcastState.FINISHED: (german("gesendet"), "plain"),
    }
)
LEFT_BEHIND: Final = (german("steht"), "bad")  # instead of RUNNING, where nobody sends it any more
MARKS: Final[Mapping[Mark, tuple[str, str, str]]] = MappingProxyType(
    {
        Mark.DONE: ("✓", "done", german("gesendet")),
        Mark.RUNNING: ("▸", "", german("läuft")),
        Mark.HELD: ("!", "wait", german("steht")),
        Mark.ASKED: ("?", "wait", german("zur Freigabe")),
        Mark.PLANNED: ("○", "plan", german("geplant")),
    }
)
IN_FORM: Final = german("Meldung {number}, {field}")  # as the form calls it
NUMBERS: Final = (
    *("", german("einen"), german("zwei"), german("drei")),
    *(german("vier"), german("fünf"), german("sechs")),
)
FEW: Final = 5  # fewer people than that are not told apart
T = TypeVar("T")
SILENT_DAYS: Final = 14
MINUTE_S, HOUR_S = 60, 3600


def refused(why: StadtdrahtError) -> str:
    """Why a press did nothing; a story is called as the form calls it, not as the command line does."""
    if isinstance(why, NewsletterNotFit) and why.findings:
        return "\n".join(in_place(it, IN_FORM) for it in why.findings)
    return refusal_words(why)


def few(count: int) -> str:
    """As `grouped`; "unter 5" where it could be somebody."""
    return say("unter {few}", few=FEW) if 0 < count < FEW else grouped(count)


def people(count: int) -> str:
    """1 Mensch, 3.012 Menschen."""
    return say_many(count, "1 Mensch", "{people} Menschen", people=grouped(count))


def euros(amount: Decimal, *, to_the_cent: bool = False) -> str:
    """338 €, or 3,38 € below a hundred."""
    whole = amount >= 100 and not to_the_cent  # noqa: PLR2004 - of an estimate, a cent tells nothing then
    return amounts.euros(amount, 0 if whole else 2)


def per_person(plan: PlanSummary) -> str:
    """11,2 Cent je Mensch."""
    priced = plan.planned - plan.without_price
    if priced <= 0:
        return ""
    return say("{cents} Cent je Mensch", cents=amounts.decimal(plan.cost_eur * 100 / priced, 1))


def percent(part: int, whole: int) -> str:
    """94 %; 0,8 % below one."""
    share = part * 100 / whole if whole else 0
    return amounts.percent(amounts.decimal(share, 1 if 0 < share < 1 else 0))


def lasts(seconds: int) -> str:
    """Etwa 15 Minuten."""
    if seconds < MINUTE_S:
        return say("weniger als eine Minute")
    if seconds < 2 * HOUR_S:
        return say_many(round(seconds / MINUTE_S), "etwa eine Minute", "etwa {number} Minuten")
    return say("etwa {hours} Stunden", hours=round(seconds / HOUR_S))


def half_words(seconds: int) -> str:
    """When half of the people have it."""
    if seconds < MINUTE_S:
        return say("die Hälfte hat ihn in weniger als einer Minute")
    if seconds < 2 * HOUR_S:
        minutes = round(seconds / MINUTE_S)
        return say_many(minutes, "die Hälfte hat ihn nach einer Minute", "die Hälfte hat ihn nach {number} Minuten")
    return say("die Hälfte hat ihn nach {hours} Stunden", hours=round(seconds / HOUR_S))


def lasts_short(seconds: int) -> str:
    """15 Min."""
    if seconds < MINUTE_S:
        return say("{minutes} Min.", minutes=1)
    if seconds < 2 * HOUR_S:
        return say("{minutes} Min.", minutes=round(seconds / MINUTE_S))
    return say("{hours} Std.", hours=round(seconds / HOUR_S))


def clock(at: datetime, town: Town) -> str:
    """17:00."""
    return f"{at.astimezone(town.zone):%-H:%M}"


def day_and_hour(at: datetime, town: Town) -> str:
    """Do 3.12., 17:00."""
    return f"{short_day(at, town)}, {clock(at, town)}"


def in_full(at: datetime, town: Town) -> str:
    """Donnerstag, 3. Dezember, 17:00 Uhr."""
    local = at.astimezone(town.zone)
    return say("{weekday}, {day}, {time} Uhr", weekday=weekday(local), day=day_and_month(local), time=f"{local:%-H:%M}")


def when(starts_at: datetime | None, repeat: str, town: Town, *, has_begun: bool = False) -> str:
    """Donnerstag, 3. Dezember, 17:00 Uhr; jeden Donnerstag um 17:00 Uhr, zuerst am 3. Dezember; jetzt.

    has_begun: the first of a weekly one is over, and `starts_at` is the next.
    """
    if starts_at is None:
        return say("jetzt")
    if repeat != WEEKLY:
        return in_full(starts_at, town)
    local = starts_at.astimezone(town.zone)
    first = german("jeden {weekday} um {time} Uhr, zuerst am {day}")
    return say(
        german("jeden {weekday} um {time} Uhr, das nächste Mal am {day}") if has_begun else first,
        weekday=weekday(local),
        time=f"{local:%-H:%M}",
        day=day_and_month(local),
    )


def ago(at: datetime, town: Town, now: datetime) -> str:
    """Vor 20 Min., heute 8:12, Do 26.11., 17:00."""
    past = now - at
    if past < timedelta(minutes=1):
        return say("gerade eben")
    if past < timedelta(hours=1):
        return say("vor {span}", span=say("{minutes} Min.", minutes=past // timedelta(minutes=1)))
    same_day = at.astimezone(town.zone).date() == now.astimezone(town.zone).date()
    return say("heute {time}", time=clock(at, town)) if same_day else day_and_hour(at, town)


def promise_words(town: Town) -> str:
    """Ihr Versprechen: höchstens zwei je Woche. "" where nothing was promised."""
    if town.promise is None:
        return ""
    most = say(NUMBERS[town.promise.most]) if town.promise.most < len(NUMBERS) else town.promise.most
    if town.promise.every is PromisedEvery.WEEK:
        return say("Ihr Versprechen: höchstens {most} je Woche.", most=most)
    return say("Ihr Versprechen: höchstens {most} in vier Wochen.", most=most)


def silence_words(found: Calendar, latest: Broadcast | None, town: Town) -> str:
    """How long nothing went out, and from when on nothing is planned; "" where neither is long."""
    since = (found.today - latest.begun_at.astimezone(town.zone).date()).days if latest else 0
    told = [say("Seit {days} Tagen ging nichts hinaus.", days=since)] if since >= SILENT_DAYS else []
    silent = [week for week in found.weeks if found.is_silent(week)]
    at_the_end = silent and silent[-1] == found.weeks[-1]
    if at_the_end:
        told.append(
            say_many(
                len(silent),
                "Ab {day} ist nichts geplant – eine stille Woche.",
                "Ab {day} ist nichts geplant – {weeks} stille Wochen.",
                day=day_and_month(silent[0][0]),
                weeks=say(NUMBERS[len(silent)]),
            )
        )
    return " ".join(told)


def span(found: Calendar) -> str:
    """Vier Wochen, 23. November bis 20. Dezember."""
    first, last = found.weeks[0][0], found.weeks[-1][-1]
    return say("Vier Wochen, {first} bis {last}", first=day_and_month(first), last=day_and_month(last))


def trouble_words(result: ErrandResult | None) -> str:
    """Why nothing came of an errand; what was kept before English was said is German."""
    if result is None:
        return ""
    return _kept(result.trouble, result.trouble_in_english)


def held_words(plan: PlanSummary) -> tuple[str, ...]:
    """What would keep it from going out."""
    return _kept(plan.held_by, plan.held_by_in_english)


def _kept(said: T, in_english: T) -> T:
    return in_english if in_english and language_read() is StaffLanguage.ENGLISH else said


def limit_words(plan: PlanSummary) -> str:
    """Whether Meta's limit is enough, in a sentence."""
    if plan.limit is None:
        return ""
    limit = grouped(plan.limit)
    if not plan.possible:
        return say(
            "WhatsApp erlaubt {limit} Menschen am Tag: So viele passen nicht hinein. Wählen Sie Themen oder Ortsteile.",
            limit=limit,
        )
    if plan.days and plan.days > 1:
        return say(
            "WhatsApp erlaubt {limit} Menschen am Tag: Er verteilt sich auf {days} Tage ({each}).",
            limit=limit,
            days=plan.days,
            each=say(", dann ").join(grouped(it) for it in plan.per_day),
        )
    return say("Das Tageslimit bei WhatsApp ({limit}) reicht.", limit=limit)
