"""A conversation as rows keep it, and rows around it: notes of staff, long texts compared, messages emptied."""

import json
from collections.abc import Iterator
from datetime import datetime

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Conversation, Flag, LastHeard, ReleaseRequest, StaffAct
from stadtdraht.domain.identifiers import text_digest
from stadtdraht.domain.inbound.inbox import UpdateKind
from stadtdraht.domain.inbound.turn import Note, Turn
from stadtdraht.domain.retention import CONVERSATION, SAME_TEXT, SPENT_NONCE, UPDATE_AS_IT_CAME


def conversation_text(conversation: Conversation) -> str:
    """As it stands in the profile."""
    last = conversation.last
    later = {  # what older rows lack, and is left out where there is nothing to say
        "assigned_to_id": conversation.assigned_to_id,
        "case": conversation.case,
        "consultation": conversation.consultation,
        "unseen_need_since": _instant(conversation.unseen_need_since),
        "release": _release_values(conversation.release),
        "last": [keys.instant(last.at), last.kind, last.words, last.message_id] if last else None,
    }
    return json.dumps(
        {
            "opened_at": keys.instant(conversation.opened_at),
            "last_at": keys.instant(conversation.last_at),
            "waiting_since": _instant(conversation.waiting_since),
            "noted_at": _instant(conversation.noted_at),
            "assigned_to": conversation.assigned_to,
            "flags": sorted(conversation.flags),
            **{name: value for name, value in later.items() if value},
        },
        ensure_ascii=False,
    )


def conversation_in(text: str) -> Conversation:
    """The reverse of `conversation_text`."""
    row = json.loads(text)
    return Conversation(
        opened_at=keys.parse_instant(row["opened_at"]),
        last_at=keys.parse_instant(row["last_at"]),
        waiting_since=_time(row["waiting_since"]),
        noted_at=_time(row["noted_at"]),
        assigned_to=row["assigned_to"],
        flags=frozenset(Flag(flag) for flag in row["flags"]),
        assigned_to_id=row.get("assigned_to_id", ""),
        last=LastHeard(keys.parse_instant(row["last"][0]), *row["last"][1:]) if "last" in row else None,
        case=row.get("case", ""),
        consultation=row.get("consultation", ""),
        unseen_need_since=_time(row.get("unseen_need_since", "")),
        release=_release(row["release"]) if "release" in row else None,
    )


def _release_values(release: ReleaseRequest | None) -> list[str] | None:
    if release is None:
        return None
    whose = [release.words, release.by, release.by_id, release.of, release.of_id]
    return [*whose, keys.instant(release.asked_at), keys.instant(release.seen)]


def _release(values: list[str]) -> ReleaseRequest:
    words, by, by_id, of, of_id, asked_at, seen = values
    return ReleaseRequest(words, by, by_id, of, of_id, keys.parse_instant(asked_at), keys.parse_instant(seen))


def note_row(town: str, citizen_id: str, note: Note) -> Item:
    return {
        "pk": keys.citizen(town, citizen_id),
        "sk": keys.note(note.at, note.by),
        "text": note.text,
        "act": None if note.act is StaffAct.NOTE else str(note.act),
        "by_id": note.by_id or None,
        "expires_at": _expiry(note.at),
    }


def press_row(turn: Turn) -> Item:
    """That a form was posted, and which answers that made."""
    return {
        "pk": keys.citizen(turn.after.town, turn.after.citizen_id),
        "sk": keys.press(text_digest(turn.press)),
        "answers": [answer.ref.answer_id for answer in turn.answers],
        "expires_at": int((turn.at + SPENT_NONCE).timestamp()),
    }


def same_text_row(town: str, citizen_id: str, same_text: str, at: datetime) -> Item:
    """That this person sent this text: its keyed hash, never its words."""
    return {
        "pk": keys.same_text(town, same_text),
        "sk": citizen_id,
        "expires_at": int((at + SAME_TEXT).timestamp()),
    }


def emptied(citizen: Citizen, at: datetime, wamid: str) -> Item:
    """A message of the history without its content. Written over, since this function may not delete."""
    return {
        "pk": keys.citizen(citizen.town, citizen.citizen_id),
        "sk": keys.message(at, wamid),
        "type": "forgotten",
        "expires_at": _expiry(at),
    }


def emptied_updates(citizen: Citizen, at: datetime, wamid: str) -> Iterator[Item]:
    """The same message as it came; it lies where the name points that WhatsApp used then, so under each of them."""
    for shard in sorted({text_digest(name)[0] for name in citizen.identity.spelt}):
        yield {
            "pk": keys.inbox(citizen.town, shard),
            "sk": keys.update(UpdateKind.MESSAGE, wamid),
            "kind": "forgotten",
            "at": keys.instant(at),
            "raw": "{}",
            "expires_at": int((at + UPDATE_AS_IT_CAME).timestamp()),
        }


def _instant(at: datetime | None) -> str:
    return keys.instant(at) if at else ""


def _time(text: str) -> datetime | None:
    return keys.parse_instant(text) if text else None


def _expiry(at: datetime) -> int:
    return int((at + CONVERSATION).timestamp())
