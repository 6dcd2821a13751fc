"""A warning says the same in every language, in a frame of that language, and nobody is left without one."""

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.citizen import Recipient, WireIdentity
from stadtdraht.domain.crisis.alert import PARTS, Alert
from stadtdraht.domain.crisis.detail import MAX_CHARACTERS
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.crisis.templates import own_frames
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.whatsapp.template_limits import may_fill_a_template
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.usecases.crisis.alert_wording import (
    as_people_read,
    frame,
    languages_with_one_frame,
    languages_without_frame,
    until,
    worded_languages,
    wording,
)
from stadtdraht.usecases.crisis.preview_alert import pictures_of
from tests.support.builders.crisis import NOON, a_town, first_message

BOCHOLT = read(Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml")
ISSUER = "Feuerwehr Bocholt"
CHECK_URL = "https://stadtdraht.example.org/a/bocholt-a-20261124-aaaaaa"
BODY_CHARACTERS = 1024  # of a template's body with its variables filled; Meta, Templates, 2026-09
EASY_WORDS = 10  # in one sentence
SCRIPT = {"ar": "ARABIC", "uk": "CYRILLIC", "ru": "CYRILLIC"}
OTHERS_LETTERS = {"uk": "ыэъё", "ru": "іїєґ", "pl": "äöüß", "tr": "äß", "en": "äöüß"}


def an_alert(town, scenario="fire", languages=(), districts=(), detail=""):
    ends = NOON + timedelta(hours=3)
    words = wording(
        town,
        SCENARIOS[scenario],
        districts,
        ends,
        issuer=ISSUER,
        check_url=CHECK_URL,
        languages=languages,
        detail=detail,
    )
    return Alert(
        "bocholt-a-20261124-aaaaaa", town.id, LinkMode.LIVE, scenario, frozenset(districts), NOON, ends, "Leitstelle",
        ISSUER, wording=words,
    )  # fmt: skip


def what_reaches(language, town, alert):
    """Template's name and code, and the words by part, that somebody of this language gets."""
    reader = Recipient("0" * 20, WireIdentity(phone="4915112345678"), NOON, language=language)
    template = first_message(alert, town, reader)["template"]
    words = {part["parameter_name"]: part["text"] for part in template["components"][0]["parameters"]}
    return (template["name"], template["language"]["code"]), words


def sentences(language):
    return [text for words in LANGUAGES[language].scenarios.values() for text in words]


def test_warnings_are_worded_in_the_languages_that_people_can_choose():
    assert set(LANGUAGES) == set(KNOWN_LANGUAGES)
    assert set(worded_languages(BOCHOLT)) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_says_the_same_in_every_language(scenario, language):
    for ours, german in zip(LANGUAGES[language].scenarios[scenario], LANGUAGES["de"].scenarios[scenario], strict=True):
        assert set(re.findall(r"\d+", ours)) == set(re.findall(r"\d+", german))
        assert ours == ours.strip()
        assert may_fill_a_template(ours)
        assert ("{detail}" in ours) == ("{detail}" in german)
        assert not any(mark in ours.replace("{detail}", "") for mark in ("*", "_", "{", "!"))
    was, tun = LANGUAGES[language].scenarios[scenario]
    assert was[-1] not in ".:;"
    assert tun[-1] == "."
    assert len(re.findall(r"\.( |$)", tun)) > 1  # one instruction after the other


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_warning_fits_a_message(language):
    everywhere = [district.id for district in BOCHOLT.districts]
    for scenario, template in product(SCENARIOS, own_frames(BOCHOLT, language)):
        parts = an_alert(BOCHOLT, scenario, districts=everywhere, detail="x" * MAX_CHARACTERS).wording[language]
        text = as_people_read(template, parts)
        assert tuple(parts) == PARTS
        assert all(parts.values())
        assert "{{" not in text
        assert len(text) <= BODY_CHARACTERS, scenario


@pytest.mark.parametrize("language", SCRIPT)
def test_a_language_is_written_in_its_own_letters(language):
    for text in sentences(language):
        strange = {
            c
            for c in text.replace("{detail}", "")
            if c.isalpha() and not unicodedata.name(c).startswith(SCRIPT[language])
        }
        assert strange == set(), text


@pytest.mark.parametrize("language", OTHERS_LETTERS)
def test_no_sentence_was_left_in_another_language(language):
    for text in sentences(language):
        assert not set(OTHERS_LETTERS[language]) & set(text.casefold()), text


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "de"])
def test_no_sentence_is_the_german_one(language):
    assert not set(sentences(language)) & set(sentences("de"))


def test_easy_german_says_one_short_thought_at_a_time():
    for text in sentences("de-easy"):
        for sentence in re.split(r"[.?:]\s*", text):
            assert len(sentence.split()) <= EASY_WORDS, sentence
            assert sentence.count(",") <= 1, sentence
            assert ";" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_place_and_end_are_said_in_the_language(language):
    parts = an_alert(BOCHOLT).wording[language]
    assert parts["wo"].startswith("Bocholt")
    assert parts["wo"] != "Bocholt"
    assert language == "de" or parts["wo"] != an_alert(BOCHOLT).wording["de"]["wo"]
    assert all(part in parts["bis"] for part in ("24", "2026", ":00"))
    assert until(NOON, BOCHOLT, "nl") == until(NOON, BOCHOLT, "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_frame_asks_the_same_and_tells_both_emergency_numbers(language):
    for template in own_frames(BOCHOLT, language):
        assert template.speaks == language
        assert (template.category, template.ttl_s) == ("UTILITY", frame(BOCHOLT, "de").ttl_s)
        assert template.variables == PARTS
        assert {"112", "110"} <= set(re.findall(r"\d+", template.body))
        assert "STOP" in template.footer
        assert dict(template.examples)["was"] == LANGUAGES[language].scenarios["fire"][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_second_frame_that_is_not_the_first_by_another_name(language):
    first, second = own_frames(BOCHOLT, language)
    assert [it.name.removesuffix("_leicht") for it in (first, second)] == ["warnung", "warnung_zwei"]
    assert not set(first.body.splitlines()) & set(second.body.splitlines()) - {""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_the_warning_in_their_language(language):
    alert = an_alert(BOCHOLT)
    (name, code), words = what_reaches(language, BOCHOLT, alert)
    assert (name, code) == (("warnung_leicht", "de") if language == "de-easy" else ("warnung", language))
    assert words == alert.wording[language]


def test_a_language_that_is_missing_is_read_in_easy_german_then_in_german():
    alert = an_alert(BOCHOLT)
    assert what_reaches("nl", BOCHOLT, alert) == what_reaches("de-easy", BOCHOLT, alert)
    without_easy = replace(BOCHOLT, templates=tuple(one for one in BOCHOLT.templates if one.speaks != "de-easy"))
    alert = an_alert(without_easy)
    assert "de-easy" not in alert.wording
    for language in ("nl", "de-easy"):
        assert what_reaches(language, without_easy, alert) == (("warnung", "de"), alert.wording["de"])


def test_who_warns_without_easy_german_warns_its_readers_in_german():
    alert = an_alert(BOCHOLT, languages=("de", "tr"))
    assert set(alert.wording) == {"de", "tr"}
    assert what_reaches("de-easy", BOCHOLT, alert) == (("warnung", "de"), alert.wording["de"])
    assert what_reaches("tr", BOCHOLT, alert) == (("warnung", "tr"), alert.wording["tr"])


def test_a_frame_that_is_gone_leaves_no_turkish_words_in_a_german_frame():
    alert = an_alert(BOCHOLT)
    now = replace(BOCHOLT, templates=tuple(one for one in BOCHOLT.templates if one.language != "tr"))
    assert what_reaches("tr", now, alert) == (("warnung_leicht", "de"), alert.wording["de-easy"])


def test_a_town_warns_in_the_languages_that_it_names_and_has_a_frame_for():
    assert worded_languages(a_town(languages=("de", "de-easy", "en", "tr"))) == ("de", "en")
    assert worded_languages(replace(BOCHOLT, languages=("de", "tr"))) == ("de", "tr")
    assert languages_without_frame(a_town(languages=("de", "de-easy", "en", "tr"))) == ("de-easy", "tr")
    assert languages_without_frame(BOCHOLT) == ()
    assert languages_without_frame(a_town(languages=("de", "tr"), offers=())) == ()


def test_a_town_is_told_in_which_languages_nothing_stands_in_for_a_paused_template():
    assert languages_with_one_frame(BOCHOLT) == ()
    assert languages_with_one_frame(replace(BOCHOLT, crisis_templates=("warnung",))) == worded_languages(BOCHOLT)
    without_turkish = (it for it in BOCHOLT.templates if (it.name, it.language) != ("warnung_zwei", "tr"))
    assert languages_with_one_frame(replace(BOCHOLT, templates=tuple(without_turkish))) == ("tr",)
    assert languages_with_one_frame(a_town(offers=())) == ()


def test_the_preview_shows_each_language_in_its_own_frame():
    pictures = pictures_of(an_alert(BOCHOLT), BOCHOLT)
    assert [picture.language_name for picture in pictures][:3] == ["Deutsch", "Leichte Sprache", "Englisch"]
    for picture in pictures:
        assert picture.text.startswith(frame(BOCHOLT, picture.language).body[:8])
        assert picture.footer == frame(BOCHOLT, picture.language).footer
