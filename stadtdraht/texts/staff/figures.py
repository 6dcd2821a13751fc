"""Figures in the words of an office."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from stadtdraht.domain.figures.day import Signal, SignalKind
from stadtdraht.domain.figures.hidden import Cell, Hidden
from stadtdraht.domain.figures.workload import Forecast
from stadtdraht.domain.town import Offer
from stadtdraht.texts.staff import amounts
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.language import german, say, say_many
from stadtdraht.texts.staff.moments import MONTHS, written

CELLS: Final[Mapping[Hidden, str]] = {
    Hidden.FEW: german("unter 5"),
    Hidden.NEARLY_ALL: german("fast alle"),
    Hidden.COVERED: german("verdeckt"),
}
OFFERS: Final[Mapping[Offer, str]] = {
    Offer.NEWS: german("Neuigkeiten"),
    Offer.CHAT: german("Gespräch"),
    Offer.REPORTS: german("Meldungen"),
    Offer.CRISIS: german("Warnungen"),
}
SPANS: Final[Mapping[int, str]] = {
    7: german("7 Tage"),
    30: german("30 Tage"),
    90: german("90 Tage"),
    365: german("12 Monate"),
    1095: german("3 Jahre"),
}
NUMBERS: Final = (
    *(german("keine"), german("eine"), german("zwei"), german("drei"), german("vier"), german("fünf")),
    *(german("sechs"), german("sieben"), german("acht"), german("neun"), german("zehn"), german("elf")),
    german("zwölf"),
)
UNNAMED: Final = german("keine Angabe")
NOTHING_YET: Final = german("Noch keine Zahlen; die ersten stehen morgen früh hier.")
NOTHING_ON_THE_COMMAND_LINE: Final = f"{NOTHING_YET} Gezählt wird jede Nacht um 1:30 Uhr."
FOOT: Final = german(
    "Gezählt wird jede Nacht um 1:30 Uhr. Wo weniger als fünf Menschen in einem Feld stehen, zeigen wir keine Zahl; "
    "„verdeckt“ ist ein Feld, aus dem sich sonst ein anderes errechnen ließe. Anfragen sind Menschen, die an einem Tag "
    "etwas schrieben, das jemand lesen musste, jeder einmal am Tag."
)


TRY_THE_LINE: Final = german(
    "Schreiben Sie zur Probe selbst eine Nachricht an die Nummer der Stadt; kommt keine Antwort, sagen Sie dem "
    "Betrieb Bescheid."
)
ASK_FOR_HELP: Final = german(
    "Bitten Sie eine Vertretung dazu, oder sagen Sie in der Begrüßung, dass es zurzeit länger dauert."
)


def cell(value: Cell) -> str:
    """A number, or why there is none."""
    return say(CELLS[value]) if isinstance(value, Hidden) else grouped(value)


def signed(value: int) -> str:
    return f"+{grouped(value)}" if value > 0 else f"−{grouped(-value)}" if value < 0 else "±0"


def percent(share: float) -> str:
    return amounts.percent(f"{round(share * 100)}")


def growth(share: float) -> str:
    """How much more or less than before."""
    rounded = round(share * 100)
    if not rounded:
        return say("wie zuvor")
    return amounts.percent(f"+{rounded}" if rounded > 0 else f"−{-rounded}")


def minutes(count: int) -> str:
    """Office time: "48 Min.", "2 Std. 10 Min."."""
    hours, rest = divmod(count, 60)
    if not hours:
        return say("{minutes} Min.", minutes=rest)
    return say("{hours} Std. {minutes} Min.", hours=hours, minutes=rest) if rest else say("{hours} Std.", hours=hours)


def day(it: date) -> str:
    """Without the year: "24.11."."""
    return written(it, german("%-d.%-m."))


def month(it: str) -> str:
    """Of "2026-11": "November 2026"."""
    year, number_of_month = it.split("-")
    return f"{say(MONTHS[int(number_of_month) - 1])} {year}"


def say_forecast(it: Forecast) -> str:
    """What to expect of a working day."""
    usual = _range(it.low, it.high)
    said = (
        say(
            "An einem Werktag kommen meist {usual} am Tag, am Tag eines Newsletters {after}.",
            usual=usual,
            after=_range(*it.after_newsletter),
        )
        if it.after_newsletter
        else say("An einem Werktag kommen meist {usual} am Tag.", usual=usual)
    )
    expected = say("Für die nächsten sieben Tage erwarten wir etwa {count}.", count=_count(it.next_week))
    return f"{said} {expected}"


def say_signal(it: Signal) -> tuple[str, str]:
    """What stands out, and what to do about it."""
    match it.kind:
        case SignalKind.NOBODY_WRITES:
            usual = say_many(
                it.usual,
                "Sonst war es hier höchstens ein Tag still.",
                "Sonst war es hier höchstens {number} Tage still.",
            )
            return (
                say("Seit {days} Tagen hat niemand geschrieben", days=it.count),
                f"{usual} {say(TRY_THE_LINE)}",
            )
        case SignalKind.NO_NEWSLETTER:
            usual = say("täglich") if it.usual <= 1 else say("alle {days} Tage", days=it.usual)
            return (
                say("Der letzte Newsletter ist {days} Tage her", days=it.count),
                say("Sonst geht {usual} einer hinaus. Wer lange nichts hört, bestellt eher ab.", usual=usual),
            )
        case SignalKind.WAITS_PILE_UP:
            usual = say("Sonst sind es {people}.", people=it.usual)
            return (
                say("{people} Menschen warten länger, als die Stadt es möchte", people=it.count),
                f"{usual} {say(ASK_FOR_HELP)}",
            )


def _range(low: int, high: int) -> str:
    if low == high:
        return _count(low)
    return say("{low} bis {high}", low=_word(low), high=_count(high))


def _count(count: int) -> str:
    if not count:
        return say("keine Anfragen")
    return say_many(count, "{words} Anfrage", "{words} Anfragen", words=_word(count))


def _word(count: int) -> str:
    return say(NUMBERS[count]) if count < len(NUMBERS) else grouped(count)
