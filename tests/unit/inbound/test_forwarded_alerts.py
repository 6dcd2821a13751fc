"""„Ist das echt?“: somebody passes a warning on to the town's number and hears whether it is ours."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.inbound.passed_on.chain_messages import is_chain
from stadtdraht.domain.inbound.passed_on.forwarded_alert import linked_in, looks_like_a_warning
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.usecases.crisis.alert_wording import wording
from stadtdraht.usecases.crisis.preview_alert import pictures_of
from tests.support.builders.crisis import NOON, a_town, a_trigger
from tests.support.town_office import ANNA, ConversationHarness, words

FORWARDED = {"context": {"forwarded": True}}
OFTEN = {"context": {"forwarded": True, "frequently_forwarded": True}}
FAKE = (
    "⚠️ WARNUNG!!! Das Trinkwasser ist vergiftet, auf keinen Fall trinken. Die Stadt verheimlicht es. "
    "Bitte sofort an alle Kontakte weiterleiten!"
)


class TownHall(ConversationHarness):
    """One alert was raised ten minutes ago and holds for three hours."""

    def __init__(self, town="bocholt", **changes):
        super().__init__(town)
        trigger = a_trigger(**{"at": NOON - timedelta(minutes=10), "town": town, **changes})
        self.alerts.raise_once(trigger)
        self.alert = trigger.alert
        self.hears("Hallo")

    def copy(self, language="de"):
        """The message as it stood on a phone."""
        return next(it.text for it in pictures_of(self.alert, a_town()) if it.language == language)

    def asks(self, text, **more):
        """The first words of the one answer: which of them it is."""
        (answer,) = self.hears(text, **more)
        return words(answer)

    def nobody_has_to_work(self):
        return not self.citizens.waiting(self.town.id) and not self.cases


@pytest.fixture
def hall():
    return TownHall()


@pytest.mark.parametrize("flags", [{}, FORWARDED, OFTEN], ids=["copied", "forwarded", "often forwarded"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_copy_of_ours_is_real_in_whatever_language_and_however_it_came(hall, language, flags):
    answer = hall.asks(hall.copy(language), **flags)
    assert "diese Warnung ist echt" in answer
    assert f"https://x.example/a/{hall.alert.alert_id}" in answer
    assert "Es warnt: Feuerwehr" in answer
    assert hall.nobody_has_to_work()


def test_it_is_real_also_when_people_cut_greet_and_comment(hall):
    body = hall.copy().partition("Ob diese Warnung")[0].partition("Amtliche Warnung:")[2].upper()
    assert "ist echt" in hall.asks(f"Hallo liebe Stadt, das hat meine Tante geschickt: {body} 😱 Stimmt das??")


@pytest.mark.parametrize("frame", ["{}", "Stimmt das? {}", "{} 😳", "schaut mal:\n{}."])
def test_its_link_alone_is_enough_whoever_shortened_the_rest(hall, frame):
    assert "ist echt" in hall.asks(frame.format(f"https://elsewhere.example/a/{hall.alert.alert_id}"))
    assert hall.nobody_has_to_work()


def test_after_its_end_a_copy_is_outdated(hall):
    answer = hall.asks(hall.copy(), after=timedelta(hours=4))
    assert "war echt, aber sie gilt nicht mehr" in answer
    assert f"/a/{hall.alert.alert_id}" in answer


@pytest.mark.parametrize(
    ("kind", "told"),
    [(AlertKind.ALL_CLEAR, "Ja, diese Entwarnung ist echt."), (AlertKind.FALSE_ALARM, "Es war ein Fehlalarm.")],
)
def test_a_copy_of_an_end_is_told_to_be_one_also_the_next_day(hall, kind, told):
    of = a_town()
    words = wording(of, SCENARIOS["fire"], (), NOON, issuer="Feuerwehr", check_url="/a/x", kind=kind)
    hall.alert = replace(hall.alert, kind=kind, wording=words)
    hall.alerts.raised[hall.alert.alert_id] = hall.alert
    for after in (timedelta(0), timedelta(days=1)):
        answer = hall.asks(hall.copy(), after=after)
        assert told in answer
        assert f"/a/{hall.alert.alert_id}" in answer
        assert "gilt bis" not in answer
    assert hall.nobody_has_to_work()


def test_a_link_of_a_drill_is_told_to_be_one():
    assert "eine Übung" in TownHall(mode=LinkMode.DRILL).asks("https://x.example/a/bocholt-d-20261124-aaaaaa")


@pytest.mark.parametrize("flags", [FORWARDED, OFTEN], ids=["forwarded", "often forwarded"])
def test_a_warning_of_somebody_else_is_not_ours_and_is_no_chain_message_that_nobody_answers(hall, flags):
    assert is_chain(FAKE, forwarded=True, often_forwarded=True, same_text_senders=0)
    answer = hall.asks(FAKE, **flags)
    assert "nicht von uns" in answer
    assert "112" in answer
    assert hall.nobody_has_to_work()


def test_everybody_who_asks_is_answered_however_many_send_the_same(hall):
    for number in range(5):
        assert "nicht von uns" in hall.asks(FAKE, who=f"49151000000{number}", **OFTEN)


def test_a_link_of_our_form_to_an_alert_that_never_was_is_not_ours(hall):
    assert "nicht von uns" in hall.asks("https://bocholt-warnt.example/a/bocholt-a-20261124-zzzzzz")


@pytest.mark.parametrize(
    "text",
    [
        "Warum warnt die Stadt eigentlich nicht vor Glatteis? Gestern bin ich auf der Brücke gefallen.",
        "Ich finde die Warnung wegen des Hochwassers letzte Woche war viel zu spät, das Wasser stand schon im Keller.",
        "Gilt die Warnung vor dem Rauch eigentlich noch? Ich wohne in Mussum und möchte gern lüften.",
        "Achtung: Auf der Brücke an der Aa liegt Glas, bitte kehren lassen, da fahren Kinder mit dem Rad entlang.",
        "Wie lange soll man eigentlich die Fenster schließen, und wo erfahre ich, wann es vorbei ist?",
    ],
)
def test_ordinary_chat_is_never_told_that_it_is_not_ours(hall, text):
    answers = hall.hears(text)
    assert not any("nicht von uns" in words(it) or "ist echt" in words(it) for it in answers)
    is_told_its_state = any("/a/bocholt-a-" in words(it) for it in answers)
    assert is_told_its_state or bool(answers)


@pytest.mark.parametrize(
    "text", ["Am Samstag ist Flohmarkt auf dem Marktplatz, kommt alle vorbei und bringt Freunde mit!", "Danke!", "👍"]
)
def test_what_was_forwarded_and_warns_of_nothing_is_heard_as_before(hall, text):
    assert not any("nicht von uns" in words(it) for it in hall.hears(text, **FORWARDED))


def test_a_copy_is_not_taken_for_the_person_s_own_need_name_or_stop():
    hall = TownHall(scenario="gas")
    answer = hall.asks(hall.copy() + "\nAbbestellen mit STOP", **FORWARDED)
    assert "ist echt" in answer
    (told,) = hall.hears("Hilfe, es riecht nach Gas bei uns im Haus!")
    assert "sofort 112" in words(told), "their own need stays one"


def test_somebody_who_was_asked_a_question_can_still_answer_it(hall):
    hall.hears("Warnungen")
    hall.asks(hall.copy(), **FORWARDED)
    assert any("Vielen Dank" in words(it) for it in hall.hears("ja"))


def test_a_town_that_takes_reports_opens_none_for_it():
    hall = TownHall("vreden")
    assert "ist echt" in hall.asks(hall.copy(), **FORWARDED)
    assert "nicht von uns" in hall.asks(FAKE, **FORWARDED)
    assert hall.nobody_has_to_work()


def test_the_answer_speaks_the_person_s_language(hall):
    hall.hears("English please")
    assert "this warning is real" in hall.asks(hall.copy(), **FORWARDED)
    assert "not from us" in hall.asks(FAKE, **FORWARDED)


def test_without_its_end_in_it_a_copy_is_one_of_the_newest_of_two_alike(hall):
    again = a_trigger(at=NOON - timedelta(minutes=2), random="bbbbbb")
    hall.alerts.raise_once(again)
    cut = re.sub(r"Die Warnung gilt bis .*? Uhr\.", "", hall.copy())
    assert cut != hall.copy()
    assert f"/a/{again.alert.alert_id}" in hall.asks(cut, **FORWARDED)


def test_it_is_the_one_of_its_place_and_time_of_two_of_a_kind(hall):
    other = a_trigger(at=NOON - timedelta(minutes=2), random="bbbbbb", districts=frozenset({"suderwick", "barlo"}))
    hall.alerts.raise_once(other)
    assert f"/a/{hall.alert.alert_id}" in hall.asks(hall.copy(), **FORWARDED)


@pytest.mark.parametrize(
    "text",
    [
        "UYARI! Nehirde su taşkını var, lütfen bodrum katlarına inmeyin, bomba ihbarı da olabilir",
        "Попередження! Сьогодні можлива пожежа, будь ласка, зачиніть вікна і не виходьте на вулицю",
        "Внимание! Сегодня возможна буря, пожалуйста, закройте окна и не выходите на улицу",
        "Uwaga! Woda w kranach jest skażona, prosimy nie pić i ostrzec wszystkich sąsiadów, pożar w fabryce",
        "تحذير! يوجد حريق كبير في المدينة، يرجى إغلاق النوافذ والبقاء في المنزل حتى إشعار آخر",
        "WARNING! The water in town has been poisoned, do not drink it and tell everybody you know",
    ],
)
def test_warnings_are_known_as_such_in_the_languages_of_the_town(text):
    assert looks_like_a_warning(text)


def test_no_language_was_forgotten():
    assert len(KNOWN_LANGUAGES) == 8


@given(st.text(max_size=300))
def test_no_text_breaks_it(text):
    assert isinstance(looks_like_a_warning(text), bool)
    assert linked_in(text) == "" or "/a/" in text


def test_who_it_is_stays_a_citizen_like_any_other(hall):
    hall.asks(hall.copy(), who="4915199999999", **FORWARDED)
    assert hall.person("4915199999999").version == 1
    assert hall.person(ANNA)
