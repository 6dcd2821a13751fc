"""Port Standings on the table: one row per town, written whole by whoever looked last."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.standing import TownStanding
from stadtdraht.domain.whatsapp_account import NumberFacts, StandingTemplate


@dataclass(frozen=True, slots=True)
class DynamoStandings:
    """How towns stand at Meta."""

    table: Table

    def get(self, town: str) -> TownStanding | None:
        row = self.table.get(keys.standing(town), keys.META)
        if row is None:
            return None
        number = NumberFacts(**json.loads(row["number"]))
        templates = tuple(_template(it) for it in json.loads(row["templates"]))
        counted = row.get("crisis_audience")
        audience = None if counted is None else int(counted)
        return TownStanding(keys.parse_instant(row["seen_at"]), number, templates, audience)

    def save(self, town: str, standing: TownStanding) -> None:
        row = {
            "pk": keys.standing(town),
            "sk": keys.META,
            "seen_at": keys.instant(standing.seen_at),
            "number": json.dumps(asdict(standing.number)),
            "crisis_audience": standing.crisis_audience,
            "templates": json.dumps([asdict(it) for it in standing.templates], ensure_ascii=False),
        }
        self.table.put_all([row])


def _template(values: dict[str, Any]) -> StandingTemplate:
    lists = {name: tuple(values.get(name, ())) for name in ("quick_replies", "more")}
    return StandingTemplate(**values | lists)
