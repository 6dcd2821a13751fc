"""What a person may ask of their data, and what proves that it was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

DATA_LINK_LIVES = timedelta(hours=24)
OFFICE, CITIZEN = "office", "citizen"


@dataclass(frozen=True, slots=True)
class DataRequest:
    """Whose data a link gives out, and when it was made."""

    town: str
    citizen_id: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ErasureProof:
    """That somebody was erased, without saying who."""

    town: str
    name: str
    """Keyed hash of the id, the same at every try."""
    asked_at: datetime
    by: str
    """OFFICE or CITIZEN."""
    rows: Mapping[str, int]
    """How many rows there were, by kind."""
    files: int
    """How many files there were."""
    done_at: datetime | None = None
    """None while it has begun and not ended."""
