"""Port LineSignsOf on the table, and the rows that others write beside their own: at most one a minute and process."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.whatsapp.line_signs import LineSigns, Sign

KEPT_EVERY = timedelta(minutes=1)
Kept = dict[tuple[str, Sign], datetime]


@dataclass(frozen=True, slots=True)
class SignRows:
    """What this process has written of it."""

    kept: Kept = field(default_factory=dict)

    def due(self, seen: Iterable[tuple[str, Sign]]) -> list[Mapping[str, Any]]:
        """Rows of the towns' signs that nobody here has written within the last minute."""
        now = datetime.now(UTC)
        due = [it for it in dict.fromkeys(seen) if it not in self.kept or now - self.kept[it] >= KEPT_EVERY]
        self.kept.update(dict.fromkeys(due, now))
        return [{"pk": keys.line(town), "sk": str(sign), "at": keys.instant(now)} for town, sign in due]


@dataclass(frozen=True, slots=True)
class DynamoLineSigns:
    """One partition for each town, a row for each sign."""

    table: Table

    def of_town(self, town: str) -> LineSigns:
        rows = self.table.query(keys.line(town))
        known = {row["sk"]: keys.parse_instant(row["at"]) for row in rows if row["sk"] in set(Sign)}
        return LineSigns(**known)
