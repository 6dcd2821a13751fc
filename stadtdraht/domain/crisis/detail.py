"""The one short line of whoever warns: the exact place or a hint, as it stands inside an approved template."""

import re
import unicodedata

MAX_CHARACTERS = 120  # with it, every message of ours stays below what a template may hold
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LINK = re.compile(r"://|\bwww\.|[a-z0-9-]\.(?:de|com|net|org|eu|info|app|link|ly|me|nl|io)\b", re.IGNORECASE)
_MARKUP = re.compile(r"[*_~`<>{}]")  # WhatsApp's formatting, and what marks a template's variables


def tidied(text: str) -> str:
    """Single blanks, composed letters, and nothing that nobody sees; line ends stay, so that they are refused."""
    seen = "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) not in ("Cf", "Cs"))
    return re.sub(r"[^\S\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", " ", seen).strip()


def has_line_end(text: str) -> bool:
    return _LINE_END.search(text) is not None


def has_link(text: str) -> bool:
    """Whether WhatsApp would make a link of a part of it; a warning has one link, to the page that says it is real."""
    return _LINK.search(text) is not None


def has_markup(text: str) -> bool:
    return _MARKUP.search(text) is not None or any(unicodedata.category(one) == "Cc" for one in text)
