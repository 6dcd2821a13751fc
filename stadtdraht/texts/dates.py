"""Days and times as people of a language write them: "30. November, 8:30 Uhr", "November 30, 8:30 am"."""

from datetime import datetime, timedelta

from stadtdraht.domain.town import Town
from stadtdraht.texts.languages import language_of


def day(at: datetime, town: Town, language: str) -> str:
    """A day of this year or thereabouts: "30. November"."""
    return _written(at, town, language, language_of(language).dates.day)


def full_day(at: datetime, town: Town, language: str) -> str:
    """With its year: "30. November 2026"."""
    return _written(at, town, language, language_of(language).dates.with_year)


def moment(at: datetime, town: Town, language: str) -> str:
    """A time within days: "Montag, 30. November, 8:30 Uhr"."""
    dates = language_of(language).dates
    return dates.moment.format(
        day=_written(at, town, language, dates.with_weekday), time=_written(at, town, language, dates.time)
    )


def full_moment(at: datetime, town: Town, language: str) -> str:
    """A time that is read out of its day too: "30. November 2026, 8:30 Uhr"."""
    dates = language_of(language).dates
    return dates.moment.format(day=full_day(at, town, language), time=_written(at, town, language, dates.time))


def deadline(at: datetime, town: Town, language: str) -> str:
    """The same in the middle of a sentence: "30. November 2026 um 8:30 Uhr"."""
    dates = language_of(language).dates
    return dates.deadline.format(day=full_day(at, town, language), time=_written(at, town, language, dates.time))


def clock(at: datetime, town: Town, language: str) -> str:
    """A time of today: "8:30 Uhr"."""
    return _written(at, town, language, language_of(language).dates.time)


def from_when(at: datetime | None, now: datetime, town: Town, language: str) -> str:
    """From when on: "heute ab *8:30 Uhr*", "morgen ab …", "am *Montag, 30. November* ab …"; "so bald wie möglich"."""
    dates = language_of(language).dates
    if at is None:
        return dates.soon
    today, then = now.astimezone(town.zone).date(), at.astimezone(town.zone).date()
    by_day = {today: dates.today_from, today + timedelta(days=1): dates.tomorrow_from}
    return by_day.get(then, dates.day_from).format(
        day=_written(at, town, language, dates.with_weekday), time=_written(at, town, language, dates.time)
    )


def _written(at: datetime, town: Town, language: str, pattern: str) -> str:
    from babel.dates import format_datetime  # who names no day does not pay for it

    return format_datetime(at, pattern, tzinfo=town.zone, locale=language_of(language).dates.locale)
