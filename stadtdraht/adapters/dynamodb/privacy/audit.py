"""Port Audit on the table: rows that are only added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, condition_failed, to_item
from stadtdraht.domain.privacy.audit import AuditedAct, AuditEntry
from stadtdraht.domain.retention import AUDIT, STAFF_AUDIT

READ_AT_ONCE: Final = 100  # rows; some of them are about citizens


@dataclass(frozen=True, slots=True)
class DynamoAudit:
    """One partition for each town, in order of time."""

    table: Table

    def record(self, entry: AuditEntry) -> None:
        row = {
            "pk": keys.audit(entry.town),
            "sk": keys.audit_entry(entry.at, entry.act, entry.person, entry.by),
            "act": str(entry.act),
            "by": entry.by,
            "why": entry.why,
            "person": entry.person,
            "expires_at": int((entry.at + (STAFF_AUDIT if entry.act.is_of_staff else AUDIT)).timestamp()),
        }
        try:
            self.table.client.put_item(
                TableName=self.table.name, Item=to_item(row), ConditionExpression="attribute_not_exists(pk)"
            )
        except ClientError as error:
            if not condition_failed(error):  # the same act at the same moment stands there already
                raise

    def entries(self, town: str) -> Sequence[AuditEntry]:
        return [_entry(town, row) for row in self.table.query(keys.audit(town))]

    def of_staff(self, town: str, limit: int, before: datetime | None = None) -> Sequence[AuditEntry]:
        until = {":pk": keys.audit(town), ":until": keys.instant(before) if before else keys.LAST}
        rows = self.table.pages("pk = :pk AND sk < :until", until, forward=False, page=READ_AT_ONCE)
        entries = (_entry(town, row) for row in rows)
        return list(islice((it for it in entries if it.act.is_of_staff), limit))


def _entry(town: str, row: Item) -> AuditEntry:
    at = keys.parse_instant(row["sk"].partition("#")[0])
    return AuditEntry(town, at, AuditedAct(row["act"]), row["by"], row["why"], row["person"])
