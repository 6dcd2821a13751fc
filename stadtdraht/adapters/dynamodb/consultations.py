"""Port Consultations on the table: a row for each, and marks of who came and left, without saying who."""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, condition_failed, to_item
from stadtdraht.domain.consultations.consultation import (
    Consultation,
    ConsultationSummary,
    OpenConsultation,
    QueueMark,
    ahead_of,
)
from stadtdraht.domain.inbound.consultation_rules import marks_of
from stadtdraht.domain.inbound.turn import Turn
from stadtdraht.domain.retention import CONSULTATION, CONSULTATION_MARK

CACHED_FOR_S = 5.0  # every message asks, and few towns hold one
LATEST = 20  # looked at for the one that is open: they are planned weeks ahead, not years


@dataclass(frozen=True, slots=True)
class DynamoConsultations:
    """`seconds` is a clock that only runs forward."""

    table: Table
    seconds: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[float, tuple[Consultation, ...]]] = field(default_factory=dict)

    def open_at(self, town: str, at: datetime) -> OpenConsultation | None:
        read_at, known = self._seen.get(town, (None, ()))
        if read_at is None or self.seconds() >= read_at + CACHED_FOR_S:
            rows = self.table.query(keys.consultations(town), newest_first=True, limit=LATEST)
            known = tuple(_consultation(town, row) for row in rows)
            self._seen[town] = self.seconds(), known
        found = next((it for it in known if it.is_open(at)), None)
        return OpenConsultation(found, ahead_of(self.marks(town, found.id))) if found else None

    def get(self, town: str, consultation_id: str) -> Consultation | None:
        row = self.table.get(keys.consultations(town), consultation_id) if consultation_id else None
        return _consultation(town, row) if row else None

    def all(self, town: str) -> Sequence[Consultation]:
        rows = self.table.query(keys.consultations(town), newest_first=True)
        return [_consultation(town, row) for row in rows]

    def near(self, town: str, at: datetime) -> Sequence[Consultation]:
        first, last = (f"{at + timedelta(days=days):%Y%m%d}" for days in (-7, 1))
        rows = self.table.between(keys.consultations(town), first, f"{last}{keys.LAST}", newest_first=True)
        return [_consultation(town, row) for row in rows]

    def save(self, before: Consultation | None, after: Consultation) -> bool:
        self._seen.pop(after.town, None)
        guard: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if before is not None:
            values = to_item({":before": before.version})
            guard = {"ConditionExpression": "version = :before", "ExpressionAttributeValues": values}
        try:
            self.table.client.put_item(TableName=self.table.name, Item=to_item(_row(after)), **guard)
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True

    def marks(self, town: str, consultation_id: str) -> Sequence[QueueMark]:
        return [_mark(row) for row in self.table.query(keys.consultation(town, consultation_id))]


def mark_rows(turn: Turn) -> Iterator[Item]:
    """What a turn leaves behind in the queues of consultations; part of its transaction."""
    for consultation_id, mark in marks_of(turn):
        yield {
            "pk": keys.consultation(turn.after.town, consultation_id),
            "sk": keys.queue_mark(mark.at, secrets.token_hex(4)),
            "came": mark.came,
            "is_first": mark.is_first or None,
            "is_answered": mark.is_answered or None,
            "since": keys.instant(mark.since) if mark.since else None,
            "expires_at": int((mark.at + CONSULTATION_MARK).timestamp()),
        }


def _mark(row: Mapping[str, Any]) -> QueueMark:
    since = row.get("since")
    return QueueMark(
        at=keys.parse_instant(row["sk"].partition("#")[0]),
        came=row["came"],
        is_first=row.get("is_first", False),
        is_answered=row.get("is_answered", False),
        since=keys.parse_instant(since) if since else None,
    )


def _row(it: Consultation) -> Item:
    return {
        "pk": keys.consultations(it.town),
        "sk": it.id,
        "opens_at": keys.instant(it.opens_at),
        "closes_at": keys.instant(it.closes_at),
        "host": it.host,
        "announced": it.announced or None,
        "created_by": it.created_by or None,
        "ended_at": keys.instant(it.ended_at) if it.ended_at else None,
        "ended_by": it.ended_by or None,
        "summary": asdict(it.summary) if it.summary else None,
        "version": it.version,
        "expires_at": int((it.closes_at + CONSULTATION).timestamp()),
    }


def _consultation(town: str, row: Mapping[str, Any]) -> Consultation:
    ended, summary = row.get("ended_at"), row.get("summary")
    return Consultation(
        id=row["sk"],
        town=town,
        opens_at=keys.parse_instant(row["opens_at"]),
        closes_at=keys.parse_instant(row["closes_at"]),
        host=row["host"],
        announced=row.get("announced", ""),
        created_by=row.get("created_by", ""),
        ended_at=keys.parse_instant(ended) if ended else None,
        ended_by=row.get("ended_by", ""),
        summary=_summary(summary) if summary else None,
        version=int(row["version"]),
    )


def _summary(row: Mapping[str, Any]) -> ConsultationSummary:
    waits = {name: int(row[name]) for name in ("median_wait_s", "longest_wait_s") if row.get(name) is not None}
    counts = {name: int(row[name]) for name in ("people", "questions", "answered", "left_waiting")}
    return ConsultationSummary(**counts, **waits)
