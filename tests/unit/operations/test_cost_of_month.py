"""What a month cost: each kind counted from its rows, in the month it began in, by the town's own clock."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.delivery.delivery import OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.figures.day import DayFigures
from stadtdraht.domain.operations.aws_prices import FRANKFURT
from stadtdraht.domain.operations.cost import hearing, sending, statuses_in
from stadtdraht.usecases.operations.cost_of_month import (
    CONVERSATIONS,
    NEWSLETTERS,
    WARNINGS,
    CostPorts,
    Month,
    cost_of_month,
)
from tests.support.builders.delivery import broadcast, outcome, person
from tests.support.command_line import NOW, TOWN, Office, types
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.figures import FakeFigureDays

NOVEMBER = Month(date(2026, 11, 1))
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Books:
    def __init__(self):
        self.broadcasts, self.alerts, self.audience = FakeBroadcasts(), FakeAlerts(), FakeAudience()
        self.deliveries, self.days = FakeDeliveries(), FakeFigureDays()
        for number in range(3):
            self.audience.people[person(number).citizen_id] = person(number)

    def newsletter(self, name, begun_at):
        made = broadcast(template=TOWN.newsletter_template, state=BroadcastState.RUNNING, lanes=1)
        times = {"created_at": begun_at, "released_at": None, "starts_at": begun_at}
        self.broadcasts.create(replace(made, broadcast_id=name, **times))
        return name

    def delivers(self, cause, number, *, kind="regular", category="marketing"):
        sent = outcome(number, OutcomeKind.ACCEPTED)
        made = replace(sent, at=AT, key=replace(sent.key, cause=cause))
        asyncio.run(self.deliveries.record(TOWN.id, [made]))
        for status in (Status.SENT, Status.DELIVERED):
            row = DeliveryRow(person(number).citizen_id, 1, status, AT, "", category, kind)
            self.deliveries.statuses_in_full.append((cause, row))

    def costs(self, month=NOVEMBER):
        ports = CostPorts(self.broadcasts, self.alerts, self.deliveries, self.audience, self.days)
        return {it.kind: it for it in cost_of_month(TOWN, month, ports)}


@pytest.fixture
def books():
    return Books()


def test_a_newsletter_is_counted_from_its_rows_and_priced_by_the_dated_list(books):
    cause = books.newsletter("bocholt-n-20261124-aaaaaa", AT)
    for number in range(3):
        books.delivers(cause, number)
    line = books.costs()[NEWSLETTERS]
    assert (line.runs, line.messages, line.statuses, line.charged, line.without_price) == (1, 3, 6, 3, 0)
    assert line.meta_eur == Decimal("0.34")  # 3 x 0.1131
    assert line.work == sending(3, TOWN.number.rate_mps) + statuses_in(6)


def test_what_meta_did_not_charge_costs_nothing(books):
    cause = books.newsletter("bocholt-n-20261124-aaaaaa", AT)
    books.delivers(cause, 0, kind="free_customer_service", category="utility")
    assert (books.costs()[NEWSLETTERS].charged, books.costs()[NEWSLETTERS].meta_eur) == (0, Decimal("0.00"))


def test_whoever_is_no_recipient_any_more_is_counted_and_not_guessed(books):
    cause = books.newsletter("bocholt-n-20261124-aaaaaa", AT)
    books.delivers(cause, 0)
    books.audience.people.clear()
    line = books.costs()[NEWSLETTERS]
    assert (line.charged, line.without_price, line.meta_eur) == (1, 1, Decimal("0.00"))


def test_a_month_begins_and_ends_by_the_town_s_own_clock(books):
    late = books.newsletter("bocholt-n-20261130-aaaaaa", datetime(2026, 11, 30, 22, 30, tzinfo=UTC))  # 23:30 there
    early = books.newsletter("bocholt-n-20261130-bbbbbb", datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    books.delivers(late, 0)
    books.delivers(early, 1)
    assert books.costs()[NEWSLETTERS].runs == 1
    assert books.costs(Month(date(2026, 12, 1)))[NEWSLETTERS].runs == 1
    assert books.costs(Month(date(2026, 10, 1)))[NEWSLETTERS].runs == 0


def test_more_newsletters_than_a_page_are_all_found(books):
    for number in range(120):
        books.newsletter(f"bocholt-n-20261101-{number:06}", AT - timedelta(minutes=number))
    assert books.costs()[NEWSLETTERS].runs == 120


def test_what_citizens_wrote_is_counted_from_the_figures_of_days(books):
    hours = (5, *(0,) * 23)
    for day in (1, 2, 30):
        books.days.save(TOWN.id, DayFigures(date(2026, 11, day), AT, messages=hours))
    books.days.save(TOWN.id, DayFigures(date(2026, 12, 1), AT, messages=hours))
    line = books.costs()[CONVERSATIONS]
    assert (line.runs, line.messages, line.work) == (3, 15, hearing(15))


def test_a_month_without_anything_costs_nothing(books):
    for line in books.costs().values():
        assert (line.runs, sum(line.work.usd(FRANKFURT).values()), line.meta_eur) == (0, 0, 0)
    assert set(books.costs()) == {NEWSLETTERS, WARNINGS, CONVERSATIONS}


def test_the_command_tells_it_by_town_and_kind_with_what_stands_still():
    done = types(Office(filled=True), "cost", "--month", f"{NOW:%Y-%m}", "--json")
    told = json.loads(done.stdout)
    assert {it["kind"] for it in told["lines"]} == {NEWSLETTERS, WARNINGS, CONVERSATIONS}
    assert sum(told["standing_usd"].values()) > 5
    assert types(Office(filled=True), "cost", "--month", f"{NOW:%Y-%m}", "--town", TOWN.id).exit_code == 0


@pytest.mark.parametrize(("month", "code"), [("2026-13", 2), ("November", 2), ("2020-01", 1), ("2099-01", 1)])
def test_a_month_that_is_none_or_cannot_be_counted_is_refused(month, code):
    assert types(Office(filled=True), "cost", "--month", month).exit_code == code
