"""What stands beside the cards of the start page: this day, who is there, the last week, and readiness for warnings.

What cannot be read is left out: it helps to know, and nobody has to act on it.
"""

from dataclasses import dataclass
from typing import Final

from functions.console.web.alone import read_alone
from functions.console.web.colleagues import colleagues
from functions.console.web.start_cards import readiness_of
from functions.console.web.visit import Visit
from stadtdraht.domain.crisis.readiness import Level
from stadtdraht.domain.opening import hours_of
from stadtdraht.domain.staff.roles import SEES_FIGURES
from stadtdraht.texts.staff.amounts import percent
from stadtdraht.texts.staff.console.duty import say_ago, say_date, say_minutes
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.figures.read_figures import read_figures

WEEK_DAYS: Final = 7
NAMED: Final = 4  # colleagues; more are counted
Week = tuple[tuple[str, str, str], ...]
"""Name, figure, and the one of the week before."""
UNKNOWN_WEEK: Final[Week] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """In words. Each is empty where it is not known, or not for this person."""

    today: str
    hours: str
    on_duty: str = ""
    away: str = ""
    week: Week = UNKNOWN_WEEK
    ready: str = ""


def facts_of(visit: Visit) -> Facts:
    """Read once for each view."""
    day = visit.now.astimezone(visit.town.zone).date()
    stretches = [f"{opens:%-H:%M}–{closes:%-H:%M}" for opens, closes in hours_of(visit.town, day)]
    hours = say("{hours} Uhr", hours=", ".join(stretches)) if stretches else say("heute keine")
    on_duty, away = read_alone(visit.town.id, "duty", lambda: _duty(visit), ("", ""))
    week = (
        read_alone(visit.town.id, "week", lambda: _week(visit), UNKNOWN_WEEK)
        if visit.may(SEES_FIGURES)
        else UNKNOWN_WEEK
    )
    ready = read_alone(visit.town.id, "readiness", lambda: _ready(visit), "")
    return Facts(say_date(visit.town, visit.now), hours, on_duty, away, week, ready)


def _duty(visit: Visit) -> tuple[str, str]:
    """Who answers and is there, and who is away with their deputy."""
    members = colleagues(visit)
    names = {it.staff_id: it.name for it in members}
    here = [it.name for it in members if not it.is_away(visit.now)]
    away = [
        say("{name}, Vertretung {deputy}", name=it.name, deputy=names[it.absence.deputy_id])
        if it.absence.deputy_id in names
        else it.name
        for it in members
        if it.absence and it.is_away(visit.now)
    ]
    named = ", ".join(here[:NAMED])
    more = len(here) - NAMED
    return say("{names} und {number} weitere", names=named, number=more) if more > 0 else named, "; ".join(away)


def _week(visit: Visit) -> Week:
    view = read_figures(visit.town, WEEK_DAYS, visit.now, visit.adapters.figure_days)
    if view.is_empty:
        return UNKNOWN_WEEK
    before = "" if view.asked_before is None else say("davor {number}", number=view.asked_before)
    found = [(say("Anfragen"), str(view.asked), before)]
    if view.answers.median_minutes is not None:
        found.append((say("Erste Antwort, Mitte"), say_minutes(view.answers.median_minutes), ""))
    if view.answers.share is not None:
        target = say_minutes(visit.town.answer_target_minutes)
        found.append((say("Innerhalb von {span}", span=target), percent(f"{round(100 * view.answers.share)}"), ""))
    return tuple(found)


def _ready(visit: Visit) -> str:
    found = readiness_of(visit)
    if found is None or found.stale(visit.now) or found.level is not Level.GREEN:
        return ""
    looked = say("{ago} nachgesehen.", ago=say_ago(found.checked_at, visit.now))
    return f"{looked[:1].upper()}{looked[1:]}"
