"""Figures in the words of an office."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from stadtdraht.domain.figures.day import Signal, SignalKind
from stadtdraht.domain.figures.hidden import Cell, Hidden
from stadtdraht.domain.figures.workload import Forecast
from stadtdraht.domain.town import Offer
from stadtdraht.texts.staff.moments import MONTHS

CELLS: Final[Mapping[Hidden, str]] = {
    Hidden.FEW: "unter 5",
    Hidden.NEARLY_ALL: "fast alle",
    Hidden.COVERED: "verdeckt",
}
OFFERS: Final[Mapping[Offer, str]] = {
    Offer.NEWS: "Neuigkeiten",
    Offer.CHAT: "Gespräch",
    Offer.REPORTS: "Meldungen",
    Offer.CRISIS: "Warnungen",
}
SPANS: Final[Mapping[int, str]] = {7: "7 Tage", 30: "30 Tage", 90: "90 Tage", 365: "12 Monate"}
NUMBERS: Final = (
    *("keine", "eine", "zwei", "drei", "vier", "fünf", "sechs"),
    *("sieben", "acht", "neun", "zehn", "elf", "zwölf"),
)
UNNAMED: Final = "keine Angabe"
NOTHING_YET: Final = "Noch keine Zahlen; die ersten stehen morgen früh hier."
NOTHING_ON_THE_COMMAND_LINE: Final = f"{NOTHING_YET} Gezählt wird jede Nacht um 1:30 Uhr."
FOOT: Final = (
    "Gezählt wird jede Nacht um 1:30 Uhr. Wo weniger als fünf Menschen in einem Feld stehen, zeigen wir keine Zahl; "
    "„verdeckt“ ist ein Feld, aus dem sich sonst ein anderes errechnen ließe. Anfragen sind Menschen, die an einem Tag "
    "etwas schrieben, das jemand lesen musste, jeder einmal am Tag."
)


TRY_THE_LINE: Final = (
    "Schreiben Sie zur Probe selbst eine Nachricht an die Nummer der Stadt; kommt keine Antwort, sagen Sie dem "
    "Betrieb Bescheid."
)
ASK_FOR_HELP: Final = "Bitten Sie eine Vertretung dazu, oder sagen Sie in der Begrüßung, dass es zurzeit länger dauert."


def number(value: int) -> str:
    """With the point that groups thousands: "3.012"."""
    return f"{value:,}".replace(",", ".")


def cell(value: Cell) -> str:
    """A number, or why there is none."""
    return CELLS[value] if isinstance(value, Hidden) else number(value)


def signed(value: int) -> str:
    return f"+{number(value)}" if value > 0 else f"−{number(-value)}" if value < 0 else "±0"


def percent(share: float) -> str:
    return f"{round(share * 100)} %"


def growth(share: float) -> str:
    """How much more or less than before."""
    rounded = round(share * 100)
    return f"+{rounded} %" if rounded > 0 else f"−{-rounded} %" if rounded < 0 else "wie zuvor"


def minutes(count: int) -> str:
    """Office time: "48 Min.", "2 Std. 10 Min."."""
    hours, rest = divmod(count, 60)
    if not hours:
        return f"{rest} Min."
    return f"{hours} Std. {rest} Min." if rest else f"{hours} Std."


def day(it: date) -> str:
    """Without the year: "24.11."."""
    return f"{it.day}.{it.month}."


def month(it: str) -> str:
    """Of "2026-11": "November 2026"."""
    year, number_of_month = it.split("-")
    return f"{MONTHS[int(number_of_month) - 1]} {year}"


def say_forecast(it: Forecast) -> str:
    """What to expect of a working day."""
    said = f"An einem Werktag kommen meist {_range(it.low, it.high)} am Tag"
    if it.after_newsletter:
        said += f", am Tag eines Newsletters {_range(*it.after_newsletter)}"
    return f"{said}. Für die nächsten sieben Tage erwarten wir etwa {_count(it.next_week)}."


def say_signal(it: Signal) -> tuple[str, str]:
    """What stands out, and what to do about it."""
    match it.kind:
        case SignalKind.NOBODY_WRITES:
            longest = "ein Tag" if it.usual == 1 else f"{it.usual} Tage"
            return (
                f"Seit {it.count} Tagen hat niemand geschrieben",
                f"Sonst war es hier höchstens {longest} still. {TRY_THE_LINE}",
            )
        case SignalKind.NO_NEWSLETTER:
            usual = "täglich" if it.usual <= 1 else f"alle {it.usual} Tage"
            return (
                f"Der letzte Newsletter ist {it.count} Tage her",
                f"Sonst geht {usual} einer hinaus. Wer lange nichts hört, bestellt eher ab.",
            )
        case SignalKind.WAITS_PILE_UP:
            return (
                f"{it.count} Menschen warten länger, als die Stadt es möchte",
                f"Sonst sind es {it.usual}. {ASK_FOR_HELP}",
            )


def _range(low: int, high: int) -> str:
    if low == high:
        return _count(low)
    return f"{_word(low)} bis {_count(high)}"


def _count(count: int) -> str:
    return f"{_word(count)} {'Anfrage' if count == 1 else 'Anfragen'}"


def _word(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else number(count)
