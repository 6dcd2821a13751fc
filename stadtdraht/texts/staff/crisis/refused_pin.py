"""Why a press was refused for its PIN, and what is left to try: for duty officers, in German."""

from datetime import datetime
from typing import Final

from stadtdraht.domain.town import Town

UNKNOWN_HOLDER: Final = (
    "In {town} ist niemand mit dem Namen „{holder}“ eingetragen, der warnen darf. Es wurde nichts gesendet. "
    "Bitte prüfen Sie den Namen, oder lassen Sie eine andere berechtigte Person auslösen."
)
_WRONG: Final = "Die PIN stimmt nicht. Es wurde nichts gesendet."
_ANOTHER: Final = "Bitte lassen Sie eine andere berechtigte Person mit ihrem eigenen Link auslösen."


def wrong(left: int, until: datetime | None, town: Town) -> str:
    """left: how many tries; until: of a lock that begins."""
    if until:
        return f"{_WRONG} Dieser Link ist jetzt gesperrt bis {_clock(until, town)} Uhr. {_ANOTHER}"
    tries = "Sie haben noch einen Versuch" if left == 1 else f"Sie haben noch {left} Versuche"
    return f"{_WRONG} {tries}, danach ist dieser Link 15 Minuten gesperrt."


def locked(until: datetime, town: Town) -> str:
    return (
        f"Dieser Link ist nach mehreren falschen PINs gesperrt bis {_clock(until, town)} Uhr. "
        f"Es wurde nichts gesendet. {_ANOTHER}"
    )


def _clock(at: datetime, town: Town) -> str:
    return f"{at.astimezone(town.zone):%H:%M}"
