"""Whether a town's line to WhatsApp shows the signs of life that it usually shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.figures.silence import FOUR_WEEKS, longest_silence
from stadtdraht.domain.whatsapp.line_signs import QUIET_AT_LEAST, is_unheard

if TYPE_CHECKING:
    from stadtdraht.ports.figures import FigureDays
    from stadtdraht.ports.whatsapp import LineSignsOf


@dataclass(frozen=True, slots=True)
class LineState:
    """What was found of one town."""

    unheard: bool
    """No webhook has come for much longer than usual."""
    lacks_statuses: bool
    """Messages were accepted, and nothing is heard of what became of them."""
    silent_for: timedelta


def watch_line(town: str, now: datetime, signs: LineSignsOf, figures: FigureDays) -> LineState:
    """Reads figures only of a town that has been silent for hours."""
    seen = signs.of_town(town)
    silent = seen.silent_for(now)
    unheard = False
    if silent > QUIET_AT_LEAST:
        today = now.date()
        unheard = is_unheard(silent, longest_silence(figures.between(town, today - FOUR_WEEKS, today)))
    return LineState(unheard, seen.lack_statuses(), silent)
