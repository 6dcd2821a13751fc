"""Leaving: what is sure is done at once, what is not is asked once, and nothing else in the message is lost."""

import pytest

from stadtdraht.domain.town import Offer
from stadtdraht.domain.understanding.reading import Command, Kind, Leaving
from tests.support.told_readings import ToldTown
from tests.support.town_office import words

NEWS, CHAT, CRISIS, REPORTS = Offer.NEWS, Offer.CHAT, Offer.CRISIS, Offer.REPORTS
SURE, UNSURE = Leaving(is_sure=True), Leaving(is_sure=False)


def test_a_report_beside_stop_is_taken_in_the_same_breath():
    office = ToldTown("vreden")
    office.takes(NEWS)
    assert office.means(leaving=SURE, kind=Kind.HINT, needs_place=True) == ["goodbye", "case_opened"]
    assert not office.person().takes(NEWS)
    assert len(office.cases) == 1


def test_a_question_beside_stop_waits_for_staff():
    office = ToldTown("arnsberg")
    office.takes(NEWS)
    assert office.means(leaving=SURE, kind=Kind.QUESTION) == ["goodbye", "received"]
    assert office.talk.waiting_since == office.at


def test_one_offer_is_left_and_the_other_stays():
    office = ToldTown("bocholt")
    office.takes(NEWS, CRISIS)
    assert office.means(leaving=Leaving(is_sure=True, offers=(NEWS,))) == ["left"]
    assert (office.person().takes(NEWS), office.person().takes(CRISIS)) == (False, True)


def test_topics_and_offers_are_left_together():
    office = ToldTown("bocholt")
    office.takes(NEWS, CRISIS)
    leaving = Leaving(is_sure=True, offers=(CRISIS,), topics=("waste",))
    assert office.means(leaving=leaving) == ["topics_set", "left"]
    assert "waste" not in office.person().topics
    assert (office.person().takes(NEWS), office.person().takes(CRISIS)) == (True, False)


def test_who_may_want_to_leave_is_asked_and_unsubscribed_from_nothing_meanwhile():
    office = ToldTown("vreden")
    office.takes(NEWS)
    assert office.means(leaving=UNSURE, kind=Kind.CRITICISM) == ["stop_ask"]
    assert office.offered == {"Ja, abmelden", "Nein, etwas anderes"}
    assert "*News* abbestellen" in words(office.bodies[0])
    assert office.person().takes(NEWS)
    assert (office.question, office.talk.waiting_since, office.cases) == ("stop_sure", office.at, [])


@pytest.mark.parametrize("answer", ["pressed", "typed", "typed as stop"])
def test_yes_unsubscribes_and_nobody_has_to_read_it(answer):
    office = ToldTown("arnsberg")
    office.takes(NEWS)
    office.means(leaving=UNSURE)
    if answer == "pressed":
        kinds = office.taps("Ja, abmelden")
    else:
        kinds = office.means(answer=True, leaving=SURE if answer == "typed as stop" else None)
        assert office.asked == "stop_sure"
    assert kinds == ["goodbye"]
    assert not office.person().takes(NEWS)
    assert (office.question, office.talk.waiting_since) == ("", None)


def test_yes_to_leaving_one_offer_leaves_that_one_whatever_else_the_words_say():
    office = ToldTown("bocholt")
    office.takes(NEWS, CRISIS)
    office.means(leaving=Leaving(is_sure=False, offers=(NEWS,)))
    assert office.means(answer=True, leaving=SURE) == ["left"]
    assert office.person().takes(CRISIS)


def test_a_topic_may_be_asked_about_too():
    office = ToldTown("bocholt")
    office.takes(NEWS)
    office.means(leaving=Leaving(is_sure=False, topics=("waste",)))
    assert "*Müllabfuhr* abbestellen" in words(office.bodies[0])
    assert office.taps("Ja, abmelden") == ["topics_set"]
    assert office.person().takes(NEWS)


@pytest.mark.parametrize("is_typed", [True, False])
def test_no_keeps_everything_and_the_message_is_read(is_typed):
    office = ToldTown("arnsberg")
    office.takes(NEWS)
    office.means(leaving=UNSURE)
    asked_at = office.at
    kinds = office.means(answer=False) if is_typed else office.taps("Nein, etwas anderes")
    assert kinds == ["stays"]
    assert office.person().takes(NEWS)
    assert (office.question, office.talk.waiting_since) == ("", asked_at)


def test_a_refusal_with_stop_is_one_goodbye():
    office = ToldTown("arnsberg")
    office.means(joins=(NEWS,))
    assert office.means(answer=False, leaving=SURE) == ["goodbye"]


def test_who_asks_how_is_told_and_not_unsubscribed():
    office = ToldTown("arnsberg")
    office.takes(NEWS)
    assert office.means(command=Command.HOW_TO_LEAVE) == ["how_to_leave"]
    assert "STOP" in words(office.bodies[0])
    assert office.person().takes(NEWS)


def test_stop_ends_the_question_that_stood_open():
    office = ToldTown("neu-ulm")
    office.means(joins=(CHAT,))
    office.means(leaving=SURE)
    assert office.question == ""
