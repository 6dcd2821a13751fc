"""Times as staff read them: who is there, how long somebody waits, until when something holds."""

from datetime import datetime, timedelta

from stadtdraht.domain.opening import closes_at, is_open, next_opening
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.moments import WEEKDAYS, day_and_month

MINUTE, HOUR = 60, 3600


def say_duty(town: Town, now: datetime) -> str:
    """Such as "Sprechzeit heute bis 16:00 Uhr", or when the next one begins; "" for a town without office hours."""
    if not town.office_hours:
        return ""
    if is_open(town, now) and (closes := closes_at(town, now)):
        return f"Sprechzeit heute bis {closes:%-H:%M} Uhr"
    opens = next_opening(town, now)
    return f"Nächste Sprechzeit: {say_day(town, opens, now)}, {opens:%-H:%M} Uhr" if opens else ""


def say_day(town: Town, at: datetime, now: datetime) -> str:
    """One of "heute", "morgen", "gestern", a weekday within six days, else the date."""
    day, today = at.astimezone(town.zone).date(), now.astimezone(town.zone).date()
    ahead = (day - today).days
    near = {0: "heute", 1: "morgen", -1: "gestern"}
    if ahead in near:
        return near[ahead]
    return WEEKDAYS[day.weekday()] if 1 < ahead < len(WEEKDAYS) else f"{day:%-d.%-m.%Y}"


def say_date(town: Town, at: datetime) -> str:
    """Such as "Montag, 30. November"."""
    local = at.astimezone(town.zone)
    return f"{WEEKDAYS[local.weekday()]}, {day_and_month(local)}"


def say_moment(town: Town, at: datetime, now: datetime) -> str:
    """Such as "10:36" of today, else "gestern 10:36", "27.11.2026 10:36"."""
    local = at.astimezone(town.zone)
    day = say_day(town, at, now)
    return f"{local:%-H:%M}" if day == "heute" else f"{day} {local:%-H:%M}"


def say_span(span: timedelta) -> str:
    """Such as "6 Min.", "3 Std. 12 Min.", "2 Tage"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < HOUR:
        return f"{seconds // MINUTE} Min."
    if seconds < 48 * HOUR:
        minutes = seconds % HOUR // MINUTE
        return f"{seconds // HOUR} Std. {minutes} Min." if minutes else f"{seconds // HOUR} Std."
    return f"{seconds // (24 * HOUR)} Tage"


def say_minutes(minutes: int) -> str:
    """Such as "48 Min." or "2 Std."."""
    return say_span(timedelta(minutes=minutes))


def say_ago(at: datetime, now: datetime) -> str:
    """Such as "vor 4 Min."; within a minute "gerade eben"."""
    return f"vor {say_span(now - at)}" if now - at >= timedelta(minutes=1) else "gerade eben"
