"""The evidence folder: a chain that shows what was changed, and what a press leaves in it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.crisis.evidence import PIN_REFUSED, broken_at, fingerprint, next_entry
from stadtdraht.domain.crisis.links import LinkMode
from tests.support.builders.crisis import NOON
from tests.support.crisis_page import PIN, CrisisPageHarness

ALERT = "bocholt-a-20261124-aaaaaa"
facts = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3)
folders = st.lists(st.tuples(st.text(min_size=1, max_size=9), st.integers(0, 10**9), facts), min_size=1, max_size=6)


def chain(parts):
    entries = []
    for what, after_ms, words in parts:
        last = entries[-1] if entries else None
        entries.append(next_entry("bocholt", ALERT, last, what, NOON + timedelta(milliseconds=after_ms), words))
    return entries


@given(folders)
def test_what_was_added_and_left_alone_is_whole(parts):
    assert broken_at("bocholt", ALERT, chain(parts)) is None


@given(folders, st.data())
def test_whatever_is_changed_is_found_where_it_was_changed(parts, data):
    entries = chain(parts)
    place = data.draw(st.integers(0, len(entries) - 1))
    old = entries[place]
    other = data.draw(
        st.sampled_from(
            [
                {"seq": old.seq + 1},
                {"what": old.what + "!"},
                {"at": old.at + timedelta(milliseconds=1)},
                {"facts": {**old.facts, "holder": old.facts.get("holder", "") + "!"}},
                {"previous": old.previous[1:] + "0" if old.previous else "0" * 64},
                {"seal": ("1" if old.seal[0] == "0" else "0") + old.seal[1:]},
            ]
        )
    )
    entries[place] = replace(old, **other)
    assert broken_at("bocholt", ALERT, entries) == place + 1


@given(folders.filter(lambda parts: len(parts) > 1), st.data())
def test_an_entry_taken_out_or_two_swapped_are_found(parts, data):
    entries = chain(parts)
    place = data.draw(st.integers(0, len(entries) - 2))
    assert broken_at("bocholt", ALERT, entries[:place] + entries[place + 1 :]) == place + 1
    swapped = [*entries[:place], entries[place + 1], entries[place], *entries[place + 2 :]]
    assert broken_at("bocholt", ALERT, swapped) == place + 1


@given(folders)
def test_a_folder_does_not_pass_for_that_of_another_alert_or_town(parts):
    assert broken_at("bocholt", "bocholt-a-20261124-bbbbbb", chain(parts)) == 1
    assert broken_at("vreden", ALERT, chain(parts)) == 1


def test_a_row_rewritten_with_a_seal_of_its_own_breaks_the_next_one():
    entries = chain([("raised", 0, {"holder": "A"}), ("undone", 9, {}), ("raised", 20, {})])
    entries[1] = next_entry("bocholt", ALERT, entries[0], "all_clear", NOON, {})
    assert broken_at("bocholt", ALERT, entries) == 3


@pytest.fixture
def harness():
    return CrisisPageHarness()


def test_a_press_leaves_who_when_and_what(harness):
    browser = harness.link(holder="Bürgermeister").get()
    browser.press(districts="mussum")
    (alert,) = harness.alerts.raised.values()
    (entry,) = harness.evidence.entries("bocholt", alert.alert_id)
    assert (entry.what, entry.at) == ("raised", NOON)
    assert entry.facts == {
        "holder": "Bürgermeister",
        "link_id": "l1",
        "key_id": "k1",
        "mode": "live",
        "scenario": "fire",
        "districts": "mussum",
        "issuer": "Feuerwehr Bocholt",
        "expires_at": "2026-11-24T14:00:00+00:00",
        "languages": "de,en",
        "wording": fingerprint(alert.wording),
    }


def test_a_second_press_is_kept_in_the_same_folder(harness):
    browser = harness.link().get()
    browser.press()
    harness.link(link_id="l2", holder="Feuerwehr").get().press()
    (alert,) = harness.alerts.raised.values()
    entries = harness.evidence.entries("bocholt", alert.alert_id)
    assert [(it.what, it.facts["holder"]) for it in entries] == [
        ("raised", "Leitstelle"),
        ("pressed_again", "Feuerwehr"),
    ]
    assert broken_at("bocholt", alert.alert_id, entries) is None


def test_wrong_pins_stand_in_the_folder_of_the_month_without_the_pin(harness):
    browser = harness.link(mode=LinkMode.DRILL).get()
    for _ in range(6):
        browser.press(pin="000000")
    entries = harness.evidence.entries("bocholt", "2026-11")
    assert [entry.what for entry in entries] == [*[PIN_REFUSED] * 4, "pin_locked", PIN_REFUSED]
    assert {entry.facts["holder"] for entry in entries} == {"Leitstelle"}
    assert "000000" not in str(entries)
    assert PIN not in str(entries)


def test_a_slip_in_the_typed_name_is_no_event(harness):
    harness.link().get().press(confirm="Borken")
    assert harness.evidence.folders == {}


def test_a_folder_that_cannot_be_reached_hinders_no_alert(harness, capsys):
    harness.evidence.broken = True
    browser = harness.link().get()
    browser.press()
    assert browser.status == 303
    assert len(harness.line.put_in) == len(harness.alerts.slices[next(iter(harness.alerts.raised))])
    assert "CrisisEvidenceMissing" in capsys.readouterr().out
