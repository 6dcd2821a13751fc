"""Port Broadcasts on the table."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, cast

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastKind, BroadcastState, Item, Portion
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest, SentBack
from stadtdraht.domain.identifiers import BROADCAST, town_of

_MOMENTS = (
    "created_at",
    "changed_at",
    "released_at",
    "starts_at",
    "first_at",
    "next_at",
    "expires_at",
    "held_at",
)
SIDE_BY_SIDE: Final = 8  # rows read at a time: a list of forty would else wait forty times
NEWSLETTER_SHAPE: Final = 2  # 1: one story, topic and district, and no time of its making
_SETS = ("topics", "districts", "languages", "topics_over", "writer_ids")


@dataclass(frozen=True, slots=True)
class DynamoBroadcasts:
    """Newsletters: one META row each, and a list per town."""

    table: Table

    def create(self, broadcast: Broadcast) -> bool:
        listed = {
            "pk": keys.causes(broadcast.town, BROADCAST),
            "sk": keys.listed(broadcast.created_at, broadcast.broadcast_id),
            "cause": broadcast.broadcast_id,
        }
        try:
            self.table.client.transact_write_items(
                TransactItems=[
                    {
                        "Put": {
                            "TableName": self.table.name,
                            "Item": to_item(_row(broadcast)),
                            "ConditionExpression": "attribute_not_exists(pk)",
                        }
                    },
                    {"Put": {"TableName": self.table.name, "Item": to_item(listed)}},
                ]
            )
        except ClientError as error:
            reasons = error.response.get("CancellationReasons", [])
            if not any(reason.get("Code") == "ConditionalCheckFailed" for reason in reasons):
                raise
            return False
        return True

    def get(self, broadcast_id: str) -> Broadcast | None:
        row = self.table.get(keys.cause(broadcast_id), keys.META) if town_of(broadcast_id) else None
        return _broadcast(row["broadcast"]) if row and "broadcast" in row else None

    def replace(self, before: Broadcast, after: Broadcast) -> bool:
        expected = _text(before)
        while not self._put(after, expected):
            row = self.table.get(keys.cause(before.broadcast_id), keys.META)
            stored = row["broadcast"] if row else ""
            if stored in ("", expected) or _broadcast(stored) != before:
                return False
            expected = stored  # it says the same, as an earlier version wrote it
        return True

    def _put(self, after: Broadcast, expected: str) -> bool:
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=to_item(_row(after)),
                ConditionExpression="broadcast = :before",
                ExpressionAttributeValues=to_item({":before": expected}),
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True

    def recent(self, town: str, limit: int = 20, behind: Broadcast | None = None) -> Sequence[Broadcast]:
        pk = keys.causes(town, BROADCAST)
        if behind is None:
            rows = self.table.query(pk, newest_first=True, limit=limit)
        else:
            older = {":pk": pk, ":seen": keys.listed(behind.created_at, behind.broadcast_id)}
            rows = self.table.pages("pk = :pk AND sk < :seen", older, forward=False, limit=limit)
        causes = [row["cause"] for row in rows]
        with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
            return [it for it in threads.map(self.get, causes) if it]


def _row(broadcast: Broadcast) -> dict[str, Any]:
    key = {"pk": keys.cause(broadcast.broadcast_id), "sk": keys.META}
    return {**key, keys.SHAPE: NEWSLETTER_SHAPE, "broadcast": _text(broadcast)}


def renewed_newsletter(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A META row of any shape in the present one."""
    return {**row, **_row(_broadcast(row["broadcast"]))}


def _text(broadcast: Broadcast) -> str:
    return json.dumps(asdict(broadcast), ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> object:
    """Sets in order and moments as text, so that equal newsletters are equal rows."""
    return keys.instant(value) if isinstance(value, datetime) else sorted(cast("frozenset[str]", value))


def _broadcast(text: str) -> Broadcast:
    """Rows of 0.1 have one teaser, one topic and one district, and were released when they were made."""
    values = json.loads(text)
    if "items" not in values:
        values["items"] = [{name: values.pop(name) for name in ("title", "teaser", "link")}]
        for one, several in (("topic", "topics"), ("district", "districts")):
            values[several] = [found] if (found := values.pop(one, "")) else []
        values["created_at"] = values["released_at"]
    moments = {name: keys.parse_instant(values[name]) for name in _MOMENTS if values.get(name)}
    sets = {name: frozenset(values[name]) for name in _SETS if name in values}
    kinds = {"state": BroadcastState(values["state"]), "kind": BroadcastKind(values.get("kind", BroadcastKind.SINGLE))}
    return Broadcast(**values | moments | sets | kinds | _parts(values))


def _parts(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "items": tuple(_item(it) for it in values["items"]),
        "portions": tuple(_portion(it) for it in values.get("portions", ())),
        "asked": _asked(values.get("asked")),
        "sent_back": _sent_back(values.get("sent_back")),
    }


def _asked(values: dict[str, Any] | None) -> ReleaseRequest | None:
    if values is None:
        return None
    starts_at = values["starts_at"]
    parsed = {
        "by": Colleague(**values["by"]),
        "of": Colleague(**values["of"]) if values["of"] else None,
        "at": keys.parse_instant(values["at"]),
        "starts_at": keys.parse_instant(starts_at) if starts_at else None,
    }
    return ReleaseRequest(**values | parsed)


def _sent_back(values: dict[str, Any] | None) -> SentBack | None:
    if values is None:
        return None
    return SentBack(Colleague(**values["by"]), values["why"], keys.parse_instant(values["at"]))


def _portion(values: dict[str, Any]) -> Portion:
    return Portion(**values | {"starts_at": keys.parse_instant(values["starts_at"])})


def _item(values: dict[str, Any]) -> Item:
    until = values.get("valid_until")
    return Item(**values | {"valid_until": keys.parse_instant(until) if until else None})
