"""When somebody is there, as a language says it: "• Montag–Donnerstag: 8:30–16:00"."""

from collections.abc import Sequence
from itertools import groupby

from stadtdraht.domain.town import OpenHours, Town


def word_hours(town: Town, language: str) -> str:
    """The office hours of the town, days alike together; "" where it has none."""
    from babel.dates import get_day_names  # who asks for no hours does not pay for it

    names = get_day_names("wide", locale=language.partition("-")[0])
    days = [(day, _stretches(town.office_hours, day)) for day in range(7)]
    lines = []
    for hours, alike in groupby(days, key=lambda it: it[1]):
        if hours:
            run = [names[day] for day, _ in alike]
            said = run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}"
            lines.append(f"• {said[:1].upper()}{said[1:]}: {hours}")
    return "\n".join(lines)


def _stretches(hours: Sequence[OpenHours], weekday: int) -> str:
    found = sorted((it.opens, it.closes) for it in hours if it.weekday == weekday)
    return ", ".join(f"{opens:%-H:%M}–{closes:%-H:%M}" for opens, closes in found)
