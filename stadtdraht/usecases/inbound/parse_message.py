"""Reads a stored message: who wrote it, and what of it we keep in the conversation. Source: Meta, messages, 2026-09."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.usecases.inbound.message_content import enclosed_in, original_of, part_of, reply_in, text_in


def identity_in(raw: Mapping[str, Any]) -> WireIdentity:
    """Raises ValueError when the message names nobody."""
    if names := raw.get("preference") or raw.get("names"):
        return WireIdentity(_said(names, "user_id") or _bsuid(names, "wa_id"), _phone(names, "wa_id"))
    message, contact = raw["message"], raw.get("contact") or {}
    system = message.get("system") if isinstance(message.get("system"), Mapping) else {}
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
    message = raw.get("message", {})
    system = message.get("system") if isinstance(message.get("system"), Mapping) else {}
    is_change = message.get("type") == "system" and system.get("type") == "user_changed_number"
    return bool(is_change and (system.get("user_id") or system.get("wa_id")))


def previous_identity_in(raw: Mapping[str, Any]) -> WireIdentity | None:
    """Who the person was before a change of number or of BSUID, when the message reports one."""
    message = raw.get("message", {})
    if message.get("type") != "system" or not isinstance(message.get("system"), Mapping):
        return None
    user_id = _said(message["system"], "previous_user_id") or _said(message, "from_user_id")
    phone = _said(message, "from")
    return WireIdentity(user_id, phone) if user_id or phone else None


def message_in(raw: Mapping[str, Any], at: datetime, key: str) -> IncomingMessage:
    """The message as the citizen's history keeps it, under the key it was stored by; of unknown kinds only the name."""
    if switch := raw.get("preference"):
        return IncomingMessage(key, at, "preference", choice=f"{switch.get('category', '')}:{switch.get('value', '')}")
    message, contact = raw["message"], raw.get("contact") or {}
    kind, content, context = str(message.get("type", "")), part_of(message), message.get("context") or {}
    return IncomingMessage(
        wamid=key,
        at=at,
        kind=kind,
        text=text_in(message),
        enclosed=enclosed_in(message),
        choice=str(reply_in(content).get("id") or content.get("payload") or ""),
        media_id=str(content.get("id") or "") if kind not in ("interactive", "reaction") else "",
        latitude=str(content.get("latitude", "")),
        longitude=str(content.get("longitude", "")),
        place_name=", ".join(
            str(content[part]) for part in ("name", "address") if kind == "location" and content.get(part)
        ),
        in_reply_to=original_of(message),
        profile_name=str((contact.get("profile") or {}).get("name") or ""),
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
    message = raw.get("message", {})
    return "preference" in raw or str(message.get("timestamp")) == str(int(at.timestamp()))


def _said(part: Mapping[str, Any], name: str) -> str | None:
    return str(part[name]) if part.get(name) else None


def _phone(part: Mapping[str, Any], name: str) -> str | None:
    """Digits only: some senders put a BSUID where the number belongs."""
    said = _said(part, name)
    return said if said and said.isascii() and said.isdecimal() else None


def _bsuid(part: Mapping[str, Any], name: str) -> str | None:
    return None if _phone(part, name) else _said(part, name)
