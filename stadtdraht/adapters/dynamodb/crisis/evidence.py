"""Port Evidence on the table: rows that are only ever added, each under the number after the last."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, from_item, to_item
from stadtdraht.domain.crisis.evidence import EvidenceEntry, next_entry

RACES = 100  # each lost one moves on by an entry: so many hands may write at the same moment


@dataclass(frozen=True, slots=True)
class DynamoEvidence:
    """No row has a TTL, and no function has a right to change or delete one."""

    table: Table

    def append(self, town: str, folder: str, what: str, at: datetime, facts: Mapping[str, str]) -> EvidenceEntry:
        pk = keys.evidence(town, folder)
        newest = self.table.query(pk, newest_first=True, limit=1)
        last = next((_entry(row) for row in newest), None)
        for _ in range(RACES):
            entry = next_entry(town, folder, last, what, at, facts)
            taken = self._add(pk, entry)
            if taken is None:
                return entry
            last = _entry(taken)
        raise RuntimeError("the evidence folder kept losing races; this entry was not added")

    def _add(self, pk: str, entry: EvidenceEntry) -> dict[str, Any] | None:
        """None when it stands; else the row that stood there before. One that says the same is our own, sent twice."""
        row = {
            "pk": pk,
            "sk": keys.evidence_entry(entry.seq),
            "what": entry.what,
            "at": keys.instant(entry.at),
            "facts": json.dumps(dict(entry.facts), ensure_ascii=False, sort_keys=True),
            "previous": entry.previous,
            "hash": entry.seal,
        }
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=to_item(row),
                ConditionExpression="attribute_not_exists(pk)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            stored = from_item(error.response["Item"])  # type: ignore[typeddict-item]
            return None if stored == row else stored
        return None

    def entries(self, town: str, folder: str) -> Sequence[EvidenceEntry]:
        return [_entry(row) for row in self.table.query(keys.evidence(town, folder))]


def _entry(row: Mapping[str, Any]) -> EvidenceEntry:
    return EvidenceEntry(
        seq=int(row["sk"]),
        what=row["what"],
        at=keys.parse_instant(row["at"]),
        facts=json.loads(row["facts"]),
        previous=row["previous"],
        seal=row["hash"],
    )
