"""Contests as `stadtdraht contest` tells the press office of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.texts.staff.moments import counted

PHASES: Final[Mapping[str, str]] = MappingProxyType(
    {"planned": "geplant", "open": "offen", "late": "eben zu Ende", "over": "zu Ende"}
)
LIST_HEAD: Final = ("Kennung", "Stand", "bis", "Titel")
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "call_id": "Kennung",
        "phase": "Stand",
        "title": "Titel",
        "form": "Art",
        "keyword": "Stichwort",
        "from": "von",
        "until": "bis",
        "delete_on": "gelöscht am",
        "terms": "Bedingungen",
        "per_person": "Einsendungen je Person",
        "entries": "Einsendungen",
        "people": "Menschen",
        "accepted": "Bedingungen angenommen",
        "late": "zu spät",
    }
)
FORMS: Final[Mapping[str, str]] = MappingProxyType({"photo": "Foto", "text": "Text", "voice": "Sprachnachricht"})
OPEN: Final = "{contest_id}\nOffen bis {until}. Verfolgen: stadtdraht contest show {contest_id}"
CLOSED: Final = "Beendet. Wer jetzt noch etwas schickt, erfährt das zwei Wochen lang. Einsendungen: stadtdraht contest show {contest_id}"
WITHOUT_PHOTO: Final = "\nOhne Foto: {entries}"
TOLD: Final = "Die Nachricht ist unterwegs."
HELD: Final = "Diese Einsendung ist für ein Verfahren festgehalten; `stadtdraht citizen holds` zeigt, für welches."
TAKEN_OUT: Final = "Herausgenommen."
ASK_YES: Final = (
    "Mit --json kann niemand gefragt werden; geben Sie --yes dazu, wenn sie gelöscht werden dürfen (add --yes)."
)
DELETE: Final = "Alle Einsendungen zu „{title}“ mit ihren Fotos löschen?"
KEPT: Final = " {kept} bleiben für ein Verfahren: stadtdraht citizen holds"
NO_ENTRY: Final = (
    "{contest_id} hat keine Einsendung {entry_id}: zurückgezogen, mit der Person gelöscht, an ihrem Tag gelöscht, oder vertippt. "
    "Welche es gibt, zeigt `stadtdraht contest export`."
)


def entries_in(number: int, file: str) -> str:
    """After the ZIP was written."""
    return f"{counted(number, 'Einsendung', 'Einsendungen')} in {file}"


def deleted(number: int) -> str:
    """After entries were deleted."""
    return f"{counted(number, 'Einsendung', 'Einsendungen')} gelöscht."
