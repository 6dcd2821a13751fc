"""How long it is usual for a town that nobody writes."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise

from stadtdraht.domain.figures.day import DayFigures
from stadtdraht.domain.figures.signals import DAYS_TO_KNOW

FOUR_WEEKS = timedelta(days=28)  # know nights, weekends and a holiday


def longest_silence(days: Sequence[DayFigures]) -> timedelta | None:
    """The longest time between two hours in which people wrote; None where too little is known."""
    hours = [datetime.combine(it.day, time(hour)) for it in days for hour, count in enumerate(it.messages) if count]
    if len({it.date() for it in hours}) < DAYS_TO_KNOW:
        return None
    return max(later - earlier for earlier, later in pairwise(hours))
