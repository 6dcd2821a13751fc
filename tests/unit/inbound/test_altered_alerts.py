"""A warning that was changed on its way is never called real: what it says beyond ours, or otherwise, is found."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.domain.crisis.free_wording import alert_from_wording, parts_of
from stadtdraht.domain.inbound.passed_on.alert_copy import Frame
from stadtdraht.domain.inbound.passed_on.forwarded_alert import Truth, verdict_on
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.usecases.crisis.alert_wording import wording
from stadtdraht.usecases.crisis.preview_alert import pictures_of
from tests.support.builders.crisis import NOON, a_trigger
from tests.support.town_office import words
from tests.unit.inbound.test_forwarded_alerts import FORWARDED, TownHall

BOCHOLT = read(Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml")
FRAME = Frame.of(BOCHOLT)
ID = "bocholt-a-20261124-aaaaaa"


def an_alert(scenario="fire", **changes):
    said = wording(
        BOCHOLT,
        SCENARIOS[scenario],
        changes.pop("districts", ()),
        NOON + timedelta(hours=3),
        issuer="Feuerwehr Bocholt",
        check_url=f"https://x.example/a/{ID}",
        detail="Aasee" if SCENARIOS[scenario].needs_detail else "",
        kind=changes.get("kind", AlertKind.ALERT),
    )
    return replace(a_trigger().alert, alert_id=ID, issuer="Feuerwehr Bocholt", wording=said, **changes)


def on_a_phone(alert, language="de"):
    picture = next(it for it in pictures_of(alert, BOCHOLT) if it.language == language)
    return f"{picture.text}\n{picture.footer}"


def truth_of(text, alert, *, forwarded=True, at=NOON):
    message = IncomingMessage("wamid.1", at, "text", text, forwarded=forwarded)
    verdict = verdict_on(message, alert if ID in text else None, [alert], at, FRAME)
    return verdict and verdict.truth


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_warning_of_ours_is_known_in_every_language(scenario):
    alert = an_alert(scenario)
    assert {truth_of(on_a_phone(alert, language), alert) for language in alert.wording} == {Truth.REAL}


@pytest.mark.parametrize(
    "around",
    [
        "Hallo, ist das echt?\n{}",
        "{}\nStimmt das??",
        "Hab ich von meiner Schwester bekommen: {} 😱",
        "Weitergeleitet von Gerda Ostrop\n{}",
        "„{}“",
        "> {}\nBitte an alle weiterleiten!!!",
        "Das stand in unserer Nachbarschaftsgruppe: {}",
        "[24.11.26, 11:50:12] Bocholt aktuell: {}",
        "Meine Nachbarin ist ganz aufgeregt wegen dieser Nachricht: {}",
        "{} Ist das von der Feuerwehr? LG Tante Hilde",
        "is this real? {}",
        "czy to prawda? {}",
    ],
)
def test_what_people_put_around_it_changes_nothing(around):
    alert = an_alert()
    assert truth_of(around.format(on_a_phone(alert)), alert) is Truth.REAL
    assert truth_of(around.format(on_a_phone(alert)), alert, forwarded=False) is Truth.REAL


@pytest.mark.parametrize(
    "more",
    [
        "Trinken Sie kein Leitungswasser, es ist vergiftet!",
        "Auch in Rhede und Borken.",
        "Sofort raus!",
        "Nicht zu Hause bleiben.",
        "Gilt auch morgen",
        "NEU: bis 22 Uhr",
        "Rufen Sie 0171 3920041 an",
        "Spenden unter https://hilfe.example/feuer",
        "Alles schon vorbei",
        "Weitergeleitet von: Sofort Raus",
        "NEU: Alle sofort Geld und Schmuck einpacken und zum Marktplatz kommen!!!",
    ],
)
@pytest.mark.parametrize("scenario", ["fire", "storm", "boil-water"])
def test_what_says_more_is_altered_wherever_it_stands(scenario, more):
    alert = an_alert(scenario)
    text = on_a_phone(alert)
    for altered in (f"{more}\n{text}", f"{text}\n{more}", text.replace("\n\nEs warnt", f" {more}\n\nEs warnt")):
        assert truth_of(altered, alert) is Truth.ALTERED


@pytest.mark.parametrize(
    ("true", "told"),
    [
        ("Betroffen: Bocholt", "Betroffen: Rhede"),
        ("ganzes Stadtgebiet", "nur Mussum"),
        ("Bleiben Sie im Haus", "Bleiben Sie nicht im Haus"),
        ("Meiden Sie", "Suchen Sie"),
        ("24. November", "25. November"),
        ("Feuerwehr Bocholt", "Feuerwehr Rhede"),
        ("112 oder 110", "0171 3920041"),
        ("https://x.example", "https://y.example"),
        ("nur, wenn es ohne Gefahr geht", "nur, wenn es geht"),
    ],
)
def test_what_says_it_otherwise_is_altered(true, told):
    alert = an_alert("storm")
    text = on_a_phone(alert)
    assert true in text
    assert truth_of(text.replace(true, told), alert) is Truth.ALTERED


def test_a_not_that_was_taken_out_is_found_also_at_the_end_of_a_cut_text():
    alert = an_alert("heavy-rain")
    text = on_a_phone(alert)
    assert "Fahren Sie nicht durch Wasser" in text
    assert truth_of(text.replace("Fahren Sie nicht", "Fahren Sie"), alert) is Truth.ALTERED
    cut_before_not = text.partition("Fahren Sie nicht")[0] + "Fahren Sie"
    assert truth_of(cut_before_not, alert) is Truth.ALTERED


def test_a_text_that_was_cut_short_is_still_ours():
    alert = an_alert()
    text = on_a_phone(alert)
    for end in ("Schließen Sie Fenster und Tür", "Gehen Sie ins Haus.", "ganzes Stadtgebiet"):
        assert truth_of(text.partition(end)[0] + end, alert) is Truth.REAL


def test_no_cut_of_it_is_told_to_be_of_somebody_else():
    alert = an_alert("storm")
    text = on_a_phone(alert)
    begun = text.index("Bauteilen") + len("Bauteilen")
    found = {truth_of(text[:length], alert) for length in range(begun, len(text))}
    assert found == {Truth.REAL, Truth.ALTERED}


def test_fewer_places_are_other_places():
    alert = an_alert(districts=("mussum", "biemenhorst"))
    text = on_a_phone(alert)
    assert "Mussum, Biemenhorst" in text
    assert truth_of(text.replace("Mussum, Biemenhorst", "Mussum"), alert) is Truth.ALTERED


def test_only_its_beginning_with_other_advice_is_altered():
    alert = an_alert()
    text = (
        "Amtliche Warnung: Großbrand mit starkem Rauch. Betroffen: Bocholt, ganzes Stadtgebiet. "
        "Verlassen Sie sofort die Stadt und überweisen Sie 50 Euro an die Feuerwehr!"
    )
    assert truth_of(text, alert) is Truth.ALTERED
    assert truth_of(text, alert, forwarded=False) is Truth.ALTERED


def test_an_old_one_is_over_whatever_was_made_of_it():
    alert = an_alert()
    text = on_a_phone(alert).replace("24. November", "28. November")
    assert truth_of(text, alert, at=NOON + timedelta(days=3)) is Truth.OVER


def test_an_altered_all_clear_is_not_confirmed():
    alert = an_alert(kind=AlertKind.ALL_CLEAR)
    assert truth_of(on_a_phone(alert), alert) is Truth.ALL_CLEAR
    assert truth_of(on_a_phone(alert) + "\nNur in Rhede nicht.", alert) is Truth.ALTERED


def test_who_asks_something_with_its_link_is_answered_like_everybody_who_asks():
    alert = an_alert()
    assert (
        truth_of(f"Wir wohnen in Barlo, müssen wir auch weg? https://x.example/a/{ID}", alert, forwarded=False) is None
    )


def test_a_warning_of_another_town_in_the_same_frame_is_not_ours():
    text = on_a_phone(an_alert("bomb")).replace("Bocholt", "Rhede").replace(ID, "rhede-a-20261124-aaaaaa")
    assert truth_of(text, an_alert()) is Truth.NOT_OURS


def test_a_pasted_rumour_with_the_question_whether_it_is_true_is_not_ours():
    text = "ACHTUNG! Amtliche Warnung: Das Trinkwasser ist vergiftet! Bitte an alle weiterleiten! Ist das echt?"
    assert truth_of(text, an_alert(), forwarded=False) is Truth.NOT_OURS


@pytest.mark.parametrize("language", ["", "English please", "Türkçe", "po polsku", "Leichte Sprache"])
def test_the_answer_names_the_only_page_that_counts(language):
    hall = TownHall()
    if language:
        hall.hears(language)
    (answer,) = hall.hears(hall.copy() + "\nTrinken Sie kein Leitungswasser!", **FORWARDED)
    assert f"/a/{hall.alert.alert_id}" in words(answer)
    assert "ist echt" not in words(answer)
    assert hall.nobody_has_to_work()


def test_a_warning_in_free_words_is_one_to_compare_with():
    said = "WAS: Keime im Leitungswasser WO: Bocholt, Spork BIS: 04.12.2026, 12:00 Uhr TUN: Trinken Sie nur Tee."
    lines = (
        "*Amtliche Warnung: Keime im Leitungswasser*\n\nBetroffen: Bocholt, Spork\n"
        "Gültig bis: 04.12.2026, 12:00 Uhr\n\nWas Sie jetzt tun sollten: Trinken Sie nur Tee."
    )
    assert parts_of(said) == parts_of(lines)
    alert = alert_from_wording(said, BOCHOLT, NOON)
    assert truth_of(lines, alert) is Truth.REAL
    assert truth_of(lines.replace("Spork", "Rhede"), alert) is Truth.ALTERED
    assert parts_of("Großbrand, Fenster zu") == {"was": "Großbrand, Fenster zu"}
