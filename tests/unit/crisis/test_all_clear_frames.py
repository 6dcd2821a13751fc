"""An all-clear and a false alarm read as what they are: in frames, on the public page and in answers of their own."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from functions.public.web.alert_page import shown
from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.crisis.alert import ABOUT, PARTS, Alert, AlertKind, AlertValidity
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.crisis.templates import frames
from stadtdraht.domain.delivery.delivery import Accepted, Halted
from stadtdraht.domain.whatsapp.template_drift import template_troubles
from stadtdraht.texts.alert_page import page_sentence
from stadtdraht.texts.follow_ups import follow_up
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.usecases.crisis.alert_cause import AlertToSend
from stadtdraht.usecases.crisis.alert_wording import frame, wording
from stadtdraht.usecases.crisis.check_alert import check_alert
from stadtdraht.usecases.crisis.lint_alert import lint_town
from stadtdraht.usecases.crisis.preview_alert import pictures_of
from stadtdraht.usecases.delivery.protocol import send_one
from tests.support.builders.account import a_snapshot
from tests.support.builders.crisis import NOON, first_message
from tests.support.crisis_page import a_person
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.towns import FakeTowns

BOCHOLT = read(Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml")
WITHOUT = replace(BOCHOLT, all_clear_templates=())
ENDS = [AlertKind.ALL_CLEAR, AlertKind.FALSE_ALARM]
PAUSED = 132015
HEADINGS = {
    "de": "*Entwarnung: Großbrand mit starkem Rauch*",
    "de-easy": "*Entwarnung: Großer Brand mit viel Rauch*",
    "en": "*All clear: large fire with heavy smoke*",
    "tr": "*Tehlike geçti: yoğun dumanlı büyük yangın*",
    "uk": "*Відбій: велика пожежа з густим димом*",
    "ar": "*زوال الخطر: حريق كبير مع دخان كثيف*",
    "pl": "*Odwołanie alarmu: duży pożar z gęstym dymem*",
    "ru": "*Отбой: крупный пожар с густым дымом*",
}


def an_end(kind=AlertKind.ALL_CLEAR, town=BOCHOLT):
    words = wording(town, SCENARIOS["fire"], (), NOON, issuer="Feuerwehr", check_url="https://s.example/a/x", kind=kind)
    return Alert(
        "bocholt-a-20261124-bbbbbb", "bocholt", LinkMode.LIVE, "fire", frozenset(), NOON, NOON + timedelta(hours=12),
        "Leitstelle", "Feuerwehr", wording=words, kind=kind, follows="bocholt-a-20261124-aaaaaa",
    )  # fmt: skip


def headings(alert, town=BOCHOLT):
    return {picture.language: picture.text.splitlines()[0] for picture in pictures_of(alert, town)}


def test_an_all_clear_begins_with_its_own_word_in_every_language_and_not_with_a_warning():
    assert set(HEADINGS) == set(LANGUAGES)
    assert headings(an_end()) == HEADINGS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_false_alarm_says_that_it_was_one_in_the_same_frame(language):
    said = follow_up(AlertKind.FALSE_ALARM, language)
    [picture] = [it for it in pictures_of(an_end(AlertKind.FALSE_ALARM), BOCHOLT) if it.language == language]
    assert said.was.partition("{")[0] in picture.text.splitlines()[0]
    assert said.tun in picture.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_of_ends_is_approved_like_that_of_warnings(language):
    template, *warnings = (it for it in frames(BOCHOLT, language, AlertKind.ALL_CLEAR) if it.speaks == language)
    assert template.name.removesuffix("_leicht") == "entwarnung"
    assert len(warnings) == 2
    assert (template.category, template.ttl_s) == ("UTILITY", 43200)
    assert template.variables == tuple(ABOUT if part == "was" else part for part in PARTS)
    assert {"112", "110"} <= set(re.findall(r"\d+", template.body))
    assert "STOP" in template.footer
    examples = dict(template.examples)
    assert examples[ABOUT] == LANGUAGES[language].scenarios["fire"][0]
    assert examples["tun"] == follow_up(AlertKind.ALL_CLEAR, language).tun
    assert lint_town(BOCHOLT) == ()


@pytest.mark.parametrize("kind", [AlertKind.ALERT, AlertKind.UPDATE, AlertKind.REPEAT])
def test_a_warning_is_never_said_in_the_frame_of_an_all_clear(kind):
    for language in LANGUAGES:
        assert frame(BOCHOLT, language, kind).name.startswith("warnung")
        assert ABOUT not in an_end(kind).wording[language]


@pytest.mark.parametrize("kind", ENDS)
def test_a_town_without_such_a_frame_says_it_in_that_of_warnings(kind):
    alert = an_end(kind, WITHOUT)
    was = follow_up(kind, "de").was.format(was="Großbrand mit starkem Rauch")
    assert headings(alert, WITHOUT)["de"] == f"*Amtliche Warnung: {was}*"
    assert first_message(alert, WITHOUT, a_person(1))["template"]["name"] == "warnung"


def test_an_end_that_was_raised_before_the_frame_was_known_leaves_no_gap_in_it():
    alert = an_end()
    old = replace(alert, wording={of: {it: parts[it] for it in PARTS} for of, parts in alert.wording.items()})
    assert headings(old)["de"] == "*Amtliche Warnung: Entwarnung – Großbrand mit starkem Rauch*"
    assert first_message(old, BOCHOLT, a_person(1))["template"]["name"] == "warnung"


@pytest.mark.parametrize("seen", [True, False], ids=["seen before", "refused while it is sent"])
def test_where_that_template_is_paused_the_end_goes_out_in_the_frame_of_warnings(seen):
    snapshot = a_snapshot(BOCHOLT)
    paused = tuple(replace(it, status="PAUSED") if "entwarnung" in it.name else it for it in snapshot.templates)
    asked = []

    async def post(body):
        asked.append(body["template"]["name"])
        return Halted(PAUSED) if asked[-1] == "entwarnung" else Accepted("wamid.1")

    async def go_on():
        return True

    to_send = AlertToSend(
        an_end(), BOCHOLT, replace(snapshot, templates=paused) if seen else None, FakeAudience(), lambda: NOON
    )
    assert asyncio.run(send_one(to_send, a_person(1), 1, post, go_on)) == (Accepted("wamid.1"), "warnung")
    assert asked == (["warnung"] if seen else ["entwarnung", "warnung"])


def test_the_trouble_of_that_template_is_one_of_warnings():
    troubles = template_troubles(BOCHOLT, a_snapshot(BOCHOLT, status="PAUSED"))
    assert {"entwarnung", "entwarnung_leicht"} < {it.template for it in troubles if it.crisis}


# ---- where people ask --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "validity", "heading"),
    [
        (AlertKind.ALL_CLEAR, AlertValidity.ALL_CLEAR, "Ja, diese Entwarnung ist echt"),
        (AlertKind.FALSE_ALARM, AlertValidity.FALSE_ALARM, "Ja, diese Meldung ist echt: Es war ein Fehlalarm"),
    ],
)
def test_the_public_page_of_an_end_says_that_the_danger_is_over_and_holds_for_good(kind, validity, heading):
    alerts, alert = FakeAlerts(), an_end(kind)
    alerts.raised[alert.alert_id] = alert
    for now in (NOON, NOON + timedelta(days=2)):
        checked = check_alert(alert.alert_id, now, alerts=alerts, towns=FakeTowns({"bocholt": BOCHOLT}))
        status, page = shown(checked)
        assert (status, checked.validity) == (200, validity)
        assert f"<h1>{heading}</h1>" in page
        assert "Gilt bis" not in page
        assert "<dt>Es informiert</dt>" in page
        assert "<dt>Es warnt</dt>" not in page
        for language in set(LANGUAGES) - {"de"}:
            assert f'<li lang="{language}" dir="auto">{page_sentence(validity, language)}</li>' in page


def test_a_drill_of_an_all_clear_is_a_drill():
    assert replace(an_end(), mode=LinkMode.DRILL).validity(NOON) is AlertValidity.DRILL
