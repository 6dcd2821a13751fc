"""What a person hears about a contest, in every language."""

import string
from dataclasses import replace
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.contests.contest import ContestForm
from stadtdraht.texts.contests import word_contest
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.sentences import Contests
from tests.support.builders.contests import a_contest

BOCHOLT = read(Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml")
BUTTON_CHARACTERS = 20  # Meta, Interactive reply buttons, 2026-09
NEEDED = {
    "call_terms": {"title", "terms_url", "deadline", "most", "delete_on", "guardian"},
    "call_entered": {"title", "count", "most", "deadline"},
    "call_full": {"title", "most"},
    "call_late": {"title", "deadline"},
    "call_declined": {"deadline"},
    "call_reminder": {"title", "deadline", "left", "most"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_facts(language):
    words = LANGUAGES[language].sentences
    assert set(words) == set(LANGUAGES["de"].sentences)
    for name in Contests.__required_keys__:
        names = {field for _, field, _, _ in string.Formatter().parse(words[name]) if field}
        assert NEEDED.get(name, set()) <= names
    for button in ("call_yes", "call_no"):
        assert len(words[button]) <= BUTTON_CHARACTERS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(Contests.__required_keys__))
def test_every_text_can_be_filled_in(language, name):
    assert "{" not in word_contest(name, a_contest(), BOCHOLT, language, count=1)


def test_a_deadline_is_said_in_the_time_of_the_town():
    said = word_contest("call_terms", a_contest(), BOCHOLT, "de")
    assert "24. Dezember 2026 um 18:00 Uhr" in said
    assert "31. März 2027" in said


def test_the_note_for_minors_is_left_out_where_the_town_does_not_want_it():
    assert "unter 18" in word_contest("call_terms", a_contest(), BOCHOLT, "de")
    assert "unter 18" not in word_contest("call_terms", a_contest(guardian_note=False), BOCHOLT, "de")


def test_a_text_contest_asks_for_words():
    assert "ein Foto" not in word_contest("call_wrong_form", a_contest(form=ContestForm.TEXT), BOCHOLT, "de")


def test_the_town_may_say_it_in_its_own_words_and_an_unknown_language_hears_german():
    own = replace(BOCHOLT, texts=(("de", "call_full", "Genug: {most}"),))
    assert (
        word_contest("call_full", a_contest(), own, "de")
        == word_contest("call_full", a_contest(), own, "fr")
        == "Genug: 3"
    )
