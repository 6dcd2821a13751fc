"""The public pages of a town, as the four presets fill them, and what answers where there is no page."""

from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import escape

from functions.public import pages
from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.town import DataProtection, Processor, Promise, PromisedEvery, PublishReports
from stadtdraht.domain.understanding.exact_words import Meaning, understand
from stadtdraht.pages.contact_card import contact_card
from stadtdraht.settings import Settings
from stadtdraht.texts.authorities import AUTHORITIES
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.usecases.towns.town_gaps import town_gaps
from tests.support.adapters import FakeAdapters
from tests.support.fakes.towns import FakeTowns

TOWNS = {file.stem: read(file) for file in (Path(__file__).resolve().parents[3] / "towns").glob("*.toml")}
VREDEN, BOCHOLT = TOWNS["vreden"], TOWNS["bocholt"]
URL = "https://draht.example"


def get(route, town="", asked=None, towns=TOWNS, path=""):
    adapters = FakeAdapters(towns=FakeTowns(dict(towns)), settings=Settings(public_url=URL))
    event = {"routeKey": f"GET {route}", "rawPath": path, "queryStringParameters": asked}
    event["pathParameters"] = {"town": town} if town else {}
    return pages.handler(event, None, adapters=adapters)


def page(route, town="bocholt", **more):
    answer = get(route, town, **more)
    assert answer["statusCode"] == 200
    return answer["body"]


@pytest.mark.parametrize("town", TOWNS)
def test_a_town_shows_every_way_in_and_what_there_is(town):
    text = page("/t/{town}", town)
    of = TOWNS[town]
    assert of.number.display_phone_number in text
    assert "https://wa.me/49171" in text
    assert "<svg" in text
    assert f'href="/t/{town}/contact.vcf"' in text
    assert all(topic.label in text for topic in of.topics)
    assert all(f"?lang={tag}" in text for tag in of.languages if tag != "de")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_page_speaks_every_language_of_the_town(tag):
    text = page("/t/{town}", asked={"lang": tag})
    words = LANGUAGES[tag].town_page
    assert f'<html lang="{tag.partition("-")[0]}" dir="{"rtl" if tag == "ar" else "ltr"}">' in text
    assert all(words[name] in text for name in ("open", "scan", "address_book", "offers", "topics", "imprint"))
    assert 'href="tel:112"' in text
    assert 'href="tel:110"' in text
    assert all(escape(it.described_in(tag)) in text for it in BOCHOLT.offers)
    assert "{read_when}" not in text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_word_that_whatsapp_is_opened_with_is_a_greeting(tag):
    assert understand(LANGUAGES[tag].town_page["hello"], BOCHOLT).meaning is Meaning.GREETING


@pytest.mark.parametrize("asked", [{"lang": "klingon"}, {"lang": "tr"}, {"lang": "<script>"}, {}, None])
def test_a_language_that_the_town_has_not_is_german(asked):
    assert "In WhatsApp öffnen" in page("/t/{town}", "vreden", asked=asked)


def test_a_promise_is_said_in_the_language_of_the_page():
    towns = {"bocholt": replace(BOCHOLT, promise=Promise(1, PromisedEvery.WEEK))}
    assert "Höchstens 1 je Woche." in page("/t/{town}", towns=towns)
    assert LANGUAGES["tr"].sentences["promise_week"].format(most=1) in page(
        "/t/{town}", towns=towns, asked={"lang": "tr"}
    )
    assert "So oft schreiben wir" not in page("/t/{town}")


def test_the_number_can_be_taken_into_an_address_book():
    answer = get("/t/{town}/contact.vcf", "bocholt")
    assert answer["headers"]["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["headers"]["Content-Disposition"] == 'attachment; filename="bocholt.vcf"'
    lines = answer["body"].split("\r\n")
    assert (lines[0], lines[1], lines[-2]) == ("BEGIN:VCARD", "VERSION:3.0", "END:VCARD")
    assert "TEL;TYPE=CELL,VOICE:+491713920040" in lines
    assert f"URL:{URL}/t/bocholt" in lines


def test_a_contact_card_breaks_on_nothing_that_a_name_holds():
    card = contact_card(replace(BOCHOLT, service_name="Äöü; \\ , " * 12), URL)
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    unfolded = card.replace("\r\n ", "")
    assert "FN:" + "Äöü\\; \\\\ \\, " * 12 in unfolded


@pytest.mark.parametrize("town", TOWNS)
def test_the_privacy_page_says_all_that_art_13_asks_for(town):
    text = page("/t/{town}/privacy", town)
    for word in (
        *("verantwortlich", "Datenschutzbeauftragte", "Meta", "Amazon Web Services", "USA", "Risiken", "STOP"),
        *("AUSKUNFT", "LÖSCHEN", "180 Tage", "90 Tage", "14 Tage", "Art. 77", "Einwilligung", "freiwillig"),
    ):
        assert word in text, word
    assert AUTHORITIES[TOWNS[town].land][1] in text


def test_the_privacy_page_shows_what_the_town_file_adds():
    filled = DataProtection(
        officer="Datenschutzbeauftragte Stelle der Stadt",
        officer_email="dsb@example.org",
        officer_phone="+49 2871 100",
        legal_basis="§ 3 DSG NRW",
        processors=(Processor("Muster GmbH", "den Betrieb", "Schweiz"),),
    )
    text = page("/t/{town}/privacy", towns={"bocholt": replace(BOCHOLT, data_protection=filled)})
    for said in ("Stelle der Stadt", "mailto:dsb@example.org", "tel:+492871100", "mit § 3 DSG NRW", "Muster GmbH"):
        assert said in text
    assert "Betrieb (Schweiz)" in text


def test_every_land_has_its_authority():
    assert len(AUTHORITIES) == 16
    assert all(address.startswith("https://") for _, address in AUTHORITIES.values())


def test_the_root_is_a_plain_page_and_what_is_nowhere_says_so():
    start = get("/")
    assert (start["statusCode"], "Städte auf WhatsApp" in start["body"]) == (200, True)
    for path in ("/nirgends", "/t/", "/a/b/c"):
        answer = get("/{proxy+}", path=path)
        assert (answer["statusCode"], "Diese Seite gibt es hier nicht" in answer["body"]) == (404, True)
    for path in ("/crisis/", "/crisis", "/crisis/token/"):
        answer = get("/{proxy+}", path=path)
        assert (answer["statusCode"], "Es wurde nichts ausgelöst" in answer["body"]) == (404, True)
        assert answer["headers"]["Cache-Control"] == "no-store"


@pytest.mark.parametrize("town", TOWNS)
def test_what_a_preset_leaves_open_is_named_and_nothing_is_invented(town):
    found = {it.field for it in town_gaps(TOWNS[town])}
    assert {"data_protection.officer", "data_protection.officer_email"} <= found


def test_every_preset_describes_its_offers_in_every_language_that_it_lists():
    assert [it for town in TOWNS.values() for it in town_gaps(town) if "description_in" in it.field] == []


def test_a_language_without_a_description_is_named():
    news = replace(BOCHOLT.offers[0], description_in=(("en", "News."), ("de-easy", "Neues."), ("tr", "Haberler.")))
    (gap,) = (
        it for it in town_gaps(replace(BOCHOLT, offers=(news, *BOCHOLT.offers[1:]))) if "description_in" in it.field
    )
    assert gap.field == "offers.0.description_in"
    assert "“News”" in gap.says
    assert gap.says.endswith("Ukrainisch, Arabisch, Polnisch, Russisch")


def test_words_that_go_out_unread_are_warned_of():
    found = {it.field for it in town_gaps(replace(VREDEN, publish_reports=PublishReports.TEXT))}
    assert "publish_reports" in found
    assert "publish_reports" not in {it.field for it in town_gaps(VREDEN)}


def test_a_town_that_filled_everything_in_has_nothing_open():
    filled = replace(
        BOCHOLT,
        data_protection=DataProtection("DSB", "", "dsb@example.org", "", "§ 3 DSG NRW"),
        promise=Promise(1, PromisedEvery.WEEK),
        feed_url="https://www.bocholt.de/rss",
        testers=BOCHOLT.testers or ("x",),
        districts=tuple(replace(it, latitude=51.8, longitude=6.6) for it in BOCHOLT.districts),
    )
    assert list(town_gaps(filled)) == []
