"""Port LatestReadiness on the table: one row per town, written whole by each check."""

import json
from dataclasses import dataclass
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.crisis.readiness import Check, CheckName, Readiness


@dataclass(frozen=True, slots=True)
class DynamoLatestReadiness:
    """What was found when each town was checked last."""

    table: Table

    def get(self, town: str) -> Readiness | None:
        row = self.table.get(keys.readiness(town), keys.META)
        if row is None:
            return None
        checks = tuple(
            Check(CheckName(stored["name"]), stored["well"], stored["found"], stored["grave"])
            for stored in json.loads(row["lights"])
            if stored["name"] in set(CheckName)  # another version may know more of them
        )
        return Readiness(checks, keys.parse_instant(row["looked_at"]))

    def save(self, town: str, readiness: Readiness) -> None:
        row = {
            "pk": keys.readiness(town),
            "sk": keys.META,
            "looked_at": keys.instant(readiness.checked_at),
            "lights": json.dumps([_stored(check) for check in readiness.checks], ensure_ascii=False),
        }
        self.table.put_all([row])


def _stored(check: Check) -> dict[str, Any]:
    return {"name": str(check.name), "well": check.passed, "found": check.finding, "grave": check.critical}
