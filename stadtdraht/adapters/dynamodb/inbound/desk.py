"""Ports Desk and TextBlocks on the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.inbound.desk import Draft, Reader
from stadtdraht.domain.inbound.text_blocks import TextBlock
from stadtdraht.domain.retention import DRAFT, LOOKING, SENT_FORM


@dataclass(frozen=True, slots=True)
class DynamoDesk:
    """A draft stands with its person, so that it is given out, held and erased with them."""

    table: Table

    def save_draft(self, draft: Draft) -> None:
        end = draft.at + (DRAFT if draft.words else SENT_FORM)  # written over: no function may delete
        row = {
            "pk": keys.citizen(draft.town, draft.citizen_id),
            "sk": keys.draft(draft.staff_id),
            "text": draft.words or None,
            "at": keys.instant(draft.at),
            "form": draft.form or None,
            "sent": draft.is_sent or None,
            "expires_at": int(end.timestamp()),
        }
        guard = _unless_it_comes_late(draft) if draft.form and not draft.is_sent else {}
        try:
            self.table.client.put_item(TableName=self.table.name, Item=to_item(row), **guard)
        except ClientError as error:
            if not condition_failed(error):
                raise

    def draft(self, town: str, citizen_id: str, staff_id: str) -> Draft | None:
        row = self.table.get(keys.citizen(town, citizen_id), keys.draft(staff_id))
        if row is None or "text" not in row:
            return None
        return Draft(town, citizen_id, staff_id, row["text"], keys.parse_instant(row["at"]), row.get("form", ""))

    def look(self, reader: Reader) -> None:
        row = {
            "pk": keys.looking(reader.town),
            "sk": keys.looks(reader.citizen_id, reader.staff_id),
            "name": reader.name,
            "at": keys.instant(reader.at),
            "expires_at": int((reader.at + LOOKING).timestamp()),
        }
        _put(self.table, row)

    def readers(self, town: str, now: datetime, citizen_id: str = "") -> Sequence[Reader]:
        rows = self.table.query(keys.looking(town), prefix=keys.looks(citizen_id, "") if citizen_id else "")
        return [it for it in _readers(town, rows) if it.reads(now)]


@dataclass(frozen=True, slots=True)
class DynamoTextBlocks:
    """One partition for each town."""

    table: Table

    def all(self, town: str) -> Sequence[TextBlock]:
        rows = [row for row in self.table.query(keys.texts(town)) if not row.get("over")]
        return [_block(town, row) for row in rows]

    def get(self, town: str, block_id: str) -> TextBlock | None:
        row = self.table.get(keys.texts(town), block_id) if block_id else None
        return _block(town, row) if row and not row.get("over") else None

    def save(self, block: TextBlock) -> None:
        row = {
            "pk": keys.texts(block.town),
            "sk": block.id,
            "title": block.title,
            "text": block.words,
            "topic": block.topic or None,
            "language": block.language,
            "owner": block.owner or None,
            "used": block.used,
        }
        _put(self.table, row)

    def remove(self, town: str, block_id: str, now: datetime) -> None:
        row = {"pk": keys.texts(town), "sk": block_id, "over": True, "expires_at": int(now.timestamp())}
        _put(self.table, row)


def _unless_it_comes_late(draft: Draft) -> dict[str, Any]:
    """`Draft.comes_late`, compared where it is stored, so that nothing is read first."""
    return {
        "ConditionExpression": "attribute_not_exists(#sent) OR #form <> :form OR #at <= :long_ago",
        "ExpressionAttributeNames": {f"#{name}": name for name in ("sent", "form", "at")},
        "ExpressionAttributeValues": to_item({":form": draft.form, ":long_ago": keys.instant(draft.at - SENT_FORM)}),
    }


def _put(table: Table, row: Mapping[str, Any]) -> None:
    table.client.put_item(TableName=table.name, Item=to_item(row))  # a batch would need the right to delete


def _readers(town: str, rows: Iterable[Mapping[str, Any]]) -> Iterable[Reader]:
    for row in rows:
        citizen_id, _, staff_id = row["sk"].partition("#")
        yield Reader(town, citizen_id, staff_id, row["name"], keys.parse_instant(row["at"]))


def _block(town: str, row: Mapping[str, Any]) -> TextBlock:
    return TextBlock(
        town=town,
        id=row["sk"],
        title=row["title"],
        words=row["text"],
        topic=row.get("topic", ""),
        language=row["language"],
        owner=row.get("owner", ""),
        used=int(row["used"]),
    )
