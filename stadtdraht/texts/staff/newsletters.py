"""Newsletters in the words of the press office."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "draft": "Entwurf",
        "released": "freigegeben",
        "scheduled": "eingeplant",
        "running": "unterwegs",
        "stopped": "angehalten",
        "halted": "von WhatsApp angehalten",
        "finished": "fertig",
    }
)
