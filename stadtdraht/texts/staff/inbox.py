"""Conversations that wait, as `stadtdraht inbox` tells staff of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.texts.staff.language import german

HEAD: Final = ("Kennung", "Name", "Nummer", "wartet", "Antwort bis", "bei", "zuletzt", "letzte Worte", "Hinweis")
FLAGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "emergency": german("Notfall"),
        "sensitive": german("vertraulich"),
        "chain": german("Kettenbrief"),
        "despair": german("Verzweiflung"),
        "violence": german("Gewalt"),
        "abuse": german("Beleidigung"),
    }
)
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "image": german("Foto"),
        "audio": german("Sprachnachricht"),
        "video": german("Film"),
        "document": german("Datei"),
        "sticker": german("Aufkleber"),
        "location": german("Standort"),
        "contacts": german("Kontakt"),
        "reaction": german("Reaktion"),
        "interactive": german("Auswahl"),
        "button": german("Knopf"),
        "template": german("Vorlage"),
        "unsupported": german("nicht lesbar"),
        "forgotten": german("gelöscht"),
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
