"""Ports of figures on the table: a row for each day of a town, and what a day is counted from, by key."""

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, to_item
from stadtdraht.domain.figures.day import CasesDay, DayFigures, OfferDay, SentNewsletter, Signal, SignalKind
from stadtdraht.domain.figures.traffic import FirstAnswer, Heard
from stadtdraht.domain.retention import FIGURES

END = "9"  # behind every time


@dataclass(frozen=True, slots=True)
class DynamoFigureDays:
    """One partition for each town, a row for each day."""

    table: Table

    def save(self, town: str, figures: DayFigures) -> None:
        self.table.client.put_item(TableName=self.table.name, Item=to_item(day_row(town, figures)))

    def between(self, town: str, first: date, last: date) -> Sequence[DayFigures]:
        return [_figures(row) for row in self.table.between(keys.figures(town), first.isoformat(), last.isoformat())]

    def latest(self, town: str) -> date | None:
        newest = next(self.table.query(keys.figures(town), newest_first=True, limit=1), None)
        return date.fromisoformat(newest["sk"]) if newest else None


@dataclass(frozen=True, slots=True)
class DynamoDayTraffic:
    """Reads times and marks alone; words stay in the table."""

    table: Table

    def people(self, town: str, since: datetime, now: datetime) -> AbstractSet[str]:
        first, last = keys.instant(since), keys.instant(now)
        rows = (
            row
            for month in months_between(first[:7], last[:7])
            for row in self.table.between(keys.recent(town, month), first, END, only=("sk", "over"))
        )
        return {row["sk"].partition("#")[2] for row in rows if not row.get("over")}

    def heard(self, town: str, citizen_id: str, begins: datetime, ends: datetime) -> Sequence[Heard]:
        rows = self.table.between(
            keys.citizen(town, citizen_id),
            keys.message(begins, ""),
            keys.message(ends, ""),
            only=("sk", "is_for_staff"),
        )
        return [Heard(keys.parse_instant(row["sk"].split("#", 2)[1]), row.get("is_for_staff", False)) for row in rows]

    def answers(self, town: str, citizen_id: str, begins: datetime, ends: datetime) -> Sequence[FirstAnswer]:
        first, last = (f"{int(at.timestamp())}" for at in (begins, ends))
        rows = self.table.between(
            keys.citizen(town, citizen_id), keys.answer(first), keys.answer(last), only=("sk", "waited_since")
        )
        found: dict[str, FirstAnswer] = {}
        for row in rows:
            if "waited_since" in row:
                since = row["waited_since"]
                at = datetime.fromtimestamp(int(row["sk"].removeprefix(keys.ANSWER).partition("-")[0]), begins.tzinfo)
                found.setdefault(since, FirstAnswer(at, keys.parse_instant(since)))
        return list(found.values())

    def is_known_before(self, town: str, citizen_id: str, at: datetime) -> bool:
        pk, until = keys.citizen(town, citizen_id), keys.instant(at)
        return any(
            True
            for prefix in (keys.MESSAGE, keys.CONSENT)
            for _ in self.table.between(pk, prefix, f"{prefix}{until}", limit=1, only=("sk",))
        )


def day_row(town: str, figures: DayFigures) -> Item:
    """A day as it is stored."""
    ends_at = datetime.combine(figures.day, time(), figures.counted_at.tzinfo) + FIGURES
    return {
        "pk": keys.figures(town),
        "sk": figures.day.isoformat(),
        "figures": _text(figures),
        "expires_at": int(ends_at.timestamp()),
    }


def months_between(first: str, last: str) -> Iterator[str]:
    """Such as "2026-11", both ends included."""
    year, month = map(int, first.split("-"))
    while f"{year:04}-{month:02}" <= last:
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - months of a year


def _text(figures: DayFigures) -> str:
    values = {name: value for name, value in asdict(figures).items() if name not in ("day", "counted_at")}
    return json.dumps(values | {"counted_at": keys.instant(figures.counted_at)}, ensure_ascii=False)


def _figures(row: Mapping[str, Any]) -> DayFigures:
    values = json.loads(row["figures"])
    return DayFigures(
        **values
        | {
            "day": date.fromisoformat(row["sk"]),
            "counted_at": keys.parse_instant(values["counted_at"]),
            "offers": {offer: OfferDay(**it) for offer, it in values["offers"].items()},
            "sent": tuple(SentNewsletter(**it) for it in values["sent"]),
            "messages": tuple(values["messages"]),
            "enquiries": tuple(values["enquiries"]),
            "answer_minutes": {int(minutes): people for minutes, people in values["answer_minutes"].items()},
            "signals": tuple(
                Signal(SignalKind(it["kind"]), it["count"], it["usual"]) for it in values.get("signals", ())
            ),
            "cases": {kind: CasesDay(**it) for kind, it in values["cases"].items()},
        }
    )
