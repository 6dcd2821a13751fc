"""Consultations on their pages: planned once, watched in order, ended with a word and a summary without names."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.console.routes import ROUTES
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.consultations.consultation import ConsultationState
from stadtdraht.domain.staff.roles import Role
from stadtdraht.settings import Settings
from stadtdraht.usecases.consultations.hold_consultation import ConsultationPorts, end_what_is_over
from stadtdraht.usecases.inbound.work_on_conversation import StaffContext, answer, close
from tests.support.adapters import FakeAdapters
from tests.support.console import Desk, a_member, text_of
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.town_office import ANNA, ConversationHarness, words

BERND, CARLA = "4915112345679", "4915112345680"
HOUR = {"day": "2026-11-24", "opens": "12:00", "closes": "13:00", "host": "Bürgermeister Beispiel"}


@pytest.fixture
def hall():
    return ConversationHarness("arnsberg")


def desk(hall, *roles):
    adapters = FakeAdapters(citizens=hall.citizens, consultations=hall.consultations, answer_queue=hall.queue)
    return Desk(adapters, a_member(*roles, town="arnsberg"), hall.at)


def form_in(page):
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def planned(hall, **changes):
    """Its id."""
    form = form_in(text_of(desk(hall).get("/consultations")))
    answered = desk(hall).post("/consultations", {**form, **HOUR, **changes})
    assert answered["statusCode"] == 303
    (held,) = hall.consultations.all("arnsberg")
    return held.id


def page_of(hall, name, route=""):
    shown = desk(hall).get(f"/consultations/{{consultation}}{route}", consultation=name)
    assert shown["statusCode"] == 200
    return text_of(shown)


def ends(hall, name):
    answered = desk(hall).post("/consultations/{consultation}/end", {}, consultation=name)
    assert answered["headers"]["Location"].endswith(f"/consultations/{name}?done=ended")
    return hall.consultations.get("arnsberg", name)


def by_the_clock(hall, queue=None):
    """What the function does that the clock starts."""
    ports = ConsultationPorts(hall.consultations, hall.citizens, queue or hall.queue)
    return end_what_is_over(hall.town, hall.at, ports)


def test_when_its_time_is_up_it_ends_by_itself_with_a_word_to_who_waits_once(hall):
    name = planned(hall)
    hall.at = hall.at.replace(hour=11, minute=10)
    hall.hears("Warum ist das Schwimmbad zu?", who=ANNA)
    assert by_the_clock(hall) == 0
    hall.at = hall.at.replace(hour=12, minute=3)
    assert [by_the_clock(hall), by_the_clock(hall)] == [1, 0]
    said = [words(it.answer.body) for it in hall.citizens.stored.values()]
    assert [it for it in said if "ist zu Ende" in it] == [said[-1]]
    (waits,) = hall.citizens.waiting("arnsberg")
    assert waits.waiting_since is not None
    held = hall.consultations.get("arnsberg", name)
    assert (held.summary.left_waiting, held.ended_by) == (1, "")
    assert "Beendet zur angekündigten Zeit." in page_of(hall, name)


def test_what_was_called_off_or_ended_by_hand_is_not_ended_again(hall):
    name = planned(hall)
    ended = ends(hall, name)
    hall.at = hall.at.replace(hour=13)
    assert by_the_clock(hall) == 0
    assert hall.consultations.get("arnsberg", name) == ended


def test_one_of_a_week_ago_is_still_found(hall):
    planned(hall)
    hall.at += timedelta(days=6)
    assert by_the_clock(hall) == 1


def announcer(hall, *roles):
    browser = desk(hall, *roles)
    broadcasts = FakeBroadcasts()
    given = FakeAdapters(
        citizens=hall.citizens,
        consultations=hall.consultations,
        broadcasts=broadcasts,
        settings=Settings(public_url="https://stadt.example"),
    )
    return replace(browser, adapters=given), broadcasts


def test_one_press_begins_the_newsletter_about_it_with_who_and_when(hall):
    name = planned(hall)
    browser, broadcasts = announcer(hall, Role.MAYOR)
    page = text_of(browser.get("/consultations/{consultation}", consultation=name))
    assert "Newsletter dazu beginnen" in page
    for _ in range(2):
        answer = browser.post("/consultations/{consultation}/announce", form_in(page), consultation=name)
        assert answer["statusCode"] == 303
    (made,) = broadcasts.recent("arnsberg")
    assert answer["headers"]["Location"].endswith(f"/newsletters/{made.broadcast_id}")
    assert made.state is BroadcastState.DRAFT
    (story,) = made.items
    assert story.title == "Bürgersprechstunde mit Bürgermeister Beispiel"
    assert "am Dienstag, 24. November, 12:00 Uhr bis 13:00 Uhr" in story.teaser
    assert (story.link, story.valid_until) == (
        "https://stadt.example/t/arnsberg",
        hall.consultations.get("arnsberg", name).closes_at,
    )


def test_who_writes_no_newsletters_begins_none(hall):
    name = planned(hall)
    browser, _ = announcer(hall, Role.AGENT)
    assert "Newsletter dazu" not in text_of(browser.get("/consultations/{consultation}", consultation=name))
    for role in (Role.AGENT, Role.EDITOR):
        assert not a_member(role).may(ROUTES["POST /console/{town}/consultations/{consultation}/announce"].roles)


def test_one_that_is_over_is_announced_no_more(hall):
    name = planned(hall)
    ends(hall, name)
    browser, broadcasts = announcer(hall, Role.MAYOR)
    assert browser.post("/consultations/{consultation}/announce", {}, consultation=name)["statusCode"] == 404
    assert broadcasts.recent("arnsberg") == []


def staff(hall):
    return StaffContext(hall.town, "Frau Terhalle", hall.at, hall.citizens, hall.queue)


def test_an_hour_is_planned_once_however_often_the_form_is_pressed(hall):
    form = form_in(text_of(desk(hall).get("/consultations")))
    for _ in range(2):
        assert desk(hall).post("/consultations", {**form, **HOUR})["statusCode"] == 303
    (held,) = hall.consultations.all("arnsberg")
    assert (held.host, held.created_by) == ("Bürgermeister Beispiel", "Maria Beispiel")
    assert (held.closes_at - held.opens_at) == timedelta(hours=1)
    assert "Di 24.11.2026, 12:00 bis 13:00 Uhr" in text_of(desk(hall).get("/consultations"))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"opens": "15:00", "closes": "14:00"}, "Sie endet, bevor sie beginnt."),
        ({"day": "2026-11-23"}, "Diese Zeit ist schon vorbei."),
        ({"day": "x"}, "Sagen Sie Tag, Beginn und Ende."),
        ({"host": " "}, "Sagen Sie, wer da ist."),
        ({"closes": "23:00"}, "Sie dauert höchstens 8 Stunden."),
        ({"host": "B" * 81}, "Wer da ist, sagen Sie in höchstens 80 Zeichen."),
    ],
)
def test_what_cannot_be_held_is_refused_with_what_was_typed(hall, changes, why):
    answered = desk(hall).post("/consultations", {"press": "p", **HOUR, "announced": "Zeitung", **changes})
    assert answered["statusCode"] == 422
    assert why in text_of(answered)
    assert 'value="Zeitung"' in text_of(answered)
    assert not hall.consultations.all("arnsberg")


def test_the_page_says_to_everybody_that_nobody_need_end_it(hall):
    name = planned(hall)
    hall.at = hall.at.replace(hour=9)
    shown = desk(hall, Role.AGENT).get("/consultations/{consultation}", consultation=name)
    assert "geplant; zur angekündigten Zeit endet sie von selbst" in text_of(shown)


def test_the_form_proposes_who_was_there_last_and_nobody_before(hall):
    assert 'name="host" type="text" value=""' in text_of(desk(hall).get("/consultations"))
    planned(hall)
    assert 'name="host" type="text" value="Bürgermeister Beispiel"' in text_of(desk(hall).get("/consultations"))


def test_two_at_a_time_are_refused(hall):
    planned(hall)
    answered = desk(hall).post("/consultations", {"press": "other", **HOUR, "opens": "12:30"})
    assert "Zur selben Zeit ist schon eine Sprechstunde." in text_of(answered)


def test_the_queue_stands_in_order_and_leads_to_the_talks(hall):
    name = planned(hall)
    hall.hears("Warum ist das Schwimmbad zu?")
    hall.hears("Wann kommt der Bus?", who=BERND)
    shown = page_of(hall, name)
    assert "läuft bis 13:00 Uhr und endet dann von selbst" in shown
    assert "2 warten" in shown
    assert shown.index("Schwimmbad") < shown.index("Bus?")
    assert f'href="/console/arnsberg/conversations/{hall.person(BERND).citizen_id}"' in shown
    answer(staff(hall), hall.person(ANNA).citizen_id, "Es wird gebaut.", press="1")
    renewed = page_of(hall, name, "/queue")
    assert "Schwimmbad" not in renewed
    assert ">1. " in renewed


def test_who_wrote_for_something_else_is_not_in_it(hall):
    hall.hears("Warum ist das Schwimmbad zu?")
    name = planned(hall)
    assert "Gerade wartet niemand." in page_of(hall, name)


def test_ending_it_tells_who_waits_and_keeps_a_summary_without_names(hall):
    name = planned(hall)
    for who, text in (
        (ANNA, "Warum ist das Schwimmbad zu?"),
        (BERND, "Wann kommt der Bus?"),
        (CARLA, "Warum ist die Straße gesperrt?"),
    ):
        hall.hears(text, who=who)
    hall.at += timedelta(minutes=4)
    answer(staff(hall), hall.person(ANNA).citizen_id, "Es wird gebaut.", press="1")
    close(staff(hall), hall.person(CARLA).citizen_id)
    before = page_of(hall, name, "/end")
    assert "Ein Mensch wartet noch und bekommt in seiner Sprache:" in before
    assert "Die Bürgersprechstunde mit Bürgermeister Beispiel ist zu Ende." in before
    sent = len(hall.citizens.stored)
    held = ends(hall, name)
    (told,) = [it.answer for it in list(hall.citizens.stored.values())[sent:]]
    assert told.ref.citizen_id == hall.person(BERND).citizen_id
    assert "ist zu Ende" in words(told.body)
    assert told.ref in hall.queue.put_in
    assert hall.person(BERND).conversation.waiting_since  # still in the inbox
    said = held.summary
    assert (said.people, said.questions, said.answered, said.left_waiting) == (3, 3, 1, 1)
    assert (said.median_wait_s, said.longest_wait_s) == (6 * 60, 6 * 60)
    shown = page_of(hall, name)
    assert "Zusammenfassung" in shown
    assert "6 Min." in shown
    assert "Schwimmbad" not in shown
    ends(hall, name)  # pressed twice
    assert len(hall.citizens.stored) == sent + 1
    assert hall.consultations.get("arnsberg", name) == held


def test_whom_whatsapp_cannot_reach_stays_in_the_inbox(hall):
    name = planned(hall)
    hall.hears("Warum ist das Schwimmbad zu?")
    hall.at += timedelta(hours=24)
    sent = len(hall.citizens.stored)
    assert ends(hall, name).summary.left_waiting == 1
    assert len(hall.citizens.stored) == sent
    assert hall.person().conversation.waiting_since


def test_one_that_has_not_begun_is_called_off(hall):
    name = planned(hall, opens="17:00", closes="18:00")
    assert "Sprechstunde absagen" in page_of(hall, name, "/end")
    held = ends(hall, name)
    assert held.state(hall.at) is ConsultationState.CANCELLED
    assert "Abgesagt von Maria Beispiel." in page_of(hall, name)
    planned_again = desk(hall).post("/consultations", {"press": "again", **HOUR, "opens": "17:00", "closes": "18:00"})
    assert planned_again["statusCode"] == 303


def test_after_its_time_nobody_joins_and_the_page_says_so(hall):
    name = planned(hall)
    hall.hears("Warum ist das Schwimmbad zu?")
    hall.at += timedelta(hours=1)
    hall.hears("Wann kommt der Bus?", who=BERND)
    shown = page_of(hall, name)
    assert "Zeit ist um; endet in wenigen Minuten von selbst" in shown
    assert "1 wartet" in shown


def test_no_such_hour_is_no_page(hall):
    for route in ("", "/queue", "/end"):
        assert desk(hall).get(f"/consultations/{{consultation}}{route}", consultation="x")["statusCode"] == 404
    assert desk(hall).post("/consultations/{consultation}/end", {}, consultation="x")["statusCode"] == 404


def test_the_press_office_has_no_such_page(hall):
    with pytest.raises(AssertionError, match="does not see"):
        desk(hall, Role.EDITOR).get("/consultations")
