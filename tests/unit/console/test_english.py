"""English by setting: whatever the console says in German is said in English too, and nothing else is kept."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.texts.staff.language import CATALOGUES, reading, say, say_many

ROOT: Final = Path(__file__).parents[3]
SPOKEN: Final = (
    "functions/console",
    "stadtdraht/domain",
    "stadtdraht/pages/console",
    "stadtdraht/texts",
    "stadtdraht/usecases",
)
TEMPLATES: Final = ROOT / "stadtdraht/pages/templates/console"
#: Which argument of a call begins the sentences that are said, and which ends them.
SAID_IN: Final = {
    "say": (0, 1),
    "german": (0, 1),
    "say_many": (1, 3),
    # errors whose sentences staff read
    "CannotAnswer": (0, 1),
    "CaseNotFit": (0, 1),
    "ConsultationNotFit": (0, 1),
    "WroteMeanwhile": (0, 1),
    "TextBlockNotFit": (1, 2),
    "WrongInvitation": (1, 2),
}
IN_TEMPLATES: Final = {"_": None, "gettext": None, "ngettext": (1, 2)}
BLANKS: Final = re.compile(r"%\((\w+)\)s|\{(\w*)[^}]*\}")


@cache
def said() -> dict[str, str]:
    """Each German sentence that is marked, and where."""
    found = {}
    for folder in SPOKEN:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for line, words in said_in(path.read_text()):
                found[words] = f"{path.relative_to(ROOT)}:{line}"
    options = {"**.html": {"trimmed": "true", "silent": "false"}}
    methods = [("**.html", "jinja2.ext.babel_extract")]
    for name, line, words, *_ in extract_from_dir(TEMPLATES, methods, options, IN_TEMPLATES):
        for it in (words,) if isinstance(words, str) else words:
            found[it] = f"{name}:{line}"
    return found


def said_in(source: str) -> Iterator[tuple[int, str]]:
    """Also within an f-string, where a scanner of tokens does not look."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (of := SAID_IN.get(getattr(node.func, "id", ""))):
            for argument in node.args[slice(*of)]:
                yield from ((it.lineno, it.value) for it in constants(argument) if it.value)


def constants(argument: ast.expr) -> Iterator[ast.Constant]:
    """The sentence, or the two of which a condition chooses one."""
    match argument:
        case ast.Constant():
            yield argument
        case ast.IfExp():
            yield from constants(argument.body)
            yield from constants(argument.orelse)


def kept() -> Iterator[tuple[str, str, str]]:
    """German, English and the catalogue that holds them."""
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            yield from ((str(it.id), str(it.string), path.name) for it in read_po(file, locale="en") if it.id)


def test_the_marks_are_found() -> None:
    source = """f"{say('Eins', n=1)}"; german("Zwei"); say_many(n, "Drei", "Vier"); say("Fünf" if n else "Sechs")"""
    assert sorted(words for _, words in said_in(source)) == ["Drei", "Eins", "Fünf", "Sechs", "Vier", "Zwei"]
    assert len(said()) > 10


def test_everything_is_said_in_english() -> None:
    english = {german for german, words, _ in kept() if words}
    assert not {f"{place}: {words}" for words, place in said().items() if words not in english}


def test_nothing_is_kept_that_nobody_says() -> None:
    spoken = said()
    assert not {f"{catalogue}: {german}" for german, _, catalogue in kept() if german not in spoken}


def test_a_sentence_is_kept_once_with_the_same_blanks() -> None:
    seen: set[str] = set()
    for german, english, catalogue in kept():
        assert german not in seen, f"{catalogue}: {german} is kept twice"
        seen.add(german)
        assert sorted(BLANKS.findall(german)) == sorted(BLANKS.findall(english)), f"{catalogue}: {german}"


@pytest.mark.parametrize(
    ("language", "words", "one"),
    [(StaffLanguage.GERMAN, "Posteingang", "Mehr"), (StaffLanguage.ENGLISH, "Inbox", "More")],
)
def test_who_reads_english_reads_english(language: StaffLanguage, words: str, one: str) -> None:
    with reading(language):
        assert say("Posteingang") == words
        assert say_many(1, "Mehr", "Posteingang") == one
    assert say("Posteingang") == "Posteingang"
