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
    """That somebody was erased, without saying who. name: keyed hash of the id, the same at every try.

    by: OFFICE or CITIZEN. rows, files: how many there were. done_at: None while it has begun and not ended.
    """

    town: str
    name: str
    asked_at: datetime
    by: str
    rows: Mapping[str, int]
    files: int
    done_at: datetime | None = None
