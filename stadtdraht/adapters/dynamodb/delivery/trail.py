"""Port Trail on the table: reads what stands there, and nothing that says what somebody wrote."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.delivery.deliveries import IN_FULL, delivery_row
from stadtdraht.adapters.dynamodb.inbound.inbox import place_of_row, update_from_row
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain import correlation as correlations
from stadtdraht.domain.delivery.delivery import Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.identifiers import SHARDS
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.operations.trace import TracedAnswer, TracedStatus

OF_AN_ANSWER = (
    *("sk", "message_id", "progress", "attempt", "outcome", "code", "claimed_at", "sent_at", "wamid", "written_by"),
    "at",
)


@dataclass(frozen=True, slots=True)
class DynamoTrail:
    """For the command line, whose role may read every row."""

    table: Table

    def update(self, town: str, key: str) -> InboxUpdate | None:
        sk = keys.update(UpdateKind.MESSAGE, key)
        rows = (self.table.get(keys.inbox(town, shard), sk) for shard in SHARDS)
        return next((update_from_row(row) for row in rows if row), None)

    def correlated(self, town: str, correlation: str) -> InboxUpdate | None:
        for shard in SHARDS:
            for row in self.table.query(keys.inbox(town, shard), only=("pk", "sk")):
                *_, key = place_of_row(row)
                if correlations.of_update(key) == correlation:
                    whole = self.table.get(row["pk"], row["sk"])
                    return update_from_row(whole) if whole else None
        return None

    def answers(self, town: str, citizen_id: str) -> Sequence[TracedAnswer]:
        statuses: defaultdict[str, list[TracedStatus]] = defaultdict(list)
        found = []
        for row in self.table.query(keys.citizen(town, citizen_id), prefix=keys.ANSWER, only=OF_AN_ANSWER):
            answer_id, *of_status = row["sk"].removeprefix(keys.ANSWER).split("#S#")
            if of_status:
                attempt, _, status = of_status[0].partition("#")
                at = keys.parse_instant(row["at"])
                statuses[answer_id].append(TracedStatus(Status(status), int(attempt), at, _number(row.get("code"))))
            else:
                found.append((answer_id, row))
        return [_answer(answer_id, row, statuses[answer_id]) for answer_id, row in found]

    def delivery(self, town: str, cause: str, citizen_id: str) -> Sequence[DeliveryRow]:
        pk = keys.deliveries_of(town, cause, citizen_id)
        rows = [delivery_row(row) for row in self.table.query(pk, prefix=f"{citizen_id}#", only=IN_FULL)]
        return sorted(rows, key=lambda row: row.at)


def _answer(answer_id: str, row: Mapping[str, Any], statuses: Sequence[TracedStatus]) -> TracedAnswer:
    return TracedAnswer(
        answer_id=answer_id,
        message_id=str(row.get("message_id") or ""),
        progress=str(row.get("progress", "")),
        attempt=int(row.get("attempt", 0)),
        outcome=str(row.get("outcome") or ""),
        code=_number(row.get("code")),
        claimed_at=_instant(row.get("claimed_at")),
        ended_at=_instant(row.get("sent_at")),
        sent_as=correlations.sent_as(str(row.get("wamid") or "")),
        by_staff=bool(row.get("written_by")),
        statuses=tuple(sorted(statuses, key=lambda it: (it.at, list(Status).index(it.status)))),
    )


def _instant(text: Any) -> datetime | None:
    return keys.parse_instant(text) if text else None


def _number(value: Any) -> int | None:
    return int(value) if value is not None else None
