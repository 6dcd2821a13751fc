"""What stands open between a person and the line, as the profile keeps it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item
from stadtdraht.domain.dialogue import Asked, Dialogue, Question
from stadtdraht.domain.town import Offer


def dialogue_values(dialogue: Dialogue) -> Item:
    """`dialogue` names the open question; `dialogue_data` is JSON of texts with everything else."""
    asks = dialogue.question
    data = {
        "asked_at": keys.instant(asks.at) if asks else "",
        "offers": ",".join(asks.offers) if asks else "",
        "topics": ",".join(asks.topics) if asks else "",
        "about": asks.about if asks else "",
        "case": dialogue.last_case,
        "acknowledged_at": _text(dialogue.acknowledged_at),
        "in_call": _text(dialogue.in_contest_since),
        "held": ",".join(dialogue.held_entries),
        "courtesy_for": dialogue.courtesy_for,
        "told_alert": dialogue.told_alert,
    }
    return {
        "dialogue": str(asks.asked) if asks else None,
        "dialogue_data": json.dumps({name: value for name, value in data.items() if value}),
    }


def dialogue_of(row: Mapping[str, Any]) -> Dialogue:
    """The reverse. Rows from before questions had a time: asked when the person last wrote."""
    data = json.loads(row.get("dialogue_data", "{}"))
    return Dialogue(
        question=_question(row.get("dialogue", ""), data, row.get("last_inbound_at", "")),
        last_case=data.get("case", ""),
        acknowledged_at=_time(data.get("acknowledged_at", "")),
        in_contest_since=_time(data.get("in_call", "")),
        held_entries=_listed(data, "held"),
        courtesy_for=data.get("courtesy_for", ""),
        told_alert=data.get("told_alert", ""),
    )


def _question(asked: str, data: Mapping[str, str], last_inbound_at: str) -> Question | None:
    at = data.get("asked_at", "") or last_inbound_at
    if asked not in list(Asked) or not at:
        return None
    return Question(
        Asked(asked),
        keys.parse_instant(at),
        tuple(Offer(name) for name in _listed(data, "offers")),
        _listed(data, "topics"),
        data.get("about", ""),
    )


def _listed(data: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part for part in data.get(name, "").split(",") if part)


def _text(at: datetime | None) -> str:
    return keys.instant(at) if at else ""


def _time(text: str) -> datetime | None:
    """Older rows hold ISO times with an offset, newer ones instants."""
    return datetime.fromisoformat(text) if text else None
