"""Reports of citizens as `stadtdraht case` tells staff of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.texts.staff.language import german
from stadtdraht.texts.staff.moments import counted

STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "new": german("neu"),
        "in_work": german("in Arbeit"),
        "forwarded": german("weitergeleitet"),
        "answered": german("beantwortet"),
        "closed": german("abgeschlossen"),
    }
)
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "idea": german("Idee"),
        "suggestion": german("Anregung"),
        "hint": german("Hinweis"),
        "criticism": german("Kritik"),
        "praise": german("Lob"),
        "question": german("Frage"),
    }
)
LIST_HEAD: Final = ("Nummer", "Stand", "Art", "fällig", "Stelle", "bearbeitet", "wo", "zuletzt", "letzte Worte")
HISTORY_HEAD: Final = ("wann", "wer", "Stand", "gesagt", "Worte", "Notiz")
OVERDUE: Final = "ÜBERFÄLLIG"
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "number": "Nummer",
        "state": "Stand",
        "kind": "Art",
        "opened": "eingegangen",
        "due": "erste Rückmeldung bis",
        "department": "Stelle",
        "assigned_to": "bearbeitet",
        "district": "Ortsteil",
        "where": "wo",
        "pin": "Standort",
        "first_feedback": "erste Rückmeldung am",
        "citizen": "Bürger/in",
        "citizen_number": "Telefon",
        "text": "Worte",
        "photos": "Fotos",
        "maybe_the_same": "vielleicht dasselbe",
        "duplicates": "aufgenommen",
        "merged_into": "aufgegangen in",
        "rating": "Bewertung",
    }
)
HEARD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "freely": "Die Bürgerin oder der Bürger bekommt es auf WhatsApp.",
        "by_template": "Die Bürgerin oder der Bürger bekommt die Vorlage der Stadt mit Nummer und Stand, ohne Ihre Worte: "
        "Die letzte Nachricht ist über 24 Stunden her.",
        "not_on_whatsapp": "Die Bürgerin oder der Bürger hat es NICHT erfahren: Die letzte Nachricht ist über 24 Stunden her, "
        "und die Stadt hat keine Vorlage meldung_status. Zu lesen ist es mit „Status {number}“. Oder rufen Sie an "
        "(`stadtdraht citizen reveal --town {town} {number} --why …`), und geben Sie dann --told-otherwise dazu.",
        "nothing_to_tell": "Nichts davon muss die Bürgerin oder der Bürger erfahren.",
    }
)
WROTE_MORE: Final = "Es wurde mehr geschrieben: stadtdraht inbox show --town {town} {citizen}"
IN_OUR_WORDS: Final = (
    "Hinaus ging unser Wortlaut: Der eigene der Stadt lässt sich nicht füllen; `stadtdraht town check` nennt den Satz."
)
SAY_WHAT_TO_CORRECT: Final = "Sagen Sie, was zu berichtigen ist: --department, --address oder --pin"


def done(town: str, number: str, state: str, heard: str, duplicates_told: int) -> str:
    """After an act: the state, and who heard of it."""
    words = f"{number}: {STATES[state]}. {HEARD[heard].format(town=town, number=number)}"
    if duplicates_told:
        others = counted(duplicates_told, "Person, die", "Personen, die")
        words += f" Ebenso {others} dasselbe gemeldet {'hat' if duplicates_told == 1 else 'haben'}."
    return words


def exported(cases: int, file: str) -> str:
    """After the table was written."""
    return f"{counted(cases, 'Meldung', 'Meldungen')} in {file}"
