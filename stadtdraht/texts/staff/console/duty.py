"""Times as staff read them: who is there, how long somebody waits, until when something holds."""

from datetime import datetime, timedelta

from stadtdraht.domain.opening import closes_at, is_open, next_opening
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.language import german, say
from stadtdraht.texts.staff.moments import WEEKDAYS, day_and_month, weekday, written

MINUTE, HOUR = 60, 3600
NEAR = {0: german("heute"), 1: german("morgen"), -1: german("gestern")}


def say_duty(town: Town, now: datetime) -> str:
    """Such as "Sprechzeit heute bis 16:00 Uhr", or when the next one begins; "" for a town without office hours."""
    if not town.office_hours:
        return ""
    if is_open(town, now) and (closes := closes_at(town, now)):
        return say("Sprechzeit heute bis {time} Uhr", time=f"{closes:%-H:%M}")
    if (opens := next_opening(town, now)) is None:
        return ""
    return say("Nächste Sprechzeit: {day}, {time} Uhr", day=say_day(town, opens, now), time=f"{opens:%-H:%M}")


def days_ahead(town: Town, at: datetime, now: datetime) -> int:
    """0 for a time of today, -1 of yesterday, by the town's clock."""
    return (at.astimezone(town.zone).date() - now.astimezone(town.zone).date()).days


def say_day(town: Town, at: datetime, now: datetime) -> str:
    """One of "heute", "morgen", "gestern", a weekday within six days, else the date."""
    day, ahead = at.astimezone(town.zone).date(), days_ahead(town, at, now)
    if ahead in NEAR:
        return say(NEAR[ahead])
    return weekday(day) if 1 < ahead < len(WEEKDAYS) else written(day, german("%-d.%-m.%Y"))


def say_date(town: Town, at: datetime) -> str:
    """Such as "Montag, 30. November"."""
    local = at.astimezone(town.zone)
    return f"{weekday(local)}, {day_and_month(local)}"


def say_moment(town: Town, at: datetime, now: datetime) -> str:
    """Such as "10:36" of today, else "gestern 10:36", "27.11.2026 10:36"."""
    time = f"{at.astimezone(town.zone):%-H:%M}"
    return time if days_ahead(town, at, now) == 0 else f"{say_day(town, at, now)} {time}"


def say_span(span: timedelta) -> str:
    """Such as "6 Min.", "3 Std. 12 Min.", "2 Tage"."""
    seconds = max(0, int(span.total_seconds()))
    hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
    if not hours:
        return say("{minutes} Min.", minutes=minutes)
    if hours >= 48:  # noqa: PLR2004 - from two days on, minutes say nothing
        return say("{days} Tage", days=hours // 24)
    return (
        say("{hours} Std. {minutes} Min.", hours=hours, minutes=minutes)
        if minutes
        else say("{hours} Std.", hours=hours)
    )


def say_minutes(minutes: int) -> str:
    """Such as "48 Min." or "2 Std."."""
    return say_span(timedelta(minutes=minutes))


def say_ago(at: datetime, now: datetime) -> str:
    """Such as "vor 4 Min."; within a minute "gerade eben"."""
    return say("vor {span}", span=say_span(now - at)) if now - at >= timedelta(minutes=1) else say("gerade eben")
