"""One asks, another one releases or gives it back; every press once, and nobody decides on words they have not read."""

from datetime import timedelta

import pytest

from stadtdraht.domain.broadcast.broadcast import WEEKLY, BroadcastState
from stadtdraht.domain.town import Promise, PromisedEvery
from tests.support.builders.newsletter import MONDAY, story
from tests.support.builders.newsletter_desk import BERND, JANA, KATRIN, PressOffice, form_of
from tests.support.console import text_of
from tests.support.fakes.web import FakeLinks

NEWS = "/newsletters/{id}"
LATER = {"day": "2026-11-26", "hour": "17:00"}
THURSDAY = MONDAY + timedelta(days=3, hours=8)


def at(office, made, member=JANA, now=MONDAY, route=f"{NEWS}/release"):
    return text_of(office.desk(member, now).get(route, id=made.broadcast_id))


def press(office, made, what, member=JANA, now=MONDAY, **changes):
    fields = form_of(at(office, made, member, now), f"/console/bocholt/newsletters/{made.broadcast_id}/{what}")
    return office.desk(member, now).post(f"{NEWS}/{what}", {**fields, **changes}, id=made.broadcast_id)


def asked(office, **more):
    made = office.draft(story(1))
    office.counted(made)
    assert press(office, made, "ask", KATRIN, **{"of": "j-1", "when": "at", **LATER, **more})["statusCode"] == 303
    return office.only()


def test_the_author_asks_and_cannot_release():
    office = PressOffice()
    made = office.draft()
    office.counted(made)
    shown = at(office, made, KATRIN)
    assert f"{made.broadcast_id}/ask" in shown
    assert f'{made.broadcast_id}/release"' not in shown
    assert "Agnes Amt" not in shown  # she writes no newsletters
    assert "Katrin Overbeck</option>" not in shown
    answer = press(office, made, "ask", KATRIN, of="j-1", when="at", **LATER)
    assert answer["headers"]["Location"].endswith("?done=asked")
    request = office.only().asked
    assert (request.by.staff_id, request.of.staff_id, request.starts_at) == ("k-1", "j-1", THURSDAY)
    office.desk(KATRIN).post(f"{NEWS}/release", {"seen": MONDAY.isoformat(), "when": "now"}, id=made.broadcast_id)
    assert office.only().state is BroadcastState.DRAFT


def test_asking_twice_changes_nothing_and_asking_otherwise_does():
    office = PressOffice()
    made = asked(office)
    again = press(office, made, "ask", KATRIN, MONDAY + timedelta(minutes=1), of="j-1", when="proposed")
    assert (again["statusCode"], office.only()) == (303, made)
    press(
        office, made, "ask", KATRIN, MONDAY + timedelta(minutes=1), of="b-1", when="at", day="2026-11-27", hour="17:00"
    )
    assert (office.only().asked.of.staff_id, office.only().asked.starts_at) == ("b-1", THURSDAY + timedelta(days=1))


def test_who_releases_sees_who_wants_what_first():
    office = PressOffice()
    made = asked(office)
    shown = at(office, made, route=NEWS)
    assert (
        "Katrin Overbeck möchte diesen Newsletter am Donnerstag, 26. November, 17:00 Uhr an 12 Menschen senden" in shown
    )
    assert "wie vorgeschlagen" in shown
    assert "Liegt seit gerade eben zur Freigabe bei Jana Terhorst." in at(office, made, KATRIN, route=NEWS)


def test_a_release_as_proposed_plans_it_once_however_often_it_is_pressed():
    office = PressOffice()
    made = asked(office)
    fields = form_of(at(office, made), f"/console/bocholt/newsletters/{made.broadcast_id}/release")
    for _ in range(2):
        answer = office.desk(JANA).post(f"{NEWS}/release", fields, id=made.broadcast_id)
        assert answer["statusCode"] == 303
    stored = office.only()
    assert (stored.state, stored.starts_at, stored.released_by_id) == (BroadcastState.SCHEDULED, THURSDAY, "j-1")
    assert office.schedule.hours == {(made.broadcast_id, 0): THURSDAY}


def test_now_begins_it_in_the_background_once():
    office = PressOffice()
    made = asked(office, when="now")
    fields = form_of(at(office, made), f"/console/bocholt/newsletters/{made.broadcast_id}/release")
    for _ in range(2):
        assert office.desk(JANA).post(f"{NEWS}/release", fields, id=made.broadcast_id)["statusCode"] == 303
    assert office.started == [made.broadcast_id]
    assert office.only().state is BroadcastState.RELEASED
    assert "Er beginnt gleich." in at(office, made, route=NEWS)


def test_every_week_is_a_choice():
    office = PressOffice()
    made = asked(office)
    press(office, made, "release", when="weekly", **LATER)
    assert (office.only().repeat, office.schedule.weeks[made.broadcast_id][0]) == (WEEKLY, THURSDAY)


def test_a_planned_one_is_moved_and_stays_released():
    office = PressOffice()
    made = asked(office)
    press(office, made, "release")
    shown = at(office, made, route=NEWS)
    form = form_of(shown, f"/console/bocholt/newsletters/{made.broadcast_id}/move")
    assert (form["day"], form["hour"]) == (["2026-11-26"], ["17:00"])
    past = office.desk(JANA).post(f"{NEWS}/move", {**form, "day": "2026-11-01"}, id=made.broadcast_id)
    assert past["statusCode"] == 422
    assert "Diese Zeit ist schon vorbei." in text_of(past)
    for _ in range(2):
        answer = office.desk(BERND).post(f"{NEWS}/move", {**form, "hour": "18:00"}, id=made.broadcast_id)
        assert answer["headers"]["Location"].endswith("?done=moved")
    stored = office.only()
    assert (stored.starts_at, stored.released_by_id) == (THURSDAY + timedelta(hours=1), "j-1")
    assert office.schedule.hours == {(made.broadcast_id, 0): stored.starts_at}


def test_a_draft_is_not_released_by_moving_it():
    office = PressOffice()
    made = office.draft()
    answer = office.desk(JANA).post(f"{NEWS}/move", LATER, id=made.broadcast_id)
    assert (answer["statusCode"], office.only()) == (303, made)


def test_it_goes_back_with_a_reason_that_its_author_reads():
    office = PressOffice()
    made = asked(office)
    empty = press(office, made, "back", why="  ")
    assert empty["statusCode"] == 422
    assert 'id="why-error"' in text_of(empty)
    fields = form_of(at(office, made), f"/console/bocholt/newsletters/{made.broadcast_id}/back")
    for _ in range(2):
        answer = office.desk(JANA).post(
            f"{NEWS}/back", {**fields, "why": "Bitte Umleitung ergänzen"}, id=made.broadcast_id
        )
        assert answer["headers"]["Location"].endswith("newsletters?done=back")
    shown = at(office, made, KATRIN, route=NEWS)
    assert "Jana Terhorst hat ihn zurückgegeben" in shown
    assert "„Bitte Umleitung ergänzen“" in shown
    listed = text_of(office.desk(KATRIN).get("/newsletters"))
    assert '<span class="tag bad">zurück</span>' in listed


def test_nobody_decides_on_words_that_changed_meanwhile():
    office = PressOffice()
    made = asked(office)
    fields = form_of(at(office, made), f"/console/bocholt/newsletters/{made.broadcast_id}/release")
    office.change(made, changed_at=MONDAY + timedelta(minutes=1), items=(story(2),))
    answer = office.desk(JANA).post(f"{NEWS}/release", fields, id=made.broadcast_id)
    assert answer["statusCode"] == 409
    assert "wurde inzwischen geändert" in text_of(answer)
    assert office.only().state is BroadcastState.DRAFT


def test_nobody_releases_over_a_colleague_who_gave_it_back_meanwhile():
    office = PressOffice()
    made = asked(office)
    fields = form_of(at(office, made), f"/console/bocholt/newsletters/{made.broadcast_id}/release")
    press(office, made, "back", BERND, why="Die Zahl stimmt nicht")
    answer = office.desk(JANA).post(f"{NEWS}/release", fields, id=made.broadcast_id)
    assert answer["statusCode"] == 409
    assert "Bernd Wissing hat ihn inzwischen zurückgegeben: „Die Zahl stimmt nicht“" in text_of(answer)
    assert office.only().state is BroadcastState.DRAFT
    assert not office.schedule.hours
    assert press(office, made, "release", when="now")["statusCode"] == 303  # having read that


def test_its_author_asks_nobody_else_over_a_reason_that_nobody_read():
    office = PressOffice()
    made = asked(office)
    fields = form_of(at(office, made, KATRIN), f"/console/bocholt/newsletters/{made.broadcast_id}/ask")
    press(office, made, "back", JANA, why="Die Zahl stimmt nicht")
    answer = office.desk(KATRIN).post(f"{NEWS}/ask", {**fields, "of": "b-1", "when": "now"}, id=made.broadcast_id)
    assert answer["statusCode"] == 409
    assert office.only().sent_back.why == "Die Zahl stimmt nicht"


@pytest.mark.parametrize("release", [True, False])
def test_a_reason_that_came_too_late_is_shown_again(release):
    office = PressOffice()
    made = asked(office)
    fields = form_of(at(office, made), f"/console/bocholt/newsletters/{made.broadcast_id}/back")
    press(office, made, *(("release", BERND) if release else ("back", BERND)), **({} if release else {"why": "Nein"}))
    answer = office.desk(JANA).post(f"{NEWS}/back", {**fields, "why": "Die Zahl stimmt nicht"}, id=made.broadcast_id)
    assert answer["statusCode"] == 409
    assert "Die Zahl stimmt nicht" in text_of(answer)
    assert "Das hatten Sie geschrieben" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"when": "at", "day": "", "hour": ""}, "Nennen Sie Tag und Uhrzeit."),
        ({"when": "at", "day": "2026-11-01", "hour": "9:00"}, "Nennen Sie Tag und Uhrzeit."),
        ({"when": "at", "day": "2026-11-01", "hour": "09:00"}, "Diese Zeit ist schon vorbei."),
    ],
)
def test_a_time_that_is_none_is_told_at_its_field_and_kept(typed, says):
    office = PressOffice()
    made = asked(office)
    answer = press(office, made, "release", **typed)
    assert answer["statusCode"] == 422
    assert 'id="release-hour-error"' in text_of(answer)
    assert says in text_of(answer)
    assert f'value="{typed["day"]}"' in text_of(answer)
    assert office.only().state is BroadcastState.DRAFT


def test_a_proposed_hour_that_is_over_is_not_made_up_for():
    office = PressOffice()
    made = asked(office)
    late = press(office, made, "release", now=THURSDAY + timedelta(hours=1))
    assert late["statusCode"] == 422
    assert "Diese Zeit ist schon vorbei." in text_of(late)


def test_the_promise_stands_in_the_way_until_somebody_says_so():
    office = PressOffice(promise=Promise(1, PromisedEvery.WEEK))
    before = office.draft(story(5), random="before")
    office.change(before, state=BroadcastState.RUNNING, lanes=1, slices_per_lane=1, released_at=MONDAY, first_at=MONDAY)
    made = office.draft(story(1))
    office.counted(made)
    press(office, made, "ask", KATRIN, of="", when="now")
    refused = press(office, made, "release", when="now")
    assert refused["statusCode"] == 422
    assert "Trotzdem senden" in text_of(refused)
    assert press(office, made, "release", when="now", beyond="1")["statusCode"] == 303
    assert office.started == [made.broadcast_id]


def test_a_dead_link_is_told_before_anybody_is_asked():
    office = PressOffice(links=FakeLinks({story(1).link: "answers 404, not 200"}))
    made = office.draft()
    office.counted(made)
    answer = press(office, made, "ask", KATRIN, of="j-1", when="now")
    assert answer["statusCode"] == 422
    assert f"Meldung 1, Link: {story(1).link} antwortet mit 404" in text_of(answer)
    assert "Beitrag" not in text_of(answer)
    assert office.only().asked is None


def test_without_a_plan_there_is_nothing_to_press():
    office = PressOffice()
    made = office.draft(by=KATRIN)
    shown = at(office, made, BERND)
    assert "sobald feststeht, wie viele Menschen ihn bekommen" in shown
    assert '<span class="kern-label">Freigeben</span>' not in shown


def test_the_numbers_come_by_themselves_and_the_button_with_them():
    office = PressOffice()
    made = office.draft(by=KATRIN)
    at(office, made, BERND)
    part = text_of(office.desk(BERND).get(f"{NEWS}/numbers", id=made.broadcast_id))
    assert "wird gerade gezählt" in part
    assert 'data-for="decide" data-state="0"' in part
    office.counted(made)
    part = text_of(office.desk(BERND).get(f"{NEWS}/numbers", id=made.broadcast_id))
    assert "<dd>12</dd>" in part
    assert '<span class="kern-label">Freigeben</span>' in part.split('data-for="decide" data-state="1"')[1]
    office.change(made, state=BroadcastState.RELEASED)
    assert office.desk(BERND).get(f"{NEWS}/numbers", id=made.broadcast_id)["statusCode"] == 404


def test_numbers_of_another_version_are_not_said_to_be_its_own():
    office = PressOffice()
    made = asked(office)
    office.change(made, districts=frozenset({"barlo"}), changed_at=MONDAY + timedelta(seconds=5))
    shown = at(office, made, now=MONDAY + timedelta(seconds=10))
    assert "möchte diesen Newsletter am Donnerstag, 26. November, 17:00 Uhr senden" in shown
    assert "Stand gerade eben, vor der letzten Änderung; wird gerade neu gezählt" in shown


def test_a_town_that_needs_no_second_person_lets_its_author_decide():
    office = PressOffice(two_person_release=False)
    made = office.draft()
    office.counted(made)
    assert press(office, made, "release", KATRIN, when="now")["statusCode"] == 303
    assert office.started == [made.broadcast_id]
