"""Faults on request, and what they do to statuses."""

import pytest
from pydantic import ValidationError

from tests.unit.local.whatsapp.simulation import Simulation, code_of


def with_statuses(count=40, **knobs):
    """A simulation in which `count` people have been sent a template and all their statuses have come."""
    simulation = Simulation()
    simulation.template()
    simulation.deliver_webhooks()
    simulation.pass_time(0.2)
    simulation.deliver_webhooks()
    simulation.posted.clear()
    simulation.world.faults.set(knobs)
    for place in range(count):
        simulation.send_template(f"+49160000{place:04d}")
    simulation.pass_time(15)
    simulation.deliver_webhooks()
    return simulation


def seen(simulation):
    return {(one["id"], one["status"]) for one in simulation.statuses()}


def test_throttling_begins_after_the_asked_number_of_messages_and_ends_when_cleared():
    simulation = Simulation()
    simulation.template()
    simulation.world.faults.set({"throttle_after": 2})
    for place in range(2):
        simulation.send_template(f"+49160000{place:04d}")
        simulation.world.faults.fate_of_answer("301")
    assert code_of(simulation.send_template) == 130429
    simulation.world.faults.clear()
    assert code_of(simulation.send_template) is None


def test_duplicates_repeat_statuses_and_invent_none():
    plain, doubled = with_statuses(), with_statuses(duplicate_statuses=1)
    assert len(doubled.statuses()) == 2 * len(seen(doubled))
    assert {status for _, status in seen(plain)} == {status for _, status in seen(doubled)}


def test_reordering_changes_the_order_and_loses_none():
    simulation = with_statuses(reorder=True)
    order = ["sent", "delivered", "read"]
    of_message = {}
    for one in simulation.statuses():
        of_message.setdefault(one["id"], []).append(order.index(one["status"]))
    assert len(of_message) == 40
    assert any(ranks != sorted(ranks) for ranks in of_message.values())
    assert all({0, 1} <= set(ranks) for ranks in of_message.values())


def test_the_batch_knob_decides_how_many_come_in_one_post():
    by_one, by_ten = with_statuses(batch=1), with_statuses(batch=10)
    assert len(by_one.posted) == len(by_one.statuses())
    assert max(len(value["statuses"]) for value in by_ten.values()) == 10


def test_dropped_statuses_never_come():
    assert with_statuses(drop_statuses=1).statuses() == []


def test_skipping_delivered_leaves_read_alone():
    simulation = with_statuses(skip_delivered=1)
    read = {wamid for wamid, status in seen(simulation) if status == "read"}
    delivered = {wamid for wamid, status in seen(simulation) if status == "delivered"}
    assert read
    assert not read & delivered


def test_a_paused_template_and_another_rate_are_faults_too():
    simulation = Simulation()
    simulation.template()
    simulation.world.faults.set({"pause_template": "stadt_news"})
    assert code_of(simulation.send_template) == 132015
    simulation.world.faults.clear()
    simulation.world.faults.set({"rate_mps": 1})
    codes = [code_of(lambda place=place: simulation.send_template(f"+4916000000{place}")) for place in (1, 2)]
    assert codes == [None, 130429]


def test_a_fault_for_one_number_leaves_the_others_in_peace():
    simulation = Simulation()
    simulation.template()
    simulation.world.faults.set({"rate_mps": 0, "phone_number_id": "302"})
    assert code_of(simulation.send_template) is None


def test_the_same_seed_throws_the_same_dice():
    simulation = Simulation()
    fates = []
    for _ in range(2):
        simulation.world.faults.set({"fail_after_accept": 0.5, "hang": 0.3, "seed": 11})
        fates.append([simulation.world.faults.fate_of_answer("301") for _ in range(50)])
    assert fates[0] == fates[1]
    assert set(fates[0]) == {"answer", "fail", "hang"}


def test_an_unknown_knob_is_refused():
    with pytest.raises(ValidationError):
        Simulation().world.faults.set({"latency": 5})
