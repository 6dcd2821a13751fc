"""The ready lamp as the crisis page shows it: what the last look found, and how long ago that was."""

from dataclasses import dataclass
from datetime import datetime

from functions.crisis.web.visit import Visit
from stadtdraht.domain.crisis.readiness import Colour, Lamp
from stadtdraht.texts import readiness as texts


@dataclass(frozen=True, slots=True)
class Advice:
    """One light that is not green."""

    name: str
    advice: str


@dataclass(frozen=True, slots=True)
class Strip:
    """What the page shows; colour also names its style: green, yellow, red, or grey when nobody has looked."""

    colour: str
    title: str
    age: str
    lights: tuple[Advice, ...]
    note: str


def strip_of(visit: Visit) -> Strip:
    """Reads one row and asks nobody."""
    return _strip(visit.desk.lamps.get(visit.town.id), visit.now)


def _strip(lamp: Lamp | None, now: datetime) -> Strip:
    if lamp is None:
        return Strip("grey", "Bereitschaft unbekannt", "noch nie nachgesehen", (), texts.UNKNOWN)
    minutes = max(0, int((now - lamp.looked_at).total_seconds() // 60))
    age = "eben nachgesehen" if not minutes else f"vor {minutes} Minute{'n' if minutes > 1 else ''} nachgesehen"
    if lamp.stale(now):
        return Strip("grey", "Bereitschaft unbekannt", age, (), texts.STALE)
    unwell = tuple(Advice(texts.NAMES[it.name], texts.ADVICE[it.name]) for it in lamp.lights if not it.well)
    note = "" if lamp.colour is Colour.GREEN else texts.SEND_ANYWAY
    return Strip(str(lamp.colour), texts.COLOURS[lamp.colour], age, unwell, note)
