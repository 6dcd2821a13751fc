"""What stands beside the cards of the start page: this day, and whether the town can be warned."""

from dataclasses import dataclass

from functions.console.web.visit import Visit
from stadtdraht.domain.crisis.readiness import Level
from stadtdraht.domain.opening import hours_of
from stadtdraht.texts.staff.console.duty import say_ago, say_date


@dataclass(frozen=True, slots=True)
class Facts:
    """In words."""

    today: str
    hours: str
    ready: str = ""
    """"" where it is not known; a card says so then."""


def facts_of(visit: Visit) -> Facts:
    """Read once for each view; what cannot be read is left out, since a card says what is wrong."""
    day = visit.now.astimezone(visit.town.zone).date()
    stretches = [f"{opens:%-H:%M}–{closes:%-H:%M}" for opens, closes in hours_of(visit.town, day)]
    hours = f"{', '.join(stretches)} Uhr" if stretches else "heute keine"
    return Facts(say_date(visit.town, visit.now), hours, _ready(visit))


def _ready(visit: Visit) -> str:
    try:
        found = visit.adapters.latest_readiness.get(visit.town.id)
    except Exception:  # noqa: BLE001 - the card has failed and been counted
        return ""
    if found is None or found.stale(visit.now) or found.level is not Level.GREEN:
        return ""
    return f"{say_ago(found.checked_at, visit.now)[:1].upper()}{say_ago(found.checked_at, visit.now)[1:]} nachgesehen."
