"""Offers are spoken of as people speak of them, and a first answer says which languages there are."""

from dataclasses import replace

import pytest

from stadtdraht.domain.citizen import Citizen, OfferConsent, WireIdentity
from stadtdraht.domain.inbound.reply import Reply, ReplyKind
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.inbound.render_reply import ReplyContext, render_reply
from tests.support.town_office import NOON, TOWNS, ConversationHarness, Links, choices, words

NEWS, CHAT, REPORTS, CRISIS = Offer.NEWS, Offer.CHAT, Offer.REPORTS, Offer.CRISIS


def said(town, reply, language="de", takes=(), **of_town):
    town = replace(TOWNS[town], **of_town)
    consents = {offer: OfferConsent(granted=True, at=NOON) for offer in takes}
    citizen = Citizen("c", town.id, WireIdentity(phone="4915112345678"), language=language, consents=consents)
    return words(render_reply(reply, town, citizen, ReplyContext("https://x.example", Links(), NOON)))


@pytest.mark.parametrize(
    ("town", "offers", "question"),
    [
        ("vreden", (NEWS,), "Möchten Sie *News* von der Stadt Vreden auf WhatsApp bekommen?"),
        ("vreden", (REPORTS,), "Möchten Sie den *Melder* der Stadt Vreden nutzen?"),
        (
            "vreden",
            (NEWS, REPORTS),
            "Möchten Sie diese Angebote der Stadt Vreden auf WhatsApp nutzen: *News und Melder*?",
        ),
        ("arnsberg", (CHAT,), "Möchten Sie hier mit der Stadt Arnsberg schreiben (*Chat*)?"),
        ("bocholt", (NEWS, CRISIS), "Möchten Sie *News und Warnungen* von der Stadt Bocholt auf WhatsApp bekommen?"),
    ],
)
def test_consent_is_asked_for_in_the_words_of_the_offer(town, offers, question):
    assert said(town, Reply(ReplyKind.ASK_CONSENT, offers)).startswith(question)


@pytest.mark.parametrize(
    ("town", "offers", "welcome"),
    [
        ("vreden", (NEWS,), "Vielen Dank! Sie bekommen ab jetzt unsere *News*."),
        ("vreden", (REPORTS,), "Vielen Dank! Melden können Sie ab jetzt jederzeit hier, gern mit Foto."),
        (
            "vreden",
            (NEWS, REPORTS),
            "Vielen Dank! Sie bekommen ab jetzt unsere *News*. Melden können Sie jederzeit hier, gern mit Foto.",
        ),
        ("arnsberg", (CHAT,), "Vielen Dank! Sie sind dabei. Schreiben Sie uns Ihr Anliegen einfach hier."),
    ],
)
def test_who_joins_is_told_what_they_can_do_now(town, offers, welcome):
    first, last = said(town, Reply(ReplyKind.WELCOME, offers), takes=offers).split("\n\n")
    assert first == welcome
    assert ("einzelnen Angeboten" in last) == (len(offers) > 1)  # of no use to who has one


def test_who_leaves_one_is_told_what_stays():
    left = said("arnsberg", Reply(ReplyKind.LEFT, (CHAT,)), takes=(NEWS,))
    assert left == "*Chat* ist abbestellt. *News* bekommen Sie weiterhin."
    left = said("bocholt", Reply(ReplyKind.LEFT, (NEWS,)), takes=(CRISIS,))
    assert left == "*News* sind abbestellt. *Warnungen* bekommen Sie weiterhin."
    left = said("vreden", Reply(ReplyKind.LEFT, (NEWS,)), takes=(REPORTS,))
    assert left == "*News* sind abbestellt. *Melder* können Sie weiterhin nutzen."


def test_a_town_may_ask_for_its_offer_in_its_own_words():
    own = (("de", "ask_reports", "Möchten Sie die *{offers_named}* von {town} nutzen?"),)
    asked = said("vreden", Reply(ReplyKind.ASK_CONSENT, (REPORTS,)), texts=own)
    assert asked.startswith("Möchten Sie die *Melder* von Vreden nutzen?")


def test_who_says_stop_again_hears_that_it_was_done():
    office = ConversationHarness()
    greeting = office.hears("Hallo")[0]
    (asked,) = office.presses(greeting, "News")
    office.presses(asked, "Ja, bitte")
    first, second = (words(office.hears("STOP")[0]) for _ in range(2))
    assert first.startswith("Sie sind abgemeldet und")
    assert second.startswith("Sie sind schon abgemeldet und")


def test_who_never_took_anything_is_not_told_that_it_was_done_before():
    assert words(ConversationHarness().hears("STOP")[0]).startswith("Sie sind abgemeldet und")


def test_offers_are_described_in_the_language_of_the_reader():
    greeting = said("bocholt", Reply(ReplyKind.GREETING), language="uk")
    assert "Раз на тиждень" in greeting
    assert "Einmal in der Woche" not in greeting
    assert "Einmal in der Woche" in said("bocholt", Reply(ReplyKind.GREETING), language="xx")


def test_rows_of_a_list_are_described_in_the_language_of_the_reader():
    town = replace(
        TOWNS["bocholt"], offers=(*TOWNS["bocholt"].offers, *TOWNS["arnsberg"].offers[:1], *TOWNS["vreden"].offers[1:])
    )
    citizen = Citizen("c", town.id, WireIdentity(phone="4915112345678"), language="en")
    body = render_reply(Reply(ReplyKind.GREETING), town, citizen, ReplyContext("https://x.example", Links(), NOON))
    assert len(choices(body)) == 5
    (row, *_) = body["interactive"]["action"]["sections"][0]["rows"]
    assert row["description"].startswith("Once a week")


def test_a_first_answer_in_german_names_the_other_languages():
    line = "Leichte Sprache · English · Türkçe · Українська · العربية · Polski · Русский: "
    assert f"{line}Schreiben Sie einfach den Namen der Sprache." in said("bocholt", Reply(ReplyKind.GREETING))
    assert "English: Schreiben Sie" in said("arnsberg", Reply(ReplyKind.GREETING_RECEIVED))
    assert "Schreiben Sie einfach den Namen" not in said("arnsberg", Reply(ReplyKind.GREETING), languages=("de",))
    assert "Schreiben Sie einfach den Namen" not in said("arnsberg", Reply(ReplyKind.RECEIVED))


def test_a_language_that_was_noticed_can_be_changed():
    noticed = said("bocholt", Reply(ReplyKind.RECEIVED, tells_languages=True), language="en")
    assert noticed.splitlines()[-1].startswith("Change language: Deutsch · Leichte Sprache · Türkçe")
    assert "Change language" not in said("bocholt", Reply(ReplyKind.RECEIVED), language="en")


def test_an_emergency_is_told_that_the_message_has_arrived_and_when_it_is_read():
    assert said("arnsberg", Reply(ReplyKind.EMERGENCY)).endswith("bekommen und lesen sie so bald wie möglich.")


def test_receipts_name_the_telephone_and_the_greeting_what_not_to_send():
    assert "+49 2932 201-0 oder pressestelle@arnsberg.de" in said("arnsberg", Reply(ReplyKind.RECEIVED))
    assert "nichts zu Gesundheit, Bankkonto oder Ausweis" in said("arnsberg", Reply(ReplyKind.GREETING))


def test_the_number_of_a_person_is_shown_as_one_can_dial_it():
    assert "Ihre Nummer bei WhatsApp: +4915112345678" in said("arnsberg", Reply(ReplyKind.MY_DATA))
