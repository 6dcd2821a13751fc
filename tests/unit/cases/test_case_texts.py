"""What a person hears about their report, in every language."""

import string
from dataclasses import replace

import pytest

from stadtdraht.domain.cases.case import CaseState
from stadtdraht.texts.cases import word_case, word_state
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.sentences import Cases
from tests.support.builders.cases import a_case
from tests.support.case_desk import VREDEN

BUTTON_CHARACTERS = 20  # Meta, Interactive reply buttons, 2026-09


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_facts(language):
    words, german = LANGUAGES[language].sentences, LANGUAGES["de"].sentences
    assert set(words) == set(german)
    for name in Cases.__required_keys__:
        assert _fields(words[name]) == _fields(german[name]), name
    assert all(len(words[f"case_rate_{stars}"]) <= BUTTON_CHARACTERS for stars in (1, 2, 3))


def _fields(wording):
    return {field for _, field, _, _ in string.Formatter().parse(wording) if field}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_name(language):
    assert len({word_state(state, VREDEN, language) for state in CaseState}) == len(CaseState)


def test_without_words_of_the_town_nothing_hangs_in_the_air():
    assert word_case("case_in_work", a_case(), VREDEN, "de").endswith("um Ihre Meldung *2026-0001*.")


def test_braces_in_the_town_s_words_are_just_braces():
    assert "{number}" in word_case("case_said", a_case(), VREDEN, "de", said="{number}")


def test_the_town_may_say_it_in_its_own_words_and_an_unknown_language_hears_german():
    own = replace(VREDEN, texts=(("de", "case_rated", "Merci!"),))
    assert word_case("case_rated", a_case(), own, "de") == word_case("case_rated", a_case(), own, "fr") == "Merci!"
