"""A warning says where: the exact place or a hint in one line, and the whole town only where somebody ticked it."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.public.web.alert_page import shown
from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.domain.crisis.detail import MAX_CHARACTERS, tidied
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.pages.cap import cap_of
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.scenarios import NEED_DETAIL, SCENARIOS
from stadtdraht.usecases.crisis.check_alert import check_alert
from tests.support.builders.crisis import a_town, first_message
from tests.support.crisis_page import PIN, CrisisPageHarness, a_person

MACHINE = {"accept": "application/json"}
HALL = "Turnhalle Nordstraße 3, Eingang Süd"


@pytest.fixture
def harness():
    return CrisisPageHarness()


def pressed(harness, **fields):
    """By a machine that has seen no page."""
    number = len(harness.alerts.raised) + 1
    browser = harness.link().press({**MACHINE, "idempotency-key": f"{number}"}, nonce="", **fields)
    assert browser.status == 202, browser.page
    return harness.alerts.get(json.loads(browser.page)["alert_id"])


def follow(harness, kind, before, **fields):
    browser = harness.link()
    key = {**MACHINE, "idempotency-key": f"{kind} {before.alert_id}"}
    browser.post(key, pin=PIN, confirm="Bocholt", kind=str(kind), follows=before.alert_id, **fields)
    assert browser.status == 202, browser.page
    return harness.alerts.get(json.loads(browser.page)["alert_id"])


# ---- the line ---------------------------------------------------------------------------------------------


def test_those_that_help_nobody_without_a_place_ask_for_one():
    asked = {"shelter", "missing-person", "bomb", "evacuation", "bridge", "school-closed", "water-point", "other"}
    assert asked == NEED_DETAIL


@pytest.mark.parametrize("scenario", sorted(NEED_DETAIL))
def test_a_press_without_it_is_refused_on_the_page_and_for_machines(harness, scenario):
    browser = harness.link().get()
    refused = browser.press({**MACHINE, "idempotency-key": "1"}, scenario=scenario, nonce="")
    assert (refused.status, json.loads(refused.page)["field"]) == (422, "detail")
    browser.get().press(scenario=scenario)
    assert (browser.status, browser.heading) == (422, "Wo und wie lange?")
    assert "den genauen Ort oder einen Hinweis" in browser.page
    assert harness.alerts.raised == {}
    assert pressed(harness, scenario=scenario, detail=HALL).detail == HALL


@pytest.mark.parametrize("scenario", sorted(set(SCENARIOS) - NEED_DETAIL))
def test_all_others_go_without_it_as_before(harness, scenario):
    alert = pressed(harness, scenario=scenario)
    assert (alert.detail, alert.wording["de"]["wo"]) == ("", "Bocholt, ganzes Stadtgebiet")


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("x" * (MAX_CHARACTERS + 7), "um 7 Zeichen zu lang"),
        ("Turnhalle\nNordstraße", "in eine Zeile"),
        ("Turnhalle\u2028Nordstraße", "in eine Zeile"),
        ("mehr auf https://evil.example", "keinen Link"),
        ("mehr auf www.bocholt.example", "keinen Link"),
        ("siehe bocholt.de", "keinen Link"),
        ("{{was}}", "geschweifte Klammern"),
        ("*Turnhalle*", "Sternchen"),
        ("<b>Turnhalle</b>", "spitze"),
        ("Turnhalle\x07", "Formatzeichen"),
    ],
)
def test_what_no_template_or_reader_takes_is_refused_with_its_reason(harness, detail, said):
    refused = harness.link().press({**MACHINE, "idempotency-key": "1"}, nonce="", detail=detail)
    assert refused.status == 422
    assert json.loads(refused.page)["field"] == "detail"
    assert said in json.loads(refused.page)["text"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Nordstr. 3,\u00a0 \tHof  ", "Nordstr. 3, Hof"),
        ("Turn\u00adhalle\u200b \u202eNord", "Turnhalle Nord"),
        ("Tu\u0308r 3", "Tür 3"),
        (
            "300 m um Hauptstr.Ecke Markt; Tel. 02871/953-0 (24 h)",
            "300 m um Hauptstr.Ecke Markt; Tel. 02871/953-0 (24 h)",
        ),
    ],
)
def test_blanks_and_what_nobody_sees_are_tidied_and_words_stay(harness, typed, read):
    assert tidied(typed) == read
    assert pressed(harness, detail=typed).detail == read


def test_it_stands_behind_the_place_in_every_language_and_in_the_approved_template(harness):
    alert = pressed(harness, scenario="shelter", districts="mussum", detail=HALL, languages=["de", "en"])
    assert alert.wording["de"]["wo"] == f"Bocholt: Mussum – {HALL}"
    assert alert.wording["en"]["wo"] == f"Bocholt: Mussum – {HALL}"
    components = first_message(alert, a_town(), a_person(1, language="en"))["template"]["components"]
    words = {one["parameter_name"]: one["text"] for one in components[0]["parameters"]}
    assert words["wo"] == f"Bocholt: Mussum – {HALL}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_event_is_what_the_line_says(language):
    was = SCENARIOS["other"].was(language, "Ölfilm auf der Aa")
    assert was.endswith("Ölfilm auf der Aa")
    assert len(was) > len("Ölfilm auf der Aa") + 3


def test_another_event_is_said_once_and_its_end_is_about_it(harness):
    alert = pressed(harness, scenario="other", detail="Ölfilm auf der Aa")
    assert alert.wording["de"]["was"] == "Gefahr – Ölfilm auf der Aa"
    assert alert.wording["de"]["wo"] == "Bocholt, ganzes Stadtgebiet"
    end = follow(harness, AlertKind.ALL_CLEAR, alert)
    assert end.wording["de"]["was"] == "Entwarnung – Gefahr – Ölfilm auf der Aa"


# ---- where it is seen, and how long it stays --------------------------------------------------------------


@pytest.mark.parametrize(("fields", "kept"), [({}, HALL), ({"detail": "jetzt Aula"}, "jetzt Aula")])
def test_an_update_keeps_it_unless_it_says_another(harness, fields, kept):
    alert = pressed(harness, scenario="shelter", detail=HALL)
    update = follow(harness, AlertKind.UPDATE, alert, valid_for_min="60", **fields)
    assert (update.detail, update.wording["de"]["wo"]) == (kept, f"Bocholt, ganzes Stadtgebiet – {kept}")
    assert follow(harness, AlertKind.ALL_CLEAR, update, detail="nichts").detail == kept


def test_an_end_of_a_warning_from_before_this_rule_is_sent(harness):
    alert = pressed(harness, scenario="fire")
    harness.alerts.raised[alert.alert_id] = replace(alert, scenario="bomb")
    assert follow(harness, AlertKind.ALL_CLEAR, harness.alerts.get(alert.alert_id)).detail == ""


def test_two_warnings_that_say_another_place_are_two(harness):
    first = pressed(harness, scenario="bomb", detail="Nordstraße 3")
    second = pressed(harness, scenario="bomb", detail="Südwall 9")
    assert first.alert_id != second.alert_id
    again = harness.link().press({**MACHINE, "idempotency-key": "9"}, nonce="", scenario="bomb", detail="nordstrasse 3")
    assert json.loads(again.page)["alert_id"] == first.alert_id


def test_it_stands_on_the_public_page_in_cap_and_in_the_evidence(harness):
    alert = pressed(harness, scenario="shelter", districts="mussum", detail="Halle <3> & Hof".replace("<3>", "3"))
    checked = check_alert(alert.alert_id, harness.now, alerts=harness.alerts, towns=harness.towns)
    assert "<dt>Genauer Ort / Hinweis</dt><dd>Halle 3 &amp; Hof</dd>" in shown(checked)[1]
    text = cap_of(alert, a_town(), "https://stadtdraht.example")
    assert "<areaDesc>Bocholt: Mussum – Halle 3 &amp; Hof</areaDesc>" in text
    assert "Bocholt: Mussum – Halle 3 &amp; Hof</description>" in text
    [raised] = harness.evidence.entries("bocholt", alert.alert_id)
    assert raised.facts["detail"] == "Halle 3 & Hof"


# ---- the place is ticked ----------------------------------------------------------------------------------


def test_the_page_asks_where_and_takes_nothing_ticked_for_no_answer(harness):
    browser = harness.link().get().choose(scenario="fire")
    assert 'value="*"> <strong>Ganzes Stadtgebiet' in browser.page
    browser.choose(scenario="fire", districts="", valid_for_min="60", detail="")
    assert browser.heading == "Wo und wie lange?"
    assert "Bitte kreuzen Sie an, wo die Warnung gilt" in browser.page
    browser.choose(scenario="fire", districts="*", valid_for_min="60", detail="")
    assert browser.heading == "Soll das so hinausgehen?"
    assert '<input type="hidden" name="districts" value="*">' in browser.page
    assert "Bocholt, ganzes Stadtgebiet" in browser.page


def test_the_whole_town_and_a_district_at_once_are_refused(harness):
    browser = harness.link().get().choose(scenario="fire", districts=["*", "mussum"], valid_for_min="60")
    assert "Beides zugleich geht nicht" in browser.page
    assert browser.get().press(districts=["*", "mussum"]).status == 422


@pytest.mark.parametrize("districts", ["", "*", None])
def test_a_press_without_districts_keeps_meaning_the_whole_town(harness, districts):
    browser = harness.link().get()
    fields = {"scenario": "fire", "valid_for_min": "180", "languages": "de", "pin": PIN, "confirm": "Bocholt"}
    given = {} if districts is None else {"districts": districts}
    assert browser.post(MACHINE, nonce=browser.nonce, **fields, **given).status == 202
    [alert] = harness.alerts.raised.values()
    assert alert.districts == frozenset()


def test_the_way_back_from_the_last_screen_keeps_place_and_line(harness):
    browser = harness.link().get()
    browser.choose(scenario="shelter", districts="*", detail=HALL, valid_for_min="60", step="place")
    assert 'value="*" checked' in browser.page
    assert f'value="{HALL}"' in browser.page
    assert " required" in re.search(r'<input id="detail"[^>]*>', browser.page).group()


def test_an_update_begins_with_what_holds_now(harness):
    alert = pressed(harness, scenario="bomb", districts="mussum", detail="Nordstraße 3", valid_for_min="120")
    harness.now += timedelta(minutes=30)
    page = harness.link()._ask("GET", "", f"kind=update&follows={alert.alert_id}", {}).page
    assert 'value="mussum" checked' in page
    assert 'value="Nordstraße 3"' in page
    assert re.search(r'value="90" checked[^>]*> so lange wie bisher <span class="end">bis 14:00 Uhr', page)


def test_frequent_events_stand_first_and_another_event_last(harness):
    page = harness.link().get().page
    ids = re.findall(r'<button name="scenario" value="([^"]+)"', page)
    assert ids == list(SCENARIOS)
    assert (ids[0], ids[-1]) == ("fire", "other")
    assert max(ids.index(one) for one in ("storm", "power-cut", "boil-water")) < ids.index("animal")


def test_a_drill_of_an_event_that_needs_a_line_has_one(harness):
    drill = harness.link(link_id="l2", mode=LinkMode.DRILL).get()
    assert drill.press(scenario="bomb", detail="Übung am Rathaus").status == 303
