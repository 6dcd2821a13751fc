"""A message template, and what its text demands of whoever sends it."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

Status = Literal["PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED"]

VARIABLE: Final = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")


def variables(text: str) -> list[str]:
    """Names of a text's variables in order of first appearance: `{{1}}` gives "1"."""
    return list(dict.fromkeys(VARIABLE.findall(text)))


def fill(text: str, values: dict[str, str]) -> str:
    return VARIABLE.sub(lambda found: values.get(found.group(1), found.group(0)), text)


@dataclass(frozen=True)
class Template:
    """One language of one template of one account, as `GET …/message_templates` lists it."""

    id: str
    waba_id: str
    name: str
    language: str
    category: str
    parameter_format: str
    components: list[dict[str, Any]]
    approved_at: float
    message_send_ttl_seconds: int | None = None
    forced_status: Status | None = None
    correct_category: str | None = None

    def status(self, now: float) -> Status:
        if self.forced_status:
            return self.forced_status
        return "APPROVED" if now >= self.approved_at else "PENDING"

    def with_status(self, status: Status) -> "Template":
        return replace(self, forced_status=status)

    def component(self, kind: str) -> dict[str, Any]:
        return next((part for part in self.components if str(part.get("type", "")).upper() == kind), {})

    @cached_property
    def header_format(self) -> str | None:
        header = self.component("HEADER")
        return str(header.get("format", "TEXT")).upper() if header else None

    @cached_property
    def header_variables(self) -> list[str]:
        return variables(str(self.component("HEADER").get("text", "")))

    @cached_property
    def body_variables(self) -> list[str]:
        return variables(str(self.component("BODY").get("text", "")))

    @cached_property
    def buttons(self) -> list[dict[str, Any]]:
        return list(self.component("BUTTONS").get("buttons", []))

    @cached_property
    def url_buttons_with_variable(self) -> list[int]:
        return [
            place
            for place, button in enumerate(self.buttons)
            if str(button.get("type", "")).upper() == "URL" and variables(str(button.get("url", "")))
        ]

    def as_json(self, now: float) -> dict[str, Any]:
        node: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "status": self.status(now),
            "category": self.category,
            "parameter_format": self.parameter_format,
            "components": self.components,
            "quality_score": {"score": "UNKNOWN"},
            "rejected_reason": "NONE",
        }
        if self.message_send_ttl_seconds is not None:
            node["message_send_ttl_seconds"] = self.message_send_ttl_seconds
        if self.correct_category:
            node["correct_category"] = self.correct_category
        return node
