"""What a town should look at: silence where there is usually word, and waits that pile up."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from stadtdraht.domain.figures.day import DayFigures, Signal, SignalKind

LOOKED_BACK = 180  # days
DAYS_TO_KNOW = 5  # so many days with messages say what is usual
LETTERS_TO_KNOW = 3
QUIET_AT_LEAST = 2  # days; a weekend says nothing
LETTERS_QUIET_AT_LEAST = 7
WITHOUT_HABIT = 35  # days without a newsletter, of a town that sent one or two
MANY_WAIT = 5
SINCE_WEEKS = 28  # days that say how many usually wait long


def signals(days: Sequence[DayFigures], *, sends_news: bool) -> tuple[Signal, ...]:
    """Of the last of these days; the others, in order, say what is usual."""
    if not days:
        return ()
    found = (_nobody_writes(days), _no_newsletter(days) if sends_news else None, _waits(days))
    return tuple(it for it in found if it)


def _nobody_writes(days: Sequence[DayFigures]) -> Signal | None:
    spoken = [it.day for it in days if it.heard]
    if len(spoken) < DAYS_TO_KNOW:
        return None
    silent, usual = (days[-1].day - spoken[-1]).days, max(_gaps(spoken)) - 1
    return Signal(SignalKind.NOBODY_WRITES, silent, usual) if silent > max(usual, QUIET_AT_LEAST) else None


def _no_newsletter(days: Sequence[DayFigures]) -> Signal | None:
    sent = [it.day for it in days if it.sent]
    if not sent:
        return None
    silent = (days[-1].day - sent[-1]).days
    if len(sent) < LETTERS_TO_KNOW:
        return Signal(SignalKind.NO_NEWSLETTER, silent, WITHOUT_HABIT) if silent > WITHOUT_HABIT else None
    usual = round(median(_gaps(sent)))
    return Signal(SignalKind.NO_NEWSLETTER, silent, usual) if silent > max(2 * usual, LETTERS_QUIET_AT_LEAST) else None


def _waits(days: Sequence[DayFigures]) -> Signal | None:
    long = days[-1].waiting_long
    before = [it.waiting_long for it in days[-SINCE_WEEKS - 1 : -1] if it.waiting_long is not None]
    usual = round(median(before)) if before else 0
    if long is None or long < MANY_WAIT or long <= 2 * usual:
        return None
    return Signal(SignalKind.WAITS_PILE_UP, long, usual)


def _gaps(some: Sequence[date]) -> list[int]:
    return [(later - earlier).days for earlier, later in pairwise(some)]
