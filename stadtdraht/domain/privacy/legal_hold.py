"""A legal hold: what a person said and sent is kept for a procedure, whoever would delete it. Art. 17 (3) e GDPR."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stadtdraht.domain.errors import StadtdrahtError

FILE_RENEWED_AFTER = timedelta(days=90)  # half of what the bucket gives; nights may fail


@dataclass(frozen=True, slots=True)
class Hold:
    """What one person said and sent is kept for one procedure."""

    town: str
    citizen_id: str
    case: str
    """Number of the case it was set for; "" for one of the person."""
    why: str
    """As staff name the procedure."""
    by: str
    """As staff name themselves."""
    since: datetime
    wished_at: datetime | None = None
    """When the person asked to be erased meanwhile; None: they did not."""


class OnHold(StadtdrahtError):
    """Nothing of this person may be deleted yet."""

    def __init__(self, holds: Sequence[Hold]) -> None:
        named = "; ".join(f"{it.case or 'the person'} since {it.since:%Y-%m-%d}: {it.why}" for it in holds)
        super().__init__(f"kept for a procedure ({named})")
        self.holds = tuple(holds)


class NoHold(StadtdrahtError):
    """Nothing to release."""

    def __init__(self, whose: str) -> None:
        super().__init__(f"{whose} is not held")
        self.whose = whose
