"""What Meta demands of a message's body (Meta, Send messages, 2026-09-11)."""

from collections.abc import Callable
from typing import Any, Final

from local.whatsapp.model.errors import Refused

OPAQUE_MAX: Final = 512
TEXT_MAX: Final = 4096
CAPTION_MAX: Final = 1024
INTERACTIVE_BODY_MAX: Final = 1024
LIST_BODY_MAX: Final = 4096
HEADER_MAX: Final = 60
FOOTER_MAX: Final = 60
BUTTONS_MAX: Final = 3
BUTTON_TITLE_MAX: Final = 20
BUTTON_ID_MAX: Final = 256
ROWS_MAX: Final = 10
SECTIONS_MAX: Final = 10
ROW_ID_MAX: Final = 200
ROW_TITLE_MAX: Final = 24
ROW_DESCRIPTION_MAX: Final = 72
URL_MAX: Final = 2000


def check_message(body: dict[str, Any]) -> str:
    """The message's type, once its body is as Meta wants it; raises `Refused` for the first thing wrong."""
    if body.get("messaging_product") != "whatsapp":
        raise Refused(100, 'messaging_product must be "whatsapp".')
    if body.get("recipient_type", "individual") != "individual":
        raise Refused(131009, "recipient_type: individual.")
    opaque = body.get("biz_opaque_callback_data")
    if opaque is not None and (not isinstance(opaque, str) or len(opaque) > OPAQUE_MAX):
        raise Refused(131009, f"biz_opaque_callback_data: up to {OPAQUE_MAX} characters.")
    kind = body.get("type", "text")
    check = _CHECKS.get(kind) if isinstance(kind, str) else None
    if check is None:
        raise Refused(131051, f"Message type {kind} is not supported.")
    part = body.get(kind)
    if not isinstance(part, dict):
        raise Refused(131008, f"The parameter {kind} is required.")
    context = body.get("context")
    if context is not None and not (isinstance(context, dict) and isinstance(context.get("message_id"), str)):
        raise Refused(131009, "context.message_id must be a wamid.")
    check(part)
    return str(kind)


def _text(where: str, value: Any, most: int) -> str:
    if value is None or value == "":
        raise Refused(131008, f"{where} is required.")
    if not isinstance(value, str) or not value.strip():
        raise Refused(131009, f"{where} must be a text.")
    if len(value) > most:
        raise Refused(131009, f"{where}: at most {most} characters, not {len(value)}.")
    return value


def _optional_text(where: str, value: Any, most: int) -> None:
    if value is not None:
        _text(where, value, most)


def _object(where: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(131008, f"{where} is required.")
    return value


def _check_text(part: dict[str, Any]) -> None:
    _text("text.body", part.get("body"), TEXT_MAX)


def _check_media(part: dict[str, Any]) -> None:
    if bool(part.get("id")) == bool(part.get("link")):
        raise Refused(100, "A media object needs either id or link.")
    _optional_text("caption", part.get("caption"), CAPTION_MAX)


def _check_location(part: dict[str, Any]) -> None:
    for name, most in (("latitude", 90), ("longitude", 180)):
        try:
            value = float(part[name])
        except KeyError:
            raise Refused(131008, f"location.{name} is required.") from None
        except (TypeError, ValueError):
            raise Refused(131009, f"location.{name} must be a number.") from None
        if not -most <= value <= most:
            raise Refused(131009, f"location.{name}: -{most} to {most}.")


def _check_reaction(part: dict[str, Any]) -> None:
    _text("reaction.message_id", part.get("message_id"), 512)
    if not isinstance(part.get("emoji"), str):
        raise Refused(131008, "reaction.emoji is required (empty to remove).")


def _check_template(part: dict[str, Any]) -> None:
    _text("template.name", part.get("name"), 512)
    _text("template.language.code", _object("template.language", part.get("language")).get("code"), 15)


def _check_interactive(part: dict[str, Any]) -> None:
    kind = part.get("type")
    most = LIST_BODY_MAX if kind == "list" else INTERACTIVE_BODY_MAX
    _text("interactive.body.text", _object("interactive.body", part.get("body")).get("text"), most)
    if "footer" in part:
        _text("interactive.footer.text", _object("interactive.footer", part["footer"]).get("text"), FOOTER_MAX)
    if "header" in part:
        _check_interactive_header(_object("interactive.header", part["header"]), str(kind))
    action = _object("interactive.action", part.get("action"))
    match kind:
        case "button":
            _check_reply_buttons(action.get("buttons"))
        case "list":
            _check_list(action)
        case "cta_url":
            _check_link(action)
        case "location_request_message":
            _check_action_name(action, "send_location")
        case "contact_request":
            _check_action_name(action, "request_contact_info")
        case _:
            raise Refused(131009, f"interactive.type {kind} is not known here.")


def _check_interactive_header(header: dict[str, Any], kind: str) -> None:
    form = header.get("type")
    if form == "text":
        _text("interactive.header.text", header.get("text"), HEADER_MAX)
    elif kind in {"button", "cta_url"} and form in {"image", "video", "document"}:
        _check_media(_object(f"interactive.header.{form}", header.get(str(form))))
    else:
        raise Refused(131009, f"interactive.header.type {form} does not go with {kind}.")


def _check_action_name(action: dict[str, Any], expected: str) -> None:
    if action.get("name") != expected:
        raise Refused(131009, f"interactive.action.name must be {expected}.")


def _check_reply_buttons(buttons: Any) -> None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= BUTTONS_MAX:
        raise Refused(131009, f"interactive.action.buttons: 1 to {BUTTONS_MAX}.")
    ids, titles = set(), set()
    for button in buttons:
        reply = _object("button.reply", _object("button", button).get("reply"))
        if button.get("type") != "reply":
            raise Refused(131009, "button.type must be reply.")
        ids.add(_text("button.reply.id", reply.get("id"), BUTTON_ID_MAX))
        titles.add(_text("button.reply.title", reply.get("title"), BUTTON_TITLE_MAX))
    if len(ids) < len(buttons) or len(titles) < len(buttons):
        raise Refused(131009, "Every button needs its own id and title.")


def _check_list(action: dict[str, Any]) -> None:
    _text("interactive.action.button", action.get("button"), BUTTON_TITLE_MAX)
    sections = action.get("sections")
    if not isinstance(sections, list) or not 1 <= len(sections) <= SECTIONS_MAX:
        raise Refused(131009, f"interactive.action.sections: 1 to {SECTIONS_MAX}.")
    ids: list[str] = []
    for section in sections:
        title = _object("section", section).get("title")
        if len(sections) > 1:
            _text("section.title", title, ROW_TITLE_MAX)
        _optional_text("section.title", title or None, ROW_TITLE_MAX)
        rows = section.get("rows")
        if not isinstance(rows, list) or not rows:
            raise Refused(131009, "section.rows: at least one row.")
        for row in rows:
            ids.append(_text("row.id", _object("row", row).get("id"), ROW_ID_MAX))
            _text("row.title", row.get("title"), ROW_TITLE_MAX)
            _optional_text("row.description", row.get("description") or None, ROW_DESCRIPTION_MAX)
    if len(ids) > ROWS_MAX:
        raise Refused(131009, f"A list has at most {ROWS_MAX} rows in total, not {len(ids)}.")
    if len(set(ids)) < len(ids):
        raise Refused(131009, "Every row needs its own id.")


def _check_link(action: dict[str, Any]) -> None:
    _check_action_name(action, "cta_url")
    parameters = _object("interactive.action.parameters", action.get("parameters"))
    _text("display_text", parameters.get("display_text"), BUTTON_TITLE_MAX)
    url = _text("url", parameters.get("url"), URL_MAX)
    if not url.startswith(("http://", "https://")):
        raise Refused(131009, "url must begin with https://.")


_CHECKS: Final[dict[str, Callable[[dict[str, Any]], None]]] = {
    "text": _check_text,
    "image": _check_media,
    "video": _check_media,
    "audio": _check_media,
    "document": _check_media,
    "sticker": _check_media,
    "location": _check_location,
    "reaction": _check_reaction,
    "template": _check_template,
    "interactive": _check_interactive,
}
