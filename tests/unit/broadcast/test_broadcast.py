"""Planning, starting, counting and stopping a newsletter."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.slicing import lanes_and_slices, slices_of
from stadtdraht.domain.delivery.delivery import OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.usecases.broadcast.planning.plan_broadcast import plan
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_status
from stadtdraht.usecases.broadcast.reporting.unaccounted import Unaccounted
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from stadtdraht.usecases.broadcast.sending.start_broadcast import (
    NoSuchBroadcast,
    StartPorts,
    TooManyForPortfolio,
    start_broadcast,
)
from stadtdraht.usecases.whatsapp.check_account import TemplateNotAsApproved
from tests.support.builders.account import a_snapshot
from tests.support.builders.delivery import CAUSE, NOON, broadcast, citizen_id, outcome, person, town
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.queues import FakeSliceQueue
from tests.support.fakes.schedule import FakeSchedule
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns


@given(st.integers(0, 2_000_000), st.sampled_from([20, 80, 1000]))
def test_slices_cover_every_id_once_and_last_about_twenty_seconds(people, rate_mps):
    lanes, per_lane = lanes_and_slices(people, rate_mps)
    pieces = list(slices_of(broadcast(planned=people, lanes=lanes, slices_per_lane=per_lane), "301"))
    assert [work_slice.after for work_slice in pieces[1:]] == [work_slice.upto for work_slice in pieces[:-1]]
    assert (pieces[0].after, pieces[-1].upto) == ("0", "g")
    assert len({(work_slice.lane, work_slice.seq) for work_slice in pieces}) == lanes * per_lane
    assert people / len(pieces) / (rate_mps * 0.9 / lanes) <= 20


def office(people, **changes):
    found = {
        "towns": FakeTowns({"bocholt": town(**changes)}),
        "broadcasts": FakeBroadcasts({CAUSE: broadcast()}),
        "audience": FakeAudience({one.citizen_id: one for one in people}),
        "alerts": FakeAlerts(),
        "deliveries": FakeDeliveries(),
        "slices": FakeSlices(),
        "queue": FakeSliceQueue(),
        "schedule": FakeSchedule(),
        "snapshots": FakeAccountSnapshots(),
    }
    return found, lambda: start_broadcast("bocholt", CAUSE, NOON, StartPorts(**found))


def test_starting_twice_hands_over_the_same_slices_once():
    found, start = office([person(number) for number in range(50)])
    first, second = start(), start()
    assert (first.planned, second.planned) == (50, 50)
    assert len(found["queue"].messages) == first.slices == 1


def test_a_template_that_is_not_as_approved_holds_a_newsletter_back_until_it_is():
    found, start = office([person(number) for number in range(5)])
    found["snapshots"].save("bocholt", a_snapshot(town(), category="UTILITY"))
    with pytest.raises(TemplateNotAsApproved, match="Meta says UTILITY, the town file MARKETING"):
        start()
    assert not found["queue"].messages
    found["snapshots"].save("bocholt", a_snapshot(town()))
    assert start().planned == 5


def test_who_joins_after_the_start_does_not_move_the_cut():
    found, start = office([person(number) for number in range(50)])
    start()
    cut = found["slices"].all(CAUSE)
    found["audience"].people |= {person(number).citizen_id: person(number) for number in range(50, 5_000)}
    start()
    assert found["slices"].all(CAUSE) == cut


def test_more_people_than_meta_allows_in_two_weeks_are_refused_before_the_first():
    number = replace(town().number, portfolio_limit=10)
    found, start = office([person(number) for number in range(300)], number=number)
    with pytest.raises(
        TooManyForPortfolio, match=r"300 people do not fit into Meta's limit of 10.* would take 30 days"
    ):
        start()
    assert not found["queue"].messages


def test_a_broadcast_of_another_town_is_nobody_s():
    found, _ = office([])
    found["towns"].towns["vreden"] = town()
    with pytest.raises(NoSuchBroadcast):
        start_broadcast("vreden", CAUSE, NOON, StartPorts(**found))


def test_who_joins_in_the_very_moment_of_the_start_gets_it():
    """Their row holds the same second as the start; one moment later is after it."""
    assert broadcast().reaches(person(1, since=NOON))
    assert not broadcast().reaches(person(1, since=NOON + timedelta(microseconds=1)))


def test_a_plan_counts_by_reason():
    people = [
        person(1),
        person(2, left_at=NOON),
        person(3, topics=frozenset({"waste"})),
        person(4, since=NOON + timedelta(minutes=1)),
        person(5, topics=frozenset({"traffic"})),
    ]
    audience = FakeAudience({one.citizen_id: one for one in people})
    found = plan(broadcast(topics=frozenset({"traffic"})), town(), audience=audience)
    assert found.audience.planned == 2
    assert found.audience.excluded == {"left": 1, "other topic or district, or joined later": 2}


def test_figures_come_from_rows_and_the_highest_sign_of_life_counts():
    deliveries, slices = FakeDeliveries(), FakeSlices()
    rows = [
        outcome(1),
        outcome(2),
        outcome(3),
        outcome(4, OutcomeKind.REFUSED, reason="131026"),
        outcome(5, OutcomeKind.UNKNOWN),
        outcome(6, OutcomeKind.UNKNOWN),
        outcome(7, OutcomeKind.NOT_SENT, reason="opted_out"),
    ]
    asyncio.run(deliveries.record("bocholt", rows))
    for number, status, reason in (
        (1, Status.READ, ""),
        (2, Status.SENT, ""),
        (3, Status.FAILED, "131026"),
        (6, Status.DELIVERED, ""),
    ):
        deliveries.statuses_in_full.append((CAUSE, DeliveryRow(citizen_id(number), 1, status, NOON, reason)))
    found = broadcast_status(broadcast(planned=10), NOON, lost=Unaccounted(), deliveries=deliveries, slices=slices)
    assert (found.accepted, found.sent, found.delivered, found.read) == (4, 3, 2, 1)
    assert (found.failed, found.unknown, found.not_sent, found.waiting) == (2, 1, 1, 3)
    assert found.reasons == {"131026": 2, "opted_out": 1}


def test_a_newsletter_fills_the_town_s_template_by_name():
    body = Newsletter(broadcast(), town()).body(person(1), 1)
    assert body["to"] == "+4917612000001"
    values = {it["parameter_name"]: it["text"] for it in body["template"]["components"][0]["parameters"]}
    assert values == {"title": "Markt", "teaser": "Am Samstag.", "link": "https://x.example"}


def test_a_newsletter_is_old_news_after_two_days():
    newsletter = Newsletter(broadcast(state=BroadcastState.RUNNING), town())
    assert not newsletter.over(NOON + timedelta(hours=47))
    assert newsletter.over(NOON + timedelta(hours=48))
