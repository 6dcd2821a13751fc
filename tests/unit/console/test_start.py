"""The start page: what waits, in sentences; each card fails alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest
from stadtdraht.domain.broadcast.slicing import slices_of
from stadtdraht.domain.crisis.alert_count import AlertCount
from stadtdraht.domain.crisis.readiness import Check, CheckName, Readiness
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.figures.day import DayFigures, Signal, SignalKind
from stadtdraht.domain.opening import open_time
from stadtdraht.domain.staff.member import Absence
from stadtdraht.domain.staff.notices import Undelivered
from stadtdraht.domain.staff.roles import Role
from tests.support.adapters import FakeAdapters
from tests.support.builders.cases import a_case
from tests.support.builders.crisis import a_trigger
from tests.support.builders.newsletter import a_draft, story
from tests.support.console import Desk, a_member, text_of
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alert_counts import FakeAlertCounts
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.figures import FakeFigureDays
from tests.support.fakes.notices import FakeUndelivered
from tests.support.fakes.readiness import FakeLatestReadiness
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.staff import FakeStaff
from tests.support.town_office import NOON, TOWNS, ConversationHarness

GOOD = Check(CheckName.KEYS, passed=True, finding="2")


@pytest.fixture
def hall():
    return ConversationHarness("arnsberg")


def desk(hall, *roles, town="arnsberg", **given):
    found = {
        "citizens": hall.citizens,
        "cases": hall.citizens.cases,
        "alerts": hall.alerts,
        "alert_counts": FakeAlertCounts(),
        "broadcasts": FakeBroadcasts(),
        "slices": FakeSlices(),
        "latest_readiness": FakeLatestReadiness({"arnsberg": Readiness((GOOD,), hall.at)}),
        "account_snapshots": FakeAccountSnapshots(),
        "undelivered": FakeUndelivered(),
        "consultations": hall.consultations,
        "figure_days": FakeFigureDays(),
        "staff": FakeStaff(),
    }
    adapters = FakeAdapters(**(found | given))
    return Desk(adapters, a_member(*roles, town=town), hall.at)


def test_nothing_to_do_is_said(hall):
    shown = text_of(desk(hall).get(""))
    assert "Nichts zu tun." in shown
    assert "Sprechzeit" in shown


def test_who_waits_is_counted_and_led_to(hall):
    hall.hears("Warum ist das Schwimmbad zu?")
    shown = text_of(desk(hall).get(""))
    assert "wartet auf Antwort" in shown
    assert 'href="/console/arnsberg/inbox"' in shown


def test_who_wrote_out_of_hours_has_waited_no_office_time(hall):
    hall.hears("Warum ist das Schwimmbad zu?", after=timedelta(hours=10))
    assert "Alle schrieben, seit zuletzt Sprechzeit war." in text_of(desk(hall).get(""))


def test_need_stands_first(hall):
    hall.hears("Warum ist das Schwimmbad zu?")
    hall.hears("Es brennt bei uns, wir kommen nicht raus!", who="4915112345679")
    shown = text_of(desk(hall).get(""))
    assert shown.index("klingt nach einem Notfall") < shown.index("auf Antwort")


@pytest.mark.parametrize(
    ("hours", "said", "where"),
    [
        ((6,), "Eine Meldung ist heute fällig", "cases?due=today"),
        ((-1, 6, 7), "Eine Meldung ist überfällig", "cases?overdue=1"),
        ((30,), "Nichts zu tun.", ""),
    ],
)
def test_reports_that_are_due_today_are_told(hall, hours, said, where):
    class Cases:
        def open(self, town):
            return [a_case(f"2026-000{n}", due_at=hall.at + timedelta(hours=it)) for n, it in enumerate(hours)]

    shown = text_of(desk(hall, cases=Cases()).get(""))
    assert said in shown
    assert f'href="/console/arnsberg{"/" if where else ""}{where}"' in shown
    assert ("2 weitere sind heute fällig." in shown) is (len(hours) > 1)


@pytest.mark.parametrize(
    ("people", "where"), [("a", "conversations/a"), ("aa", "conversations/a"), ("ab", "inbox?tab=missed")]
)
def test_answers_that_did_not_arrive_lead_to_all_of_them(hall, people, where):
    failed = [Undelivered(who, f"m{number}", hall.at) for number, who in enumerate(people)]
    shown = text_of(desk(hall, undelivered=FakeUndelivered({"arnsberg": failed})).get(""))
    assert f'href="/console/arnsberg/{where}"' in shown


def test_who_waits_cannot_be_read_and_the_page_stands(hall):
    class Broken:
        def waiting(self, town):
            raise TimeoutError

    shown = text_of(desk(hall, citizens=Broken()).get(""))
    assert "Wer wartet: konnte nicht gelesen werden" in shown
    assert "Warnungen: konnte nicht" not in shown
    assert "Posteingang" in shown  # the menu, without the number


def test_a_card_that_cannot_be_read_leaves_the_others(hall):
    class Broken:
        def open(self, town):
            raise TimeoutError

    hall.hears("Warum ist das Schwimmbad zu?")
    shown = text_of(desk(hall, cases=Broken()).get(""))
    assert "Meldungen: konnte nicht gelesen werden" in shown
    assert "wartet auf Antwort" in shown


def test_a_check_that_did_not_run_is_said_where_a_town_warns():
    hall = ConversationHarness("bocholt")
    old = FakeLatestReadiness({"bocholt": Readiness((GOOD,), hall.at - timedelta(hours=1))})
    shown = text_of(desk(hall, latest_readiness=old, town="bocholt").get(""))
    assert "Ob gewarnt werden kann, ist unklar" in shown
    agent = text_of(desk(hall, Role.AGENT, latest_readiness=old, town="bocholt").get(""))
    assert "Ob gewarnt werden kann" not in agent


def test_a_town_without_warnings_reads_nothing_of_them(hall):
    assert "gewarnt" not in text_of(desk(hall, latest_readiness=FakeLatestReadiness()).get(""))


def test_readiness_stands_beside_where_all_is_well(hall):
    assert "Gerade eben nachgesehen." in text_of(desk(hall).get(""))


def test_who_is_there_and_who_stands_in_for_whom_is_told(hall):
    staff = FakeStaff()
    anna = a_member(Role.AGENT, town="arnsberg", name="Anna Beispiel", staff_id="anna")
    away = Absence(hall.at - timedelta(days=1), hall.at + timedelta(days=1), "anna")
    bernd = a_member(Role.AGENT, town="arnsberg", name="Bernd Muster", staff_id="bernd")
    for it in (anna, replace(bernd, absence=away), a_member(Role.EDITOR, town="arnsberg", name="Eva", staff_id="eva")):
        staff.put(it)
    shown = text_of(desk(hall, staff=staff).get(""))
    assert "<dt>Im Dienst</dt><dd>Anna Beispiel</dd>" in shown
    assert "<dt>Nicht da</dt><dd>Bernd Muster, Vertretung Anna Beispiel</dd>" in shown


def test_what_cannot_be_read_beside_the_cards_is_left_out(hall):
    class Broken:
        def of_town(self, town):
            raise TimeoutError

    assert "Im Dienst" not in text_of(desk(hall, staff=Broken()).get(""))


def test_a_town_that_is_silent_for_weeks_is_told_so(hall):
    letter = replace(
        a_draft(story()),
        town="arnsberg",
        state=BroadcastState.RUNNING,
        lanes=1,
        created_at=hall.at - timedelta(days=16),
    )
    broadcasts = FakeBroadcasts()
    broadcasts.create(letter)
    shown = text_of(desk(hall, broadcasts=broadcasts).get(""))
    assert "Tage ohne Newsletter" in shown
    assert "<b>16</b>" in shown


def test_a_newsletter_that_waits_is_told_to_who_may_release_it(hall):
    author = Colleague("Katrin Overbeck", "k-1")
    letter = replace(
        a_draft(story()),
        town="arnsberg",
        created_by=author.name,
        created_by_id=author.staff_id,
        asked=ReleaseRequest(author, hall.at),
    )
    broadcasts = FakeBroadcasts({letter.broadcast_id: letter})
    shown = text_of(desk(hall, broadcasts=broadcasts).get(""))
    assert "Ein Newsletter wartet auf Freigabe" in shown
    assert f"newsletters/{letter.broadcast_id}" in shown
    mine = replace(letter, created_by_id="staff-1")
    broadcasts.found[letter.broadcast_id] = mine
    assert "wartet auf Freigabe" not in text_of(desk(hall, broadcasts=broadcasts).get(""))


def a_running_letter(began):
    begun = {"state": BroadcastState.RUNNING, "lanes": 1, "slices_per_lane": 1, "first_at": began}
    return replace(a_draft(story()), town="arnsberg", **begun)


def test_a_newsletter_that_nobody_sends_any_more_stands_still(hall):
    letter = a_running_letter(hall.at - timedelta(hours=2))
    broadcasts, slices = FakeBroadcasts({letter.broadcast_id: letter}), FakeSlices()
    slices.plan(list(slices_of(letter, "1")))
    shown = text_of(desk(hall, broadcasts=broadcasts, slices=slices).get(""))
    assert f"Der Newsletter „{letter.title}“ steht" in shown
    assert "läuft" not in shown


def test_the_newsletter_that_goes_out_next_is_told(hall):
    def planned(title, hours, **more):
        at = hall.at + timedelta(hours=hours)
        letter = a_draft(replace(story(), title=title))
        found = {"town": "arnsberg", "broadcast_id": title, "state": BroadcastState.SCHEDULED, "starts_at": at}
        return title, replace(letter, **found, **more)

    weekly = planned("Woche", 2 - 7 * 24, repeat="weekly")
    broadcasts = FakeBroadcasts(dict([planned("Advent", 26), weekly, planned("Vorbei", -1), planned("Markt", 3)]))
    shown = text_of(desk(hall, broadcasts=broadcasts).get(""))
    assert "Der Newsletter „Woche“ ist geplant" in shown
    assert "Nächster Versand: 14:00 Uhr." in shown
    assert shown.count("ist geplant") == 1
    del broadcasts.found["Woche"], broadcasts.found["Markt"]
    shown = text_of(desk(hall, broadcasts=broadcasts).get(""))
    assert "Der Newsletter „Advent“ ist geplant" in shown
    assert "Nächster Versand: morgen 14:00 Uhr." in shown
    del broadcasts.found["Advent"]
    assert "ist geplant" not in text_of(desk(hall, broadcasts=broadcasts).get(""))


def test_how_many_the_alert_has_reached_is_told_where_it_was_counted(hall):
    alert = a_trigger(town="arnsberg", at=hall.at).alert
    hall.alerts.raise_once(a_trigger(town="arnsberg", at=hall.at))
    counts = FakeAlertCounts()
    assert "angekommen" not in text_of(desk(hall, alert_counts=counts).get(""))
    by_district = {"": DeliveryFigures(planned=4000, delivered=2512), "nord": DeliveryFigures(planned=12, delivered=1)}
    counts.keep(alert.alert_id, AlertCount(hall.at, 9000, 0, by_district))
    shown = text_of(desk(hall, alert_counts=counts).get(""))
    assert "Bei 2.513 von 4.012 Menschen angekommen, Stand 12:00 Uhr. Sie gilt bis" in shown


def test_a_warning_is_told_also_where_its_count_cannot_be_read(hall):
    class Broken:
        def latest(self, alert_id):
            raise TimeoutError

    hall.alerts.raise_once(a_trigger(town="arnsberg", at=hall.at))
    shown = text_of(desk(hall, alert_counts=Broken()).get(""))
    assert "Eine Warnung läuft" in shown
    assert "konnte nicht gelesen werden" not in shown


def test_a_newsletter_that_everybody_has_is_not_running_any_more(hall):
    letter = a_running_letter(hall.at)
    broadcasts, slices = FakeBroadcasts({letter.broadcast_id: letter}), FakeSlices()
    slices.plan(list(slices_of(letter, "1")))
    assert "läuft" in text_of(desk(hall, broadcasts=broadcasts, slices=slices).get(""))
    for key, (work_slice, progress, at) in slices.rows.items():
        slices.rows[key] = (work_slice, replace(progress, state=SliceState.DONE), at)
    assert "läuft" not in text_of(desk(hall, broadcasts=broadcasts, slices=slices).get(""))


def test_who_may_not_read_conversations_sees_none_counted(hall):
    hall.hears("Es brennt bei uns, wir kommen nicht raus!")
    shown = text_of(desk(hall, Role.EDITOR).get(""))
    assert "Notfall" not in shown
    assert "/inbox" not in shown


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        ("2026-11-24T11:00", "2026-11-24T11:30", 0.5),
        ("2026-11-24T22:00", "2026-11-24T23:00", 0),
        ("2026-11-28T08:00", "2026-11-29T20:00", 0),  # a weekend
        ("2026-11-24T12:00", "2026-11-24T11:00", 0),
    ],
)
def test_waiting_is_counted_in_office_hours(since, until, hours):
    from datetime import UTC, datetime

    begin, end = (datetime.fromisoformat(it).replace(tzinfo=UTC) for it in (since, until))
    assert open_time(TOWNS["vreden"], begin, end) == timedelta(hours=hours)


def test_a_year_of_waiting_is_counted_in_bounded_time():
    assert open_time(TOWNS["vreden"], NOON - timedelta(days=40_000), NOON) < timedelta(days=366)


@pytest.mark.parametrize(
    ("kind", "role", "said", "leads"),
    [
        (SignalKind.NOBODY_WRITES, Role.EDITOR, "Tage, seit jemand geschrieben hat", "figures"),
        (SignalKind.WAITS_PILE_UP, Role.AGENT, "länger, als die Stadt es möchte", "inbox"),
    ],
)
def test_what_stands_out_in_the_night_s_figures_is_said(hall, kind, role, said, leads):
    days = FakeFigureDays()
    days.save("arnsberg", DayFigures(NOON.date() - timedelta(days=1), NOON, signals=(Signal(kind, 7, 2),)))
    shown = text_of(desk(hall, role, figure_days=days).get(""))
    assert said in shown
    assert f'href="/console/arnsberg/{leads}"' in shown
    assert said not in text_of(desk(hall, role).get(""))


@pytest.mark.counts_reads
def test_a_view_reads_who_waits_once_however_many_cards_ask(hall):
    class Counted:
        asked = 0

        def waiting(self, town):
            Counted.asked += 1
            return hall.citizens.waiting(town)

    hall.hears("Warum ist das Schwimmbad zu?")
    shown = text_of(desk(hall, citizens=Counted()).get(""))
    assert "wartet auf Antwort" in shown
    assert Counted.asked == 1


@pytest.mark.parametrize("words", ["Es brennt bei uns, wir kommen nicht raus!", "Hilfe, mein Mann schlägt mich"])
def test_the_menu_counts_the_same_need_as_the_first_card(hall, words):
    hall.hears(words)
    shown = text_of(desk(hall).get(""))
    assert "klingt nach einem Notfall" in shown
    assert "davon 1 Notfall-Verdacht" in shown
