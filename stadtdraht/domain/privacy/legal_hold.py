"""A legal hold: what a person said and sent is kept for a procedure, whoever would delete it. Art. 17 (3) e GDPR."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stadtdraht.domain.errors import StadtdrahtError

FILE_RENEWED_AFTER = timedelta(days=90)  # half of what the bucket gives; nights may fail


@dataclass(frozen=True, slots=True)
class Hold:
    """case: number of the case it was set for, "" for one of the person. why: as staff name the procedure.

    by: as staff name themselves. wished_at: when the person asked to be erased meanwhile.
    """

    town: str
    citizen_id: str
    case: str
    why: str
    by: str
    since: datetime
    wished_at: datetime | None = None


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
