"""Drills as `stadtdraht crisis` tells them."""

from typing import Final

HEAD: Final = ("Übung", "wann", "wer", "Ereignis", "Menschen", "angenommen", "erste s", "Hälfte s", "letzte s")
NAME_ONE: Final = "Nennen Sie eines davon: --town STADT oder --all."
NO_SCENARIO: Final = "--scenario: Möglich sind {known}."
NOBODY_ABLE: Final = (
    "Keine Stadt kann üben: Es gibt keine freigegebene Vorlage für Warnungen; siehe `stadtdraht town check`."
)
NOT_DRILLED: Final = "{town}: NICHT GEÜBT ({why}); versuchen Sie es noch einmal, doppelt beginnt nichts."
NEVER: Final = "Noch nie geübt: {towns}. Beginnen Sie mit `stadtdraht crisis drill --town {first}`."
NONE_YET: Final = "Noch wurde nicht geübt."
TAKEN_BACK: Final = "zurückgenommen"
