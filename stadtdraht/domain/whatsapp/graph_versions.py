"""Versions of the Graph API, and when Meta takes them away. Source: Meta, Graph API, Versions, 2026-09-11."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

SEEN_ON: Final = date(2026, 9, 11)
PROMISED: Final = timedelta(days=730)  # each version is there for two years at least
OLD_LIST: Final = timedelta(days=180)  # Meta releases a version every four to five months


@dataclass(frozen=True, slots=True)
class GraphVersion:
    """One version. Either day may be one that Meta has not named."""

    released: date | None
    ends: date | None

    @property
    def ends_on(self) -> date | None:
        """The first day on which it may be gone."""
        return self.ends or (self.released + PROMISED if self.released else None)


VERSIONS: Final[Mapping[str, GraphVersion]] = {
    "v26.0": GraphVersion(released=date(2026, 7, 29), ends=None),
    "v25.0": GraphVersion(released=None, ends=date(2028, 7, 29)),
    "v24.0": GraphVersion(released=None, ends=date(2028, 2, 18)),
    "v23.0": GraphVersion(released=None, ends=date(2027, 10, 8)),
    "v22.0": GraphVersion(released=None, ends=date(2027, 5, 20)),
    "v21.0": GraphVersion(released=None, ends=date(2027, 1, 21)),
    "v20.0": GraphVersion(released=None, ends=date(2026, 9, 24)),
}
