"""One lint for every hand that warns: the page, a control centre, the command line, a drill, another warning system."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.domain.town import Template, TopicOrDistrict
from stadtdraht.settings import Settings
from stadtdraht.usecases.crisis.run_drills import DrillPlan, run_drills
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import BODY_DE, BODY_EN, NOON, a_town
from tests.support.crisis_page import PIN, CrisisPageHarness

MACHINE = {"accept": "application/json", "idempotency-key": "einsatz-2026-4711"}
MANY = tuple(TopicOrDistrict(f"d{number}", f"Ortsteil mit langem Namen {number}") for number in range(40))


def frames(de=BODY_DE, en=BODY_EN):
    return (Template("warnung", "de", "UTILITY", de), Template("warnung", "en", "UTILITY", en))


def an_office(**town):
    harness = CrisisPageHarness()
    harness.towns.towns["bocholt"] = a_town(**town)
    return harness


def opened(browser, **choices):
    """The page at these choices, as a link or the step before leads to it."""
    if "valid_for_min" in choices:
        choices = {"districts": "*", **choices}
    return browser._ask("GET", "", urlencode(choices, doseq=True), {})


ALL = [choice.id for choice in MANY]
FIRE = {"scenario": "fire", "valid_for_min": "60"}
UNSAID = {"templates": frames(de=BODY_DE.replace("{{bis}}", "bald"))}
NO_PLACE_IN_ENGLISH = {"templates": frames(en=BODY_EN.replace("{{wo}}", "here"))}


# ---- the page --------------------------------------------------------------------------------------------


def test_a_message_that_leaves_something_out_is_said_before_anybody_types_a_pin_and_refused():
    harness = an_office(**UNSAID)
    browser = opened(harness.link(), **FIRE)
    assert "In der Nachricht steht nicht, bis wann die Warnung gilt." in browser.page
    browser.press()
    assert (browser.status, harness.alerts.raised, harness.line.put_in) == (422, {}, [])
    assert "bis wann die Warnung gilt" in browser.page


def test_too_many_districts_lead_back_to_the_districts_with_what_to_do():
    harness = an_office(districts=MANY)
    browser = opened(harness.link(), **FIRE, districts=ALL)
    assert browser.heading == "Wo und wie lange?"
    fieldset = browser.page.split("Wo gilt sie?")[1].split("</fieldset>")[0]
    assert "Zeichen zu lang für WhatsApp. Bitte wählen Sie weniger Ortsteile" in fieldset
    assert '<fieldset aria-describedby="error">\n<legend>Wo gilt sie?' in browser.page
    assert browser.page.count('role="alert"') == 1
    browser.press(districts=ALL)
    assert (browser.status, browser.heading, harness.alerts.raised) == (422, "Wo und wie lange?", {})
    assert opened(browser, **FIRE, districts=ALL[:2]).heading == "Soll das so hinausgehen?"


@pytest.mark.parametrize(
    ("choices", "legend", "said"),
    [
        ({"scenario": "fire", "valid_for_min": "7"}, "Wie lange gilt sie?", "zwischen 15 Minuten und 12 Stunden"),
        ({**FIRE, "languages": "nl"}, "In welchen Sprachen?", "Sprachen aus der Liste"),
        ({**FIRE, "districts": "atlantis"}, "Wo gilt sie?", "Ortsteile aus der Liste"),
    ],
)
def test_what_cannot_be_chosen_is_said_at_its_field(choices, legend, said):
    page = opened(an_office().link(), **choices).page
    assert said in page.split(legend)[1].split("</fieldset>")[0]
    assert "autofocus" in page.split(legend)[1].split("</fieldset>")[0]


@pytest.mark.parametrize("choices", [{}, {"scenario": "fire"}])
def test_what_was_not_asked_for_yet_is_no_mistake(choices):
    assert 'role="alert"' not in opened(an_office().link(), **choices).page


def test_the_preview_says_which_languages_are_missing_why_and_what_is_read_instead():
    harness = an_office(languages=("de", "en", "tr", "pl"), **NO_PLACE_IN_ENGLISH)
    page = opened(harness.link(), **FIRE).page
    assert "Nicht in allen Sprachen" in page
    assert "Türkisch, Polnisch: bei WhatsApp noch nicht freigegeben. Wer das gewählt hat" in page
    assert "Englisch: unvollständig: Es fehlt, wo die Gefahr ist." in page
    assert "liest die Warnung auf Deutsch" in page
    assert "Official warning" not in page
    assert "Nicht in allen Sprachen" not in opened(an_office().link(), **FIRE).page


def test_a_language_that_was_left_out_is_told_as_such():
    page = opened(an_office().link(), **FIRE, languages="de").page
    assert "Englisch: nicht ausgewählt. Wer das gewählt hat, liest die Warnung auf Deutsch." in page


def test_a_language_that_is_not_fit_keeps_nobody_from_warning_and_is_not_sent():
    harness = an_office(**NO_PLACE_IN_ENGLISH)
    opened(harness.link(), **FIRE).press()
    [alert] = harness.alerts.raised.values()
    assert set(alert.wording) == {"de"}
    assert alert.wording_for("en")[0] == "de"


# ---- a control centre ------------------------------------------------------------------------------------


def test_a_control_centre_learns_field_and_sentence_and_what_is_read_instead():
    harness = an_office(districts=MANY)
    browser = harness.link()
    browser.post(MACHINE, **FIRE, districts=ALL, pin=PIN, confirm="Bocholt")
    told = json.loads(browser.page)
    assert (browser.status, told["field"]) == (422, "districts")
    assert "weniger Ortsteile" in told["text"]
    harness = an_office(languages=("de", "en", "tr"))
    browser = harness.link()
    browser.post(MACHINE, **FIRE, languages="de", pin=PIN, confirm="Bocholt")
    assert (browser.status, json.loads(browser.page)["read_instead"]) == (202, {"en": "de", "tr": "de"})


# ---- drills ----------------------------------------------------------------------------------------------


def test_a_drill_of_what_a_press_would_refuse_is_no_drill():
    harness = an_office(**UNSAID)
    [result, other] = run_drills(
        harness.towns.all(),
        DrillPlan("monthly", NOON, "Übungsplan", "fire"),
        alerts=harness.alerts,
        queue=harness.line,
        evidence=harness.evidence,
        new_random=lambda: "aaaaaa",
        public_url="https://stadtdraht.example",
    )
    assert (result.town, result.begun, other.begun) == ("bocholt", False, True)
    assert "bis wann die Warnung gilt" in result.failed
    assert {alert.town for alert in harness.alerts.raised.values()} == {"vreden"}


# ---- the command line ------------------------------------------------------------------------------------


@pytest.fixture
def on_the_line():
    def of(harness):
        adapters = FakeAdapters(
            settings=Settings(public_url="https://stadtdraht.example"),
            alerts=harness.alerts,
            holders=harness.holders,
            towns=harness.towns,
            evidence=harness.evidence,
            link_signer=lambda: harness.signer,
            crisis_queue=harness.line,
        )

        def types(*words):
            words = ["crisis", *words]
            return CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "300"})

        return types

    return of


def raised_now(harness):
    """An alert of this moment, since the command line has a clock of its own."""
    harness.now = datetime.now(UTC).replace(microsecond=0)
    harness.link(not_before=harness.now - timedelta(days=1), expires_at=harness.now + timedelta(days=1)).get().press()
    [alert_id] = harness.alerts.raised
    return alert_id


@pytest.mark.parametrize("command", [("all-clear",), ("false-alarm",), ("update", "--minutes", "60")])
def test_a_follow_up_from_the_command_line_is_held_to_the_same(on_the_line, command):
    harness = an_office()
    alert_id = raised_now(harness)
    harness.towns.towns["bocholt"] = a_town(**UNSAID)
    done = on_the_line(harness)(*command, alert_id, "--holder", "Leitstelle", "--pin", PIN)
    assert (done.exit_code, len(harness.alerts.raised)) == (1, 1)
    assert "bis wann die Warnung gilt" in done.output
    harness.towns.towns["bocholt"] = a_town(languages=("de", "en", "tr"))
    done = on_the_line(harness)(*command, alert_id, "--holder", "Leitstelle", "--pin", PIN)
    assert done.exit_code == 0
    assert "Nicht auf tr: Wer das liest, bekommt es auf de" in done.output


def test_an_update_for_too_many_districts_is_refused_with_what_to_do(on_the_line):
    harness = an_office(districts=MANY)
    alert_id = raised_now(harness)
    named = [word for district in ALL for word in ("--district", district)]
    done = on_the_line(harness)("update", alert_id, "--minutes", "60", *named, "--holder", "Leitstelle", "--pin", PIN)
    assert (done.exit_code, len(harness.alerts.raised)) == (1, 1)
    assert "weniger Ortsteile" in done.output


CAP = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>x-1</identifier><sender>leitstelle@example.org</sender>
<sent>{sent}</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>de-DE</language><category>Fire</category><event>Großbrand</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Observed</certainty><expires>{expires}</expires><headline>Großbrand</headline>
<area><areaDesc>Bocholt</areaDesc></area></info></alert>"""


def test_a_proposal_of_another_system_says_what_the_page_would_refuse(on_the_line, tmp_path):
    now = datetime.now(UTC)
    file = tmp_path / "in.cap"
    times = {"sent": now, "expires": now + timedelta(hours=2)}
    file.write_text(CAP.format(**{name: at.isoformat(timespec="seconds") for name, at in times.items()}), "utf-8")
    types = on_the_line(an_office(**UNSAID))
    told = json.loads(types("cap-in", str(file), "--town", "bocholt", "--json").stdout)
    assert told["scenario"] == "fire"
    assert [it["field"] for it in told["errors"]] == ["valid_for_min"]
    assert (
        "Das lehnt die Seite ab: In der Nachricht steht nicht" in types("cap-in", str(file), "--town", "bocholt").output
    )
    types = on_the_line(an_office(languages=("de", "en", "tr")))
    told = json.loads(types("cap-in", str(file), "--town", "bocholt", "--json").stdout)
    assert (told["errors"], told["read_instead"]) == ([], {"tr": "de"})


# ---- town files ------------------------------------------------------------------------------------------


def test_a_town_file_whose_german_warning_says_too_little_is_refused_and_another_language_is_named(tmp_path):
    from tests.unit.crisis.test_alert_lint import TOWNS

    good = (TOWNS / "bocholt.toml").read_text(encoding="utf-8")
    file = tmp_path / "bocholt.toml"

    def check(text):
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(app, ["town", "check", str(file)], catch_exceptions=False, env={"COLUMNS": "300"})

    head, german, rest = good.partition('body = """\n*Amtliche Warnung')
    assert german
    body, end, tail = rest.partition('"""')
    done = check(head + german + body.replace("{{wo}}", "hier") + end + tail)
    assert done.exit_code == 1
    assert "it does not say {{wo}}" in done.output
    assert check(good).exit_code == 0
