"""A warning that does not say where, until when, what to do or who warns stays here; and nobody is left without it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.domain.crisis.lint import MUST_SAY, AlertFinding, Flaw, MissingLanguage, lint_message, lint_messages
from stadtdraht.domain.town import Template, TopicOrDistrict
from stadtdraht.domain.whatsapp.template_limits import BODY_CHARACTERS
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.crisis import alert_lint as texts
from stadtdraht.usecases.crisis.alert_wording import wording
from stadtdraht.usecases.crisis.lint_alert import fit_words, lint_choices, lint_town, lint_words, read_instead
from tests.support.builders.crisis import BODY_DE, NOON, a_town

TOWNS = Path(__file__).resolve().parents[3] / "towns"
BOCHOLT = read(TOWNS / "bocholt.toml")
PARTS = {
    "was": "Großbrand",
    "wo": "Bocholt: Barlo",
    "bis": "24.11.2026, 15:00 Uhr",
    "tun": "Schließen Sie die Fenster.",
    "wer": "Feuerwehr Bocholt",
    "mehr": "https://example.org/a/x",
}
FRAME = Template("warnung", "de", "UTILITY", BODY_DE)


def words_for(town, scenario="fire", districts=(), **more):
    ends = NOON + timedelta(hours=3)
    given = {"issuer": "Feuerwehr Bocholt", "check_url": "https://example.org/a/bocholt-a-20261124-aaaaaa", **more}
    return wording(town, SCENARIOS[scenario], districts, ends, **given)


def a_frame(body, language="de", name="warnung"):
    return Template(name, language, "UTILITY", body)


# ---- every scenario in every language --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_is_fit_in_every_language_whatever_follows_it(scenario, language):
    everywhere = [district.id for district in BOCHOLT.districts]
    for kind in AlertKind:
        for districts in ((), everywhere):
            found = lint_words(BOCHOLT, words_for(BOCHOLT, scenario, districts, kind=kind))
            assert (found.errors, found.missing) == ((), ())
            assert language in found.fit


@pytest.mark.parametrize("file", sorted(TOWNS.glob("*.toml")), ids=lambda file: file.stem)
def test_the_templates_of_every_preset_say_what_a_warning_must(file):
    assert lint_town(read(file)) == ()


# ---- one message -----------------------------------------------------------------------------------------


def test_a_whole_message_has_no_flaw():
    assert lint_message("de", FRAME, PARTS) == ()


@pytest.mark.parametrize("part", MUST_SAY)
@pytest.mark.parametrize("nothing", ["", "   ", "–"])
def test_a_part_without_words_is_named(part, nothing):
    assert AlertFinding(Flaw.UNSAID, "de", part) in lint_message("de", FRAME, PARTS | {part: nothing})
    assert AlertFinding(Flaw.UNSAID, "de", part) in lint_message(
        "de", FRAME, {k: v for k, v in PARTS.items() if k != part}
    )


@pytest.mark.parametrize("part", MUST_SAY)
def test_a_frame_that_leaves_a_part_out_is_named(part):
    frame = a_frame(BODY_DE.replace(f"{{{{{part}}}}}", "nichts"))
    assert lint_message("de", frame, PARTS) == (AlertFinding(Flaw.UNSAID, "de", part),)


def test_a_frame_may_name_the_issuer_in_its_own_fixed_words():
    assert lint_message("de", a_frame(BODY_DE.replace("{{wer}}", "die Feuerwehr Bocholt")), PARTS) == ()


@pytest.mark.parametrize("mark", ["\n", "\t", "    "])
def test_what_whatsapp_refuses_in_a_variable_is_named(mark):
    parts = PARTS | {"tun": f"Schließen Sie{mark}die Fenster."}
    assert lint_message("de", FRAME, parts) == (AlertFinding(Flaw.UNSENDABLE, "de", "tun"),)


def test_the_message_may_be_as_long_as_whatsapp_allows_and_not_one_character_more():
    room = BODY_CHARACTERS - len(lint_text(PARTS))
    assert lint_message("de", FRAME, PARTS | {"tun": PARTS["tun"] + "x" * room}) == ()
    too_long = lint_message("de", FRAME, PARTS | {"tun": PARTS["tun"] + "x" * (room + 3)})
    assert too_long == (AlertFinding(Flaw.TOO_LONG, "de", by=3),)


def lint_text(parts):
    text = BODY_DE
    for name, words in parts.items():
        text = text.replace(f"{{{{{name}}}}}", words)
    return text


# ---- languages -------------------------------------------------------------------------------------------


def test_a_language_that_is_not_fit_is_read_in_easy_german_else_in_german():
    broken = (AlertFinding(Flaw.UNSAID, "tr", "wo"),)
    found = lint_messages({"de": (), "de-easy": (), "tr": broken}, ("de", "de-easy", "tr", "pl"))
    assert found.errors == ()
    assert found.fit == {"de", "de-easy"}
    assert found.missing == (
        MissingLanguage("tr", "de-easy", broken[0]),
        MissingLanguage("pl", "de-easy", AlertFinding(Flaw.NOT_CHOSEN, "pl")),
    )
    without = lint_messages({"de": (), "tr": broken}, ("de", "de-easy", "tr"))
    assert [(it.language, it.instead) for it in without.missing] == [("de-easy", "de"), ("tr", "de")]


def test_only_german_can_stop_a_warning():
    broken = (AlertFinding(Flaw.UNSAID, "de", "wo"),)
    assert lint_messages({"de": broken, "tr": ()}, ("de", "tr")).errors == broken


def test_what_does_not_fit_is_left_out_of_what_is_sent_and_german_never_is():
    turkish = next(one for one in BOCHOLT.templates if (one.name, one.language) == ("warnung", "tr"))
    town = replace(
        BOCHOLT,
        templates=tuple(
            replace(one, body=one.body.replace("{{wo}}", "burada")) if one == turkish else one
            for one in BOCHOLT.templates
        ),
    )
    words = words_for(town)
    assert "tr" in words
    assert set(fit_words(town, words)) == set(words) - {"tr"}
    assert read_instead(town, words) == {"tr": "de-easy"}
    nothing = {language: parts | {"wo": ""} for language, parts in words.items()}
    assert set(fit_words(town, nothing)) == {"de"}


def test_a_language_without_an_approved_template_says_so():
    town = a_town(languages=("de", "en", "tr"))
    [missing] = lint_words(town, words_for(town)).missing
    assert missing == MissingLanguage("tr", "de", AlertFinding(Flaw.NO_FRAME, "tr"))
    assert texts.why_missing(missing.why) == "bei WhatsApp noch nicht freigegeben"


def test_a_town_without_any_template_cannot_warn():
    town = a_town(crisis_templates=())
    assert lint_words(town, words_for(town)).errors == (AlertFinding(Flaw.NO_FRAME, "de"),)


# ---- choices ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "flaw", "field"),
    [
        ({"scenario": "aliens"}, Flaw.UNKNOWN_SCENARIO, "scenario"),
        ({"districts": ("atlantis",)}, Flaw.UNKNOWN_DISTRICT, "districts"),
        ({"valid_for_min": 14}, Flaw.VALIDITY, "valid_for_min"),
        ({"valid_for_min": 721}, Flaw.VALIDITY, "valid_for_min"),
        ({"languages": ("nl",)}, Flaw.UNKNOWN_LANGUAGE, "languages"),
    ],
)
def test_a_choice_that_nobody_can_warn_with_is_named_with_its_field(changes, flaw, field):
    given = {"scenario": "fire", "districts": ("barlo",), "valid_for_min": 180, "languages": ("de",), **changes}
    [found] = lint_choices(**given, town=a_town())
    assert (found.flaw, texts.field_of(found)) == (flaw, field)
    assert texts.sentence(found).startswith("Bitte ")


CHOICES = {Flaw.UNKNOWN_SCENARIO, Flaw.UNKNOWN_DISTRICT, Flaw.UNKNOWN_LANGUAGE, Flaw.VALIDITY} | {
    flaw for flaw in Flaw if flaw.startswith("detail")
}


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_has_a_sentence_a_field_and_a_reason_or_is_a_choice(flaw):
    for part in PARTS if flaw in (Flaw.UNSAID, Flaw.UNSENDABLE) else ("",):
        found = AlertFinding(flaw, "de", part, by=7)
        sentence = texts.sentence(found)
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert texts.field_of(found) in {"scenario", "districts", "detail", "valid_for_min", "languages"}
        if flaw not in CHOICES:
            assert "{" not in texts.why_missing(found)


# ---- a town's templates ----------------------------------------------------------------------------------


def test_a_template_is_looked_at_with_every_scenario_and_the_worst_is_told():
    long_frame = a_frame(BODY_DE + " Bitte beachten Sie das genau." * 20)
    town = a_town(languages=("de",), templates=(long_frame,))
    [found] = lint_town(town)
    assert (found.template, found.finding.flaw, found.finding.language) == ("warnung", Flaw.TOO_LONG, "de")
    longest = max(SCENARIOS.values(), key=lambda it: len(it.was("de")) + len(it.tun("de")))
    assert longest.id in found.scenarios


def test_a_second_template_is_looked_at_as_well():
    second = a_frame(BODY_DE.replace("{{bis}}", "bald"), name="warnung_zwei")
    town = a_town(languages=("de",), templates=(FRAME, second), crisis_templates=("warnung", "warnung_zwei"))
    assert [(it.template, it.finding) for it in lint_town(town)] == [
        ("warnung_zwei", AlertFinding(Flaw.UNSAID, "de", "bis"))
    ]


def test_districts_that_make_the_message_too_long_are_told_at_the_districts():
    many = tuple(TopicOrDistrict(f"d{number}", f"Ortsteil mit langem Namen {number}") for number in range(40))
    town = a_town(districts=many)
    [found] = lint_words(town, words_for(town, districts=[one.id for one in many])).errors
    assert (found.flaw, texts.field_of(found)) == (Flaw.TOO_LONG, "districts")
    assert f"um {found.by} Zeichen zu lang" in texts.sentence(found)
