"""The phrase bank of alerts: what happened and what to do, worded in calm before anyone is in a hurry.

Practice: name the consequence, not the technical value; one sober instruction after the other; no abbreviations;
the same meaning in every language. A file per language stands in stadtdraht/texts/alerts/.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stadtdraht.texts.alerts import ar, de, de_easy, en, pl, ru, tr, uk
from stadtdraht.texts.alerts.words import Words

BY_LANGUAGE: Mapping[str, Words] = MappingProxyType(
    {
        "de": de.WORDS,
        "de-easy": de_easy.WORDS,
        "en": en.WORDS,
        "tr": tr.WORDS,
        "uk": uk.WORDS,
        "ar": ar.WORDS,
        "pl": pl.WORDS,
        "ru": ru.WORDS,
    }
)


def words_in(language: str) -> Words:
    """The words of a language, or German ones."""
    return BY_LANGUAGE.get(language, de.WORDS)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One municipal case. label: for staff, in German. valid_for_min: a proposal."""

    id: str
    label: str
    valid_for_min: int = 180

    def was(self, language: str) -> str:
        """What happened."""
        return words_in(language).scenarios[self.id][0]

    def tun(self, language: str) -> str:
        """What to do now."""
        return words_in(language).scenarios[self.id][1]


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
