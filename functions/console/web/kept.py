"""What somebody came with when they had to sign in first: where to, and what they had typed.

It travels in hidden fields of the pages of the door, since nobody is known there to keep it for. It says no more than
its sender could post themselves: a page shows it again once they are in, and they press.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlencode

from functions.console.web.request import Form

MOST_CHARACTERS: Final = 100_000  # of all fields; the longest newsletter has some 30,000
NOT_KEPT: Final = ("csrf",)  # of the session that is over
SHOWN: Final = ("text", "note", "say", "words", "teaser", "reason", "description", "why", "t", "x")
"""Names of fields that hold what people write; of a newsletter's stories `t1`, `x1`, `t2` …"""
_ADDRESS = re.compile(r"/console/[a-z0-9][A-Za-z0-9/_.~%-]*(?:\?[A-Za-z0-9/_.~%=&+,:-]*)?")


@dataclass(frozen=True, slots=True)
class Kept:
    """A page of the console, or a form that was posted to one."""

    address: str = ""
    """Within the console, whatever somebody wrote into a link; "" for its home."""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, address: str, form: Form) -> Self:
        """Of a form that was posted without a session; one that is too long, or says nothing, leads home."""
        fields = {name: tuple(form.all(name)) for name in form.fields if name not in NOT_KEPT}
        length = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
        within = _within(address)
        return cls(within, fields) if within and fields and length <= MOST_CHARACTERS else cls()

    @classmethod
    def of_query(cls, query: Form) -> Self:
        return cls(_within(query.get("next")))

    @classmethod
    def of_form(cls, form: Form) -> Self:
        """From the hidden fields of a page of the door."""
        try:
            found = json.loads(form.get("kept") or "{}")
            fields = {str(name): tuple(map(str, values)) for name, values in found.items()}
        except (ValueError, AttributeError, TypeError):
            fields = {}
        address = _within(form.get("next"))
        return cls(address, fields if address else {})

    def hidden(self) -> dict[str, str]:
        """As hidden fields."""
        shown = {"next": self.address} if self.address else {}
        return shown | ({"kept": json.dumps(self.fields, ensure_ascii=False)} if self.fields else {})

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What people wrote, to be read and changed."""
        return [(name, it) for name, values in self.fields.items() if is_written(name) for it in values]

    @property
    def rest(self) -> list[tuple[str, str]]:
        return [(name, it) for name, values in self.fields.items() if not is_written(name) for it in values]


def is_written(name: str) -> bool:
    """Whether a field of this name holds what people write."""
    return name.rstrip("0123456789") in SHOWN


def as_query(address: str) -> str:
    return urlencode({"next": address}) if _within(address) else ""


def _within(address: str) -> str:
    """The address, unless it leads elsewhere: no open redirect."""
    return address if len(address) <= 2_000 and _ADDRESS.fullmatch(address) and "//" not in address else ""  # noqa: PLR2004
