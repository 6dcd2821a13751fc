"""Holds every answer of a town against what WhatsApp takes, and finds the words of its file that do not fit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.choices import WordsWithChoices
from stadtdraht.domain.whatsapp.message_limits import (
    BUTTON_CHARACTERS,
    INTERACTIVE_CHARACTERS,
    ROWS_AT_MOST,
    TEXT_CHARACTERS,
    breaches,
)
from stadtdraht.texts.replies import UNFILLED
from stadtdraht.usecases.towns.every_answer import PossibleAnswer, every_answer

Path = tuple[str | int, ...]
"""Of a field in the town's file, such as ("offers", 1, "label")."""


class AnswerProblem(StrEnum):
    """What is wrong with an answer."""

    UNFILLED = "unfilled"
    """Nobody would hear it at all."""
    REFUSED = "refused"
    """By WhatsApp; the same."""
    TEXT_CUT = "text_cut"
    LABEL_CUT = "label_cut"
    SAME_LABELS = "same_labels"
    """So it comes as text."""
    NO_BUTTONS = "no_buttons"
    """It comes as text that names what could be pressed, since the words above it are too many."""

    @property
    def is_mistake(self) -> bool:
        """Whether a town must mend it; else it may weigh it."""
        return self is not AnswerProblem.NO_BUTTONS


@dataclass(frozen=True, slots=True)
class AnswerFlaw:
    """One thing wrong, and the field whose words bring it about."""

    path: Path
    """Empty: no words of the town do; the mistake is ours."""
    problem: AnswerProblem
    says: str
    sentence: str
    """Where it shows, the worst of them."""
    language: str
    by: int
    """Characters too many, or how many things are wrong."""


@dataclass(frozen=True, slots=True)
class _Wrong:
    by: int
    says: str


def check_answers(town: Town) -> tuple[AnswerFlaw, ...]:
    """Every field of the town that does not fit some answer, once for each problem, where that is worst."""
    own = list(_own_words(town))
    found: dict[tuple[Path, AnswerProblem], AnswerFlaw] = {}
    for answer in every_answer(town):
        for problem, wrong in _wrong_with(answer, town).items():
            for path in _guilty(answer, problem, wrong, own) or [()]:
                flaw = AnswerFlaw(path, problem, wrong.says, answer.sentence, answer.language, wrong.by)
                key = (path, problem)
                found[key] = max(found.get(key, flaw), flaw, key=lambda it: it.by)
    return tuple(found.values())


def _guilty(
    answer: PossibleAnswer, problem: AnswerProblem, wrong: _Wrong, own: Sequence[tuple[Path, Town]]
) -> list[Path]:
    """The fields without which it would be better; of what is only too long altogether, the longest."""
    better = {}
    for path, without in own:
        left = _wrong_with(answer, without).get(problem, _Wrong(0, ""))
        if left != wrong and left.by <= wrong.by:
            better[path] = wrong.by - left.by
    if problem in (AnswerProblem.TEXT_CUT, AnswerProblem.NO_BUTTONS):
        return sorted(better, key=lambda path: -better[path])[:1]
    return list(better)


def _wrong_with(answer: PossibleAnswer, town: Town) -> Mapping[AnswerProblem, _Wrong]:
    try:
        said = answer.of(town)
        refused = list(breaches(said.message()))
    except UNFILLED as why:
        return {AnswerProblem.UNFILLED: _Wrong(1, _unfilled(why))}
    found = dict(_lost(said))
    if refused:
        found[AnswerProblem.REFUSED] = _Wrong(len(refused), "WhatsApp would refuse it: " + "; ".join(refused))
    return found


def _unfilled(why: Exception) -> str:
    if isinstance(why, KeyError):
        return f"there is nothing that {{{why.args[0]}}} could stand for here"
    return f"its braces cannot be filled ({why}); a brace that people shall read is written twice"


def _lost(said: WordsWithChoices) -> Iterator[tuple[AnswerProblem, _Wrong]]:
    """What WhatsApp takes, and people would not read or could not press."""
    cut = len(said.as_text) - TEXT_CHARACTERS
    if cut > 0 and not said.can_be_pressed:
        yield AnswerProblem.TEXT_CUT, _Wrong(cut, f"expected {cut} characters fewer: a text has {TEXT_CHARACTERS}")
    if not said.choices or len(said.choices) > ROWS_AT_MOST:  # more than that come as text, in every town
        return
    most, labels = said.label_characters, [label for _, label, _ in said.choices]
    by = sum(max(0, len(label) - most) for label in labels)
    if by:
        yield AnswerProblem.LABEL_CUT, _Wrong(by, f"expected at most {most} characters to press; it would be cut")
    elif most > BUTTON_CHARACTERS and (by := len(said.list_button) - BUTTON_CHARACTERS) > 0:
        says = f"expected at most {BUTTON_CHARACTERS} characters to press; it would be cut"
        yield AnswerProblem.LABEL_CUT, _Wrong(by, says)
    if (same := len(labels) - len(set(labels))) > 0:
        yield AnswerProblem.SAME_LABELS, _Wrong(same, "expected another name than the other choices have")
    if (by := len(said.words) - INTERACTIVE_CHARACTERS) > 0:
        says = f"comes without buttons: above them is room for {INTERACTIVE_CHARACTERS} characters, {by} fewer"
        yield AnswerProblem.NO_BUTTONS, _Wrong(by, says)


def _own_words(town: Town) -> Iterator[tuple[Path, Town]]:
    """Each field whose words people read, and the town without them."""
    for name, instead in (("greeting", ""), ("name", "x"), ("service_name", "x")):
        yield (name,), _with(town, name, instead)
    for name in ("provider", "email", "phone", "url"):
        yield ("imprint", name), _with(town, "imprint", _with(town.imprint, name, "x"))
    for number in range(len(town.crisis_issuers)):
        yield ("crisis_issuers", number), _with(town, "crisis_issuers", _put(town.crisis_issuers, number, "x"))
    for group, fields in (
        ("offers", ("label", "description")),
        ("topics", ("label",)),
        ("districts", ("label",)),
        ("departments", ("label",)),
    ):
        entries = getattr(town, group)
        for number, entry in enumerate(entries):
            for name in fields:
                other = _with(entry, name, f"{name[0]}{number}")  # not "x" for all: choices differ
                yield (group, number, name), _with(town, group, _put(entries, number, other))
    for number, offered in enumerate(town.offers):
        for at, (tag, _) in enumerate(offered.description_in):
            other = _with(offered, "description_in", _put(offered.description_in, at, (tag, f"d{number}")))
            yield ("offers", number, "description_in", tag), _with(town, "offers", _put(town.offers, number, other))
    for number, (tag, name, _) in enumerate(town.texts):
        yield ("texts", tag, name), _with(town, "texts", town.texts[:number] + town.texts[number + 1 :])


def _with(value: Any, name: str, instead: Any) -> Any:
    return replace(value, **{name: instead})


def _put(entries: tuple[Any, ...], number: int, instead: Any) -> tuple[Any, ...]:
    return (*entries[:number], instead, *entries[number + 1 :])
