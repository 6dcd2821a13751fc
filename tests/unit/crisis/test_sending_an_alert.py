"""An alert as the delivery loop meets it, and a drill beside it."""

import asyncio
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb.delivery.drill_controls import DrillControls
from stadtdraht.adapters.whatsapp.drill_client import RecordingGraph
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.delivery.slices import Control
from stadtdraht.domain.identifiers import ALERT, BROADCAST, kind_of
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.crisis.alert_cause import AlertToSend
from stadtdraht.usecases.crisis.send_alert import UnknownAlert, send_alert
from tests.support.builders.crisis import NOON, a_town, a_trigger, first_message
from tests.support.crisis_page import CrisisPageHarness, a_person
from tests.support.fakes.audience import FakeAudience


class Number:
    """A control item that shows what was done to it."""

    def __init__(self):
        self.held = []
        self.stopped = []

    async def read(self, town, phone_number_id):
        return Control(rate_mps=80)

    def stop(self, town, phone_number_id, cause, *, stopped):
        self.stopped.append((cause, stopped))

    async def lease_for_crisis(self, town, phone_number_id, holder, until):
        self.held.append(until)

    async def give_back(self, town, phone_number_id, holder, now):
        self.held.append(now)


def test_the_loop_sees_the_alert_that_was_raised():
    alert, town = a_trigger(districts=frozenset({"mussum"})).alert, a_town()
    cause = AlertToSend(alert, town, None, FakeAudience(), lambda: NOON)
    assert (cause.offer, cause.released_at) == (Offer.CRISIS, NOON)
    assert cause.reaches(a_person(1, district="mussum"))
    assert not cause.reaches(a_person(1, district="barlo"))
    assert not cause.over(alert.expires_at - timedelta(seconds=1))
    assert cause.over(alert.expires_at)
    assert first_message(alert, town, a_person(1), 2)["biz_opaque_callback_data"].endswith(
        f"{a_person(1).citizen_id}:2:1"
    )


def test_a_slice_of_no_alert_is_an_error_that_names_it():
    harness, work_slice = CrisisPageHarness(), a_trigger().slices[0]
    with pytest.raises(UnknownAlert, match=work_slice.cause):
        asyncio.run(
            send_alert(work_slice, alerts=harness.alerts, towns=harness.towns, snapshots=None, senders=None, clock=None)
        )


def test_a_drill_reads_the_number_can_be_stopped_and_holds_nothing():
    number = Number()
    drill = DrillControls(number)
    assert asyncio.run(drill.read("bocholt", "1")) == Control(rate_mps=80)
    asyncio.run(drill.lease_for_crisis("bocholt", "1", "drill", NOON))
    asyncio.run(drill.give_back("bocholt", "1", "drill", NOON))
    drill.stop("bocholt", "1", "bocholt-d-20261124-aaaaaa", stopped=True)
    assert number.held == []
    assert number.stopped == [("bocholt-d-20261124-aaaaaa", True)]


def test_a_drill_is_wired_to_nothing_and_no_other_cause_is_taken_for_one():
    assert isinstance(Adapters().graph_for("bocholt-d-20261124-aaaaaa"), RecordingGraph)
    others = ["bocholt-a-20261124-dddddd", "bad-d-orf-n-20261124-aaaaaa", "d-d-d", ""]
    assert [kind_of(cause) for cause in others] == [ALERT, BROADCAST, "", ""]
