"""When a newsletter is to go out: the day and hour as staff type them, and why it may not."""

from datetime import UTC, datetime
from typing import Final

from functions.console.web.visit import Visit
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.weekly import next_due
from stadtdraht.domain.errors import StadtdrahtError, ToldToStaff
from stadtdraht.texts.staff.console.newsletters import refused
from stadtdraht.texts.staff.language import german, say, say_why
from stadtdraht.usecases.broadcast.writing.schedule_newsletter import SchedulePorts

PAST: Final = german("Diese Zeit ist schon vorbei.")
NO_TIME: Final = german("Nennen Sie Tag und Uhrzeit.")


class NotATime(ToldToStaff):
    """What is typed as day and hour is none, or over; the text is for staff."""


def typed_time(visit: Visit) -> datetime:
    """In UTC, and still to come. Raises NotATime."""
    try:
        wall = datetime.fromisoformat(f"{visit.form.get('day')}T{visit.form.get('hour')}")
    except ValueError as why:
        raise NotATime(NO_TIME) from why
    at = wall.replace(tzinfo=visit.town.zone).astimezone(UTC)
    if at <= visit.now:
        raise NotATime(PAST)
    return at


def next_start(visit: Visit, broadcast: Broadcast) -> datetime | None:
    """When it goes out next; of a weekly one, whose first hour may be over, its next issue. None: it has no hour."""
    if broadcast.repeat and broadcast.starts_at:
        return next_due(broadcast.starts_at, visit.town.zone, visit.now)
    return broadcast.starts_at


def schedule_ports(visit: Visit) -> SchedulePorts:
    """Without a look at links: pages that need one look themselves, quickly."""
    it = visit.adapters
    return SchedulePorts(it.towns, it.broadcasts, it.schedule, None, it.settings.public_url)


def why_not_then(why: StadtdrahtError, broadcast: Broadcast) -> str:
    """In words that name the newsletter by its title."""
    said = say_why(why) if isinstance(why, NotATime) else refused(why)
    return said.replace(broadcast.broadcast_id, say("„{title}“", title=broadcast.title))
