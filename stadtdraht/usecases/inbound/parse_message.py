"""Reads a stored message: who wrote it, and what of it we keep in the conversation. Source: Meta, messages, 2026-09."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.errors import NotOurs
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.inbox import InboxUpdate
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.usecases.inbound.message_content import enclosed_in, original_of, part_of, reply_in, text_in

LONGEST_NAME = 150  # characters of a number or BSUID; Meta, business-scoped user ids, 2026-09: 128 and the country
PROOF_CHARACTERS = 200  # of a wamid; real ones have 80, and a sort key takes no more than 1,024 bytes
LONGEST_ID, LONGEST_DEGREES = 400, 30  # beyond any of Meta's, and below what a key holds


def raw_in(update: InboxUpdate) -> Mapping[str, Any]:
    """The update as the webhook stored it; nothing of one that was emptied since. Raises NotOurs."""
    try:
        raw = json.loads(update.raw)
    except (ValueError, RecursionError):
        raise NotOurs("an update's row holds no JSON") from None
    if not isinstance(raw, Mapping):
        raise NotOurs("an update's row holds no object")
    return raw


def identity_in(raw: Mapping[str, Any]) -> WireIdentity:
    """Raises NotOurs when the message names nobody: the webhook hands none on."""
    try:
        return _identity_in(raw)
    except ValueError:
        raise NotOurs("a message names nobody") from None


def _identity_in(raw: Mapping[str, Any]) -> WireIdentity:
    if names := _part(raw, "preference") or _part(raw, "names"):
        return WireIdentity(_said(names, "user_id") or _bsuid(names, "wa_id"), _phone(names, "wa_id"))
    message, contact = _part(raw, "message"), _part(raw, "contact")
    system = _part(message, "system")
    if has_new_number(raw):  # "from" is the old one
        return WireIdentity(_said(system, "user_id"), _said(system, "wa_id"))
    return WireIdentity(
        user_id=_said(system, "user_id")
        or _said(message, "from_user_id")
        or _said(contact, "user_id")
        or _bsuid(message, "from"),
        phone=_phone(system, "wa_id") or _phone(message, "from") or _phone(contact, "wa_id"),
    )


def has_new_number(raw: Mapping[str, Any]) -> bool:
    """Whether the message reports a change of number that says at least one name of now."""
    message = _part(raw, "message")
    system = _part(message, "system")
    is_change = message.get("type") == "system" and system.get("type") == "user_changed_number"
    return bool(is_change and (_said(system, "user_id") or _said(system, "wa_id")))


def previous_identity_in(raw: Mapping[str, Any]) -> WireIdentity | None:
    """Who the person was before a change of number or of BSUID, when the message reports one."""
    message = _part(raw, "message")
    system = _part(message, "system")
    if message.get("type") != "system" or not system:
        return None
    user_id = _said(system, "previous_user_id") or _said(message, "from_user_id")
    phone = _said(message, "from")
    return WireIdentity(user_id, phone) if user_id or phone else None


def whole_names_in(raw: Mapping[str, Any]) -> tuple[WireIdentity, ...]:
    """Of a report of new names: those of before and those of now, as far as both number and BSUID are told."""
    previous = previous_identity_in(raw)
    return tuple(it for it in (previous, identity_in(raw)) if it and it.is_whole) if previous else ()


def message_in(raw: Mapping[str, Any], at: datetime, key: str) -> IncomingMessage:
    """The message as the citizen's history keeps it, under the key it was stored by; of unknown kinds only the name.

    Wamids are digests from here on: they hold the number of the other side, and only equality counts.
    """
    if switch := _part(raw, "preference"):
        return IncomingMessage(key, at, "preference", choice=f"{switch.get('category', '')}:{switch.get('value', '')}")
    message, contact = _part(raw, "message"), _part(raw, "contact")
    kind, content, context = str(message.get("type", "")), part_of(message), _part(message, "context")
    return IncomingMessage(
        wamid=message_id(key),
        at=at,
        kind=kind,
        text=text_in(message),
        enclosed=enclosed_in(message),
        choice=str(reply_in(content).get("id") or content.get("payload") or "")[:LONGEST_ID],
        media_id=str(content.get("id") or "")[:LONGEST_ID] if kind not in ("interactive", "reaction") else "",
        latitude=str(content.get("latitude", ""))[:LONGEST_DEGREES],
        longitude=str(content.get("longitude", ""))[:LONGEST_DEGREES],
        place_name=", ".join(
            str(content[part])[:LONGEST_ID] for part in ("name", "address") if kind == "location" and content.get(part)
        ),
        in_reply_to=message_id(original_of(message)),
        profile_name=str(_part(contact, "profile").get("name") or "")[:LONGEST_ID],
        proof=str(message.get("id") or "")[:PROOF_CHARACTERS],
        forwarded=bool(context.get("forwarded")),
        often_forwarded=bool(context.get("frequently_forwarded")),
    )


def time_told_in(raw: Mapping[str, Any]) -> datetime | None:
    """The time that a message says itself, however long ago; None where it says none that can be true."""
    try:
        return datetime.fromtimestamp(int(raw["message"]["timestamp"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def tells_its_time(raw: Mapping[str, Any], at: datetime) -> bool:
    """Whether it was stored at its own time; else at that of the webhook, which is another each time it comes."""
    message = _part(raw, "message")
    return "preference" in raw or str(message.get("timestamp")) == str(int(at.timestamp()))


def _part(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object in it; one that is none counts as missing."""
    part = of.get(name)
    return part if isinstance(part, Mapping) else {}


def _said(part: Mapping[str, Any], name: str) -> str | None:
    """A name of somebody; what is too long for any is none, as no key of the table holds it."""
    value = part.get(name)
    said = str(value) if value and type(value) in (str, int) else ""
    return said if 0 < len(said) <= LONGEST_NAME else None


def _phone(part: Mapping[str, Any], name: str) -> str | None:
    """Digits only: some senders put a BSUID where the number belongs."""
    said = _said(part, name)
    return said if said and said.isascii() and said.isdecimal() else None


def _bsuid(part: Mapping[str, Any], name: str) -> str | None:
    return None if _phone(part, name) else _said(part, name)
