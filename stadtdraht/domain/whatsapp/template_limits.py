"""What Meta allows in a template and in what fills it. Source: Meta, Templates, 2026-09."""

import re

BODY_CHARACTERS = 1024  # of a template's body when it is filled
_FORBIDDEN = re.compile(r"[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]|\s{4}")  # line ends of every kind, and rows of blanks


def may_fill_a_template(text: str) -> bool:
    """Whether Meta takes it as a variable; it refuses a message with any other by 132012."""
    return _FORBIDDEN.search(text) is None
