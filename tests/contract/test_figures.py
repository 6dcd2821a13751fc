"""Ports of figures: rows of days, one suite for fake and table; and what the count finds in the rows of a real turn."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.figures import DynamoDayTraffic, DynamoFigureDays
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.domain.figures.day import CasesDay, DayFigures, OfferDay, SentNewsletter, Signal, SignalKind
from stadtdraht.domain.figures.traffic import FirstAnswer, Heard
from stadtdraht.domain.retention import FIGURES
from stadtdraht.usecases.inbound import work_on_conversation as work
from tests.support.fakes.figures import FakeFigureDays
from tests.support.town_office import ConversationHarness

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
FULL = DayFigures(
    day=DAY,
    counted_at=NOON,
    offers={"news": OfferDay(12, 2, 1, {"waste": 7}, {"": 5, "barlo": 7}, {"de": 12}, {"2026-11": 12})},
    sent=(SentNewsletter("bocholt-n-20261124-abcdef", "Wochenmarkt zieht um", 11),),
    opt_outs={"": 1},
    messages=(*(0,) * 9, 3, *(0,) * 14),
    enquiries=(*(0,) * 9, 2, *(0,) * 14),
    first_contacts=1,
    answer_minutes={5: 1, 130: 1},
    in_target=1,
    cases={"hint": CasesDay(1, 2, 3, 4)},
    waiting=2,
    waiting_long=1,
    signals=(Signal(SignalKind.WAITS_PILE_UP, 7, 2),),
)


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def days(request):
    return FakeFigureDays() if request.param == "fake" else DynamoFigureDays(request.getfixturevalue("table"))


def test_a_day_comes_back_as_it_was_kept_and_is_written_over(days):
    days.save("bocholt", DayFigures(DAY, NOON))
    days.save("bocholt", FULL)
    assert list(days.between("bocholt", DAY, DAY)) == [FULL]


def test_days_come_in_order_of_one_town_alone(days):
    for ago in (3, 0, 1):
        days.save("bocholt", DayFigures(DAY - timedelta(days=ago), NOON))
    days.save("vreden", DayFigures(DAY - timedelta(days=1), NOON))
    assert [it.day.day for it in days.between("bocholt", DAY - timedelta(days=2), DAY)] == [23, 24]
    assert days.latest("bocholt") == DAY
    assert days.latest("arnsberg") is None


@pytest.mark.local_aws
def test_a_row_holds_nobody_and_ends_after_three_years(table):
    DynamoFigureDays(table).save("bocholt", FULL)
    row = table.get(keys.figures("bocholt"), "2026-11-24")
    assert set(row) == {"pk", "sk", "figures", "expires_at"}
    assert datetime.fromtimestamp(int(row["expires_at"]), UTC) == datetime(2026, 11, 24, tzinfo=UTC) + FIGURES


class OnTheTable(ConversationHarness):
    """A town whose turns go to the table as well."""

    def __init__(self, table):
        super().__init__("arnsberg")
        in_memory, stored = self.citizens.commit, DynamoCitizens(table, b"pepper")

        def commit(turn):
            stored.commit(turn)
            return in_memory(turn)

        self.citizens.commit = commit
        self.traffic = DynamoDayTraffic(table)


@pytest.mark.local_aws
def test_what_a_day_is_counted_from_is_found_in_the_rows_of_turns(table):
    office = OnTheTable(table)
    office.hears("Hallo")
    office.hears("Wann wird die Marktstraße saniert?")
    asked, who = office.at, office.person().citizen_id
    desk = work.StaffContext(office.town, "Frau Kemper", asked + timedelta(minutes=30), office.citizens, office.queue)
    work.answer(desk, who, "Im Frühjahr.", press="once")
    begins, ends = asked.replace(hour=0), asked.replace(hour=0) + timedelta(days=1)
    traffic = office.traffic
    assert traffic.people("arnsberg", begins, ends + timedelta(days=20)) == {who}
    assert traffic.people("arnsberg", ends, ends) == set()
    heard = traffic.heard("arnsberg", who, begins, ends)
    assert [it.is_for_staff for it in heard] == [False, True]
    assert traffic.heard("arnsberg", who, begins, heard[0].at) == []
    assert traffic.heard("arnsberg", who, heard[1].at, ends) == [Heard(heard[1].at, is_for_staff=True)]
    answer = FirstAnswer(asked + timedelta(minutes=30), heard[1].at)
    assert traffic.answers("arnsberg", who, begins, ends) == [answer]
    assert traffic.answers("arnsberg", who, begins, answer.at) == []
    assert not traffic.is_known_before("arnsberg", who, heard[0].at)
    assert traffic.is_known_before("arnsberg", who, heard[1].at)
