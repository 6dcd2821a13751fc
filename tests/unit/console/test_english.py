"""English by setting: whatever the console says in German is said in English too, and nothing else is kept."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from stadtdraht.texts.staff.language import CATALOGUES, StaffLanguage, reading, say, say_many

ROOT: Final = Path(__file__).parents[3]
SPOKEN: Final = {
    "functions/console": [("**.py", "python")],
    "stadtdraht/domain": [("**.py", "python")],
    "stadtdraht/texts/languages": [("**.py", "python")],
    "stadtdraht/pages/console": [("**.py", "python")],
    "stadtdraht/texts/staff": [("**.py", "python")],
    "stadtdraht/usecases": [("**.py", "python")],
    "stadtdraht/pages/templates/console": [("**.html", "jinja2.ext.babel_extract")],
}
KEYWORDS: Final = {
    "say": None,
    "german": None,
    "say_many": (2, 3),
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    # errors whose sentences staff read
    "CannotAnswer": None,
    "CaseNotFit": None,
    "ConsultationNotFit": None,
    "WroteMeanwhile": None,
    "TextBlockNotFit": (2,),
    "WrongInvitation": (2,),
}
BLANKS: Final = re.compile(r"%\((\w+)\)s|\{(\w*)[^}]*\}")


@cache
def said() -> dict[str, str]:
    """Each German sentence that is marked, and where."""
    found = {}
    for folder, methods in SPOKEN.items():
        options = {"**.html": {"trimmed": "true", "silent": "false"}}
        for name, line, words, *_ in extract_from_dir(ROOT / folder, methods, options, KEYWORDS):
            for it in (words,) if isinstance(words, str) else words:
                found[it] = f"{folder}/{name}:{line}"
    return found


def kept() -> Iterator[tuple[str, str, str]]:
    """German, English and the catalogue that holds them."""
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            yield from ((str(it.id), str(it.string), path.name) for it in read_po(file, locale="en") if it.id)


def test_the_marks_are_found(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("say('Eins', n=1); german('Zwei'); say_many(n, 'Drei', 'Vier')")
    assert [it[1] for it in extract_from_file("python", file, KEYWORDS)] == ["Eins", "Zwei", ("Drei", "Vier")]
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
