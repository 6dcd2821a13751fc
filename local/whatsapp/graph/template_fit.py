"""Does what is sent fit the template it names? Source: Meta, Templates overview."""

import re
from typing import Any, Final

from local.whatsapp.model.errors import Refused
from local.whatsapp.model.template_shape import Template

_NOT_IN_A_PARAMETER: Final = re.compile(r"[\n\r\t]| {4}")


def check_fit(template: Template, components: Any) -> None:
    """Raise 132000 for a wrong number of parameters, 132012 for a wrong name, kind or content."""
    if not isinstance(components, list) or not all(isinstance(part, dict) for part in components):
        raise Refused(132012, "components: a list of objects.")
    parts = {str(part.get("type", "")).lower(): part for part in components if part.get("type") != "button"}
    unknown = parts.keys() - {"header", "body"}
    if unknown:
        raise Refused(132012, f"components: unknown type {min(unknown)}.")
    _check_texts("body", template, template.body_variables, _parameters(parts.get("body")))
    _check_header(template, _parameters(parts.get("header")))
    _check_buttons(template, [part for part in components if part.get("type") == "button"])


def _parameters(part: dict[str, Any] | None) -> list[dict[str, Any]]:
    parameters = (part or {}).get("parameters", [])
    if not isinstance(parameters, list) or not all(isinstance(value, dict) for value in parameters):
        raise Refused(132012, "parameters: a list of objects.")
    return parameters


def _check_texts(where: str, template: Template, expected: list[str], given: list[dict[str, Any]]) -> None:
    if len(given) != len(expected):
        raise Refused(132000, f"{where}: number of localizable_params ({len(given)}) does not match ({len(expected)}).")
    named = template.parameter_format == "NAMED"
    if not named and any("parameter_name" in value for value in given):
        raise Refused(132012, f"{where}: this template takes positional parameters.")
    names = {str(value.get("parameter_name")) for value in given}
    if named and names != set(expected):
        missing = ", ".join(sorted(set(expected) - names))
        raise Refused(132012, f"{where}: parameter_name missing or empty: {missing}.")
    for value in given:
        text = value.get("text")
        if not isinstance(text, str) or not text:
            raise Refused(132012, f"{where}: every parameter needs a text.")
        if _NOT_IN_A_PARAMETER.search(text):
            raise Refused(132012, f"{where}: no new line, tab or more than 3 spaces in a parameter.")


def _check_header(template: Template, given: list[dict[str, Any]]) -> None:
    kind = template.header_format
    if kind in {None, "TEXT"}:
        _check_texts("header", template, template.header_variables, given)
        return
    expected = str(kind).lower()
    if len(given) != 1:
        raise Refused(132000, f"header: one {expected} parameter is expected.")
    if given[0].get("type") != expected or not isinstance(given[0].get(expected), dict):
        raise Refused(132012, f"header: format mismatch, expected {kind}.")


def _check_buttons(template: Template, given: list[dict[str, Any]]) -> None:
    with_suffix = set()
    for part in given:
        place = str(part.get("index", ""))
        if not place.isdigit() or int(place) >= len(template.buttons):
            raise Refused(132012, f"button: the template has no button {place}.")
        kind = str(template.buttons[int(place)].get("type", "")).upper()
        if str(part.get("sub_type", "")).upper() != kind:
            raise Refused(132012, f"button {place}: it is a {kind} button.")
        if kind == "URL":
            _check_suffix(place, _parameters(part))
            with_suffix.add(int(place))
    if with_suffix != set(template.url_buttons_with_variable):
        raise Refused(132000, "button: a URL button with a variable needs exactly one text parameter.")


def _check_suffix(place: str, given: list[dict[str, Any]]) -> None:
    if len(given) != 1 or not isinstance(given[0].get("text"), str) or not given[0]["text"]:
        raise Refused(132000, f"button {place}: one text parameter is expected.")
