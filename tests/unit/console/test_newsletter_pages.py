"""The list and its calendar, a newsletter on its way, and what became of it."""

from dataclasses import replace
from datetime import timedelta

from functions.console.routes import ROUTES
from stadtdraht.domain.broadcast.broadcast import WEEKLY, BroadcastState
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest
from stadtdraht.domain.broadcast.errand import Errand, ErrandResult
from stadtdraht.domain.broadcast.slicing import slices_of
from stadtdraht.domain.delivery.outcome import DeliveryFigures, Hour
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.town import Promise, PromisedEvery
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.texts.staff.language import reading
from stadtdraht.usecases.broadcast.errands.kept_report import plain_report
from stadtdraht.usecases.broadcast.reporting.broadcast_report import Billing, BroadcastReport, ItemClicks, ReasonCount
from tests.support.builders.newsletter import MONDAY, story
from tests.support.builders.newsletter_desk import JANA, PressOffice
from tests.support.console import text_of

NEWS = "/newsletters/{id}"
DAY = timedelta(days=1)


def listed(office, now=MONDAY, **query):
    return text_of(office.desk(now=now).get("/newsletters", query=query))


def begun(office, made, state=SliceState.RUNNING, planned=3012, **changes):
    stored = office.change(
        made,
        **{
            "state": BroadcastState.RUNNING,
            "planned": planned,
            "lanes": 1,
            "slices_per_lane": 2,
            "released_at": MONDAY,
            "released_by": "Jana Terhorst",
            "first_at": MONDAY,
            **changes,
        },
    )
    office.slices.plan(list(slices_of(stored, office.town.number.phone_number_id)))
    for key, (work_slice, progress, at) in office.slices.rows.items():
        if key[0] == made.broadcast_id:
            office.slices.rows[key] = (work_slice, replace(progress, state=state), at)
    return stored


def a_report(made, **changes):
    figures = DeliveryFigures(planned=3012, accepted=3000, sent=2990, delivered=2951, read=1800, failed=49, not_sent=4)
    return replace(
        BroadcastReport(
            broadcast_id=made.broadcast_id,
            town="bocholt",
            title=made.title,
            state="finished",
            planned=3012,
            waiting=0,
            left_over=0,
            figures=figures,
            reasons=(ReasonCount("failed", "131026", "Nicht zustellbar.", 49), ReasonCount("not_sent", "x", "Weg.", 3)),
            by_district={"Barlo": figures, "Mussum": DeliveryFigures(planned=3, delivered=3, read=2)},
            by_hour={
                "2026-11-23T09:00+01:00": Hour(3000, 2900, 700, 49),
                "2026-11-23T10:00+01:00": Hour(0, 51, 1100, 0),
            },
            opt_outs=6,
            clicks=(ItemClicks(1, story(1).link, 231),),
            billing=Billing(None, words.Decimal("330.51"), {}, {}, 0, 0),
        ),
        **changes,
    )


def reported(office, made, *, final=True, at=MONDAY, **changes):
    value = plain_report(a_report(made, **changes))
    office.errands.answer(made.broadcast_id, Errand.REPORT, ErrandResult(at, made.changed_at, value, final=final))


def test_an_empty_town_is_told_what_comes_first():
    assert "Noch kein Newsletter." in listed(PressOffice())


def test_each_state_is_told_in_its_words():
    office = PressOffice(promise=Promise(2, PromisedEvery.WEEK))
    office.draft(random="aaaaa1")
    request = ReleaseRequest(Colleague("Katrin Overbeck", "k-1"), MONDAY - DAY, None, MONDAY + 3 * DAY)
    office.change(office.draft(story(2), random="aaaaa2"), asked=request)
    office.change(
        office.draft(story(3), random="aaaaa3"),
        state=BroadcastState.SCHEDULED,
        starts_at=MONDAY + DAY,
        released_at=MONDAY,
    )
    begun(office, office.draft(story(4), random="aaaaa4"))
    over = begun(office, office.draft(story(5), random="aaaaa5"), SliceState.DONE, first_at=MONDAY - 4 * DAY)
    reported(office, over)
    shown = listed(office)
    assert "Ihr Versprechen: höchstens zwei je Woche." in shown
    for tag in ("Entwurf", "zur Freigabe", "geplant", "läuft", "gesendet"):
        assert f">{tag}</span>" in shown
    assert "2.951 zugestellt, 61 % gelesen, 6 abgemeldet" in shown
    for sign in "?○▸✓":
        assert f'class="sign" aria-hidden="true">{sign}</b>' in shown


def test_silence_is_told():
    office = PressOffice()
    begun(office, office.draft(), SliceState.DONE, first_at=MONDAY - 16 * DAY)
    shown = listed(office)
    assert "Seit 16 Tagen ging nichts hinaus." in shown
    assert "Ab 30. November ist nichts geplant – zwei stille Wochen." in shown
    assert shown.count("nichts geplant</span>") == 2


def test_a_weekly_one_stands_on_each_of_its_days_and_an_issue_takes_its_place():
    office = PressOffice()
    first = MONDAY - 11 * DAY  # a Thursday
    series = office.change(
        office.draft(random="series"), state=BroadcastState.SCHEDULED, starts_at=first, repeat=WEEKLY, released_at=first
    )
    shown = listed(office)
    assert ">jede Woche</span>" in shown
    assert shown.count('aria-hidden="true">○</b>') == 3
    issue = office.draft(story(2), random="issue1")
    begun(
        office,
        issue,
        SliceState.DONE,
        series=series.broadcast_id,
        starts_at=MONDAY + 3 * DAY,
        first_at=MONDAY + 3 * DAY,
    )
    assert listed(office).count('aria-hidden="true">○</b>') == 2


def test_a_weekly_one_that_has_begun_says_its_next_day():
    office = PressOffice()
    first = MONDAY - 11 * DAY  # a Thursday
    series = office.change(
        office.draft(), state=BroadcastState.SCHEDULED, starts_at=first, repeat=WEEKLY, released_at=first
    )
    shown = text_of(office.desk().get(NEWS, id=series.broadcast_id))
    assert "jeden Donnerstag um 9:00 Uhr, das nächste Mal am 26. November" in shown
    assert 'value="2026-11-26"' in shown
    assert "Do 26.11., 9:00" in listed(office)


def test_a_long_list_is_read_on_by_a_link():
    office = PressOffice()
    for number in range(45):
        made = office.draft(story(number), random=f"a{number:05}")
        office.change(made, created_at=MONDAY - number * DAY)
    seen, query = [], {}
    for _ in range(3):
        shown = listed(office, **query)
        seen += [f"Meldung {number}" for number in range(45) if f">Meldung {number}</a>" in shown]
        more = words_after(shown)
        query = {"after": more}
    assert len(seen) == len(set(seen)) == 45
    assert more == ""


def words_after(shown):
    return shown.split("?after=")[1].split('"')[0] if "?after=" in shown else ""


def test_on_its_way_it_tells_how_far_and_is_held_and_goes_on_once():
    office = PressOffice()
    made = begun(office, office.draft())
    reported(office, made, final=False)
    shown = text_of(office.desk(JANA).get(NEWS, id=made.broadcast_id))
    assert "waren an der Reihe" in shown
    assert "2.951" in shown
    assert f"{made.broadcast_id}/progress" in shown
    for _ in range(2):
        answer = office.desk(JANA).post(f"{NEWS}/stop", {"press": "x"}, id=made.broadcast_id)
        assert answer["headers"]["Location"].endswith("?done=stopped")
    assert (office.only().state, office.only().held_at) == (BroadcastState.STOPPED, MONDAY)
    assert "Weiter senden?" in text_of(office.desk(JANA).get(NEWS, id=made.broadcast_id))
    for _ in range(2):
        office.desk(JANA).post(f"{NEWS}/resume", {"press": "x"}, id=made.broadcast_id)
    assert office.only().state is BroadcastState.RUNNING


def test_a_stop_is_told_as_it_is():
    office = PressOffice()
    made = begun(office, office.draft(), next_at=MONDAY + DAY)
    assert "Der nächste Teil geht von selbst hinaus" in text_of(office.desk().get(NEWS, id=made.broadcast_id))
    office.desk().post(f"{NEWS}/stop", {}, id=made.broadcast_id)
    shown = text_of(office.desk().get(NEWS, id=made.broadcast_id))
    assert "Der nächste Teil geht von selbst hinaus" not in shown
    assert "angehalten seit gerade eben" in shown
    over = begun(office, office.draft(story(2), random="aaaaa2"), SliceState.DONE)
    answer = office.desk().post(f"{NEWS}/stop", {}, id=over.broadcast_id)
    assert answer["headers"]["Location"].endswith("?done=over-already")
    assert office.broadcasts.get(over.broadcast_id).held_at is None


def test_after_hours_somebody_says_that_it_still_holds():
    office = PressOffice()
    made = begun(office, office.draft(), state=SliceState.PARKED)
    office.change(made, state=BroadcastState.STOPPED, held_at=MONDAY)
    later = office.desk(JANA, MONDAY + timedelta(hours=5))
    answer = later.post(f"{NEWS}/resume", {}, id=made.broadcast_id)
    assert answer["statusCode"] == 409
    assert "Gilt noch alles, was darin steht?" in text_of(answer)
    assert office.only().state is BroadcastState.STOPPED
    assert later.post(f"{NEWS}/resume", {"late": "1"}, id=made.broadcast_id)["statusCode"] == 303
    assert office.only().state is BroadcastState.RUNNING


def test_the_progress_is_a_part_that_stays_the_same_while_nothing_moves():
    office = PressOffice()
    made = begun(office, office.draft())
    first = office.desk().get(f"{NEWS}/progress", id=made.broadcast_id)
    again = office.desk().get(
        f"{NEWS}/progress", id=made.broadcast_id, headers={"if-none-match": first["headers"]["ETag"]}
    )
    assert again["statusCode"] == 304


def test_one_that_did_not_begin_says_so_and_is_tried_again():
    office = PressOffice()
    made = office.change(office.draft(), state=BroadcastState.RELEASED, released_at=MONDAY, released_by="Jana")
    later = office.desk(JANA, MONDAY + timedelta(minutes=6))
    assert "Er sollte längst begonnen haben." in text_of(later.get(NEWS, id=made.broadcast_id))
    later.post(f"{NEWS}/resume", {}, id=made.broadcast_id)
    assert office.started == [made.broadcast_id]


def test_one_whose_slices_were_given_up_stands_still_and_is_resumed():
    """Its messages lie among the dead letters: the stored state says RUNNING for good."""
    office = PressOffice()
    made = begun(office, office.draft(), SliceState.WAITING)
    assert ">läuft</span>" in listed(office)
    assert "Weiter senden?" not in text_of(office.desk(JANA).get(NEWS, id=made.broadcast_id))
    hours_later = MONDAY + timedelta(hours=2)
    shown = listed(office, hours_later)
    assert ">steht</span>" in shown
    assert "etwa 3.012 von 3.012 nicht gesendet" in shown
    assert 'class="sign" aria-hidden="true">!</b>' in shown
    assert "läuft" not in shown
    later = office.desk(JANA, hours_later)
    for address in (NEWS, f"{NEWS}/progress"):
        shown = text_of(later.get(address, id=made.broadcast_id))
        assert "Er steht: an etwa 3.012 Menschen nicht gesendet" in shown
        assert f"{made.broadcast_id}/resume" in shown
        assert f"{made.broadcast_id}/stop" not in shown
    answer = later.post(f"{NEWS}/resume", {"press": "x"}, id=made.broadcast_id)
    assert answer["headers"]["Location"].endswith("?done=resumed")
    assert len(office.queue.messages) == 2
    assert "Er steht" not in text_of(later.get(NEWS, query={"done": "resumed"}, id=made.broadcast_id))


def test_one_that_stands_still_past_its_time_cannot_be_resumed_and_says_why():
    office = PressOffice()
    made = begun(office, office.draft(), SliceState.WAITING)
    later = office.desk(JANA, MONDAY + 3 * DAY)
    shown = text_of(later.get(NEWS, id=made.broadcast_id))
    assert f"Die Zeit von „{made.title}“ ist vorbei: Seit" in shown
    assert f"{made.broadcast_id}/resume" not in shown
    later.post(f"{NEWS}/resume", {}, id=made.broadcast_id)
    assert not office.queue.messages


def test_one_of_which_a_lane_still_moves_is_on_its_way():
    office = PressOffice()
    made = begun(office, office.draft(), SliceState.WAITING)
    hours_later = MONDAY + timedelta(hours=2)
    last = max(office.slices.rows)
    work_slice, progress, _ = office.slices.rows[last]
    office.slices.rows[last] = (work_slice, replace(progress, state=SliceState.RUNNING, epoch=1), hours_later)
    assert ">läuft</span>" in listed(office, hours_later)
    assert "Er steht" not in text_of(office.desk(JANA, hours_later).get(NEWS, id=made.broadcast_id))


def test_one_that_was_stopped_is_not_said_to_be_sent():
    office = PressOffice()
    made = begun(office, office.draft(), SliceState.PARKED)
    office.change(made, state=BroadcastState.STOPPED, held_at=MONDAY)
    shown = listed(office)
    assert ">angehalten</span>" in shown
    assert 'aria-hidden="true">✓</b>' not in shown


def test_the_report_is_read_from_what_is_kept():
    office = PressOffice()
    made = begun(office, office.draft(), SliceState.DONE)
    assert "Der Bericht wird gerade gezählt" in text_of(office.desk().get(NEWS, id=made.broadcast_id))
    assert office.runner.sent == [("bocholt", made.broadcast_id, Errand.REPORT)]
    renewed = office.desk().get(f"{NEWS}/progress", id=made.broadcast_id)
    assert "Der Bericht wird gerade gezählt" in text_of(renewed)
    reported(office, made)
    assert office.desk().get(f"{NEWS}/progress", id=made.broadcast_id)["statusCode"] == 404  # so the page loads anew
    shown = text_of(office.desk().get(NEWS, id=made.broadcast_id))
    for said in ("2.951", "330,51 €", "231", "Nicht angekommen: 53", "Nicht zustellbar:", "unter 5", "dabei bleibt es"):
        assert said in shown
    assert "23.11. 11 Uhr" in shown
    assert "Bis wann er ankam und gelesen wurde: höchster Wert 2.951 (23.11. 11 Uhr)." in shown
    answer = office.desk().get(f"{NEWS}/report.csv", id=made.broadcast_id)
    assert answer["headers"]["Content-Type"].startswith("text/csv")
    assert "2951" in text_of(answer)
    assert len(office.runner.sent) == 1


def test_an_older_count_is_shown_while_a_new_one_is_made_and_then_the_new_one():
    office = PressOffice()
    made = begun(office, office.draft(), SliceState.DONE)
    reported(office, made, final=False)
    later = office.desk(now=MONDAY + timedelta(minutes=2))
    shown = text_of(later.get(NEWS, id=made.broadcast_id))
    assert "2.951" in shown
    assert f'{made.broadcast_id}/progress?again=1"' in shown
    assert "Wird gerade neu gezählt." in shown
    part = later.get(f"{NEWS}/progress", query={"again": "1"}, id=made.broadcast_id)
    assert "Wird gerade neu gezählt." in text_of(part)
    reported(office, made, final=False, at=MONDAY + timedelta(minutes=3))
    later = office.desk(now=MONDAY + timedelta(minutes=3))
    assert later.get(f"{NEWS}/progress", query={"again": "1"}, id=made.broadcast_id)["statusCode"] == 404
    assert "progress" not in text_of(later.get(NEWS, id=made.broadcast_id))


def test_nobody_is_said_to_have_it_before_it_arrived():
    office = PressOffice()
    made = begun(office, office.draft(), SliceState.DONE)
    on_its_way = DeliveryFigures(planned=3012, accepted=3012)
    reported(office, made, figures=on_its_way, reasons=())
    assert "Bisher ist von niemandem bekannt, dass er nicht ankam." in text_of(
        office.desk().get(NEWS, id=made.broadcast_id)
    )
    reported(office, made, figures=replace(on_its_way, delivered=3012), reasons=())
    assert "Alle, die an der Reihe waren, haben ihn bekommen." in text_of(office.desk().get(NEWS, id=made.broadcast_id))


def test_who_may_see_newsletters():
    seen = {role for role in Role for name, route in ROUTES.items() if "/newsletters" in name and role in route.roles}
    assert seen == {Role.EDITOR, Role.MAYOR, Role.ADMIN}


def test_numbers_are_said_as_in_german():
    assert (grouped(3012), words.few(3), words.few(0), words.people(1)) == ("3.012", "unter 5", "0", "1 Mensch")
    euros = [words.euros(words.Decimal(it)) for it in ("338.4", "12.5", "12345.6")]
    assert euros == ["338 €", "12,50 €", "12.346 €"]
    assert [words.percent(*it) for it in ((94, 100), (8, 1000), (0, 5), (1, 0))] == ["94 %", "0,8 %", "0 %", "0 %"]
    assert [words.lasts(it) for it in (3, 60, 900, 9000)] == [
        "weniger als eine Minute",
        "etwa eine Minute",
        "etwa 15 Minuten",
        "etwa 2 Stunden",
    ]


def test_numbers_and_troubles_are_said_in_english_to_who_reads_english():
    result = ErrandResult(MONDAY, None, trouble="Nein.", trouble_in_english="No.")
    assert (words.trouble_words(result), words.trouble_words(None)) == ("Nein.", "")
    with reading(StaffLanguage.ENGLISH):
        assert (grouped(3012), words.few(3), words.people(1), words.people(3012)) == (
            "3,012",
            "below 5",
            "1 person",
            "3,012 people",
        )
        assert [words.euros(words.Decimal(it)) for it in ("338.4", "12.5")] == ["€338", "€12.50"]
        assert words.percent(8, 1000) == "0.8%"
        assert words.trouble_words(result) == "No."
        assert words.trouble_words(ErrandResult(MONDAY, None, trouble="Von früher.")) == "Von früher."
