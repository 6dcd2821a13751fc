"""The language in which staff read: German, which the sentences are written in, or English for whoever chose it.

Sentences stand in German where they are used; english/*.po hold their English, read when the first person asks for it.
Whoever answers a request says once in which language it is read (`reading`); what is said within follows.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Final

from stadtdraht.domain.errors import StadtdrahtError, ToldToStaff
from stadtdraht.domain.errors import german as german  # noqa: PLC0414 - imported from here, too
from stadtdraht.domain.staff.member import StaffLanguage

CATALOGUES: Final = Path(__file__).with_name("english")


_read: ContextVar[StaffLanguage] = ContextVar("read", default=StaffLanguage.GERMAN)


@contextmanager
def reading(language: StaffLanguage | None) -> Iterator[None]:
    """What is said within, is said in this language; in German to whoever never chose one.

    A thread of its own runs in a copy of the context.
    """
    before = _read.set(language or StaffLanguage.GERMAN)
    try:
        yield
    finally:
        _read.reset(before)


def language_read() -> StaffLanguage:
    return _read.get()


def say(words: str, /, **facts: Any) -> str:
    """German words in the reader's language; facts fill their {blanks}."""
    said = _translated(words)
    return said.format_map(facts) if facts else said


def say_many(number: int, one: str, many: str, /, **facts: Any) -> str:
    """The form that the number asks for; {number} and the facts fill the blanks. Both languages have two forms."""
    return say(one if number == 1 else many, number=number, **facts)


def say_why(error: StadtdrahtError) -> str:
    """What an error tells staff."""
    if isinstance(error, ToldToStaff):
        return "; ".join(say(it, **error.facts) for it in error.sentences)
    return str(error)


def gettext(words: str) -> str:
    """For templates: `{{ _("…") }}` and `{% trans %}`."""
    return _translated(words)


def ngettext(one: str, many: str, number: int) -> str:
    """For templates: `{% trans … %}…{% pluralize %}…{% endtrans %}`."""
    return _translated(one if number == 1 else many)


def _translated(words: str) -> str:
    return words if _read.get() is StaffLanguage.GERMAN else english().get(words, words)


@cache
def english() -> Mapping[str, str]:
    """German to English, as all catalogues say it."""
    from babel.messages.pofile import read_po  # 80 ms of CPU with what follows, once

    said: dict[str, str] = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            said |= {str(it.id): str(it.string) for it in read_po(file, locale="en") if it.id and it.string}
    return said
