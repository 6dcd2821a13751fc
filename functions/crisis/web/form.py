"""What a browser or a control centre sends to the crisis page, read into plain values."""

import base64
import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from stadtdraht.domain.crisis.alert import UNDO, AlertKind
from stadtdraht.domain.crisis.detail import tidied

MAX_BODY_CHARACTERS = 20_000
MAX_FIELDS = 300
CHOICES = ("scenario", "districts", "detail", "valid_for_min", "languages", "kind", "follows", "step")
WHOLE_TOWN = "*"  # the box that is ticked on the page; a machine may also name no district
NOT_A_NUMBER = -1
MAX_DIGITS = 9
MAX_KEY_CHARACTERS = 200
BEHIND_AN_ADDRESS = re.compile(r"[^\w-]{1,8}\Z")  # what chat programs take into a link from the text around it


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `fields`: every value by name, posted or in the query. A machine asks for JSON."""

    method: str = "GET"
    token: str = ""
    alert_id: str = ""
    wants_json: bool = False
    idempotency_key: str = ""
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, event: dict[str, Any]) -> Self:
        """From API Gateway's payload format 2.0; header names come in lower case."""
        headers, method = event.get("headers") or {}, event["requestContext"]["http"]["method"]
        path = event.get("pathParameters") or {}
        return cls(
            method=method,
            token=BEHIND_AN_ADDRESS.sub("", path.get("token") or ""),
            alert_id=BEHIND_AN_ADDRESS.sub("", path.get("alert") or ""),
            wants_json="application/json" in headers.get("accept", ""),
            idempotency_key=headers.get("idempotency-key", "")[:MAX_KEY_CHARACTERS],
            fields=_posted(event, headers.get("content-type", ""))
            if method == "POST"
            else _from_form(event.get("rawQueryString") or ""),
        )

    def one(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "").strip()

    def several(self, name: str) -> tuple[str, ...]:
        """Values of a repeated field, or of one with commas; order and repetition carry no meaning."""
        values = (part.strip() for value in self.fields.get(name, ()) for part in value.split(","))
        return tuple(sorted({value for value in values if value}))

    @property
    def districts(self) -> tuple[str, ...]:
        """As a press means them: none is the whole town, and so is WHOLE_TOWN alone."""
        chosen = self.several("districts")
        return () if chosen == (WHOLE_TOWN,) else chosen

    @property
    def names_a_place(self) -> bool:
        """Whether the whole town or some districts were ticked, as the page asks for."""
        return bool(self.several("districts"))

    @property
    def detail(self) -> str | None:
        """The exact place or a hint; None where it was not asked for."""
        return tidied(self.fields["detail"][0]) if self.fields.get("detail") else None

    @property
    def valid_for_min(self) -> int:
        value = self.one("valid_for_min")
        return int(value) if value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS else NOT_A_NUMBER

    @property
    def kind(self) -> AlertKind:
        """What is to be raised; whatever else was posted is a new alert."""
        value = self.one("kind")
        return AlertKind(value) if value in set(AlertKind) else AlertKind.ALERT

    @property
    def undo(self) -> timedelta:
        """How long the press can be taken back: as the page's button says; without the field it goes at once."""
        return UNDO if self.one("undo_s") == f"{UNDO.seconds}" else timedelta(0)

    @property
    def undoes(self) -> bool:
        """Whether this takes an alert back."""
        return self.method == "POST" and bool(self.alert_id) and "undo" in self.fields

    @property
    def chosen(self) -> str:
        """The choices so far as a query: they may stand in a browser's history, a nonce or a PIN may not."""
        return urlencode([(name, value) for name in CHOICES for value in self.fields.get(name, ())])

    @property
    def presses(self) -> bool:
        """Whether this is the press itself, and not a choice on the way to it."""
        return self.method == "POST" and ("pin" in self.fields or self.wants_json)


def _posted(event: dict[str, Any], content_type: str) -> dict[str, tuple[str, ...]]:
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        body = base64.b64decode(body).decode("utf-8", "replace")
    body = body[:MAX_BODY_CHARACTERS]
    if "application/json" in content_type:
        return _from_json(body)
    return _from_form(body)


def _from_form(text: str) -> dict[str, tuple[str, ...]]:
    try:
        parsed = parse_qs(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        return {}
    return {name: tuple(values) for name, values in parsed.items()}


def _from_json(body: str) -> dict[str, tuple[str, ...]]:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    items = values.items() if isinstance(values, dict) else ()
    listed = ((name, value if isinstance(value, list) else [value]) for name, value in items)
    return {name: tuple(_said(one) for one in several if one is not None) for name, several in listed}


def _said(value: Any) -> str:
    """As a form would have said it: 60.0 is 60."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)
