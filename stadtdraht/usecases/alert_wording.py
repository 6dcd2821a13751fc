"""Fills the frame of an alert, WAS – WO – BIS WANN – WAS TUN – WER – MEHR, in the languages of a town."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from stadtdraht.domain.town import Template, Town
from stadtdraht.texts.scenarios import Scenario

WORDED = ("de", "en")  # the languages of the phrase bank; every other language falls back to German


def district_names(town: Town, districts: Sequence[str]) -> str:
    """The place, as people say it: the town, or its named districts."""
    labels = {district.id: district.label for district in town.districts}
    named = [labels[district] for district in districts]
    return f"{town.name}: {', '.join(named)}" if named else f"{town.name}, ganzes Stadtgebiet"


def until(expires_at: datetime, town: Town, language: str) -> str:
    """End of validity in the town's time."""
    local = expires_at.astimezone(town.zone)
    return f"{local:%d/%m/%Y, %H:%M}" if language == "en" else f"{local:%d.%m.%Y, %H:%M} Uhr"


def wording(
    town: Town,
    scenario: Scenario,
    districts: Sequence[str],
    expires_at: datetime,
    *,
    issuer: str,
    check_url: str,
    languages: Sequence[str] = (),
) -> Mapping[str, Mapping[str, str]]:
    """The six parts per language, ready for the template's variables. German always; `languages` empty: all we have."""
    place = district_names(town, districts)
    return {
        language: {
            "was": scenario.was(language),
            "wo": place.replace("ganzes Stadtgebiet", "the whole town") if language == "en" else place,
            "bis": until(expires_at, town, language),
            "tun": scenario.tun(language),
            "wer": issuer,
            "mehr": check_url,
        }
        for language in worded_languages(town)
        if language == "de" or not languages or language in languages
    }


def worded_languages(town: Town) -> tuple[str, ...]:
    """The languages a warning of this town can have, German first."""
    return tuple(language for language in WORDED if language == "de" or language in town.languages)


def as_people_read(template: Template, parts: Mapping[str, str]) -> str:
    """The message as it will stand on the phone: the approved body with its variables filled."""
    text = template.body
    for name in template.variables:
        text = text.replace(f"{{{{{name}}}}}", parts.get(name, ""))
    return text
