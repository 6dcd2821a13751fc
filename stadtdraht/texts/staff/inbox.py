"""Conversations that wait, as `stadtdraht inbox` tells staff of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HEAD: Final = ("Kennung", "Name", "Nummer", "wartet", "Antwort bis", "bei", "zuletzt", "letzte Worte", "Hinweis")
FLAGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "emergency": "Notfall",
        "sensitive": "vertraulich",
        "chain": "Kettenbrief",
        "despair": "Verzweiflung",
        "violence": "Gewalt",
        "abuse": "Beleidigung",
    }
)
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "image": "Foto",
        "audio": "Sprachnachricht",
        "video": "Film",
        "document": "Datei",
        "sticker": "Aufkleber",
        "location": "Standort",
        "contacts": "Kontakt",
        "reaction": "Reaktion",
        "interactive": "Auswahl",
        "button": "Knopf",
        "template": "Vorlage",
        "unsupported": "nicht lesbar",
        "forgotten": "gelöscht",
    }
)
ON_ITS_WAY: Final = "Die Antwort ist unterwegs."
ASSIGNED: Final = "Jetzt bei {to}."
FREE: Final = "Jetzt bei niemandem."
NOTED: Final = "Notiert."
DONE: Final = "Geschlossen."
UNFLAGGED: Final = "Nicht mehr gekennzeichnet als {flag}."
ABOUT: Final = "(zu: {quoted})"


def flags(found: frozenset[str]) -> str:
    """In the order that they are stored in lists."""
    return ", ".join(FLAGS.get(flag, flag) for flag in sorted(found))
