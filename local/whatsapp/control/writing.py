"""A citizen writes: what they send, in the words of the control routes, and as Meta reports it."""

import base64
import binascii
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from local.whatsapp.model.chats import Chat, ChatMessage
from local.whatsapp.model.media import INCOMING_KEPT_S, Medium, sample_photo
from local.whatsapp.model.world import World, new_wamid

Kind = Literal[
    "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "reaction",
    "button_reply", "list_reply", "button", "interactive", "unsupported", "order", "request_welcome",
]  # fmt: skip

_MIME_TYPES: Final = {
    "image": "image/jpeg",
    "video": "video/mp4",
    "audio": "audio/ogg; codecs=opus",
    "document": "application/pdf",
    "sticker": "image/webp",
}
_SAMPLE_PDF: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
)


class CitizenMessage(BaseModel):
    """`POST /_sim/citizens/{wa_id}/messages`. Meta's own form may stand under the type's name."""

    model_config = ConfigDict(extra="forbid")

    town: str | None = None
    phone_number_id: str | None = None
    type: Kind = "text"
    text: str | dict[str, Any] | None = None
    # media: base64, or a sample when not given
    data: str | None = None
    mime_type: str | None = None
    filename: str | None = None
    caption: str | None = None
    voice: bool = True
    # location
    latitude: float | None = None
    longitude: float | None = None
    location_name: str | None = None
    address: str | None = None
    # replies: id or title is enough when the last message with buttons has it
    id: str | None = None
    title: str | None = None
    description: str | None = None
    payload: str | None = None
    # reaction
    emoji: str = "👍"
    message_id: str | None = None
    # any of them
    context: str | None = None
    without_context: bool = False
    forwarded: bool = False
    frequently_forwarded: bool = False
    timestamp: int | None = None
    times: int = Field(default=1, ge=1, le=50)
    # the person
    name: str | None = None
    username: str | None = None
    bsuid_only: bool = False
    # Meta's own form
    image: dict[str, Any] | None = None
    video: dict[str, Any] | None = None
    audio: dict[str, Any] | None = None
    document: dict[str, Any] | None = None
    sticker: dict[str, Any] | None = None
    location: dict[str, Any] | None = None
    contacts: list[dict[str, Any]] | None = None
    reaction: dict[str, Any] | None = None
    button: dict[str, Any] | None = None
    interactive: dict[str, Any] | None = None
    order: dict[str, Any] | None = None


def write(world: World, chat: Chat, said: CitizenMessage, base_url: str) -> ChatMessage:
    """Put the message into the chat and its webhook into the queue."""
    now = world.now()
    person = chat.person
    content = _content(world, chat, said, base_url, now)
    context = _context(chat, said, content)
    wire: dict[str, Any] = {}
    if person.visible_wa_id:
        wire["from"] = person.visible_wa_id
    wire |= {
        "from_user_id": person.user_id,
        "id": new_wamid(person.visible_wa_id or person.user_id),
        "timestamp": str(said.timestamp or int(now)),
        **content,
    }
    if context:
        wire["context"] = context
    shown = {**content, "context": context} if context else content
    message = ChatMessage(str(wire["id"]), chat, from_town=False, time=now, body=shown, tick="delivered")
    if content["type"] != "reaction":  # whether a reaction reopens the window is unconfirmed: it does not here
        chat.last_word_of_citizen = now
    chat.number.traffic.received(now)
    world.chats.keep(message)
    world.announcer.incoming(message, wire, said.times)
    world.live.moved(person.user_id, chat.number.town)
    return message


def _content(world: World, chat: Chat, said: CitizenMessage, base_url: str, now: float) -> dict[str, Any]:
    """`type` and the object named like it, as in an entry of a webhook's `messages`."""
    kind = said.type
    meant = getattr(said, kind, None)
    if isinstance(meant, dict | list):
        return {"type": kind, kind: meant}
    match kind:
        case "text":
            return {"type": "text", "text": {"body": said.text or ""}}
        case "image" | "video" | "audio" | "document" | "sticker":
            medium = _medium(world, chat, said, now)
            return {
                "type": kind,
                kind: _as_wire(kind, medium, said, world.media.address(medium, base_url, now)),
            }
        case "location":
            return {"type": "location", "location": _location(said)}
        case "button_reply" | "list_reply":
            return {"type": "interactive", "interactive": {"type": kind, kind: _reply(chat, said)}}
        case "button":
            label = said.text if isinstance(said.text, str) else said.title or said.payload or ""
            return {"type": "button", "button": {"payload": said.payload or label, "text": label}}
        case "reaction":
            last = next((bubble for bubble in reversed(chat.messages) if bubble.from_town), None)
            target = said.message_id or said.context or (last.id if last else "")
            return {"type": "reaction", "reaction": {"message_id": target, "emoji": said.emoji}}
        case "contacts":
            return {"type": "contacts", "contacts": [_own_card(chat)]}
        case "unsupported":
            return {
                "type": "unsupported",
                "unsupported": {"type": said.title or "edit"},
                "errors": [_NOT_KNOWN],
            }
        case _:
            return {"type": kind}


_NOT_KNOWN: Final = {
    "code": 131051,
    "title": "Message type unknown",
    "message": "Message type unknown",
    "error_data": {"details": "Message type is currently not supported."},
}


def _medium(world: World, chat: Chat, said: CitizenMessage, now: float) -> Medium:
    content = sample_photo() if said.type == "image" else _SAMPLE_PDF
    if said.data is not None:
        try:
            content = base64.b64decode(said.data, validate=True)
        except binascii.Error:
            raise ValueError("data must be base64") from None
    mime_type = said.mime_type or _MIME_TYPES[said.type]
    number_id = chat.number.phone_number_id
    return world.media.keep(number_id, mime_type, content, now + INCOMING_KEPT_S, said.filename)


def _as_wire(kind: str, medium: Medium, said: CitizenMessage, url: str) -> dict[str, Any]:
    part: dict[str, Any] = {
        "id": medium.id,
        "mime_type": medium.mime_type,
        "sha256": medium.sha256_base64,
        "url": url,
    }
    if said.caption:
        part["caption"] = said.caption
    if kind == "document":
        part["filename"] = said.filename or "Dokument.pdf"
    if kind == "audio":
        part["voice"] = said.voice
    if kind == "sticker":
        part["animated"] = False
    return part


def _location(said: CitizenMessage) -> dict[str, Any]:
    if said.latitude is None or said.longitude is None:
        raise ValueError("a location needs latitude and longitude")
    place: dict[str, Any] = {"latitude": said.latitude, "longitude": said.longitude}
    if said.location_name:
        place["name"] = said.location_name
    if said.address:
        place["address"] = said.address
    return place


def choices_of(message: ChatMessage) -> list[dict[str, str]]:
    """What can be pressed in a town's interactive message: id, title and, in lists, description."""
    interactive = message.body.get("interactive") if message.body.get("type") == "interactive" else None
    if not message.from_town or not isinstance(interactive, dict):
        return []
    action = interactive.get("action", {})
    buttons = [button["reply"] for button in action.get("buttons", [])]
    return buttons + [row for section in action.get("sections", []) for row in section["rows"]]


def _reply(chat: Chat, said: CitizenMessage) -> dict[str, str]:
    """Completed from the newest message that offers this choice, as a tap would be."""
    offered = next(
        (
            choice
            for message in reversed(chat.messages)
            for choice in choices_of(message)
            if choice["id"] == said.id or choice["title"] == said.title
        ),
        None,
    )
    reply = {"id": said.id or said.title or "", "title": said.title or said.id or ""}
    if said.description:
        reply["description"] = said.description
    if offered:
        reply = {key: offered[key] for key in ("id", "title") if key in offered}
        if said.type == "list_reply" and offered.get("description"):
            reply["description"] = offered["description"]
    return reply


def _context(chat: Chat, said: CitizenMessage, content: dict[str, Any]) -> dict[str, Any] | None:
    if said.frequently_forwarded:
        return {"frequently_forwarded": True}
    if said.forwarded:
        return {"forwarded": True}
    answered = said.context
    if answered is None and content["type"] in {"interactive", "button"}:
        answered = _pressed_on(chat, content)
    if answered is None or said.without_context or content["type"] == "reaction":
        return None
    own = chat.number.metadata()["display_phone_number"]
    return {"from": own, "id": answered}


def _pressed_on(chat: Chat, content: dict[str, Any]) -> str | None:
    """The newest message of the town that has this button."""
    inside = content.get("interactive", {})
    pressed = inside.get("button_reply") or inside.get("list_reply") or {}
    for message in reversed(chat.messages):
        if not message.from_town:
            continue
        if content["type"] == "button" and message.template is not None:
            return message.id
        if any(choice["id"] == pressed.get("id") for choice in choices_of(message)):
            return message.id
    return None


def _own_card(chat: Chat) -> dict[str, Any]:
    person = chat.person
    card: dict[str, Any] = {
        "name": {"formatted_name": person.name, "first_name": person.name.split()[0]},
        "origin": "contact_request",
    }
    if person.wa_id:
        card["phones"] = [{"phone": f"+{person.wa_id}", "wa_id": person.wa_id, "type": "CELL"}]
    return card
