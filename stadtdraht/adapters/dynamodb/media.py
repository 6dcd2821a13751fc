"""Port MediaRows on the table: a row beside the message, and a second one while somebody should look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, condition_failed, to_item
from stadtdraht.domain.media.media import Media, MediaFailure, MediaKind, MediaState


@dataclass(frozen=True, slots=True)
class DynamoMediaRows:
    """The sign of trouble is set before the row and taken away after it, so that no trouble goes unseen."""

    table: Table

    def load(self, town: str, citizen_id: str, wamid: str) -> Media | None:
        row = self.table.get(keys.citizen(town, citizen_id), keys.media(wamid))
        return _media(town, citizen_id, row) if row else None

    def save(self, before: Media, after: Media) -> bool:
        sign = _sign(after)
        if after.in_trouble:
            self.table.put_all([sign])
        stood = self._replace(before, after)
        over = stood and not after.in_trouble
        if over or not (stood or self.load(after.town, after.citizen_id, after.wamid)):
            self.table.delete_all([(sign["pk"], sign["sk"])])
        return stood

    def in_trouble(self, town: str) -> Sequence[Media]:
        signs = self.table.query(keys.media_trouble(town))
        found = (self.load(town, *sign["sk"].split("#", 1)) for sign in signs)
        return [media for media in found if media and media.in_trouble]

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Media]:
        rows = self.table.query(keys.citizen(town, citizen_id), prefix=keys.MEDIA)
        return [_media(town, citizen_id, row) for row in rows]

    def _replace(self, before: Media, after: Media) -> bool:
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=to_item(media_row(after)),
                ConditionExpression="attempts = :attempts AND #state = :state",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues=to_item({":attempts": before.attempts, ":state": str(before.state)}),
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True


def media_row(media: Media) -> Item:
    """The row, also as part of the citizen's transaction."""
    return {
        "pk": keys.citizen(media.town, media.citizen_id),
        "sk": keys.media(media.wamid),
        "media_id": media.media_id,
        "media_kind": str(media.kind),  # `kind` is what the table's stream is filtered by
        "at": keys.instant(media.at),
        "state": str(media.state),
        "why": str(media.why) if media.why else None,
        "said_type": media.said_type or None,
        "type": media.type or None,
        "size_bytes": media.size_bytes,
        "sha256": media.sha256 or None,
        "original": media.original or None,
        "shown": media.shown or None,
        "thumbnail": media.thumbnail or None,
        "seconds": media.seconds or None,
        "attempts": media.attempts,
        "expires_at": int(media.expires_at.timestamp()),
    }


def signs_of(town: str, citizen_id: str, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """(pk, sk) of every sign of trouble that the rows of a citizen may have, for their erasure."""
    wamids = (row["sk"].removeprefix(keys.MEDIA) for row in rows if row["sk"].startswith(keys.MEDIA))
    return [(keys.media_trouble(town), keys.troubled(citizen_id, wamid)) for wamid in wamids]


def _sign(media: Media) -> Item:
    return {
        "pk": keys.media_trouble(media.town),
        "sk": keys.troubled(media.citizen_id, media.wamid),
        "expires_at": int(media.expires_at.timestamp()),
    }


def _media(town: str, citizen_id: str, row: Mapping[str, Any]) -> Media:
    return Media(
        town=town,
        citizen_id=citizen_id,
        wamid=row["sk"].removeprefix(keys.MEDIA),
        media_id=row["media_id"],
        kind=MediaKind(row["media_kind"]),
        at=keys.parse_instant(row["at"]),
        state=MediaState(row["state"]),
        why=MediaFailure(row["why"]) if "why" in row else None,
        said_type=row.get("said_type", ""),
        type=row.get("type", ""),
        size_bytes=int(row["size_bytes"]),
        sha256=row.get("sha256", ""),
        original=row.get("original", ""),
        shown=row.get("shown", ""),
        thumbnail=row.get("thumbnail", ""),
        seconds=int(row.get("seconds", 0)),
        attempts=int(row["attempts"]),
    )
