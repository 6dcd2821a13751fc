"""Port Audit on the table: rows that are only added."""

from collections.abc import Sequence
from dataclasses import dataclass

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.privacy.audit import AuditedAct, AuditEntry
from stadtdraht.domain.retention import AUDIT, STAFF_AUDIT


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
        return [
            AuditEntry(
                town,
                keys.parse_instant(row["sk"].partition("#")[0]),
                AuditedAct(row["act"]),
                row["by"],
                row["why"],
                row["person"],
            )
            for row in self.table.query(keys.audit(town))
        ]
