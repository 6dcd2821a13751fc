"""A conversation as people read it: what the person sent, what the town answered, what staff noted."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.domain.conversation import Line

BY_STATUS = ("sent", "delivered", "read", "failed")


def lines_of(rows: Sequence[Mapping[str, Any]]) -> Sequence[Line]:
    """The conversation in a citizen's rows, oldest first."""
    files = {row["sk"].removeprefix(keys.MEDIA): row for row in rows if row["sk"].startswith(keys.MEDIA)}
    states: dict[str, str] = {}
    for row in rows:
        answer_id, is_status, rest = row["sk"].removeprefix(keys.ANSWER).partition("#S#")
        if row["sk"].startswith(keys.ANSWER) and is_status:
            states[answer_id] = max(states.get(answer_id, ""), rest.rpartition("#")[2], key=_rank)
    lines = [line for row in rows if (line := _line(row, files, states))]
    return sorted(lines, key=lambda line: line.at)


def _line(row: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]], states: Mapping[str, str]) -> Line | None:
    kind, _, rest = row["sk"].partition("#")
    match kind:
        case "MESSAGE":
            at, _, wamid = rest.partition("#")
            state = str(files[wamid]["state"]) if wamid in files else ""
            place = f"{row['latitude']}, {row['longitude']}" if "latitude" in row else ""
            text = " ".join(part for part in (row.get("text", ""), place) if part)
            return Line(datetime.fromisoformat(at), "citizen", row["type"], text, state, wamid)
        case "ANSWER" if "#S#" not in rest:
            body = json.loads(row["body"])
            at_s = int(rest.partition("-")[0])
            state = states.get(rest) or str(row.get("outcome") or row["progress"])
            return Line(datetime.fromtimestamp(at_s, UTC), "town", body["type"], _words(body), state)
        case "NOTE":
            at, _, by = rest.partition("#")
            return Line(datetime.fromisoformat(at), "note", "text", f"{by}: {row['text']}")
    return None


def _words(body: Mapping[str, Any]) -> str:
    content = body[body["type"]]
    text = content["body"]
    return str(text["text"] if isinstance(text, Mapping) else text) if body["type"] != "template" else content["name"]


def _rank(status: str) -> int:
    return BY_STATUS.index(status) if status in BY_STATUS else -1
