"""What an alert says and whom it reaches."""

import string
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.crypto.pins import hash_pin, new_pin, pin_matches
from stadtdraht.domain.citizen import Recipient, WireIdentity
from stadtdraht.domain.crisis.alert import PARTS, VALID_FOR_MIN, same_words
from stadtdraht.domain.crisis.links import Holder, typed_pin
from stadtdraht.domain.delivery.slices import Purpose
from stadtdraht.domain.town import WhatsAppNumber
from stadtdraht.domain.whatsapp.template_limits import may_fill_a_template
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.usecases.crisis.alert_wording import as_people_read, worded_languages, wording
from stadtdraht.usecases.crisis.preview_alert import Picture, pictures_of
from stadtdraht.usecases.crisis.raise_alert import alert_slices
from tests.support.builders.crisis import NOON, a_town, a_trigger

BODY_CHARACTERS = 1024  # of a template's body with its variables filled; Meta, Templates, 2026-09


def a_recipient(**changes):
    return replace(Recipient("0" * 20, WireIdentity(phone="4915112345678"), NOON), **changes)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("bocholt", "Bocholt"), (" NEU ULM ", "Neu-Ulm"), ("Uebung", "Übung"), ("uebung", "Übung")],
)
def test_words_typed_in_a_hurry_count(typed, expected):
    assert same_words(typed, expected)


@pytest.mark.parametrize("typed", ["", "Vreden", "Bochol", "Bocholt Vreden"])
def test_other_words_do_not(typed):
    assert not same_words(typed, "Bocholt")


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda scenario: scenario.id)
def test_every_scenario_is_worded_completely_in_both_languages_and_fits_a_message(scenario):
    town = a_town()
    everywhere = [district.id for district in town.districts]
    words = wording(town, scenario, everywhere, NOON, issuer="Feuerwehr Bocholt", check_url="https://example.org/a/x")
    assert set(words) == {"de", "en"}
    for language, parts in words.items():
        assert tuple(parts) == PARTS
        assert all(parts.values())
        assert all(may_fill_a_template(part) for part in parts.values())
        text = as_people_read(town.template("warnung", language), parts)
        assert "{{" not in text
        assert len(text) <= BODY_CHARACTERS
    assert scenario.valid_for_min in VALID_FOR_MIN
    assert words["de"]["tun"][-1] in string.punctuation


def test_a_town_without_english_warns_in_german_alone():
    town = a_town(languages=("de", "nl"))
    assert worded_languages(town) == ("de",)


def test_german_stays_whatever_is_chosen():
    words = wording(a_town(), SCENARIOS["fire"], (), NOON, issuer="Feuerwehr", check_url="x", languages=("en",))
    assert set(words) == {"de", "en"}
    assert set(wording(a_town(), SCENARIOS["fire"], (), NOON, issuer="F", check_url="x", languages=("de",))) == {"de"}


def test_times_and_places_are_written_as_people_say_them():
    words = wording(a_town(), SCENARIOS["fire"], ("mussum", "barlo"), NOON, issuer="Feuerwehr", check_url="x")
    assert words["de"]["bis"] == "24. November 2026, 12:00 Uhr"
    assert words["en"]["bis"] == "November 24, 2026, 12:00 pm"
    assert words["de"]["wo"] == "Bocholt: Mussum, Barlo"
    everywhere = wording(a_town(), SCENARIOS["fire"], (), NOON, issuer="Feuerwehr", check_url="x")
    assert everywhere["de"]["wo"] == "Bocholt, ganzes Stadtgebiet"
    assert everywhere["en"]["wo"] == "Bocholt, the whole town"


def test_each_reader_gets_their_language_or_german():
    alert = a_trigger().alert
    assert alert.wording_for("en")[0] == "en"
    assert alert.wording_for("tr") == ("de", alert.wording["de"])
    assert [picture.language_name for picture in pictures_of(alert, a_town())] == ["Deutsch", "Englisch"]


def test_bold_words_are_bold_in_the_picture_too():
    picture = Picture("de", "Deutsch", "*Amtliche Warnung: Feuer*\nBleiben Sie *im Haus*. 3 * 4 * 5", "")
    assert picture.runs == ("", "Amtliche Warnung: Feuer", "\nBleiben Sie ", "im Haus", ". 3 * 4 * 5")


def test_an_alert_for_districts_reaches_them_and_everyone_who_named_none():
    alert = a_trigger(districts=frozenset({"mussum"})).alert
    assert alert.reaches(a_recipient(district="mussum"))
    assert alert.reaches(a_recipient())
    assert not alert.reaches(a_recipient(district="barlo"))
    assert a_trigger().alert.reaches(a_recipient(district="barlo"))


def test_an_alert_is_over_at_its_end():
    alert = a_trigger().alert
    assert not alert.over(alert.expires_at - timedelta(milliseconds=1))
    assert alert.over(alert.expires_at)


@pytest.mark.parametrize(("rate_mps", "lanes"), [(20, 1), (80, 1), (250, 2), (1_000, 8)])
def test_the_lanes_of_an_alert_cover_everyone_once(rate_mps, lanes):
    town = a_town(number=WhatsAppNumber("1", "2", "+49 1", rate_mps=rate_mps))
    pieces = alert_slices(a_trigger().alert, town)
    assert len(pieces) == lanes
    assert {work_slice.purpose for work_slice in pieces} == {Purpose.CRISIS}
    people = [f"{number:020x}" for number in range(0, 16**20, 16**20 // 997)]
    owners = [
        [work_slice.lane for work_slice in pieces if work_slice.after < person <= work_slice.upto] for person in people
    ]
    assert {len(own) for own in owners} == {1}


@pytest.mark.parametrize(("wrong_pins", "takes"), [(0, 5), (5, 5), (9, 5), (10, 2), (1_000, 2)])
def test_many_wrong_pins_in_a_holders_name_leave_each_link_fewer_and_never_none(wrong_pins, takes):
    holder = Holder("bocholt", "Leitstelle", "hash", wrong_pins, NOON)
    assert holder.guesses_at_a_link(NOON + timedelta(minutes=14, seconds=59)) == takes
    assert holder.guesses_at_a_link(NOON + timedelta(minutes=15)) == 5


@pytest.mark.parametrize(
    "typed", ["716125", "716 125", " 716\u00a0125\n", "７１６１２５", "٧١٦١٢٥", "716-125", "\u200b716125\ufeff"]
)
def test_a_pin_is_read_as_it_was_meant(typed):
    assert typed_pin(typed) == "716125"


@pytest.mark.parametrize("typed", ["Übung", "U\u0308bung", "Ubung", "uebung", "ÜBUNG ", "Ü-bung"])
def test_the_word_of_a_drill_is_taken_however_a_keyboard_writes_it(typed):
    assert same_words(typed, "Übung")


@pytest.mark.parametrize("typed", ["Bocholt", "Ebung", ""])
def test_another_word_is_another_word(typed):
    assert not same_words(typed, "Übung")


def test_a_pin_is_stored_as_a_hash_that_only_it_opens():
    pin = new_pin()
    stored = hash_pin(pin)
    assert len(pin) == 6
    assert pin.isdigit()
    assert pin not in stored
    assert pin_matches(pin, stored)
    assert not pin_matches(f"{(int(pin) + 1) % 10**6:06}", stored)
    assert not pin_matches(pin, "no hash at all")


def test_guessing_a_pin_from_its_hash_costs_what_rfc_9106_asks_for():
    """64 MiB and three passes for each guess. Tests store cheaper ones, the product never does."""
    assert hash_pin(new_pin()).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
