"""A newsletter that was held for long may be out of date: whoever lets it go on is asked first."""

from datetime import datetime, timedelta

from stadtdraht.domain.broadcast.broadcast import Broadcast

LATE_AFTER = timedelta(hours=3)


def held_since(broadcast: Broadcast, now: datetime) -> datetime | None:
    """Since when its readers wait: since it was held, or since its hour that came meanwhile; None: nobody does."""
    if broadcast.held_at is None or broadcast.repeat:
        return None
    if broadcast.has_begun or broadcast.starts_at is None:
        return broadcast.held_at
    return max(broadcast.held_at, broadcast.starts_at) if broadcast.starts_at <= now else None


def is_late(broadcast: Broadcast, now: datetime) -> bool:
    """Whether to ask before it goes on."""
    since = held_since(broadcast, now)
    return since is not None and now - since >= LATE_AFTER
