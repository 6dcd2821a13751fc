"""What Meta demands of a new template (Meta, Template management, 2026-01; Time-to-live, 2026-09-11)."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any, Final

from local.whatsapp.model.errors import Refused
from local.whatsapp.model.template_languages import TEMPLATE_LANGUAGES
from local.whatsapp.model.template_shape import VARIABLE, variables

_NAME: Final = re.compile(r"[a-z0-9_]{1,512}")
_NAMED: Final = re.compile(r"[a-z][a-z0-9_]*")
_CATEGORIES: Final = ("UTILITY", "MARKETING", "AUTHENTICATION")
_HEADER_FORMATS: Final = ("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION")
_MARKUP: Final = " \n\t*_~`"  # shows no character of its own
_TTL_S: Final = {"AUTHENTICATION": (30, 900), "UTILITY": (30, 43_200), "MARKETING": (43_200, 2_592_000)}
_TTL_NEVER_SHORTENED: Final = -1
_MOST_OF_KIND: Final = {"URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1, "QUICK_REPLY": 10}
_PROMOTIONAL: Final = re.compile(r"newsletter|gewinnspiel|wettbewerb|rabatt|angebot|einladung", re.IGNORECASE)

HEADER_MAX: Final = 60
BODY_MAX: Final = 1024
FOOTER_MAX: Final = 60
BUTTONS_MAX: Final = 10
BUTTON_TEXT_MAX: Final = 25
URL_MAX: Final = 2000


def check_new_template(body: dict[str, Any]) -> None:
    """Raise `Refused` with Meta's code for the first thing wrong."""
    if not _NAME.fullmatch(str(body.get("name", ""))):
        raise Refused(100, "name: up to 512 characters of a-z, 0-9 and _.")
    if body.get("language") not in TEMPLATE_LANGUAGES:
        raise Refused(100, "language: a code such as de or en_US.")
    category = str(body.get("category", "")).upper()
    if category not in _CATEGORIES:
        raise Refused(100, f"category: one of {', '.join(_CATEGORIES)}.")
    check_ttl(category, body.get("message_send_ttl_seconds"))
    style = str(body.get("parameter_format", "POSITIONAL")).upper()
    if style not in {"NAMED", "POSITIONAL"}:
        raise Refused(100, "parameter_format: NAMED or POSITIONAL.")
    check_components(body.get("components"), named=style == "NAMED")


def check_ttl(category: str, ttl_s: Any) -> None:
    if ttl_s is None or (ttl_s == _TTL_NEVER_SHORTENED and category != "MARKETING"):
        return
    least, most = _TTL_S[category]
    if not isinstance(ttl_s, int) or not least <= ttl_s <= most:
        raise Refused(100, f"message_send_ttl_seconds of {category}: {least} to {most}.")


def check_components(components: Any, *, named: bool) -> None:
    if not isinstance(components, list) or not all(isinstance(part, dict) for part in components):
        raise Refused(100, "components: a list of objects.")
    kinds = Counter(str(part.get("type", "")).upper() for part in components)
    if kinds["BODY"] != 1 or any(count > 1 for count in kinds.values()):
        raise Refused(2388072, "Exactly one BODY, and every other component at most once.")
    checks = {
        "HEADER": _check_header,
        "BODY": _check_body,
        "FOOTER": _check_footer,
        "BUTTONS": _check_buttons,
    }
    for part in components:
        check = checks.get(str(part.get("type", "")).upper())
        if check is None:
            raise Refused(100, f"components: unknown type {part.get('type')}.")
        check(part, named=named)


def judged_category(body: dict[str, Any]) -> str:
    """Meta approves promotional UTILITY as MARKETING; so do we, by telltale words.

    Source: Meta, Template categorization, 2026-09-11.
    """
    category = str(body["category"]).upper()
    texts = " ".join(str(part.get("text", "")) for part in body["components"])
    promotional = bool(_PROMOTIONAL.search(f"{body['name']} {texts}"))
    return "MARKETING" if category == "UTILITY" and promotional else category


def _check_header(part: dict[str, Any], *, named: bool) -> None:
    kind = str(part.get("format", "")).upper()
    if kind not in _HEADER_FORMATS:
        raise Refused(2388047, f"HEADER format: one of {', '.join(_HEADER_FORMATS)}.")
    example = part.get("example") or {}
    if kind in {"IMAGE", "VIDEO", "DOCUMENT"} and not example.get("header_handle"):
        raise Refused(2388047, "A media HEADER needs example.header_handle.")
    if kind != "TEXT":
        return
    text = str(part.get("text", ""))
    found = _check_variables(text, named=named)
    if not 0 < len(text) <= HEADER_MAX:
        raise Refused(2388040, f"HEADER text: 1 to {HEADER_MAX} characters.")
    if len(found) > 1:
        raise Refused(2388047, "HEADER text: one variable at most.")
    if found and not (example.get("header_text") or example.get("header_text_named_params")):
        raise Refused(2388047, "A HEADER with a variable needs an example.")


def _check_body(part: dict[str, Any], *, named: bool) -> None:
    text = str(part.get("text", ""))
    if not text.strip() or len(text) > BODY_MAX:
        raise Refused(2388040, f"BODY text: 1 to {BODY_MAX} characters.")
    found = _check_variables(text, named=named)
    if not found:
        return
    stripped = text.strip(_MARKUP)
    if stripped.startswith("{{") or stripped.endswith("}}"):
        raise Refused(2388299, "Variables may not stand at the start or the end of the BODY.")
    between = VARIABLE.split(text)[2:-1:2]  # behind every piece of text stands the name of a variable
    if not all(any(sign.isalnum() for sign in piece) for piece in between):
        raise Refused(2388072, "Variables may not stand side by side; punctuation alone does not part them.")
    # Meta's rule of thumb: at least 2x + 1 words of fixed text for x variables.
    words = sum(any(sign.isalnum() for sign in word) for word in VARIABLE.sub(" ", text).split())
    if words < 2 * len(found) + 1:
        raise Refused(2388293, f"{len(found)} variables need at least {2 * len(found) + 1} words around them.")
    example = part.get("example") or {}
    given = (
        {str(entry.get("param_name")) for entry in example.get("body_text_named_params") or []}
        if named
        else set(variables(text)[: len((example.get("body_text") or [[]])[0])])
    )
    if given != set(found):
        raise Refused(2388072, "The BODY's example must give one value for each variable.")


def _check_footer(part: dict[str, Any], *, named: bool) -> None:
    text = str(part.get("text", ""))
    if not 0 < len(text) <= FOOTER_MAX:
        raise Refused(2388040, f"FOOTER text: 1 to {FOOTER_MAX} characters.")
    if _check_variables(text, named=named):
        raise Refused(2388073, "A FOOTER has no variables.")


def _check_buttons(part: dict[str, Any], *, named: bool) -> None:
    del named
    buttons = part.get("buttons")
    if not isinstance(buttons, list) or not 0 < len(buttons) <= BUTTONS_MAX:
        raise Refused(100, f"BUTTONS: 1 to {BUTTONS_MAX} buttons.")
    kinds = [str(button.get("type", "")).upper() for button in buttons]
    for kind, count in Counter(kinds).items():
        if count > _MOST_OF_KIND.get(kind, BUTTONS_MAX):
            raise Refused(100, f"BUTTONS: at most {_MOST_OF_KIND[kind]} of {kind}.")
    is_reply = [kind == "QUICK_REPLY" for kind in kinds]
    if sum(before != after for before, after in pairwise(is_reply)) > 1:
        raise Refused(100, "BUTTONS: quick replies must stand together.")
    for button in buttons:
        if not 0 < len(str(button.get("text", ""))) <= BUTTON_TEXT_MAX:
            raise Refused(2388040, f"Button text: 1 to {BUTTON_TEXT_MAX} characters.")
        url = str(button.get("url", ""))
        if len(url) > URL_MAX:
            raise Refused(2388040, f"Button url: up to {URL_MAX} characters.")
        if variables(url) and (len(VARIABLE.findall(url)) > 1 or not url.endswith("}}")):
            raise Refused(100, "Button url: one variable, at the end.")
        if variables(url) and not button.get("example"):
            raise Refused(100, "A button url with a variable needs an example.")


def _check_variables(text: str, *, named: bool) -> list[str]:
    found = variables(text)
    if named and not all(_NAMED.fullmatch(name) for name in found):
        raise Refused(100, "Named variables: lowercase letters, digits and _.")
    if not named and found != [str(place + 1) for place in range(len(found))]:
        raise Refused(100, "Positional variables: {{1}}, {{2}}, … in order.")
    return found
