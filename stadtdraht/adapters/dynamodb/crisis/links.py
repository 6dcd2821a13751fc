"""Port CrisisLinks on the table: a row for each link of a town that was not revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.crisis.links import CrisisLink, LinkMode


@dataclass(frozen=True, slots=True)
class DynamoCrisisLinks:
    """Links to the crisis page."""

    table: Table

    def save(self, link: CrisisLink) -> None:
        row = {
            "pk": keys.crisis(link.town),
            "sk": keys.crisis_link(link.link_id),
            "holder": link.holder,
            "mode": link.mode,
            "not_before": keys.instant(link.not_before),
            "valid_until": keys.instant(link.expires_at),
            "key_id": link.key_id,
        }
        self.table.put_all([row])

    def revoke(self, town: str, link_id: str) -> bool:
        if self.get(town, link_id) is None:
            return False
        self.table.delete_all([(keys.crisis(town), keys.crisis_link(link_id))])
        return True

    def get(self, town: str, link_id: str) -> CrisisLink | None:
        row = self.table.get(keys.crisis(town), keys.crisis_link(link_id))
        return _link(town, row) if row else None

    def all(self, town: str) -> Sequence[CrisisLink]:
        return [_link(town, row) for row in self.table.query(keys.crisis(town), prefix=keys.crisis_link(""))]


def _link(town: str, row: dict[str, Any]) -> CrisisLink:
    return CrisisLink(
        row["sk"].removeprefix(keys.crisis_link("")),
        town,
        row["holder"],
        LinkMode(row["mode"]),
        keys.parse_instant(row["not_before"]),
        keys.parse_instant(row["valid_until"]),
        row["key_id"],
    )
