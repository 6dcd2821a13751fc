"""Port Contests on the table."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, condition_failed, to_item
from stadtdraht.domain.contests.contest import Contest, ContestAcceptance, ContestEntry, ContestForm, current_of

CACHED_FOR_S = 5.0  # so long a closed contest may still take entries; the deadline itself never waits for the cache
LATEST = 20  # contests looked at for the current one: at one a week, five months


@dataclass(frozen=True, slots=True)
class DynamoContests:
    """A row per contest and one per entry. `seconds` is a clock that only runs forward."""

    table: Table
    seconds: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[float, tuple[Contest, ...]]] = field(default_factory=dict)

    def current(self, town: str, at: datetime) -> Contest | None:
        read_at, contests = self._seen.get(town, (None, ()))
        if read_at is None or self.seconds() >= read_at + CACHED_FOR_S:
            rows = self.table.query(keys.contests(town), newest_first=True, limit=LATEST)
            contests = tuple(_contest(town, row) for row in rows)
            self._seen[town] = self.seconds(), contests
        return current_of(contests, at)

    def get(self, town: str, contest_id: str) -> Contest | None:
        row = self.table.get(keys.contests(town), contest_id) if contest_id else None
        return _contest(town, row) if row else None

    def all(self, town: str) -> Sequence[Contest]:
        return [_contest(town, row) for row in self.table.query(keys.contests(town))]

    def save(self, before: Contest | None, contest: Contest) -> bool:
        guard: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if before is not None:
            values = to_item({":before": before.version})
            guard = {"ConditionExpression": "version = :before", "ExpressionAttributeValues": values}
        self._seen.pop(contest.town, None)
        return self._put(_contest_row(contest), guard)

    def entries(self, town: str, contest_id: str) -> Sequence[ContestEntry]:
        return [it for it in self._entries(town, contest_id, keys.CONTEST_ENTRY) if not it.withdrawn]

    def entries_of(self, town: str, contest_id: str, citizen_id: str) -> Sequence[ContestEntry]:
        every = self._entries(town, contest_id, keys.contest_entry(citizen_id, ""))
        return [it for it in every if not it.withdrawn]

    def set_aside_of(self, town: str, contest_id: str, citizen_id: str) -> Sequence[ContestEntry]:
        late = self._entries(town, contest_id, keys.contest_late(citizen_id, ""))
        in_time = self._entries(town, contest_id, keys.contest_entry(citizen_id, ""))
        return [*(it for it in in_time if it.withdrawn), *(replace(it, late=True) for it in late)]

    def late(self, town: str, contest_id: str) -> int:
        return sum(1 for _ in self.table.query(keys.contest(town, contest_id), prefix=keys.CONTEST_LATE))

    def withdraw(self, entry: ContestEntry) -> None:
        self.table.delete_all([(row["pk"], row["sk"]) for row in _entry_rows(entry)])

    def acceptances(self, town: str, contest_id: str) -> Sequence[ContestAcceptance]:
        rows = self.table.query(keys.contest(town, contest_id), prefix=keys.CONTEST_TERMS)
        return [_acceptance(town, contest_id, row) for row in rows]

    def accepted(self, town: str, contest_id: str, citizen_id: str) -> ContestAcceptance | None:
        row = self.table.get(keys.contest(town, contest_id), keys.contest_terms(citizen_id))
        return _acceptance(town, contest_id, row) if row else None

    def mark_reminded(self, contest: Contest, citizen_id: str) -> bool:
        row = {
            "pk": keys.contest(contest.town, contest.id),
            "sk": keys.contest_reminded(citizen_id),
            "expires_at": int(contest.delete_at.timestamp()),
        }
        return self._put(row, {"ConditionExpression": "attribute_not_exists(pk)"})

    def _entries(self, town: str, contest_id: str, prefix: str) -> Sequence[ContestEntry]:
        rows = self.table.query(keys.contest(town, contest_id), prefix=prefix)
        return sorted((_entry(town, contest_id, row) for row in rows), key=lambda entry: (entry.at, entry.entry_id))

    def _put(self, row: Item, guard: Mapping[str, Any]) -> bool:
        try:
            self.table.client.put_item(TableName=self.table.name, Item=to_item(row), **guard)
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True


def entry_changes(table_name: str, entry: ContestEntry) -> list[dict[str, Any]]:
    """The entry and the way to it, as parts of the citizen's transaction."""
    return [{"Put": {"TableName": table_name, "Item": to_item(row)}} for row in _entry_rows(entry)]


def acceptance_changes(table_name: str, acceptance: ContestAcceptance) -> list[dict[str, Any]]:
    """The yes to the terms and the way to it, as parts of the citizen's transaction."""
    town, contest_id, citizen_id = acceptance.town, acceptance.contest_id, acceptance.citizen_id
    said = {
        "at": keys.instant(acceptance.at),
        "terms_version": acceptance.terms_version,
        "expires_at": int(acceptance.delete_at.timestamp()),
    }
    rows = [
        {"pk": keys.contest(town, contest_id), "sk": keys.contest_terms(citizen_id), **said},
        {"pk": keys.citizen(town, citizen_id), "sk": keys.accepted(contest_id), **said},
    ]
    return [{"Put": {"TableName": table_name, "Item": to_item(row)}} for row in rows]


def rows_of_contests(town: str, citizen_id: str, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """(pk, sk) of everything in contests that the rows of a citizen may lead to, for their erasure."""
    found = []
    for row in rows:
        if row["sk"].startswith(keys.CONTEST_ENTRY):
            _, contest_id, wamid = row["sk"].split("#", 2)
            partition = keys.contest(town, contest_id)
            found += [
                (partition, keys.contest_entry(citizen_id, wamid)),
                (partition, keys.contest_late(citizen_id, wamid)),
            ]
        elif row["sk"].startswith(keys.CONTEST_TERMS):
            partition = keys.contest(town, row["sk"].removeprefix(keys.CONTEST_TERMS))
            found += [(partition, keys.contest_terms(citizen_id)), (partition, keys.contest_reminded(citizen_id))]
    return found


def _contest_row(contest: Contest) -> Item:
    return {
        "pk": keys.contests(contest.town),
        "sk": contest.id,
        "title": contest.title,
        "form": str(contest.form),
        "keyword": contest.keyword,
        "opens_at": keys.instant(contest.opens_at),
        "closes_at": keys.instant(contest.closes_at),
        "delete_at": keys.instant(contest.delete_at),
        "terms_url": contest.terms_url,
        "terms_version": contest.terms_version,
        "entries_per_person": contest.entries_per_person,
        "guardian_note": contest.guardian_note,
        "closed_at": keys.instant(contest.closed_at) if contest.closed_at else None,
        "version": contest.version,
    }


def _contest(town: str, row: Mapping[str, Any]) -> Contest:
    return Contest(
        id=row["sk"],
        town=town,
        title=row["title"],
        form=ContestForm(row["form"]),
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


def _entry_rows(entry: ContestEntry) -> list[Item]:
    expires_at = int(entry.delete_at.timestamp())
    stands = keys.contest_late if entry.late else keys.contest_entry
    return [
        {
            "pk": keys.contest(entry.town, entry.contest_id),
            "sk": stands(entry.citizen_id, entry.wamid),
            "entry_id": entry.entry_id,
            "at": keys.instant(entry.at),
            "text": entry.text or None,
            "terms_version": entry.terms_version,
            "delete_at": keys.instant(entry.delete_at),
            "withdrawn": entry.withdrawn or None,
            "expires_at": expires_at,
        },
        {
            "pk": keys.citizen(entry.town, entry.citizen_id),
            "sk": keys.entered(entry.contest_id, entry.wamid),
            "entry_id": entry.entry_id,
            "expires_at": expires_at,
        },
    ]


def _entry(town: str, contest_id: str, row: Mapping[str, Any]) -> ContestEntry:
    _, citizen_id, wamid = row["sk"].split("#", 2)
    return ContestEntry(
        contest_id=contest_id,
        town=town,
        entry_id=row["entry_id"],
        citizen_id=citizen_id,
        wamid=wamid,
        at=keys.parse_instant(row["at"]),
        text=row.get("text", ""),
        terms_version=row["terms_version"],
        delete_at=keys.parse_instant(row["delete_at"]),
        withdrawn=row.get("withdrawn", False),
    )


def _acceptance(town: str, contest_id: str, row: Mapping[str, Any]) -> ContestAcceptance:
    return ContestAcceptance(
        contest_id=contest_id,
        town=town,
        citizen_id=row["sk"].removeprefix(keys.CONTEST_TERMS),
        terms_version=row["terms_version"],
        at=keys.parse_instant(row["at"]),
        delete_at=datetime.fromtimestamp(int(row["expires_at"] if "expires_at" in row else row["held_end"]), UTC),
    )
