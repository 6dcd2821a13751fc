"""Port AccountSnapshots on the table: one row per town, written whole by the last look, and one for each notice."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.whatsapp.account import AccountSnapshot, NumberFacts, TemplateSnapshot
from stadtdraht.domain.whatsapp.account_events import Matter, Notice


@dataclass(frozen=True, slots=True)
class DynamoAccountSnapshots:
    """How towns stand at Meta."""

    table: Table

    def get(self, town: str) -> AccountSnapshot | None:
        row = self.table.get(keys.account_snapshot(town), keys.META)
        if row is None:
            return None
        number = NumberFacts(**json.loads(row["number"]))
        templates = tuple(_template(it) for it in json.loads(row["templates"]))
        counted = row.get("crisis_audience")
        audience = None if counted is None else int(counted)
        return AccountSnapshot(keys.parse_instant(row["seen_at"]), number, templates, audience)

    def save(self, town: str, snapshot: AccountSnapshot) -> None:
        row = {
            "pk": keys.account_snapshot(town),
            "sk": keys.META,
            "seen_at": keys.instant(snapshot.seen_at),
            "number": json.dumps(asdict(snapshot.number)),
            "crisis_audience": snapshot.crisis_audience,
            "templates": json.dumps([asdict(it) for it in snapshot.templates], ensure_ascii=False),
        }
        self.table.put_all([row])

    def add_notices(self, town: str, notices: Sequence[Notice]) -> None:
        """A notice that was told twice has one row, whichever comes first."""
        rows = {(row["pk"], row["sk"]): row for row in (_notice_row(town, it) for it in notices)}
        self.table.put_all(list(rows.values()))

    def notices(self, town: str) -> Sequence[Notice]:
        return [_notice(row) for row in self.table.query(keys.account_snapshot(town), prefix=keys.NOTICE)]


def _notice_row(town: str, notice: Notice) -> dict[str, Any]:
    return {
        "pk": keys.account_snapshot(town),
        "sk": keys.notice(notice.told_at, notice.matter, notice.subject, over=notice.over),
        "matter": str(notice.matter),
        "subject": notice.subject or None,
        "told_at": keys.instant(notice.told_at),
        "found": notice.found or None,
        "until": keys.instant(notice.until) if notice.until else None,
        "over": notice.over or None,
    }


def _notice(row: Mapping[str, Any]) -> Notice:
    until = row.get("until")
    return Notice(
        matter=Matter(row["matter"]),
        subject=row.get("subject", ""),
        told_at=keys.parse_instant(row["told_at"]),
        found=row.get("found", ""),
        until=keys.parse_instant(until) if until else None,
        over=row.get("over", False),
    )


def _template(values: dict[str, Any]) -> TemplateSnapshot:
    lists = {name: tuple(values.get(name, ())) for name in ("quick_replies", "more")}
    return TemplateSnapshot(**values | lists)
