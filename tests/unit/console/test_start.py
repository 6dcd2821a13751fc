"""The start page: what waits, in sentences; each card fails alone."""

from datetime import timedelta

import pytest

from stadtdraht.domain.opening import open_time
from stadtdraht.domain.staff.roles import Role
from tests.support.adapters import FakeAdapters
from tests.support.console import Desk, a_member, text_of
from tests.support.town_office import NOON, TOWNS, ConversationHarness


@pytest.fixture
def hall():
    return ConversationHarness("arnsberg")


def desk(hall, *roles, **given):
    adapters = FakeAdapters(**({"citizens": hall.citizens, "cases": hall.citizens.cases} | given))
    return Desk(adapters, a_member(*roles, town="arnsberg"), hall.at)


def test_nothing_to_do_is_said(hall):
    shown = text_of(desk(hall).get(""))
    assert "Nichts zu tun." in shown
    assert "Sprechzeit" in shown


def test_who_waits_is_counted_and_led_to(hall):
    hall.hears("Warum ist das Schwimmbad zu?")
    shown = text_of(desk(hall).get(""))
    assert "wartet auf Antwort" in shown
    assert 'href="/console/arnsberg/inbox"' in shown


def test_need_stands_first(hall):
    hall.hears("Warum ist das Schwimmbad zu?")
    hall.hears("Es brennt bei uns, wir kommen nicht raus!", who="4915112345679")
    shown = text_of(desk(hall).get(""))
    assert shown.index("klingt nach einem Notfall") < shown.index("auf Antwort")


def test_a_card_that_cannot_be_read_leaves_the_others(hall):
    class Broken:
        def open(self, town):
            raise TimeoutError

    hall.hears("Warum ist das Schwimmbad zu?")
    shown = text_of(desk(hall, cases=Broken()).get(""))
    assert "Meldungen: konnte nicht gelesen werden" in shown
    assert "wartet auf Antwort" in shown


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
