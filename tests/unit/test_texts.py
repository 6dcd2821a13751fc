"""A language is one file that says everything, and nothing that is said holds a character that nobody can see."""

import ast
import string
import unicodedata
from pathlib import Path

import pytest

from stadtdraht import texts
from stadtdraht.domain.crisis.alert import AlertKind, AlertValidity
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.understanding.vocabulary import LANGUAGE_WORDS
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.sentences import AlertPage, FollowUps, Scenarios, Sentences, TownPage

REPOSITORY = Path(__file__).resolve().parents[2]
TEXTS = Path(texts.__file__).parent
WRITTEN = sorted(file.stem.replace("_", "-") for file in (TEXTS / "languages").glob("[!_]*.py"))
FOLLOWING = set(AlertKind) - {AlertKind.ALERT, AlertKind.REPEAT}  # what is repeated says the same again
HIDDEN = {"Cc", "Cf", "Cn", "Co", "Zl", "Zp"}  # controls, marks of direction, line separators, not a character
MEANT = {("scenarios.py", "\N{SOFT HYPHEN}")}  # a scenario's long word must break on a narrow phone


def strings_in(file):
    constants = (it.value for it in ast.walk(ast.parse(file.read_text())) if isinstance(it, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def braces_in(wording):
    return {field for _, field, _, _ in string.Formatter().parse(wording) if field}


def test_every_file_is_a_known_language_and_every_known_language_has_a_file():
    assert sorted(KNOWN_LANGUAGES) == sorted(LANGUAGES) == WRITTEN
    assert set(LANGUAGE_WORDS) <= set(KNOWN_LANGUAGES)


@pytest.mark.parametrize("tag", WRITTEN)
def test_every_language_says_every_sentence(tag):
    language = LANGUAGES[tag]
    assert set(language.sentences) == Sentences.__required_keys__
    assert set(language.scenarios) == Scenarios.__required_keys__ == set(SCENARIOS)
    assert set(language.follow_ups) == FollowUps.__required_keys__ == FOLLOWING
    assert set(language.alert_page or ()) == (set() if tag == "de" else AlertPage.__required_keys__)
    assert AlertPage.__required_keys__ == set(AlertValidity)
    assert set(language.town_page) == TownPage.__required_keys__
    said = (
        language.name,
        language.german_name,
        language.whole_town,
        *language.dates,
        *language.sentences.values(),
        *(part for parts in language.scenarios.values() for part in parts),
        *(it.tun for kind, it in language.follow_ups.items() if kind != "update"),
        *(language.alert_page or {}).values(),
        *language.town_page.values(),
    )
    assert all(wording.strip() for wording in said)


@pytest.mark.parametrize("tag", WRITTEN)
def test_every_language_says_alerts_with_the_same_facts(tag):
    language = LANGUAGES[tag]
    assert braces_in(language.whole_town) == {"town"}
    assert all(braces_in(it.was) == {"was"} for it in language.follow_ups.values())
    assert braces_in(language.town_page["save_number"]) == {"number", "hello"}
    assert braces_in(language.town_page["intro"]) == {"town"}
    for name, wording in (language.alert_page or {}).items():
        assert braces_in(wording) == ({"until"} if name == "valid" else set())


def test_only_the_list_and_what_people_write_name_the_languages_again():
    """So another language is one file and one entry; the vocabulary teaches what people write in it."""
    product = (file for folder in ("stadtdraht", "functions", "local") for file in (REPOSITORY / folder).rglob("*.py"))
    assert {file.relative_to(REPOSITORY).as_posix() for file in product if {"tr", "uk"} <= strings_in(file)} == {
        "stadtdraht/domain/languages.py",
        "stadtdraht/domain/understanding/tongue.py",
        "stadtdraht/domain/understanding/vocabulary.py",
    }


@pytest.mark.parametrize("file", sorted(TEXTS.rglob("*.py")), ids=lambda file: file.relative_to(TEXTS).as_posix())
def test_nothing_that_is_said_holds_a_hidden_character(file):
    found = {sign for wording in strings_in(file) for sign in wording if unicodedata.category(sign) in HIDDEN}
    strange = {sign for sign in found - {"\n"} if (file.name, sign) not in MEANT}
    assert {unicodedata.name(sign, hex(ord(sign))) for sign in strange} == set()
