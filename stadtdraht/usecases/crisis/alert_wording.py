"""Fills the frame of an alert, WAS – WO – BIS WANN – WAS TUN – WER – MEHR, in the languages of a town."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from stadtdraht.domain.crisis.alert import ABOUT, ENDS, Alert, AlertKind
from stadtdraht.domain.crisis.templates import frames, own_frames
from stadtdraht.domain.town import Offer, Template, Town
from stadtdraht.texts.dates import full_moment
from stadtdraht.texts.follow_ups import follow_up
from stadtdraht.texts.languages import LANGUAGES, language_of
from stadtdraht.texts.scenarios import Scenario


def can_warn(town: Town) -> bool:
    """Whether there is anything to warn or drill with: an approved template for warnings."""
    return any(town.template(name) for name in town.crisis_templates)


def issuer_of(town: Town) -> str:
    """Who warns, in the words people know."""
    return town.crisis_issuers[0] if town.crisis_issuers else town.imprint.provider


def district_names(town: Town, districts: Sequence[str], language: str = "de") -> str:
    """The place, as people say it: the town, or its named districts."""
    labels = {district.id: district.label for district in town.districts}
    named = [labels[district] for district in districts]
    return f"{town.name}: {', '.join(named)}" if named else language_of(language).whole_town.format(town=town.name)


def until(expires_at: datetime, town: Town, language: str) -> str:
    """End of validity in the town's time."""
    return full_moment(expires_at, town, language)


def wording(
    town: Town,
    scenario: Scenario,
    districts: Sequence[str],
    expires_at: datetime,
    *,
    issuer: str,
    check_url: str,
    languages: Sequence[str] = (),
    kind: AlertKind = AlertKind.ALERT,
    detail: str = "",
) -> Mapping[str, Mapping[str, str]]:
    """The PARTS per language, ready for the template's variables. German always; `languages` empty: all we have.

    detail: the exact place or a hint. It stands behind the place, so that approved templates have room for it; where
    it is all that is known of what happened, it stands there.
    """
    return {
        language: {
            "was": _was(scenario, kind, language, detail),
            "wo": _where(town, districts, language, "" if scenario.is_the_detail else detail),
            "bis": until(expires_at, town, language),
            "tun": _tun(scenario, kind, language),
            "wer": issuer,
            "mehr": check_url,
            **_about(scenario, kind, language, detail),
        }
        for language in worded_languages(town)
        if language == "de" or not languages or language in languages
    }


def _where(town: Town, districts: Sequence[str], language: str, detail: str) -> str:
    place = district_names(town, districts, language)
    return f"{place} – {detail}" if detail else place


def _was(scenario: Scenario, kind: AlertKind, language: str, detail: str) -> str:
    was = scenario.was(language, detail)
    return was if kind is AlertKind.ALERT else follow_up(kind, language).was.format(was=was)


def _about(scenario: Scenario, kind: AlertKind, language: str, detail: str) -> Mapping[str, str]:
    """An all-clear's frame says that it is one; that an alarm was a false one has to be said."""
    if kind not in ENDS:
        return {}
    said = scenario.was(language, detail) if kind is AlertKind.ALL_CLEAR else _was(scenario, kind, language, detail)
    return {ABOUT: said}


def _tun(scenario: Scenario, kind: AlertKind, language: str) -> str:
    said = None if kind is AlertKind.ALERT else follow_up(kind, language).tun
    return said or scenario.tun(language)


def worded_languages(town: Town) -> tuple[str, ...]:
    """The languages a warning of this town can have, German first: those it names and has an approved frame for."""
    return tuple(one for one in LANGUAGES if one == "de" or (one in town.languages and own_frames(town, one)))


def languages_without_frame(town: Town) -> tuple[str, ...]:
    """The languages that a town with warnings names, and in which it cannot warn."""
    warned = worded_languages(town)
    return tuple(one for one in town.languages if one not in warned) if Offer.CRISIS in town.offers_of() else ()


def languages_with_one_frame(town: Town) -> tuple[str, ...]:
    """The languages in which a town with warnings has nothing to go on with should Meta pause its template."""
    if Offer.CRISIS not in town.offers_of():
        return ()
    return tuple(one for one in worded_languages(town) if len(own_frames(town, one)) == 1)


def frame(town: Town, language: str, kind: AlertKind = AlertKind.ALERT) -> Template | None:
    """The first template for an alert in that language, else in easy German, else in German."""
    return next(iter(frames(town, language, kind)), None)


def frames_of(alert: Alert, town: Town, language: str) -> list[Template]:
    """The templates that a raised alert can go out in to a reader of this language, in the order they are tried.

    An end that was raised without ABOUT in its words has no frame of its own.
    """
    worded, _ = alert.wording_for(language)
    choices = [it for it in frames(town, worded, alert.kind) if it.speaks in alert.wording]
    return [it for it in choices if ABOUT not in it.variables or ABOUT in alert.wording[it.speaks]]


def as_people_read(template: Template, parts: Mapping[str, str]) -> str:
    """The message as it will stand on the phone: the approved body with its variables filled."""
    return template.filled({name: parts.get(name, "") for name in template.variables})
