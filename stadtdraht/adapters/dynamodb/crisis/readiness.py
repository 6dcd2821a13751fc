"""Port Lamps on the table: one row per town, written whole by each look."""

import json
from dataclasses import dataclass

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.crisis.readiness import Lamp, Light, LightName, as_plain


@dataclass(frozen=True, slots=True)
class DynamoLamps:
    """Ready lamps."""

    table: Table

    def get(self, town: str) -> Lamp | None:
        row = self.table.get(keys.lamp(town), keys.META)
        if row is None:
            return None
        lights = tuple(
            Light(LightName(it["name"]), it["well"], it["found"], it["grave"])
            for it in json.loads(row["lights"])
            if it["name"] in set(LightName)  # another version may know more of them
        )
        return Lamp(lights, keys.parse_instant(row["looked_at"]))

    def save(self, town: str, lamp: Lamp) -> None:
        row = {
            "pk": keys.lamp(town),
            "sk": keys.META,
            "looked_at": keys.instant(lamp.looked_at),
            "lights": json.dumps(as_plain(lamp)["lights"], ensure_ascii=False),
        }
        self.table.put_all([row])
