"""What became of the lines of a file of subscribers, in words of staff."""

from collections.abc import Mapping
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
REPEATS: Final = "{file}:{line}: dieselbe Person wie in Zeile {first}, danach eingelesen"
MORE_REPEATS: Final = "… und {more} weitere Zeilen, die eine Person wiederholen; --json nennt alle."
ALL_ERRORS: Final = "Alle, Zeile für Zeile: {file}"
DRY_RUN: Final = "Nichts wurde eingelesen (--dry-run)."


def lines(right: int, wrong: int) -> str:
    taken = counted(right, "Zeile ist", "Zeilen sind")
    return f"{taken} richtig, {counted(wrong, 'ist', 'sind')} falsch."
