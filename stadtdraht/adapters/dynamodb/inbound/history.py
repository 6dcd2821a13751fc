"""A conversation as people read it: what the person sent, what the town answered, what staff noted."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item
from stadtdraht.domain.conversation import DID_NOT_ARRIVE, Line, StaffAct, with_quotes
from stadtdraht.domain.delivery.delivery import Status
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.retention import CONVERSATION

BY_STATUS = ("sent", "delivered", "read", "failed")


def lines_of(rows: Sequence[Mapping[str, Any]]) -> Sequence[Line]:
    """The conversation in a citizen's rows, oldest first."""
    files = {row["sk"].removeprefix(keys.MEDIA): row for row in rows if row["sk"].startswith(keys.MEDIA)}
    states: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for row in rows:
        answer_id, is_status, rest = row["sk"].removeprefix(keys.ANSWER).partition("#S#")
        if row["sk"].startswith(keys.ANSWER) and is_status:
            states[answer_id] = max(states.get(answer_id, ""), rest.rpartition("#")[2], key=_rank)
            reasons |= {answer_id: str(row["code"])} if rest.endswith(str(Status.FAILED)) and "code" in row else {}
    return with_quotes(line for row in rows if (line := _line(row, files, states, reasons)))


def message_row(town: str, citizen_id: str, message: IncomingMessage, *, is_for_staff: bool = False) -> Item:
    """A message as the history keeps it, and whether somebody of the town had to read it, for the figures."""
    return {
        "pk": keys.citizen(town, citizen_id),
        "sk": keys.message(message.at, message.wamid),
        "type": message.kind,
        "text": message.text or None,
        "enclosed": message.enclosed or None,
        "choice": message.choice or None,
        "media_id": message.media_id or None,
        "latitude": message.latitude or None,
        "longitude": message.longitude or None,
        "place_name": message.place_name or None,
        "in_reply_to": message.in_reply_to or None,
        "profile_name": message.profile_name or None,
        "forwarded": message.forwarded or None,
        "often_forwarded": message.often_forwarded or None,
        "is_for_staff": is_for_staff or None,
        "expires_at": int((message.at + CONVERSATION).timestamp()),
    }


def message_of(row: Mapping[str, Any]) -> IncomingMessage:
    """The message in a row of the history."""
    _, at, wamid = row["sk"].split("#", 2)
    names = (
        "text",
        "enclosed",
        "choice",
        "media_id",
        "latitude",
        "longitude",
        "place_name",
        "in_reply_to",
        "profile_name",
    )
    values = {name: row[name] for name in (*names, "forwarded", "often_forwarded") if name in row}
    return IncomingMessage(wamid, keys.parse_instant(at), row["type"], **values)


def _line(
    row: Mapping[str, Any],
    files: Mapping[str, Mapping[str, Any]],
    states: Mapping[str, str],
    reasons: Mapping[str, str],
) -> Line | None:
    kind, _, rest = row["sk"].partition("#")
    match kind:
        case "MESSAGE":
            message = message_of(row)
            state = str(files[message.wamid]["state"]) if message.wamid in files else ""
            named = message_id(message.wamid), message_id(message.in_reply_to)  # rows of 0.2 hold wamids
            return Line(message.at, "citizen", message.kind, message.as_read, state, *named)
        case "ANSWER" if "#S#" not in rest:
            body = json.loads(row["body"])
            at_s = int(rest.partition("-")[0])
            state = states.get(rest) or str(row.get("outcome") or row["progress"])
            at, wamid = datetime.fromtimestamp(at_s, UTC), message_id(str(row.get("wamid") or ""))
            reason = reasons.get(rest) or str(row.get("code", "")) if state in DID_NOT_ARRIVE else ""
            return Line(
                at,
                "town",
                body["type"],
                _words(body),
                state,
                wamid,
                reason=reason,
                by=row.get("written_by", ""),
                released_by=row.get("released_by", ""),
                answers=message_id(str(row.get("message_id") or "")),
                answer_id=rest,
            )
        case "NOTE":
            at, _, by = rest.partition("#")
            act = StaffAct(row.get("act", StaffAct.NOTE))
            return Line(datetime.fromisoformat(at), "note", "text", row["text"], by=by, act=act)
    return None


def _words(body: Mapping[str, Any]) -> str:
    content = body[body["type"]]
    text = content["body"]
    return str(text["text"] if isinstance(text, Mapping) else text) if body["type"] != "template" else content["name"]


def _rank(status: str) -> int:
    return BY_STATUS.index(status) if status in BY_STATUS else -1
