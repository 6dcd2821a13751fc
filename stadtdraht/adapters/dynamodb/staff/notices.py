"""Port Notices on the table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.staff.notices import KEPT_FOR, Told


@dataclass(frozen=True, slots=True)
class DynamoNotices:
    """One row for each member of staff, gone when nothing in it counts any more."""

    table: Table

    def of_town(self, town: str) -> Mapping[str, Told]:
        return {
            row["sk"]: Told(
                keys.parse_instant(row["digest_at"]) if row.get("digest_at") else None,
                {name: keys.parse_instant(at) for name, at in json.loads(row["matters"]).items()},
            )
            for row in self.table.query(keys.told(town))
        }

    def put(self, town: str, staff_id: str, told: Told, now: datetime) -> None:
        row = {
            "pk": keys.told(town),
            "sk": staff_id,
            "digest_at": keys.instant(told.digest_at) if told.digest_at else None,
            "matters": json.dumps({name: keys.instant(at) for name, at in told.matters.items()}),
            "expires_at": int((now + KEPT_FOR).timestamp()),
        }
        self.table.put_all([row])
