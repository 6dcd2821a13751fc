"""The report of a newsletter equals its rows."""

import asyncio
import csv
import io
import json
import tracemalloc
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.domain.citizen import ConsentAct, ConsentEntry
from stadtdraht.domain.delivery.delivery import OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.town import Offer, TopicOrDistrict
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.usecases.broadcast.reporting.broadcast_report import broadcast_report
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_status
from stadtdraht.usecases.broadcast.reporting.export_broadcast_report import export_broadcast_report
from stadtdraht.usecases.broadcast.reporting.unaccounted import Unaccounted
from stadtdraht.usecases.delivery.by_district import NO_DISTRICT
from tests.support.adapters import FakeAdapters
from tests.support.builders.delivery import CAUSE, NOON, broadcast, citizen_id, outcome, person, town
from tests.support.examples import examples
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.clicks import FakeClicks
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.errands import FakeErrands
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns

TOWN = town(districts=(TopicOrDistrict("barlo", "Barlo"), TopicOrDistrict("mussum", "Mussum")))
ARRIVED = {Status.DELIVERED, Status.READ, Status.PLAYED}
HOUR = timedelta(hours=1)
NOBODY = Unaccounted()


def status(number, kind, *, after=timedelta(0), code="", price=""):
    category, _, how = price.partition("/")
    return (CAUSE, DeliveryRow(citizen_id(number), 1, kind, NOON + after, code, category, how))


def office(outcomes=(), statuses=(), people=()):
    deliveries = FakeDeliveries(statuses_in_full=list(statuses))
    asyncio.run(deliveries.record("bocholt", outcomes))
    return {
        "deliveries": deliveries,
        "audience": FakeAudience({one.citizen_id: one for one in people}),
        "citizens": FakeCitizens(),
        "slices": FakeSlices(),
        "clicks": FakeClicks(),
    }


def left(found, number, at, offer=Offer.NEWS, act=ConsentAct.WITHDRAWN):
    entry = ConsentEntry(offer, act, at, "2026-11", "text", f"wamid.{at}")
    found["citizens"].entries.setdefault(("bocholt", citizen_id(number)), []).append(entry)


def report_of(found, lost=NOBODY, **changes):
    return broadcast_report(broadcast(**changes), TOWN, lost=lost, **found)


rows_of_somebody = st.tuples(
    st.integers(0, 5),
    st.one_of(
        st.tuples(st.just("outcome"), st.sampled_from(OutcomeKind), st.sampled_from(["", "131026", "opted_out"])),
        st.tuples(st.just("status"), st.sampled_from(Status), st.sampled_from(["", "131049"])),
    ),
    st.integers(0, 100),
    st.sampled_from(["", "marketing/regular", "utility/regular", "service/free_customer_service"]),
)


@settings(max_examples=examples(150))
@given(st.lists(rows_of_somebody, max_size=40), st.sets(st.integers(0, 5)))
def test_every_figure_equals_a_recount_of_the_rows(drawn, still_there):
    outcomes, statuses = {}, {}
    for number, (what, kind, reason), hours, price in drawn:
        at = NOON + hours * HOUR
        if what == "outcome":
            outcomes[number] = replace(outcome(number, kind, reason=reason), at=at)
        else:
            statuses[number, kind] = status(number, kind, after=hours * HOUR, code=reason, price=price)
    people = [person(number, district=("barlo", "mussum", "")[number % 3]) for number in still_there]
    found = office(outcomes.values(), statuses.values(), people)
    report = report_of(found, planned=6)

    rows = {number: [] for number in [*outcomes, *(number for number, _ in statuses)]}
    for number, it in outcomes.items():
        rows[number].append((it.kind, it.at, it.reason, "", ""))
    for (number, kind), (_, it) in statuses.items():
        rows[number].append((kind, it.at, it.reason, it.pricing_category, it.pricing_type))
    kinds = {number: {row[0] for row in mine} for number, mine in rows.items()}
    arrived = {number for number, mine in kinds.items() if mine & ARRIVED}
    read = {number for number, mine in kinds.items() if mine & {Status.READ, Status.PLAYED}}
    failed = {n for n, mine in kinds.items() if Status.FAILED in mine} - arrived
    sent = {n for n, mine in kinds.items() if Status.SENT in mine and Status.FAILED not in mine} | arrived
    accepted = {n for n, mine in kinds.items() if OutcomeKind.ACCEPTED in mine or any(type(k) is Status for k in mine)}
    silent = set(kinds) - accepted
    refused = {n for n in silent if OutcomeKind.REFUSED in kinds[n]}
    unknown = {n for n in silent - refused if OutcomeKind.UNKNOWN in kinds[n]}

    figures = report.figures
    assert figures.planned == len(rows)
    assert (figures.accepted, figures.sent, figures.delivered) == (len(accepted), len(sent), len(arrived))
    assert (figures.read, figures.failed) == (len(read), len(failed | refused))
    assert (figures.unknown, figures.not_sent) == (len(unknown), len(silent - refused - unknown))
    assert report.waiting + figures.planned == 6

    by_what = Counter()
    for it in report.reasons:
        by_what[it.what] += it.people
    assert (by_what["failed"], by_what["unknown"], by_what["not_sent"]) == (
        figures.failed,
        figures.unknown,
        figures.not_sent,
    )
    for column in ("planned", "accepted", "sent", "delivered", "read", "failed", "unknown", "not_sent"):
        assert sum(getattr(it, column) for it in report.by_district.values()) == getattr(figures, column)
    barlo = {n for n in rows if n % 3 == 0 and n in still_there}
    assert (report.by_district["Barlo"].delivered if barlo else 0) == len(barlo & arrived)
    for column, expected in (("accepted", accepted), ("delivered", arrived), ("read", read)):
        assert sum(getattr(it, column) for it in report.by_hour.values()) == len(expected)
    hours_of_arrival = Counter(min(row[1] for row in rows[number] if row[0] in ARRIVED) for number in arrived)
    assert {datetime.fromisoformat(h): it.delivered for h, it in report.by_hour.items() if it.delivered} == {
        hour.astimezone(UTC): people for hour, people in hours_of_arrival.items()
    }

    bill = report.billing
    assert sum(bill.charged.values()) + sum(bill.free.values()) + bill.unmarked == len(arrived)
    status_figures = broadcast_status(
        broadcast(planned=6), NOON, lost=NOBODY, deliveries=found["deliveries"], slices=found["slices"]
    )
    for column in ("accepted", "sent", "delivered", "read", "failed", "unknown", "not_sent"):
        assert getattr(status_figures, column) == getattr(figures, column)


def test_only_what_arrived_and_meta_marked_as_regular_is_billed():
    regular, free = "marketing/regular", "service/free_customer_service"
    found = office(
        [outcome(number) for number in range(6)],
        [
            status(0, Status.SENT, price=regular),
            status(0, Status.DELIVERED, price=regular),
            status(0, Status.READ),
            status(1, Status.SENT, price=regular),  # never arrived
            status(2, Status.SENT, price=free),
            status(2, Status.READ),
            status(3, Status.DELIVERED, price="utility/regular"),
            status(4, Status.DELIVERED),
            status(5, Status.DELIVERED, price="marketing_lite/regular"),
        ],
        [person(number) for number in range(6)],
    )
    bill = report_of(found, planned=6, planned_cost_eur="0.68").billing
    assert bill.charged == {regular: 1, "utility/regular": 1, "marketing_lite/regular": 1}
    assert bill.free == {free: 1}
    assert (bill.without_price, bill.unmarked) == (1, 1)
    assert (bill.planned_eur, bill.billed_eur) == (Decimal("0.68"), Decimal("0.16"))  # 0.1131 + 0.0456


def test_a_stop_within_a_day_of_the_delivery_is_caused_by_it():
    gone = [
        person(0),  # stays
        person(1, left_at=NOON + HOUR, since=NOON + HOUR),
        person(2, left_at=NOON + 25 * HOUR, since=NOON + 25 * HOUR),  # later than a day
        person(3, since=NOON + 3 * HOUR),  # left and came back
        person(5, left_at=NOON - HOUR, since=NOON - HOUR),  # left before it came
        person(6, left_at=NOON + HOUR, since=NOON + HOUR),  # never got it
    ]
    delivered = [status(number, Status.DELIVERED) for number in range(6)]
    found = office([outcome(number) for number in range(7)], delivered, gone)
    for number, at in ((1, HOUR), (2, 25 * HOUR), (3, 2 * HOUR), (4, 2 * HOUR), (5, -HOUR), (6, HOUR)):
        left(found, number, NOON + at)
    left(found, 3, NOON + 3 * HOUR, act=ConsentAct.GRANTED)
    left(found, 0, NOON + HOUR, offer=Offer.CRISIS)
    assert report_of(found, planned=7).opt_outs == 3  # 1, 3, and 4 whose row is past its time


def test_reasons_are_given_in_german_with_most_people_first():
    found = office(
        [
            *(outcome(number, OutcomeKind.REFUSED, reason="131026") for number in range(3)),
            outcome(3, OutcomeKind.UNKNOWN, reason="http 500 code 131000"),
            outcome(4, OutcomeKind.NOT_SENT, reason="opted_out"),
        ]
    )
    reasons = report_of(found, planned=5).reasons
    assert [(it.what, it.reason, it.people) for it in reasons] == [
        ("failed", "131026", 3),
        ("not_sent", "opted_out", 1),
        ("unknown", "http 500 code 131000", 1),
    ]
    assert reasons[0].why.startswith("Nicht zustellbar")
    assert "ob die Nachricht ankam, ist offen" in reasons[2].why
    assert why_not("139999") == "WhatsApp nennt den Fehler 139999."


def test_hours_are_the_town_s_and_the_one_that_comes_twice_stays_apart():
    night = datetime(2026, 10, 25, 0, 30, tzinfo=UTC) - NOON
    found = office([], [status(0, Status.DELIVERED, after=night), status(1, Status.DELIVERED, after=night + HOUR)])
    assert list(report_of(found, planned=2).by_hour) == ["2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00"]


def test_the_table_for_spreadsheets_says_the_same_and_runs_no_formula():
    found = office(
        [outcome(0), outcome(1, OutcomeKind.REFUSED, reason="131026")],
        [status(0, Status.DELIVERED, price="marketing/regular")],
        [person(0, district="barlo")],
    )
    text = export_broadcast_report(report_of(found, planned=2, subject="=1+1", planned_cost_eur="0.23"))
    assert text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    by_area = {(line[0], line[1]): line[2:] for line in lines[1:]}
    assert by_area["Gesamt", "'=1+1"][:6] == ["2", "1", "1", "1", "0", "1"]
    assert by_area["Ortsteil", "Barlo"][0] == "1"
    assert by_area["Ortsteil", NO_DISTRICT][0] == "1"
    assert by_area["Kosten laut Plan", ""][-1] == "0,23"
    assert by_area["Kosten laut WhatsApp", ""][-1] == "0,11"
    assert len({len(line) for line in lines}) == 1


class Many:
    """Rows and people that are made while they are read."""

    def __init__(self, count):
        self.count = count

    def in_full(self, *_):
        for number in range(self.count):
            yield DeliveryRow(f"{number:020x}", 1, OutcomeKind.ACCEPTED, NOON)
            yield DeliveryRow(f"{number:020x}", 1, Status.DELIVERED, NOON, "", "marketing", "regular")

    def scan(self, *_):
        for number in range(self.count):
            yield replace(person(1), citizen_id=f"{number:020x}")


def peak_bytes(count):
    many = Many(count)
    tracemalloc.start()
    try:
        found = report_of(office() | {"deliveries": many, "audience": many}, planned=count)
        assert found.figures.delivered == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_number_of_readers():
    few = peak_bytes(500)
    assert peak_bytes(5_000) < few + 1_000_000  # 4,500 people more with their rows would be some 3 MB


@pytest.fixture
def types():
    found = office([outcome(0)], [status(0, Status.DELIVERED, price="marketing/regular")], [person(0)])
    found |= {
        "broadcasts": FakeBroadcasts({CAUSE: broadcast(planned=1)}),
        "towns": FakeTowns({"bocholt": TOWN}),
    }
    adapters = FakeAdapters(**{"errands": FakeErrands()} | found)
    return lambda *words: CliRunner().invoke(app, ["broadcast", "report", *words], obj=adapters, env={"COLUMNS": "300"})


def test_the_command_gives_it_as_words_as_json_and_as_a_file(types, tmp_path):
    file = tmp_path / "bericht.csv"
    done = types(CAUSE, "--json", "--csv", str(file))
    value = json.loads(done.stdout)
    assert value["figures"]["delivered"] == 1
    assert value["billing"]["billed_eur"] == "0.11"
    assert "Gesamt;Markt;1" in file.read_text(encoding="utf-8-sig")
    assert "laut WhatsApp: 0.11 EUR" in types(CAUSE).stdout


def test_the_command_says_what_is_wrong(types, tmp_path):
    done = types("bocholt-n-20261124-nobody")
    assert done.exit_code == 1
    assert "gibt es nicht" in done.stderr
    done = types(CAUSE, "--csv", str(tmp_path / "nowhere" / "x.csv"))
    assert done.exit_code == 1
    assert "nicht da" in done.stderr
