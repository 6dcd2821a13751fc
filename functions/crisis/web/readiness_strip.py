"""The readiness check as the crisis page shows it: what was found last, and how long ago that was."""

from dataclasses import dataclass
from datetime import datetime

from functions.crisis.web.context import PageContext
from stadtdraht.domain.crisis.readiness import Level, Readiness
from stadtdraht.texts.staff.crisis import readiness as texts


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about one check that has not passed."""

    name: str
    advice: str


@dataclass(frozen=True, slots=True)
class Strip:
    """What the page shows; colour also names its style: green, yellow, red, or grey when nobody has looked."""

    colour: str
    title: str
    age: str
    checks: tuple[Advice, ...]
    note: str


def strip_of(context: PageContext) -> Strip:
    """Reads one row and asks nobody."""
    return _strip(context.ports.latest_readiness.get(context.town.id), context.now)


def _strip(readiness: Readiness | None, now: datetime) -> Strip:
    if readiness is None:
        return Strip("grey", "Bereitschaft unbekannt", "noch nie nachgesehen", (), texts.UNKNOWN)
    minutes = max(0, int((now - readiness.checked_at).total_seconds() // 60))
    age = "eben nachgesehen" if not minutes else f"vor {minutes} Minute{'n' if minutes > 1 else ''} nachgesehen"
    if readiness.stale(now):
        return Strip("grey", "Bereitschaft unbekannt", age, (), texts.STALE)
    failing = tuple(Advice(texts.NAMES[it.name], texts.ADVICE[it.name]) for it in readiness.checks if not it.passed)
    note = "" if readiness.level is Level.GREEN else texts.SEND_ANYWAY
    return Strip(str(readiness.level), texts.LEVELS[readiness.level], age, failing, note)
