"""The phrase bank of alerts: what happened and what to do, worded in calm before anyone is in a hurry.

Practice: name the consequence, not the technical value; one sober instruction after the other; no abbreviations;
the same meaning in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from stadtdraht.domain.errors import german
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
    Scenario("fire", german("Großbrand, Rauch")),
    Scenario("storm", german("Sturm, Orkan"), 360),
    Scenario("heavy-rain", german("Starkregen")),
    Scenario("power-cut", german("Stromausfall")),
    Scenario("boil-water", german("Trinkwasser abkochen"), 720),
    Scenario("bomb", german("Bomben\u00adentschärfung"), 480, needs_detail=True),  # soft hyphens: for a narrow phone
    Scenario("flood", german("Hochwasser"), 720),
    Scenario("gas", german("Gasgeruch")),
    Scenario("chemical", german("Chemischer Geruch")),
    Scenario("ice", german("Glatteis"), 360),
    Scenario("heat", german("Hitze"), 720),
    Scenario("missing-person", german("Vermisste Person"), 360, needs_detail=True),
    Scenario("evacuation", german("Räumung"), 480, needs_detail=True),
    Scenario("shelter", german("Sammelstelle geöffnet"), 480, needs_detail=True),
    Scenario("emergency-call-down", german("Notruf 112 gestört")),
    Scenario("water-point", german("Trinkwasser\u00adausgabe"), 720, needs_detail=True),
    Scenario("bridge", german("Brücke gesperrt"), 720, needs_detail=True),
    Scenario("school-closed", german("Schule geschlossen"), 720, needs_detail=True),
    Scenario("animal", german("Gefährliches Tier")),
    Scenario("other", german("Anderes Ereignis"), needs_detail=True),
)

SCENARIOS = MappingProxyType({scenario.id: scenario for scenario in _BANK})
NEED_DETAIL = frozenset(scenario.id for scenario in _BANK if scenario.needs_detail)
