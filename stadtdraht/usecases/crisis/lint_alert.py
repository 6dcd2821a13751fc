"""Holds a warning to the lint: before anybody presses, when somebody does, and when a town file is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from stadtdraht.domain.crisis.alert import ENDS, AlertKind
from stadtdraht.domain.crisis.detail import MAX_CHARACTERS
from stadtdraht.domain.crisis.lint import AlertFinding, Flaw, Lint, lint_message, lint_messages, wrong_choices
from stadtdraht.domain.identifiers import ALERT, new_cause
from stadtdraht.domain.town import Template, Town
from stadtdraht.texts.scenarios import NEED_DETAIL, SCENARIOS
from stadtdraht.usecases.crisis.alert_wording import (
    frame,
    issuer_of,
    languages_without_frame,
    worded_languages,
    wording,
)

Words = Mapping[str, Mapping[str, str]]
SOME_DAY = datetime(2026, 12, 31, 12, tzinfo=UTC)  # templates are looked at without an alert
ASKED_ON_THE_PAGE = "x"  # a detail that a proposal has not got yet
LONGEST_DETAIL = "x" * MAX_CHARACTERS
LONG_URL = "https://www.warnung.example.de/a/einestadt-a-20261231-aaaaaa"


@dataclass(frozen=True, slots=True)
class TemplateFlaw:
    """What one template for warnings would do to some scenarios."""

    template: str
    finding: AlertFinding
    """The worst of them: its `by` is the largest."""
    scenarios: frozenset[str]


def lint_choices(
    scenario: str,
    districts: Collection[str],
    valid_for_min: int,
    languages: Collection[str],
    town: Town,
    detail: str = "",
) -> tuple[AlertFinding, ...]:
    """What was chosen that nobody can warn with, in the order of the page."""
    return wrong_choices(
        scenario,
        districts,
        valid_for_min,
        languages,
        detail,
        town=town,
        scenarios=SCENARIOS,
        need_detail=NEED_DETAIL,
    )


def lint_proposal(
    town: Town, scenario: str, districts: Sequence[str], valid_for_min: int, now: datetime, public_url: str
) -> Lint:
    """Of what somebody else proposes: choices, then the messages they make. valid_for_min 0: as the scenario has it."""
    minutes = valid_for_min or (SCENARIOS[scenario].valid_for_min if scenario in SCENARIOS else 0)
    detail = ASKED_ON_THE_PAGE if scenario in NEED_DETAIL else ""
    if wrong := lint_choices(scenario, districts, minutes, (), town, detail):
        return Lint(wrong, (), frozenset())
    until = now + timedelta(minutes=minutes)
    check_url = f"{public_url}/a/{new_cause(town.id, ALERT, now, 'aaaaaa')}"
    return lint_words(
        town,
        wording(
            town, SCENARIOS[scenario], districts, until, issuer=issuer_of(town), check_url=check_url, detail=detail
        ),
    )


def lint_words(town: Town, words: Words, kind: AlertKind = AlertKind.ALERT) -> Lint:
    """The messages of a warning as they would go out now, each in the frame of its language."""
    found = {language: _lint(frame(town, language, kind), language, words) for language in words}
    found |= {one: (AlertFinding(Flaw.NO_FRAME, one),) for one in languages_without_frame(town) if one not in words}
    return lint_messages(found, town.languages)


def fit_words(town: Town, words: Words, kind: AlertKind = AlertKind.ALERT) -> Words:
    """Without languages that are not fit to go out. German stays whatever it is like: its flaws refuse the press."""
    fit = lint_words(town, words, kind).fit
    return {language: parts for language, parts in words.items() if language in fit or language == "de"}


def read_instead(town: Town, words: Words, kind: AlertKind = AlertKind.ALERT) -> dict[str, str]:
    """By language of the town that has no words: whose its readers get."""
    return {missing.language: missing.instead for missing in lint_words(town, words, kind).missing}


def lint_town(town: Town) -> tuple[TemplateFlaw, ...]:
    """Every template for warnings, filled with every scenario and what can follow it, for the whole town."""
    found: dict[tuple[str, str, Flaw, str], TemplateFlaw] = {}
    for name in (*town.crisis_templates, *town.all_clear_templates):
        kinds = AlertKind if name in town.crisis_templates else ENDS
        alone = replace(town, crisis_templates=(name,), all_clear_templates=())
        filled = {language: frame(alone, language) for language in worded_languages(alone)}
        for scenario in SCENARIOS.values():
            for kind in kinds:
                words = wording(
                    alone,
                    scenario,
                    (),
                    SOME_DAY,
                    issuer=issuer_of(town),
                    check_url=LONG_URL,
                    kind=kind,
                    detail=LONGEST_DETAIL,
                )
                for language, template in filled.items():
                    for found_flaw in _lint(template, language, words):
                        # Of a template, which part is long is no matter: no place is longer than the whole town here.
                        flaw = replace(found_flaw, part="") if found_flaw.flaw is Flaw.TOO_LONG else found_flaw
                        key = (name, language, flaw.flaw, flaw.part)
                        before = found.get(key, TemplateFlaw(name, flaw, frozenset()))
                        worse = max(before.finding, flaw, key=lambda it: it.by)
                        found[key] = TemplateFlaw(name, worse, before.scenarios | {scenario.id})
    return tuple(found.values())


def _lint(template: Template | None, language: str, words: Words) -> tuple[AlertFinding, ...]:
    return lint_message(language, template, words.get(template.speaks if template else language))
