"""A chat as the citizen's phone shows it: every kind of message in one flat form for the page."""

import re
from typing import Any, Final

from local.whatsapp.model.chats import Chat, ChatMessage
from local.whatsapp.model.people import Person
from local.whatsapp.model.template_shape import Template, fill

_MARKUP: Final = re.compile(r"([*_~])([^*_~\n]+)\1")


def person_view(person: Person) -> dict[str, Any]:
    return {
        "user_id": person.user_id,
        "wa_id": person.wa_id,
        "name": person.name,
        "phone_withheld": person.phone_withheld,
        "username": person.username,
        "read_receipts": person.read_receipts,
    }


def chat_view(chat: Chat, now: float, limit: int) -> dict[str, Any]:
    """Newest `limit` messages, oldest first; reactions stand on the bubble they belong to."""
    reactions = {
        message.body["reaction"]["message_id"]: message.body["reaction"].get("emoji", "")
        for message in chat.messages
        if message.body["type"] == "reaction"
    }
    bubbles = [message for message in chat.messages if message.body["type"] != "reaction"]
    shown = bubbles[-limit:]
    quoted = {message.id: message for message in chat.messages}
    return {
        "town": chat.number.town,
        "verified_name": chat.number.verified_name,
        "display_phone_number": chat.number.display_phone_number,
        "typing": now < chat.typing_until,
        "window_open": chat.window_is_open(now),
        "older": len(bubbles) - len(shown),
        "messages": [message_view(message, reactions, quoted) for message in shown],
    }


def message_view(message: ChatMessage, reactions: dict[str, str], quoted: dict[str, ChatMessage]) -> dict[str, Any]:
    body = message.body
    kind = body.get("type", "text")
    view: dict[str, Any] = {
        "id": message.id,
        "from_town": message.from_town,
        "time": message.time,
        "tick": message.tick,
        "type": kind,
    }
    context = body.get("context") or {}
    if context.get("forwarded") or context.get("frequently_forwarded"):
        view["forwarded"] = "often" if context.get("frequently_forwarded") else "once"
    answered = quoted.get(context.get("message_id") or context.get("id") or "")
    if answered is not None:
        view["quote"] = {"from_town": answered.from_town, "text": preview(answered)}
    if reactions.get(message.id):
        view["reaction"] = reactions[message.id]
    if message.error_code:
        view["error_code"] = message.error_code
    return view | _content(message, kind, body.get(kind) or {})


def preview(message: ChatMessage) -> str:
    """One line for the chat list and for quotes."""
    view = _content(message, message.body.get("type", "text"), message.body.get(message.body["type"]) or {})
    symbols = {"image": "📷 ", "location": "📍 ", "document": "📄 ", "audio": "🎤 ", "video": "🎬 "}
    names = {"image": "Foto", "location": "Standort", "document": "Dokument", "audio": "Sprachnachricht"}
    kind = message.body.get("type", "text")
    text = str(view.get("text") or view.get("caption") or view.get("name") or names.get(kind) or kind)
    return symbols.get(kind, "") + _MARKUP.sub(r"\2", text).replace("\n", " ")[:120]


def _content(message: ChatMessage, kind: str, part: Any) -> dict[str, Any]:
    match kind:
        case "text":
            return {"text": part.get("body", "")}
        case "image" | "video" | "audio" | "document" | "sticker":
            return _media(part)
        case "location":
            return {key: part.get(key) for key in ("latitude", "longitude", "name", "address")}
        case "interactive":
            return _interactive(part) if message.from_town else _reply(part)
        case "button":
            return {"text": part.get("text", "")}
        case "template":
            return _template(message.template, part)
        case "contacts":
            return {"text": "👤 " + ", ".join(card["name"]["formatted_name"] for card in part)}
        case "unsupported":
            return {"text": "Diese Nachricht wird nicht unterstützt."}
        case _:
            return {}


def _media(part: dict[str, Any]) -> dict[str, Any]:
    address = f"/_sim/media/{part['id']}" if part.get("id") else part.get("link")
    return {"url": address, "caption": part.get("caption"), "filename": part.get("filename")}


def _reply(part: dict[str, Any]) -> dict[str, Any]:
    chosen = part.get("button_reply") or part.get("list_reply") or {}
    return {"text": chosen.get("title", ""), "detail": chosen.get("description")}


def _interactive(part: dict[str, Any]) -> dict[str, Any]:
    action = part.get("action", {})
    view: dict[str, Any] = {
        "text": part.get("body", {}).get("text", ""),
        "footer": part.get("footer", {}).get("text"),
        "interactive": part.get("type"),
    }
    header = part.get("header", {})
    if header.get("type") == "text":
        view["header"] = header.get("text")
    elif header:
        view["header_media"] = {"kind": header["type"], **_media(header.get(header["type"], {}))}
    match part.get("type"):
        case "button":
            view["buttons"] = [{"kind": "reply", **button["reply"]} for button in action["buttons"]]
        case "list":
            view["list_button"] = action["button"]
            view["sections"] = action["sections"]
        case "cta_url":
            parameters = action["parameters"]
            view["buttons"] = [{"kind": "url", "title": parameters["display_text"], "url": parameters["url"]}]
        case "location_request_message":
            view["buttons"] = [{"kind": "location", "title": "Standort senden"}]
        case "contact_request":
            view["buttons"] = [{"kind": "contact", "title": "Kontaktdaten senden"}]
    return view


def _template(template: Template | None, part: dict[str, Any]) -> dict[str, Any]:
    if template is None:
        return {"text": f"[{part.get('name')}]"}
    given = part.get("components") or []
    of_kind = {str(component.get("type")).lower(): component.get("parameters", []) for component in given}
    view: dict[str, Any] = {
        "text": fill(str(template.component("BODY").get("text", "")), _values(of_kind.get("body", []))),
        "footer": template.component("FOOTER").get("text"),
        "category": template.category,
        "buttons": [_template_button(template, place, given) for place in range(len(template.buttons))],
    }
    header = of_kind.get("header", [])
    if template.header_format == "TEXT":
        view["header"] = fill(str(template.component("HEADER").get("text", "")), _values(header))
    elif template.header_format and header:
        kind = str(header[0]["type"])
        view["header_media"] = {"kind": kind, **_media(header[0].get(kind) or {})}
    return view


def _values(parameters: list[dict[str, Any]]) -> dict[str, str]:
    return {
        str(value.get("parameter_name", place + 1)): str(value.get("text", ""))
        for place, value in enumerate(parameters)
    }


def _template_button(template: Template, place: int, given: list[dict[str, Any]]) -> dict[str, Any]:
    button = template.buttons[place]
    sent = next((part for part in given if part.get("type") == "button" and str(part.get("index")) == str(place)), {})
    parameters = sent.get("parameters", [])
    match str(button.get("type", "")).upper():
        case "URL":
            url = fill(str(button.get("url", "")), _values(parameters))
            return {"kind": "url", "title": button["text"], "url": url}
        case "PHONE_NUMBER":
            return {
                "kind": "url",
                "title": button["text"],
                "url": f"tel:{button.get('phone_number', '')}",
            }
        case _:
            payload = parameters[0].get("payload") if parameters else None
            return {"kind": "quick_reply", "title": button["text"], "id": payload or button["text"]}
