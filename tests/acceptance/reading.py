"""What a person reads in a message as the Graph API got it."""

from typing import Any


def words(body: dict[str, Any]) -> str:
    """Every word of a message: text, header, body, footer, buttons and links."""
    return " ".join(_texts(body.get(body["type"], {})))


def choices(body: dict[str, Any]) -> list[str]:
    """What can be pressed or picked, in order."""
    action = body.get("interactive", {}).get("action", {})
    buttons = [button["reply"]["title"] for button in action.get("buttons", [])]
    rows = [row["title"] for section in action.get("sections", []) for row in section["rows"]]
    return buttons + rows


def _texts(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for part in value.values() for text in _texts(part)]
        case list():
            return [text for part in value for text in _texts(part)]
    return []
