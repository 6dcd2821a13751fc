"""The phrase bank of alerts: what happened and what to do, worded in calm before anyone is in a hurry.

Practice: name the consequence, not the technical value; one sober instruction after the other; no abbreviations;
the same meaning in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from stadtdraht.texts.languages import language_of
from stadtdraht.texts.sentences import WasTun

DETAIL = "{detail}"  # stands in what happened where that is whoever warns says it is


@dataclass(frozen=True, slots=True)
class Scenario:
    """One municipal case."""

    id: str
    label: str
    """For staff, in German."""
    valid_for_min: int = 180
    """How long the alert is proposed to hold."""
    needs_detail: bool = False
    """Without the exact place or a hint it helps nobody, and is refused."""

    @property
    def is_the_detail(self) -> bool:
        """Whether what happened is said by the detail alone."""
        return DETAIL in self.was("de")

    @property
    def name(self) -> str:
        """The label in running text."""
        return self.label.replace("\u00ad", "")

    def was(self, language: str, detail: str = DETAIL) -> str:
        """What happened."""
        return self._in(language)[0].replace(DETAIL, detail)

    def tun(self, language: str) -> str:
        """What to do now."""
        return self._in(language)[1]

    def _in(self, language: str) -> WasTun:
        return cast("Mapping[str, WasTun]", language_of(language).scenarios)[self.id]


# In the order of the page: what towns warn of most often stands first, what fits nothing else last.
_BANK = (
    Scenario("fire", "Großbrand, Rauch"),
    Scenario("storm", "Sturm, Orkan", 360),
    Scenario("heavy-rain", "Starkregen"),
    Scenario("power-cut", "Stromausfall"),
    Scenario("boil-water", "Trinkwasser abkochen", 720),
    Scenario("bomb", "Bomben\u00adentschärfung", 480, needs_detail=True),  # soft hyphens: for a narrow phone
    Scenario("flood", "Hochwasser", 720),
    Scenario("gas", "Gasgeruch"),
    Scenario("chemical", "Chemischer Geruch"),
    Scenario("ice", "Glatteis", 360),
    Scenario("heat", "Hitze", 720),
    Scenario("missing-person", "Vermisste Person", 360, needs_detail=True),
    Scenario("evacuation", "Räumung", 480, needs_detail=True),
    Scenario("shelter", "Sammelstelle geöffnet", 480, needs_detail=True),
    Scenario("emergency-call-down", "Notruf 112 gestört"),
    Scenario("water-point", "Trinkwasser\u00adausgabe", 720, needs_detail=True),
    Scenario("bridge", "Brücke gesperrt", 720, needs_detail=True),
    Scenario("school-closed", "Schule geschlossen", 720, needs_detail=True),
    Scenario("animal", "Gefährliches Tier"),
    Scenario("other", "Anderes Ereignis", needs_detail=True),
)

SCENARIOS = MappingProxyType({scenario.id: scenario for scenario in _BANK})
NEED_DETAIL = frozenset(scenario.id for scenario in _BANK if scenario.needs_detail)
