"""Which wording of a sentence a person gets. A town may override any of them in its file, under [texts.de].

Names in braces are filled in by the caller: in conversation by `stadtdraht.usecases.inbound.render_reply`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar, cast

from stadtdraht.domain.town import Town
from stadtdraht.texts.languages import LANGUAGES, language_of

UNFILLED = (KeyError, IndexError, AttributeError, TypeError, ValueError)
"""What wording raises that nothing can fill."""
T = TypeVar("T")


def text(town: Town, language: str, name: str) -> str:
    """The town's own wording, else ours. In a language that we do not speak: the town's own, its German one, or ours."""
    own = {(tag, of): wording for tag, of, wording in town.texts}
    german = "" if language in LANGUAGES else own.get(("de", name))
    ours = cast("Mapping[str, str]", language_of(language).sentences)
    return own.get((language, name)) or german or ours[name]


def or_in_ours(in_words: Callable[[Town], T], town: Town) -> tuple[T, Exception | None]:
    """What it makes of the town's own wording; where nothing can fill that, of ours, and what theirs raised.

    `town check` finds such wording, but a town may have been stored before a sentence changed.
    """
    try:
        return in_words(town), None
    except UNFILLED as why:
        return in_words(replace(town, texts=())), why


def language_names() -> Mapping[str, str]:
    """Each language as its speakers call it."""
    return {tag: language.name for tag, language in LANGUAGES.items()}
