"""Port Calls on the table."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, condition_failed, to_item
from stadtdraht.domain.contests.contest import Call, CallAcceptance, CallEntry, CallForm, current_of

CACHED_FOR_S = 5.0  # so long a closed call may still take entries; the deadline itself never waits for the cache
LATEST = 20  # calls looked at for the current one: at one a week, five months


@dataclass(frozen=True, slots=True)
class DynamoCalls:
    """A row per call and one per entry. `seconds` is a clock that only runs forward."""

    table: Table
    seconds: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[float, tuple[Call, ...]]] = field(default_factory=dict)

    def current(self, town: str, at: datetime) -> Call | None:
        read_at, calls = self._seen.get(town, (None, ()))
        if read_at is None or self.seconds() >= read_at + CACHED_FOR_S:
            rows = self.table.query(keys.calls(town), newest_first=True, limit=LATEST)
            calls = tuple(_call(town, row) for row in rows)
            self._seen[town] = self.seconds(), calls
        return current_of(calls, at)

    def get(self, town: str, call_id: str) -> Call | None:
        row = self.table.get(keys.calls(town), call_id) if call_id else None
        return _call(town, row) if row else None

    def all(self, town: str) -> Sequence[Call]:
        return [_call(town, row) for row in self.table.query(keys.calls(town))]

    def save(self, before: Call | None, call: Call) -> bool:
        guard: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if before is not None:
            values = to_item({":before": before.version})
            guard = {"ConditionExpression": "version = :before", "ExpressionAttributeValues": values}
        self._seen.pop(call.town, None)
        return self._put(_call_row(call), guard)

    def entries(self, town: str, call_id: str) -> Sequence[CallEntry]:
        return self._entries(town, call_id, keys.CALL_ENTRY)

    def entries_of(self, town: str, call_id: str, citizen_id: str) -> Sequence[CallEntry]:
        return self._entries(town, call_id, keys.call_entry(citizen_id, ""))

    def late(self, town: str, call_id: str) -> int:
        return sum(1 for _ in self.table.query(keys.call(town, call_id), prefix=keys.CALL_LATE))

    def withdraw(self, entry: CallEntry) -> None:
        self.table.delete_all([(row["pk"], row["sk"]) for row in _entry_rows(entry)])

    def acceptances(self, town: str, call_id: str) -> Sequence[CallAcceptance]:
        rows = self.table.query(keys.call(town, call_id), prefix=keys.CALL_TERMS)
        return [_acceptance(town, call_id, row) for row in rows]

    def accepted(self, town: str, call_id: str, citizen_id: str) -> CallAcceptance | None:
        row = self.table.get(keys.call(town, call_id), keys.call_terms(citizen_id))
        return _acceptance(town, call_id, row) if row else None

    def mark_reminded(self, call: Call, citizen_id: str) -> bool:
        row = {
            "pk": keys.call(call.town, call.id),
            "sk": keys.call_reminded(citizen_id),
            "expires_at": int(call.delete_at.timestamp()),
        }
        return self._put(row, {"ConditionExpression": "attribute_not_exists(pk)"})

    def _entries(self, town: str, call_id: str, prefix: str) -> Sequence[CallEntry]:
        rows = self.table.query(keys.call(town, call_id), prefix=prefix)
        return sorted((_entry(town, call_id, row) for row in rows), key=lambda entry: (entry.at, entry.entry_id))

    def _put(self, row: Item, guard: Mapping[str, Any]) -> bool:
        try:
            self.table.client.put_item(TableName=self.table.name, Item=to_item(row), **guard)
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True


def entry_changes(table_name: str, entry: CallEntry) -> list[dict[str, Any]]:
    """The entry and the way to it, as parts of the citizen's transaction."""
    return [{"Put": {"TableName": table_name, "Item": to_item(row)}} for row in _entry_rows(entry)]


def acceptance_changes(table_name: str, acceptance: CallAcceptance) -> list[dict[str, Any]]:
    """The yes to the terms and the way to it, as parts of the citizen's transaction."""
    town, call_id, citizen_id = acceptance.town, acceptance.call_id, acceptance.citizen_id
    said = {
        "at": keys.instant(acceptance.at),
        "terms_version": acceptance.terms_version,
        "expires_at": int(acceptance.delete_at.timestamp()),
    }
    rows = [
        {"pk": keys.call(town, call_id), "sk": keys.call_terms(citizen_id), **said},
        {"pk": keys.citizen(town, citizen_id), "sk": keys.accepted(call_id), **said},
    ]
    return [{"Put": {"TableName": table_name, "Item": to_item(row)}} for row in rows]


def elsewhere(town: str, citizen_id: str, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """(pk, sk) of everything in calls that the rows of a citizen may lead to, for their erasure."""
    found = []
    for row in rows:
        if row["sk"].startswith(keys.CALL_ENTRY):
            _, call_id, wamid = row["sk"].split("#", 2)
            of = keys.call(town, call_id)
            found += [(of, keys.call_entry(citizen_id, wamid)), (of, keys.call_late(citizen_id, wamid))]
        elif row["sk"].startswith(keys.CALL_TERMS):
            of = keys.call(town, row["sk"].removeprefix(keys.CALL_TERMS))
            found += [(of, keys.call_terms(citizen_id)), (of, keys.call_reminded(citizen_id))]
    return found


def _call_row(call: Call) -> Item:
    return {
        "pk": keys.calls(call.town),
        "sk": call.id,
        "title": call.title,
        "form": str(call.form),
        "keyword": call.keyword,
        "opens_at": keys.instant(call.opens_at),
        "closes_at": keys.instant(call.closes_at),
        "delete_at": keys.instant(call.delete_at),
        "terms_url": call.terms_url,
        "terms_version": call.terms_version,
        "entries_per_person": call.entries_per_person,
        "guardian_note": call.guardian_note,
        "closed_at": keys.instant(call.closed_at) if call.closed_at else None,
        "version": call.version,
    }


def _call(town: str, row: Mapping[str, Any]) -> Call:
    return Call(
        id=row["sk"],
        town=town,
        title=row["title"],
        form=CallForm(row["form"]),
        keyword=row["keyword"],
        opens_at=keys.parse_instant(row["opens_at"]),
        closes_at=keys.parse_instant(row["closes_at"]),
        delete_at=keys.parse_instant(row["delete_at"]),
        terms_url=row["terms_url"],
        terms_version=row["terms_version"],
        entries_per_person=int(row["entries_per_person"]),
        guardian_note=row["guardian_note"],
        closed_at=keys.parse_instant(row["closed_at"]) if "closed_at" in row else None,
        version=int(row["version"]),
    )


def _entry_rows(entry: CallEntry) -> list[Item]:
    expires_at = int(entry.delete_at.timestamp())
    stands = keys.call_late if entry.late else keys.call_entry
    return [
        {
            "pk": keys.call(entry.town, entry.call_id),
            "sk": stands(entry.citizen_id, entry.wamid),
            "entry_id": entry.entry_id,
            "at": keys.instant(entry.at),
            "text": entry.text or None,
            "terms_version": entry.terms_version,
            "delete_at": keys.instant(entry.delete_at),
            "expires_at": expires_at,
        },
        {
            "pk": keys.citizen(entry.town, entry.citizen_id),
            "sk": keys.entered(entry.call_id, entry.wamid),
            "entry_id": entry.entry_id,
            "expires_at": expires_at,
        },
    ]


def _entry(town: str, call_id: str, row: Mapping[str, Any]) -> CallEntry:
    _, citizen_id, wamid = row["sk"].split("#", 2)
    return CallEntry(
        call_id=call_id,
        town=town,
        entry_id=row["entry_id"],
        citizen_id=citizen_id,
        wamid=wamid,
        at=keys.parse_instant(row["at"]),
        text=row.get("text", ""),
        terms_version=row["terms_version"],
        delete_at=keys.parse_instant(row["delete_at"]),
    )


def _acceptance(town: str, call_id: str, row: Mapping[str, Any]) -> CallAcceptance:
    return CallAcceptance(
        call_id=call_id,
        town=town,
        citizen_id=row["sk"].removeprefix(keys.CALL_TERMS),
        terms_version=row["terms_version"],
        at=keys.parse_instant(row["at"]),
        delete_at=datetime.fromtimestamp(int(row["expires_at"] if "expires_at" in row else row["held_end"]), UTC),
    )
