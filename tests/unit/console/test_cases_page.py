"""One report on its page: what it shows, and what each form does, once, against others who change the same."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.cases.case import CaseKind, CaseState, Place, due_day
from stadtdraht.domain.conversation import SERVICE_WINDOW
from stadtdraht.domain.media.media import Media, MediaFailure, MediaKind, MediaState, shown_key
from stadtdraht.domain.staff.roles import Role
from stadtdraht.texts.staff.console.people import name_shown
from tests.support.adapters import FakeAdapters
from tests.support.builders.cases import ANKE, BERND, LATER, NOON, a_case, worked_on
from tests.support.case_desk import STATUS, VREDEN, CaseHarness
from tests.support.console import Desk, a_member, text_of
from tests.support.fakes.media import FakeMediaRows, FakeMediaStore
from tests.support.fakes.staff import FakeMails, FakeStaff

ME = "Maria Beispiel"
TOO_LATE = NOON + SERVICE_WINDOW
NUMBER = "2026-0001"
WITH_MAIL = replace(
    VREDEN, departments=(replace(VREDEN.departments[0], email="bauhof@vreden.example"), VREDEN.departments[1])
)


class Settings:
    public_url = "https://draht.example"


class CaseDesk(Desk):
    """With the town of the harness, which has departments."""

    home = VREDEN

    @property
    def town(self):
        return self.home


def desk_of(office, *roles, now=LATER, town=VREDEN):
    rows, store, staff = FakeMediaRows(), FakeMediaStore(), FakeStaff()
    for member in (a_member(name="Bernd Muster", staff_id="staff-2"), a_member()):
        staff.put(member)
    adapters = FakeAdapters(
        citizens=office,
        cases=office.cases,
        answer_queue=office,
        media_rows=rows,
        media_store=store,
        settings=Settings(),
        mails=FakeMails(),
        staff=staff,
    )
    desk = CaseDesk(adapters, a_member(*roles), now)
    desk.home = town
    return desk


def shown(desk, number=NUMBER, **query):
    answer = desk.get("/cases/{number}", query=query, number=number)
    assert answer["statusCode"] == 200
    return text_of(answer)


def form_of(desk, name, number=NUMBER):
    """The hidden fields of a form as its page gives them."""
    page = shown(desk, number)
    form = next(it for it in re.findall(r"<form.*?</form>", page, re.DOTALL) if f"/cases/{number}/{name}" in it)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def press(desk, name, number=NUMBER, *, of=None, **typed):
    hidden = of or form_of(desk, name, number)
    return desk.post(f"/cases/{{number}}/{name}", {**hidden, **typed}, number=number)


def led_to(answer):
    assert answer["statusCode"] == 303
    return answer["headers"]["Location"].removeprefix("/console/vreden/")


def test_it_shows_words_place_and_ways_to_look_at_it():
    page = shown(desk_of(CaseHarness(a_case(district="ammeloe"))))
    assert "„Vor der Mühlenstraße 4 ist ein Schlagloch“" in page
    assert 'href="geo:52.03950,6.83240"' in page
    assert 'rel="noreferrer noopener"' in page
    assert page.count("openstreetmap.org/?") == 1  # a link, which sends nothing by itself
    assert 'src="https://www.openstreetmap' not in page
    assert "Ammeloe" in page
    assert "Fr 27.11.2026 (in 3 Arbeitstagen)" in page
    assert f'href="/console/vreden/conversations/{ANKE}"' in page


def test_photos_are_the_clean_copies_and_what_is_missing_says_why():
    office = CaseHarness(a_case(photo_ids=("wamid.2", "wamid.3", "wamid.4", "wamid.5")))
    desk = desk_of(office)
    clean = shown_key("vreden", ANKE, "wamid.2")
    for wamid, kind, changes in (
        ("wamid.2", MediaKind.IMAGE, {"state": MediaState.STORED, "shown": clean, "original": "original/x"}),
        ("wamid.3", MediaKind.AUDIO, {"state": MediaState.STORED, "shown": "shown/voice"}),
        ("wamid.4", MediaKind.IMAGE, {"state": MediaState.FAILED, "why": MediaFailure.GONE}),
        ("wamid.5", MediaKind.IMAGE, {}),
    ):
        desk.adapters.media_rows.begin(Media("vreden", ANKE, wamid, "m", kind, NOON, **changes))
    page = shown(desk)
    assert f'<img src="https://files.example/{clean}"' in page
    assert 'alt="Foto von 12:00 Uhr"' in page
    assert "original" not in page
    assert '<a href="https://files.example/shown/voice">Sprachnachricht von 12:00 Uhr</a>' in page
    assert "WhatsApp hält die Datei nicht mehr bereit" in page
    assert "noch unterwegs" in page


def test_near_ones_are_named_with_distance_and_direction():
    north = Place(52.0395 + 60 / 111_195, 6.8324)
    south_west = Place(52.0395 - 0.0010, 6.8324 - 0.0016)
    far = Place(52.05, 6.8324)
    office = CaseHarness(
        a_case(),
        a_case("2026-0002", place=north, photo_ids=()),
        a_case("2026-0003", place=south_west),
        a_case("2026-0004", place=far),
        worked_on(a_case("2026-0005", place=north), CaseState.CLOSED),
    )
    page = shown(desk_of(office))
    assert "60 m nördlich · neu" in page
    assert "südwestlich" in page
    assert page.index("2026-0002") < page.index("2026-0003")
    assert "2026-0004" not in page
    assert "2026-0005" not in page
    assert 'href="/console/vreden/cases/2026-0001/merge?into=2026-0002"' in page


def test_the_history_says_who_did_what_and_what_arrived():
    office = CaseHarness(a_case())
    desk = desk_of(office)
    press(desk, "work", state="in_work", say="Der Bauhof kommt.")
    office.arrived[0] = ("failed", "131026")
    press(desk, "note", note="Anna weiß mehr")
    press(
        desk, "correct", kind="criticism", assigned="Bernd Muster", due="2026-12-04", queue="", address="Mühlenstraße 6"
    )
    page = shown(desk)
    assert "In Arbeit genommen" in page
    assert "„Der Bauhof kommt.“" in page
    assert "nicht angekommen: Nicht zustellbar" in page
    assert "Anna weiß mehr" in page
    assert "Art berichtigt: Kritik, An Bernd Muster gegeben, Frist: 4.12.2026" in page
    assert page.index("Art berichtigt") < page.index("In Arbeit genommen") < page.index("Eingegangen")
    assert {it.staff_id for it in office.cases.events("vreden", NUMBER)} == {"staff-1"}


@pytest.mark.parametrize(
    ("now", "templates", "said"),
    [
        (LATER, (), "als freie Nachricht auf WhatsApp, noch bis morgen 11:50 Uhr"),
        (TOO_LATE, (STATUS,), "durch die Vorlage der Stadt mit Nummer und Stand, ohne Ihre Worte"),
        (TOO_LATE, (), "nicht auf WhatsApp. Die letzte Nachricht ist über 24 Stunden her"),
    ],
)
def test_before_the_press_it_says_how_they_will_hear_of_it(now, templates, said):
    page = shown(desk_of(CaseHarness(a_case()), now=now, town=replace(VREDEN, templates=templates)))
    assert said in page
    if templates:
        assert "Zu Ihrer Meldung 2026-0001: jetzt in Bearbeitung." in page
        assert "Kostet 0,05 €." in page


def test_a_picture_of_the_words_follows_typing_and_stores_nothing():
    office = CaseHarness(a_case())
    desk = desk_of(office)
    answer = press(desk, "preview", of=form_of(desk, "work"), state="answered", say="Ist geflickt.")
    assert "Ist geflickt." in text_of(answer)
    assert "Eine Antwort braucht Ihre Worte" in text_of(
        press(desk, "preview", of=form_of(desk, "work"), state="answered")
    )
    assert "noch gar nicht. Es gibt nichts zu tun" in text_of(
        press(desk, "preview", of=form_of(desk, "work"), state="")
    )
    assert not office.sent
    assert office.cases.get("vreden", NUMBER) == a_case()


def test_answering_tells_the_citizen_and_says_so():
    office = CaseHarness(a_case())
    desk = desk_of(office)
    assert led_to(press(desk, "work", state="answered", say="Ist geflickt.")) == "cases/2026-0001?done=sent"
    ((who, said),) = office.texts
    assert who == ANKE
    assert said.endswith("Ist geflickt.")
    assert office.answers[0].written_by == ME
    assert "Gesendet." in shown(desk, done="sent")


@pytest.mark.parametrize("form", ["work", "forward"])
def test_words_that_can_no_longer_arrive_freely_are_not_let_go_without_a_word(form):
    office = CaseHarness(a_case())
    town = replace(VREDEN, templates=(STATUS,))
    typed = {"state": "in_work", "say": "Wir kommen am Freitag."} if form == "work" else {"department": "bauhof"}
    of = form_of(desk_of(office, town=town), form)
    assert of["how"] == "freely"
    late = desk_of(office, now=TOO_LATE, town=town)
    answer = press(late, form, of=of, **typed)
    page = text_of(answer)
    assert answer["statusCode"] == 409
    assert "Nichts ging hinaus: Die 24 Stunden" in page
    assert "durch die Vorlage der Stadt mit Nummer und Stand" in page
    assert typed.get("say", "") in page
    assert not office.sent
    assert office.cases.get("vreden", NUMBER) == a_case()
    part = next(it for it in re.findall(r"<form.*?</form>", page, re.DOTALL) if f"/{form}" in it)
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', part))
    assert press(late, form, of=again, **typed)["statusCode"] == 303
    assert len(office.sent) == 1


def test_the_same_form_posted_twice_does_it_once():
    office = CaseHarness(a_case())
    desk = desk_of(office)
    form = form_of(desk, "work")
    assert led_to(press(desk, "work", of=form, state="in_work", say="Wir kommen.")) == "cases/2026-0001?done=sent"
    press(desk, "note", note="dazwischen")
    assert (
        led_to(press(desk, "work", of=form, state="in_work", say="Wir kommen.")) == "cases/2026-0001?done=sent-already"
    )
    assert len(office.texts) == 1
    assert len(office.cases.events("vreden", NUMBER)) == 2


@pytest.mark.parametrize(("form", "typed"), [("note", {"note": "eilig"}), ("correct", {"kind": "criticism"})])
def test_what_nobody_hears_of_is_not_said_to_have_been_sent(form, typed):
    desk = desk_of(CaseHarness(a_case()))
    of = form_of(desk, form)
    press(desk, form, of=of, **typed)
    assert led_to(press(desk, form, of=of, **typed)) == "cases/2026-0001?done=done-already"


def test_who_was_overtaken_sees_both_versions_and_keeps_the_words():
    office = CaseHarness(a_case())
    desk = desk_of(office)
    form = form_of(desk, "work")
    other = desk_of(office)
    other.member = a_member(name="Bernd Muster", staff_id="staff-2")
    press(other, "work", state="closed", say="War schon erledigt.")
    answer = press(desk, "work", of=form, state="in_work", say="Wir kommen am Freitag.", told="1")
    page = text_of(answer)
    assert answer["statusCode"] == 409
    assert "Nichts wurde gespeichert oder gesendet" in page
    assert "War schon erledigt." in page
    assert "Bernd Muster" in page
    assert "Sie wollten: In Arbeit." in page
    assert "\nWir kommen am Freitag.</textarea>" in page
    assert len(office.texts) == 2 - 1  # the end; its question is no text
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert again["version"] == "2"
    assert again["press"] != form["press"]
    assert led_to(press(desk, "work", of=again, state="in_work", say="Wir kommen am Freitag.")).endswith("done=sent")


def test_what_a_citizen_adds_meanwhile_is_said():
    office = CaseHarness(a_case())
    desk = desk_of(office)
    form = form_of(desk, "work")
    office.cases.found["vreden", NUMBER] = a_case(description="Jetzt noch tiefer", version=2)
    answer = press(desk, "work", of=form, state="in_work")
    assert answer["statusCode"] == 409
    assert "hat etwas ergänzt oder geändert." in text_of(answer)
    assert not office.sent


def test_an_answer_without_words_is_refused_at_its_form():
    office = CaseHarness(a_case())
    answer = press(desk_of(office), "work", state="answered", say="  ")
    assert answer["statusCode"] == 422
    assert "Eine Antwort braucht Ihre Worte." in text_of(answer)
    assert not office.sent


def test_who_heard_otherwise_counts_as_told():
    office = CaseHarness(a_case())
    desk = desk_of(office, now=TOO_LATE)
    assert led_to(press(desk, "work", state="in_work", told="1")) == "cases/2026-0001?done=untold"
    assert office.cases.get("vreden", NUMBER).first_feedback_at == TOO_LATE
    assert "Bitte rufen Sie an." in shown(desk, done="untold")


def test_forwarding_mails_a_link_and_nobody_s_words():
    office = CaseHarness(a_case())
    desk = desk_of(office, town=WITH_MAIL)
    form = form_of(desk, "forward")
    assert led_to(press(desk, "forward", of=form, department="bauhof", note="eilig", say="Der Bauhof kommt.")) == (
        "cases/2026-0001?done=forwarded"
    )
    case = office.cases.get("vreden", NUMBER)
    assert (case.state, case.department, case.latest.note) == (CaseState.FORWARDED, "bauhof", "eilig")
    (mail,) = desk.adapters.mails.sent
    assert mail.to == "bauhof@vreden.example"
    assert "https://draht.example/console/vreden/cases/2026-0001" in mail.text
    assert not {"Schlagloch", "eilig", "kommt", "Mühlen"} & set(re.findall(r"\w+", mail.text + mail.subject))
    assert "An Bauhof weitergeleitet" in shown(desk)
    press(desk, "forward", of=form, department="bauhof", note="eilig", say="Der Bauhof kommt.")
    assert (len(desk.adapters.mails.sent), len(office.texts)) == (1, 1)


def test_a_department_without_an_address_or_a_mail_that_fails_is_said():
    office = CaseHarness(a_case())
    desk = desk_of(office)
    assert led_to(press(desk, "forward", department="ordnungsamt")) == "cases/2026-0001?done=forwarded-no-mail"

    desk = desk_of(office, town=WITH_MAIL)
    desk.adapters.mails.refuses = True
    assert led_to(press(desk, "forward", department="bauhof")) == "cases/2026-0001?done=forwarded-no-mail"
    assert office.cases.get("vreden", NUMBER).department == "bauhof"


def test_a_department_of_no_town_is_refused():
    answer = press(desk_of(CaseHarness(a_case())), "forward", department="kreml")
    assert answer["statusCode"] == 422
    assert "keine Stelle „kreml“" in text_of(answer)


def test_a_correction_is_told_to_nobody_and_sets_a_day():
    office = CaseHarness(worked_on(a_case()))
    desk = desk_of(office)
    assert led_to(press(desk, "correct", due="2026-11-25", kind="hint", queue="ordnungsamt", assigned=ME)).endswith(
        "done=saved"
    )
    case = office.cases.get("vreden", NUMBER)
    assert (due_day(case.due_at, VREDEN).isoformat(), case.department, case.assigned_to) == (
        "2026-11-25",
        "ordnungsamt",
        ME,
    )
    assert (case.kind, case.place.address, case.is_due_again) == (CaseKind.HINT, "Mühlenstraße 4", True)
    assert case.is_overdue(LATER + timedelta(days=2))
    assert not office.sent
    assert "Übernommen" in shown(desk)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"due": "2026-11-23"}, "Eine Frist liegt heute oder später."),
        ({"due": "morgen"}, "„morgen“ ist kein Tag."),
        ({}, "Es gibt nichts zu tun"),
    ],
)
def test_a_correction_that_cannot_be_made_says_why(typed, why):
    answer = press(desk_of(CaseHarness(a_case())), "correct", **typed)
    assert answer["statusCode"] == 422
    assert why in text_of(answer)


def test_merging_says_first_what_its_reporter_will_hear():
    office = CaseHarness(a_case(), a_case("2026-0002", citizen_id=BERND))
    desk = desk_of(office)
    page = text_of(desk.get("/cases/{number}/merge", query={"into": NUMBER}, number="2026-0002"))
    assert "2026-0001" in page
    assert f"So erfährt es {name_shown(office.people[BERND])}:" in page
    assert "als freie Nachricht auf WhatsApp" in page
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert not office.sent
    for _ in range(2):
        answer = desk.post("/cases/{number}/merge", form, number="2026-0002")
        assert led_to(answer) == "cases/2026-0001?done=merged"
    assert [who for who, _ in office.texts] == [BERND]
    assert office.cases.get("vreden", "2026-0002").merged_into == NUMBER
    assert "Geht auch für 2026-0002 weiter" in shown(desk)
    over = shown(desk, "2026-0002")
    assert "aufgegangen; dort geht es weiter" in over
    assert 'aria-label="Bearbeiten"' not in over


def test_merging_what_has_changed_asks_again():
    office = CaseHarness(a_case(), a_case("2026-0002", citizen_id=BERND))
    desk = desk_of(office)
    press(desk, "note", "2026-0002", note="doch etwas anderes")
    answer = desk.post("/cases/{number}/merge", {"into": NUMBER, "version": "1"}, number="2026-0002")
    assert answer["statusCode"] == 409
    assert "Noch nichts geschehen" in text_of(answer)
    assert not office.sent


@pytest.mark.parametrize(
    ("into", "why"),
    [("2026-0009", "gibt es nicht"), ("2026-0001", "kann nicht in sich selbst aufgehen"), ("<b>", "gibt es nicht")],
)
def test_merging_into_what_cannot_be_says_why(into, why):
    desk = desk_of(CaseHarness(a_case()))
    page = text_of(desk.get("/cases/{number}/merge", query={"into": into}, number=NUMBER))
    assert why in page
    assert "<b>“" not in page


def test_no_such_report_is_no_page():
    desk = desk_of(CaseHarness(a_case()))
    for number in ("2026-0009", "x", "%2e%2e"):
        assert desk.get("/cases/{number}", number=number)["statusCode"] == 404
        assert desk.post("/cases/{number}/work", {"state": "in_work"}, number=number)["statusCode"] == 404


def test_an_erased_reporter_leaves_a_page_that_says_so():
    office = CaseHarness(a_case())
    office.people.clear()
    page = shown(desk_of(office))
    assert "jemand, dessen Daten gelöscht sind" in page
    assert "/conversations/" not in page


def test_on_paper_there_are_no_forms():
    page = shown(desk_of(CaseHarness(a_case())), view="print")
    assert "data-print" in page
    assert 'method="post"' not in page


def test_words_are_text_everywhere():
    case = a_case(description="<script>x</script>", place=Place(52.0, 6.8, "<i>hier</i>"))
    page = shown(desk_of(CaseHarness(case, a_case("2026-0002", place=case.place, description="<u>da</u>"))))
    assert not re.search(r"<script>x|<i>hier|<u>da", page)


def test_the_press_office_has_no_such_page():
    with pytest.raises(AssertionError, match="does not see"):
        desk_of(CaseHarness(a_case()), Role.EDITOR).get("/cases/{number}", number=NUMBER)
