"""What became of the lines of a file of subscribers, in words of staff."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from stadtdraht.texts.staff.moments import counted

#: By what became of a line.
RESULTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "new": "neu",
        "changed": "geändert",
        "unchanged": "unverändert",
        "left since": "danach abbestellt und nicht zurückgeholt",
        "erased": "gelöscht und nicht zurückgeholt",
    }
)
ERROR_HEAD: Final = ("Zeile", "Feld", "erwartet")
#: What is wrong other than a cell; of a cell its column is named as the file names it.
FIELDS: Final[Mapping[str, str]] = MappingProxyType({"line": "Zeile", "columns": "Spalten"})
PHONE_OR_USER_ID: Final = "phone oder user_id"
_NUMBER: Final = "eine Nummer mit + und Landesvorwahl, wie +4915112345678"
#: What is expected in a field, by what is wrong with it. It never holds what stands there.
EXPECTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no_csv": "CSV; ab hier wurde nichts mehr gelesen ({why})",
        "columns": "Spalten aus {known} ({found})",
        "too_many_cells": "nicht mehr Zellen, als es Spalten gibt; ein Text, in dem das Trennzeichen steht, braucht Anführungszeichen",
        "column_without_name": "nichts in einer Spalte, die keinen Namen hat",
        "user_id": "eine Nutzerkennung wie DE.8123456789",
        "nobody": f"hier oder in user_id eine Angabe, wer es ist: {_NUMBER}",
        "number": _NUMBER,
        "other_digits": f"{_NUMBER}, in den Ziffern 0 bis 9",
        "trunk_zero": f"{_NUMBER}: ohne die 0 nach +{{country}}",
        "number_shortened": "die ganze Nummer; die Tabelle hat sie gekürzt: Stellen Sie die Spalte auf Text, und füllen Sie sie neu",
        "offers": "eines oder mehrere von {known}",
        "choice": "Kennungen von {town}: {known}",
        "no_choice": "nichts; {town} bietet hier keine Auswahl",
        "language": "eine Sprache von {known}, oder nichts für de",
        "consent_how": "in Worten, wie die Einwilligung gegeben wurde",
        "no_time": "ein Zeitpunkt wie 2026-03-01T10:00:00+01:00",
        "in_the_future": "ein Zeitpunkt, der schon war; dieser liegt in der Zukunft",
        "too_early": "ein Zeitpunkt seit {first}, als WhatsApp begann",
    }
)
REPEATS: Final = "{file}:{line}: dieselbe Person wie in Zeile {first}, danach eingelesen"
MORE_REPEATS: Final = "… und {more} weitere Zeilen, die eine Person wiederholen; --json nennt alle."
ALL_ERRORS: Final = "Alle, Zeile für Zeile: {file}"
DRY_RUN: Final = "Nichts wurde eingelesen (--dry-run)."


def lines(right: int, wrong: int) -> str:
    taken = counted(right, "Zeile ist", "Zeilen sind")
    return f"{taken} richtig, {counted(wrong, 'ist', 'sind')} falsch."


def columns(unknown: Sequence[str], missing: Sequence[str], twice: Sequence[str]) -> str:
    """What is wrong with the columns of a file; "" when nothing is."""
    found = (("unbekannt", unknown), ("es fehlen", missing), ("doppelt", twice))
    return "; ".join(f"{what}: {', '.join(names)}" for what, names in found if names)
