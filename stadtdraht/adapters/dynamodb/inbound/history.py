"""A conversation as people read it: what the person sent, what the town answered, what staff noted."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table
from stadtdraht.domain.conversation import DID_NOT_ARRIVE, Line, LinePage, StaffAct, with_quotes
from stadtdraht.domain.delivery.delivery import Status
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.retention import CONVERSATION

OLDER = 1000  # rows of each kind among which a quoted message before the page is looked for
BESIDE = 20  # lines read along, so that a page does not end within one moment
LAST = "~"  # behind every time
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
            return _message_line(row, files.get(row["sk"].split("#", 2)[2]))
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
                put_forward=row.get("put_forward", ""),
                answers=message_id(str(row.get("message_id") or "")),
                answer_id=rest,
                by_id=row.get("written_by_id", ""),
                **_template_values(body),
            )
        case "NOTE":
            at, _, by = rest.partition("#")
            act = StaffAct(row.get("act", StaffAct.NOTE))
            return Line(
                datetime.fromisoformat(at), "note", "text", row["text"], by=by, act=act, by_id=row.get("by_id", "")
            )
    return None


def _message_line(row: Mapping[str, Any], file: Mapping[str, Any] | None) -> Line:
    message = message_of(row)
    return Line(
        message.at,
        "citizen",
        message.kind,
        message.as_read,
        str(file["state"]) if file else "",
        message_id(message.wamid),  # rows of 0.2 hold wamids
        message_id(message.in_reply_to),
        owner=row["pk"].rpartition("#")[2],
        file=message.wamid if file else "",
        seconds=int(file.get("seconds", 0)) if file else 0,
        file_why=str(file.get("why", "")) if file else "",
        latitude=message.latitude,
        longitude=message.longitude,
        place_name=message.place_name,
        forwarded=message.forwarded,
        often_forwarded=message.often_forwarded,
    )


def _template_values(body: Mapping[str, Any]) -> dict[str, Any]:
    """What fills a template, by the names of its variables."""
    if body["type"] != "template":
        return {}
    parts = [it for part in body["template"].get("components", ()) for it in part.get("parameters", ())]
    filled = tuple((it["parameter_name"], it["text"]) for it in parts if "parameter_name" in it and "text" in it)
    return {"language": body["template"]["language"]["code"], "filled": filled}


def newest_lines(table: Table, town: str, ids: Sequence[str], before: datetime | None, limit: int) -> LinePage:
    """The newest lines before a moment, of everybody who is this person: three short queries for each id, whatever
    else they ever wrote, and a look for each file.
    """
    rows = [row for who in ids for row in _rows_before(table, keys.citizen(town, who), before, limit + BESIDE)]
    found = lines_of(rows[::-1])  # of one moment, what was stored first stands first
    chosen = found[-limit:]
    if len(found) <= limit:
        return LinePage(tuple(_with_older_quotes(table, town, ids, found)))
    oldest = chosen[0].at  # all lines of that moment come along, so that going on before it leaves none out
    shown = [line for line in found if line.at >= oldest]
    return LinePage(tuple(_with_older_quotes(table, town, ids, shown)), oldest)


def _with_older_quotes(table: Table, town: str, ids: Sequence[str], lines: Sequence[Line]) -> Iterator[Line]:
    """With the words of messages before the page that one of its lines answers. Nothing is read where there is none."""
    missing = {line.about for line in lines if line.about and not line.quotes}
    words = _words_of(table, [keys.citizen(town, who) for who in ids], missing) if missing else {}
    for line in lines:
        yield replace(line, quotes=words[line.about]) if not line.quotes and line.about in words else line


def _words_of(table: Table, partitions: Sequence[str], wanted: set[str]) -> dict[str, str]:
    """By id of the message. Their keys are found among the newest of a person, without what stands in the rows."""
    found: dict[str, str] = {}
    for pk in partitions:
        for sk, about in _ids_of(table, pk):
            if about in wanted and about not in found and (row := table.get(pk, sk)):
                line = _line(row, {}, {}, {})
                found[about] = line.text if line else ""
            if len(found) == len(wanted):
                return found
    return found


def _ids_of(table: Table, pk: str) -> Iterator[tuple[str, str]]:
    """Sort key and id of the newest messages and answers."""
    for row in table.query(pk, prefix=keys.MESSAGE, newest_first=True, limit=OLDER, only=("sk",)):
        yield row["sk"], message_id(row["sk"].split("#", 2)[2])
    for row in table.query(pk, prefix=keys.ANSWER, newest_first=True, limit=OLDER, only=("sk", "wamid")):
        if wamid := row.get("wamid"):
            yield row["sk"], message_id(str(wamid))


def _rows_before(table: Table, pk: str, before: datetime | None, limit: int) -> Iterator[Mapping[str, Any]]:
    """The newest messages, notes and answers with their statuses, so many of each, and what came with the messages."""
    until = keys.instant(before) if before else LAST
    for kind in (keys.MESSAGE, keys.NOTE):
        for row in table.between(pk, kind, f"{kind}{until}", limit, newest_first=True):
            yield row
            if "media_id" in row and (media := table.get(pk, keys.media(row["sk"].split("#", 2)[2]))):
                yield media
    second = str(math.ceil(before.timestamp())) if before else LAST
    answers = 0
    for row in table.between(pk, keys.ANSWER, f"{keys.ANSWER}{second}", newest_first=True, page=limit):
        yield row
        answers += "#S#" not in row["sk"]
        if answers == limit:
            return


def _words(body: Mapping[str, Any]) -> str:
    """Of a template its name: what it says is the town's (`words_of_templates.in_words`)."""
    content = body[body["type"]]
    if body["type"] == "template":
        return str(content["name"])
    text = content["body"]
    return str(text["text"] if isinstance(text, Mapping) else text)


def _rank(status: str) -> int:
    return BY_STATUS.index(status) if status in BY_STATUS else -1
