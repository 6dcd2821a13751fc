"""What a warning must be before it goes out: known choices, and a message that says what, where, until when, what to do
and who warns, in every language. One rule for the page, control centres, the command line, drills and town files.

An error refuses the press. A language that is not fit does not: its readers get easy German, else German.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from stadtdraht.domain.crisis.alert import ABOUT, VALID_FOR_MIN
from stadtdraht.domain.crisis.detail import MAX_CHARACTERS, has_line_end, has_link, has_markup
from stadtdraht.domain.crisis.templates import INSTEAD
from stadtdraht.domain.town import Template, Town
from stadtdraht.domain.whatsapp.template_limits import BODY_CHARACTERS, may_fill_a_template

MUST_SAY = ("was", "wo", "bis", "tun", "wer")  # of an alert's PARTS; "mehr" is a help, not the warning
WHOLE_TOWN_CHARACTERS = 40  # about what naming no district takes
NOTHING = "–"  # stands for a variable that an alert has no words for: Meta refuses an empty one (132012)


class Flaw(StrEnum):
    """What is wrong with a choice, or with the message in one language."""

    UNKNOWN_SCENARIO = "unknown_scenario"
    UNKNOWN_DISTRICT = "unknown_district"
    UNKNOWN_LANGUAGE = "unknown_language"
    DETAIL_MISSING = "detail_missing"  # without the exact place or a hint, this scenario helps nobody
    DETAIL_TOO_LONG = "detail_too_long"  # by `by` characters
    DETAIL_LINES = "detail_lines"  # more than one line
    DETAIL_LINK = "detail_link"
    DETAIL_MARKUP = "detail_markup"
    VALIDITY = "validity"
    NOT_CHOSEN = "not_chosen"  # the town offers this language, and whoever warns left it out
    NO_FRAME = "no_frame"  # the town has no approved template in it
    NOT_WORDED = "not_worded"  # we have no words in it
    UNSAID = "unsaid"  # `part` does not stand in the message
    UNSENDABLE = "unsendable"  # `part` holds a line break, a tab or many spaces, which Meta refuses
    TOO_LONG = "too_long"  # by `by` characters; `part` is "wo" where naming fewer places helps


@dataclass(frozen=True, slots=True)
class AlertFinding:
    """One flaw, and where it is."""

    flaw: Flaw
    language: str = ""
    """Of the message; "" for a choice."""
    part: str = ""
    """One of an alert's PARTS."""
    by: int = 0
    """Characters too many."""


@dataclass(frozen=True, slots=True)
class MissingLanguage:
    """A language of the town that this warning is not in."""

    language: str
    instead: str
    """The language that its readers get."""
    why: AlertFinding


@dataclass(frozen=True, slots=True)
class Lint:
    """What the lint found in a warning."""

    errors: tuple[AlertFinding, ...]
    """In reading order; with one of them nothing may go out."""
    missing: tuple[MissingLanguage, ...]
    fit: frozenset[str]
    """Languages that it can go out in."""


def wrong_choices(
    scenario: str,
    districts: Collection[str],
    valid_for_min: int,
    languages: Collection[str],
    detail: str,
    *,
    town: Town,
    scenarios: Collection[str],
    need_detail: Collection[str],
) -> tuple[AlertFinding, ...]:
    """What was chosen that nobody can warn with. need_detail: scenarios that say nothing without one."""
    wrong = {
        Flaw.UNKNOWN_SCENARIO: scenario not in scenarios,
        Flaw.UNKNOWN_DISTRICT: not set(districts) <= {district.id for district in town.districts},
        Flaw.DETAIL_MISSING: scenario in need_detail and not detail,
        Flaw.DETAIL_TOO_LONG: len(detail) > MAX_CHARACTERS,
        Flaw.DETAIL_LINES: has_line_end(detail),
        Flaw.DETAIL_LINK: has_link(detail),
        Flaw.DETAIL_MARKUP: has_markup(detail) and not has_line_end(detail),
        Flaw.VALIDITY: valid_for_min not in VALID_FOR_MIN,
        Flaw.UNKNOWN_LANGUAGE: not set(languages) <= set(town.languages),
    }
    by = max(0, len(detail) - MAX_CHARACTERS)
    return tuple(
        AlertFinding(flaw, by=by if flaw is Flaw.DETAIL_TOO_LONG else 0) for flaw, is_wrong in wrong.items() if is_wrong
    )


def lint_message(language: str, frame: Template | None, parts: Mapping[str, str] | None) -> tuple[AlertFinding, ...]:
    """The message as it would go out in one language. parts: its words by PARTS."""
    if frame is None:
        return (AlertFinding(Flaw.NO_FRAME, language),)
    if parts is None:
        return (AlertFinding(Flaw.NOT_WORDED, language),)
    return tuple(_flaws(language, frame, parts))


def lint_messages(findings: Mapping[str, tuple[AlertFinding, ...]], offered: Collection[str]) -> Lint:
    """findings: by language, what `lint_message` says, or why it is missing. offered: the languages of the town.

    German is what everybody else falls back on in the end: its flaws are errors.
    """
    fit = frozenset(language for language, flaws in findings.items() if not flaws)
    instead = next((one for one in INSTEAD if one in fit), "de")
    missing = (
        MissingLanguage(language, instead if language != instead else "de", flaws[0])
        for language in offered
        if language != "de" and (flaws := findings.get(language, (AlertFinding(Flaw.NOT_CHOSEN, language),)))
    )
    return Lint(errors=findings.get("de", (AlertFinding(Flaw.NOT_WORDED, "de"),)), missing=tuple(missing), fit=fit)


def _flaws(language: str, frame: Template, parts: Mapping[str, str]) -> Iterator[AlertFinding]:
    words = {name: parts.get(name, "").strip() or NOTHING for name in (*frame.variables, *MUST_SAY)}
    text = frame.filled(words)
    for part in (ABOUT if it == "was" and ABOUT in frame.variables else it for it in MUST_SAY):
        if words[part] == NOTHING or words[part] not in text:
            yield AlertFinding(Flaw.UNSAID, language, part)
    for part in frame.variables:
        if not may_fill_a_template(words[part]):
            yield AlertFinding(Flaw.UNSENDABLE, language, part)
    if (by := len(text) - BODY_CHARACTERS) > 0:
        yield AlertFinding(Flaw.TOO_LONG, language, "wo" if by <= len(words["wo"]) - WHOLE_TOWN_CHARACTERS else "", by)
