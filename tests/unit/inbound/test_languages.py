"""What a person hears in conversation, in every language."""

import string
from pathlib import Path

import pytest

from stadtdraht.adapters.town_file import read
from stadtdraht.domain.profile_rules import LANGUAGES
from stadtdraht.domain.words import Meaning, understand
from stadtdraht.texts.languages import de
from stadtdraht.texts.replies import BY_LANGUAGE, language_names

VREDEN = read(Path(__file__).resolve().parents[3] / "towns" / "vreden.toml")
BUTTON_CHARACTERS = 20  # Meta, Interactive reply buttons, 2026-09
BODY_CHARACTERS = 1024  # Meta, Interactive messages, 2026-09
BUTTONS = (
    "both", "all", "choose_button", "yes", "no", "forget_button", "keep_button", "case_change_kind", "export_button",
    "erase_button",
)  # fmt: skip
SAME_IN_BOTH = {"offer_line", "my_data_name"}
MAY_DIFFER = {"welcome", "help"}  # German also tells how to leave one offer alone


def names_in(wording: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(wording) if field}


def test_the_languages_that_people_can_choose_are_those_we_speak():
    assert set(LANGUAGES) == set(BY_LANGUAGE)
    assert len(set(language_names().values())) == len(BY_LANGUAGE)


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_every_language_says_everything_with_the_same_facts(language):
    words = BY_LANGUAGE[language]
    assert set(words) == set(de.REPLIES)
    for name, wording in words.items():
        german = names_in(de.REPLIES[name])
        assert names_in(wording) <= german, name
        assert name in MAY_DIFFER or names_in(wording) == german, name
        assert len(wording) <= BODY_CHARACTERS, name


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_every_button_fits(language):
    assert {
        name: BY_LANGUAGE[language][name] for name in BUTTONS if len(BY_LANGUAGE[language][name]) > BUTTON_CHARACTERS
    } == {}


@pytest.mark.parametrize("language", [language for language in BY_LANGUAGE if not language.startswith("de")])
def test_no_sentence_was_left_in_german(language):
    left = {name for name, wording in BY_LANGUAGE[language].items() if wording == de.REPLIES[name]}
    assert left <= SAME_IN_BOTH


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_every_text_that_asks_for_stop_asks_for_a_word_we_understand(language):
    assert "*STOP*" in BY_LANGUAGE[language]["ask_consent"]
    assert "112" in BY_LANGUAGE[language]["emergency"]
    assert "110" in BY_LANGUAGE[language]["emergency"]
    assert understand(BY_LANGUAGE[language]["both"], VREDEN).meaning is Meaning.CHOOSE
    for word in ("yes", "no"):
        assert understand(BY_LANGUAGE[language][word], VREDEN).meaning is Meaning(word)
    assert understand(BY_LANGUAGE[language]["all"], VREDEN).meaning is Meaning.CHOOSE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dil türkçe", "tr"),
        ("мова українська", "uk"),
        ("język polski", "pl"),
        ("русский язык", "ru"),
        ("اللغة العربية", "ar"),
        ("Leichte Sprache", "de-easy"),
    ],
)
def test_a_language_is_taken_by_its_own_name(text, language):
    assert understand(text, VREDEN).language == language
