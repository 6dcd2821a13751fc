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


@dataclass(frozen=True, slots=True)
class Scenario:
    """One municipal case."""

    id: str
    label: str
    """For staff, in German."""
    valid_for_min: int = 180
    """How long the alert is proposed to hold."""

    @property
    def name(self) -> str:
        """The label in running text."""
        return self.label.replace("\u00ad", "")

    def was(self, language: str) -> str:
        """What happened."""
        return self._in(language)[0]

    def tun(self, language: str) -> str:
        """What to do now."""
        return self._in(language)[1]

    def _in(self, language: str) -> WasTun:
        return cast("Mapping[str, WasTun]", language_of(language).scenarios)[self.id]


_BANK = (
    Scenario("fire", "Großbrand, Rauch"),
    Scenario("bomb", "Bomben\u00adentschärfung", 480),  # soft hyphens: the choice must fit a narrow phone
    Scenario("flood", "Hochwasser", 720),
    Scenario("heavy-rain", "Starkregen"),
    Scenario("boil-water", "Trinkwasser abkochen", 720),
    Scenario("power-cut", "Stromausfall"),
    Scenario("gas", "Gasgeruch"),
    Scenario("storm", "Sturm, Orkan", 360),
    Scenario("heat", "Hitze", 720),
    Scenario("ice", "Glatteis", 360),
    Scenario("missing-person", "Vermisste Person", 360),
    Scenario("school-closed", "Schule geschlossen", 720),
    Scenario("emergency-call-down", "Notruf 112 gestört"),
    Scenario("evacuation", "Räumung", 480),
    Scenario("shelter", "Sammelstelle geöffnet", 480),
    Scenario("animal", "Gefährliches Tier"),
    Scenario("chemical", "Chemischer Geruch"),
    Scenario("bridge", "Brücke gesperrt", 720),
    Scenario("water-point", "Trinkwasser\u00adausgabe", 720),
)

SCENARIOS = MappingProxyType({scenario.id: scenario for scenario in _BANK})
