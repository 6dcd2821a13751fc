"""How much work is to be expected: from the last weeks, weekday by weekday."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from statistics import mean, quantiles

from stadtdraht.domain.figures.day import DayFigures

WEEKDAYS, SATURDAY, SUNDAY = 7, 5, 6
LOOKED_BACK = 56  # days
DAYS_TO_KNOW = 10  # working days, before anything is said
LETTERS_TO_KNOW = 3


@dataclass(frozen=True, slots=True)
class Forecast:
    """People a day who have something for staff to read."""

    low: int
    high: int
    """On half of all working days it is between both."""
    after_newsletter: tuple[int, int] | None
    """The same of days on which a newsletter went out; None where there were too few."""
    by_weekday: tuple[float, ...]
    """Mean of each, from Monday on."""
    next_week: int
    """In the seven days that follow; a holiday is like a Sunday."""


def forecast(days: Sequence[DayFigures], is_working_day: Callable[[date], bool]) -> Forecast | None:
    """From these days, in order; None where they are too few to say anything."""
    lately = days[-LOOKED_BACK:]
    working = [it for it in lately if is_working_day(it.day)]
    if len(working) < DAYS_TO_KNOW:
        return None
    after = [it.asked for it in working if it.sent]
    usually = [it.asked for it in working if not it.sent] or after
    by_weekday = tuple(
        mean(some) if (some := [it.asked for it in lately if it.day.weekday() == weekday]) else 0.0
        for weekday in range(WEEKDAYS)
    )
    coming = [lately[-1].day + timedelta(days=ahead + 1) for ahead in range(WEEKDAYS)]
    holidays = [day for day in coming if day.weekday() < SATURDAY and not is_working_day(day)]
    expected = sum(by_weekday[SUNDAY if day in holidays else day.weekday()] for day in coming)
    low, high = _middle_half(usually)
    letters = _middle_half(after) if len(after) >= LETTERS_TO_KNOW else None
    return Forecast(low, high, letters, by_weekday, round(expected))


def _middle_half(counts: Sequence[int]) -> tuple[int, int]:
    if len(counts) == 1:
        return counts[0], counts[0]
    low, _, high = quantiles(counts, n=4, method="inclusive")
    return floor(low), ceil(high)
