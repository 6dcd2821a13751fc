"""How many people a newsletter may reach today: Meta limits the portfolio, and a warning must always fit in."""

from math import ceil


def allowed_today(limit: int | None, warned: int) -> int | None:
    """What Meta allows in 24 hours, less everyone whom a warning would have to reach; None: unlimited."""
    return None if limit is None else max(0, limit - warned)


def days_for(people: int, allowed: int | None) -> int | None:
    """Days it takes when each takes what is allowed; None: it never ends, since nothing is."""
    if allowed is None or people <= allowed:
        return 1
    return ceil(people / allowed) if allowed else None
