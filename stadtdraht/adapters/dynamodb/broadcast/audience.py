"""Port Audience on the table: 16 partitions per offer, one ordered range of citizen ids."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.citizen import Recipient, WireIdentity
from stadtdraht.domain.conversation import SERVICE_WINDOW
from stadtdraht.domain.identifiers import SHARDS, shard_of
from stadtdraht.domain.town import Offer


@dataclass(frozen=True, slots=True)
class DynamoAudience:
    """Recipients of an offer. Rows are written where consent changes, by `audience_row`."""

    table: Table

    def scan(self, town: str, offer: Offer) -> Iterator[Recipient]:
        for shard in SHARDS:
            for row in self.table.query(keys.audience(town, offer, shard)):
                yield _recipient(row)

    def open_windows(self, town: str, at: datetime) -> AbstractSet[str]:
        rows = self.table.query(keys.windows(town))
        return {row["sk"] for row in rows if at < keys.parse_instant(row["until"])}

    async def window_is_open(self, town: str, citizen_id: str, at: datetime) -> bool:
        row = await asyncio.to_thread(self.table.get, keys.windows(town), citizen_id)
        return row is not None and at < keys.parse_instant(row["until"])

    async def block(self, town: str, offer: Offer, after: str, upto: str, limit: int) -> Sequence[Recipient]:
        return await asyncio.to_thread(self._block, town, offer, after, upto, limit)

    def _block(self, town: str, offer: Offer, after: str, upto: str, limit: int) -> Sequence[Recipient]:
        found: list[Recipient] = []
        for shard in SHARDS:
            if len(found) == limit or not after[:1] <= shard <= upto[:1]:
                continue
            rows = self.table.between(keys.audience(town, offer, shard), after, upto, limit=limit - len(found) + 1)
            found += [_recipient(row) for row in rows if row["sk"] != after]
        return found[:limit]

    async def some(self, town: str, offer: Offer, citizen_ids: Sequence[str]) -> Sequence[Recipient]:
        return await asyncio.to_thread(self._some, town, offer, citizen_ids)

    def _some(self, town: str, offer: Offer, citizen_ids: Sequence[str]) -> Sequence[Recipient]:
        rows = (self.table.get(keys.audience(town, offer, shard_of(one)), one) for one in citizen_ids)
        return [_recipient(row) for row in rows if row]


def window_row(town: str, citizen_id: str, wrote_at: datetime) -> dict[str, Any]:
    """That a citizen wrote, so that a plan can count who is free to be written to."""
    until = wrote_at + SERVICE_WINDOW
    return {
        "pk": keys.windows(town),
        "sk": citizen_id,
        "until": keys.instant(until),
        "expires_at": int(until.timestamp()),
    }


def audience_row(town: str, offer: Offer, recipient: Recipient) -> dict[str, Any]:
    """The row that makes a citizen a recipient of an offer."""
    return {
        "pk": keys.audience(town, offer, shard_of(recipient.citizen_id)),
        "sk": recipient.citizen_id,
        "user_id": recipient.identity.user_id,
        "phone": recipient.identity.phone,
        "since": keys.instant(recipient.since),
        "language": recipient.language,
        "district": recipient.district or None,
        "topics": sorted(recipient.topics) or None,
        "left_at": keys.instant(recipient.left_at) if recipient.left_at else None,
    }


def _recipient(row: Mapping[str, Any]) -> Recipient:
    left_at = row.get("left_at")
    return Recipient(
        citizen_id=row["sk"],
        identity=WireIdentity(row.get("user_id"), row.get("phone")),
        since=keys.parse_instant(row["since"]),
        language=row.get("language", "de"),
        district=row.get("district", ""),
        topics=frozenset(row.get("topics", ())),
        left_at=keys.parse_instant(left_at) if left_at else None,
    )
