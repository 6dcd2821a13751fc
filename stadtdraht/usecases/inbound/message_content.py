"""What a message of each kind says and encloses. Source: Meta, messages webhook, 2026-09.

Nothing here raises for content: a part that is not as documented counts as missing.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

CHARACTERS = 4096  # the longest text that WhatsApp carries


def part_of(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object named like the message's type."""
    return _mapping(message.get(str(message.get("type", ""))))


def text_in(message: Mapping[str, Any]) -> str:
    """The person's own words."""
    content, kind = part_of(message), message.get("type")
    if kind == "system":  # Meta's words, with a number in them
        return ""
    if kind == "edit":
        return text_in(_mapping(content.get("message")))
    if form := _mapping(content.get("nfm_reply")):
        return _cut(_lines(_fields(form)))
    said = content.get("body") or content.get("caption") or content.get("text") or reply_in(content).get("title")
    return _cut(str(said or ""))


def reply_in(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The pressed button or list row of an `interactive` message."""
    return _mapping(content.get("button_reply")) or _mapping(content.get("list_reply"))


def enclosed_in(message: Mapping[str, Any]) -> str:
    """What comes with the words, for staff to read."""
    content = part_of(message)
    match message.get("type"):
        case "contacts":
            return _cut(_lines(_cards(message.get("contacts"))))
        case "order":
            return _cut(_lines(_ordered(content)))
        case "reaction":
            return _cut(str(content.get("emoji") or ""))
        case "document":
            return _cut(str(content.get("filename") or ""))
        case "unsupported":
            return _cut(str(content.get("type") or ""))
    return ""


def original_of(message: Mapping[str, Any]) -> str:
    """The wamid that it edits, takes back, reacts or answers to."""
    content, context = part_of(message), _mapping(message.get("context"))
    if message.get("type") in ("edit", "revoke"):
        return str(content.get("original_message_id") or "")
    return str((message.get("type") == "reaction" and content.get("message_id")) or context.get("id") or "")


def _fields(form: Mapping[str, Any]) -> Iterator[str]:
    """`response_json` is JSON in a text; its token is none of the person's words."""
    try:
        fields = _mapping(json.loads(str(form.get("response_json") or "{}")))
    except (ValueError, RecursionError):
        yield str(form["response_json"])
        return
    for name, value in fields.items():
        if name != "flow_token":
            yield f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"


def _cards(cards: Any) -> Iterator[str]:
    for card in cards if isinstance(cards, list) else ():
        name = _mapping(_mapping(card).get("name")).get("formatted_name")
        phones = _mapping(card).get("phones")
        numbers = [_mapping(phone).get("phone") for phone in (phones if isinstance(phones, list) else ())]
        if told := ", ".join(str(value) for value in (name, *numbers) if value):
            yield told


def _ordered(order: Mapping[str, Any]) -> Iterator[str]:
    items = order.get("product_items")
    for item in items if isinstance(items, list) else ():
        yield f"{_mapping(item).get('quantity', '?')} × {_mapping(item).get('product_retailer_id', '?')}"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(lines)


def _cut(text: str) -> str:
    return text[:CHARACTERS]
