"""Slices that nobody works on, people of whom nobody knows, and the commands that name them."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.main import app
from stadtdraht.domain.delivery.abandoned_slices import LANE_SILENT, QUIET, SliceSnapshot, abandoned_slices
from stadtdraht.domain.delivery.delivery import OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.delivery.slices import Progress, SliceState
from stadtdraht.usecases.broadcast.reporting.broadcast_report import broadcast_report
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_status
from stadtdraht.usecases.broadcast.reporting.unaccounted import unaccounted_people
from stadtdraht.usecases.broadcast.reporting.unanswered import SILENT_AFTER, unanswered_people
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from tests.support.adapters import FakeAdapters
from tests.support.builders.account import a_notice
from tests.support.builders.delivery import CAUSE, NOON, broadcast, outcome, person, town, work_slice
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.clicks import FakeClicks
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.errands import FakeErrands
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns

MINUTE = timedelta(minutes=1)
LATER = NOON + timedelta(hours=2)


def snapshot(seq, state, *, moved=None, lane=0, epoch=1, **progress):
    at = None if moved is None else NOON + moved
    row = Progress(state, epoch=epoch, **({"cursor": "0", "settled": "0"} | progress))
    return SliceSnapshot(work_slice(seq=seq, lane=lane), row, at)


def seqs(found):
    return [it.work_slice.seq for it in found]


def judged(*snapshots, now=NOON + 5 * MINUTE, over=False):
    return seqs(abandoned_slices(snapshots, NOON, now, over=over))


def test_a_slice_is_not_given_up_while_somebody_may_still_work_on_it():
    running = snapshot(0, SliceState.RUNNING, moved=5 * MINUTE)
    waiting = snapshot(1, SliceState.WAITING, epoch=0)
    assert judged(running, waiting) == []
    assert judged(running, waiting, over=True) == [1]
    assert judged(snapshot(0, SliceState.RUNNING, moved=MINUTE), waiting) == []


def test_when_a_later_slice_of_the_lane_moves_the_message_of_an_earlier_one_is_gone():
    moving = snapshot(2, SliceState.RUNNING, moved=5 * MINUTE)
    assert judged(snapshot(0, SliceState.RUNNING, moved=MINUTE), moving) == [0]
    assert judged(snapshot(0, SliceState.WAITING, epoch=0), snapshot(1, SliceState.WAITING), moving) == [0]
    assert judged(snapshot(3, SliceState.WAITING, epoch=0), moving) == []
    elsewhere = snapshot(2, SliceState.RUNNING, moved=5 * MINUTE, lane=1)
    assert judged(snapshot(0, SliceState.RUNNING, moved=MINUTE), elsewhere) == []


def test_a_lane_in_which_nothing_moves_for_as_long_as_a_message_is_tried_is_given_up():
    lane = (snapshot(0, SliceState.RUNNING, moved=MINUTE), snapshot(1, SliceState.WAITING, epoch=0))
    assert judged(*lane, now=NOON + MINUTE + LANE_SILENT) == []
    assert judged(*lane, now=NOON + 2 * MINUTE + LANE_SILENT) == [0, 1]


def test_what_is_done_or_parked_is_never_given_up():
    lane = (snapshot(0, SliceState.DONE), snapshot(1, SliceState.PARKED))
    assert judged(*lane, now=LATER, over=True) == []


PEOPLE = sorted((person(number) for number in range(60)), key=lambda it: it.citizen_id)
ID = [it.citizen_id for it in PEOPLE]


def office(progress, outcomes=(), moved_at=NOON, people=PEOPLE):
    slices, deliveries = FakeSlices(), FakeDeliveries()
    slices.rows[CAUSE, 0, 0] = (work_slice(), progress, moved_at)
    asyncio.run(deliveries.record("bocholt", list(outcomes)))
    return {
        "slices": slices,
        "deliveries": deliveries,
        "audience": FakeAudience({it.citizen_id: it for it in people}),
    }


def of(number, kind=OutcomeKind.ACCEPTED):
    """The outcome of the person who comes at this place in the order of ids."""
    made = outcome(0, kind)
    return replace(made, key=replace(made.key, citizen_id=ID[number]))


def lost(found, now=LATER):
    return asyncio.run(unaccounted_people(Newsletter(broadcast(planned=60), town()), now, **found))


DEAD = Progress(
    SliceState.RUNNING, epoch=3, cursor=ID[29], settled=ID[9], leftover=(f"?{ID[2]}", f"?{ID[3]}", ID[4], ID[25])
)
OUTCOMES = [of(number) for number in (0, 1, 3, *range(5, 10), 12)]


def test_the_claimed_are_unknown_and_all_others_not_sent():
    found = office(DEAD, OUTCOMES)
    gone = lost(found)
    assert [row.citizen_id for row in gone.unknown] == [ID[2], *ID[10:12], *ID[13:25], *ID[26:30]]
    assert {(row.kind, row.at, row.reason) for row in gone.unknown} == {(OutcomeKind.UNKNOWN, NOON, "sender ended")}
    assert gone.not_sent == 2 + 30
    assert not lost(found, NOON + 5 * MINUTE).slices


def figures(found, now=LATER):
    kept = {name: found[name] for name in ("deliveries", "slices")}
    return broadcast_status(broadcast(planned=60), now, lost=lost(found, now), **kept)


def test_status_and_report_agree_on_who_was_lost():
    found = office(DEAD, OUTCOMES)
    seen = figures(found)
    assert (seen.accepted, seen.unknown, seen.not_sent, seen.waiting) == (9, 19, 32, 0)
    assert (seen.silent, seen.given_up, seen.finished) == (19, 1, False)
    told = broadcast_report(
        broadcast(planned=60), town(), citizens=FakeCitizens(), clicks=FakeClicks(), lost=lost(found), **found
    )
    assert (told.figures.accepted, told.figures.unknown, told.left_over, told.waiting) == (9, 19, 32, 0)
    assert [(it.reason, it.people) for it in told.reasons] == [("sender ended", 19)]


def test_while_another_slice_of_the_run_goes_on_only_the_dead_one_counts_as_not_sent():
    found = office(replace(DEAD, leftover=()), OUTCOMES)
    found["slices"].rows[CAUSE, 0, 0] = (work_slice(upto=ID[39]), replace(DEAD, leftover=()), NOON)
    alive = Progress(SliceState.RUNNING, epoch=1, cursor=ID[39], settled=ID[39])
    found["slices"].rows[CAUSE, 0, 1] = (work_slice(seq=1, after=ID[39]), alive, NOON + 5 * MINUTE)
    seen = figures(found, NOON + 5 * MINUTE)
    assert (seen.given_up, seen.not_sent) == (1, 10)
    assert seen.accepted + seen.unknown + seen.not_sent + seen.waiting == 60
    assert seen.waiting > 0


def test_a_status_settles_who_was_lost():
    found = office(DEAD, OUTCOMES)
    found["deliveries"].statuses_in_full.append((CAUSE, DeliveryRow(ID[13], 1, Status.DELIVERED, NOON)))
    seen = figures(found)
    assert (seen.unknown, seen.delivered, seen.accepted) == (18, 1, 10)


def test_who_is_silent_for_a_quarter_of_an_hour_is_named():
    done = Progress(SliceState.DONE, epoch=1, cursor="g", settled="g")
    unclear = replace(of(1, OutcomeKind.UNKNOWN), reason="ReadTimeout")
    erased = replace(of(5, OutcomeKind.UNKNOWN), reason="sender ended")
    found = office(done, [of(0), unclear, of(2, OutcomeKind.UNKNOWN), erased], people=PEOPLE[:5])
    found["deliveries"].statuses_in_full.append((CAUSE, DeliveryRow(ID[2], 1, Status.SENT, NOON)))
    kept = {name: found[name] for name in ("deliveries", "audience")}

    def named(now):
        return asyncio.run(unanswered_people(broadcast(), now, lost=lost(found, now), **kept))

    assert named(NOON + SILENT_AFTER - QUIET) == []
    first, second = named(NOON + SILENT_AFTER)
    assert (first.citizen_id, first.person, first.since) == (ID[1], PEOPLE[1].identity.phone, NOON)
    assert "keine klare Antwort" in first.why
    assert (second.citizen_id, second.person) == (ID[5], "")
    assert "unterbrochen" in second.why


@pytest.fixture
def ports():
    long_ago = datetime.now(UTC) - timedelta(days=3)
    return office(DEAD, OUTCOMES, moved_at=long_ago) | {
        "broadcasts": FakeBroadcasts({CAUSE: broadcast(planned=60, released_at=long_ago)}),
        "towns": FakeTowns({"bocholt": town()}),
        "account_snapshots": FakeAccountSnapshots(),
        "citizens": FakeCitizens(),
        "clicks": FakeClicks(),
    }


@pytest.fixture
def shell(ports):
    adapters = FakeAdapters(**ports, errands=FakeErrands())
    return lambda *words: CliRunner().invoke(app, ["broadcast", *words], obj=adapters, env={"COLUMNS": "300"})


def test_the_commands_say_who_was_lost_and_what_to_do(shell):
    value = json.loads(shell("unknown", CAUSE, "--json").stdout)
    assert len(value["unknown"]) == 19
    assert value["unknown"][0]["citizen_id"] == ID[2]
    assert PEOPLE[2].citizen_id in shell("unknown", CAUSE).stdout
    assert json.loads(shell("status", CAUSE, "--json").stdout)["given_up"] == 1
    assert json.loads(shell("status", CAUSE, "--json").stdout)["account"] == []
    told = shell("status", CAUSE).stdout
    assert f"stadtdraht broadcast unknown {CAUSE}" in told
    assert "stadtdraht dlq list" in told
    assert shell("unknown", "bocholt-n-20261124-nobody").exit_code == 1


COUNTERS = {"accepted", "sent", "delivered", "read", "failed", "unknown", "not_sent"}


def test_programs_find_the_same_counters_under_the_same_names(shell):
    status = json.loads(shell("status", CAUSE, "--json").stdout)
    about = {"broadcast_id", "town", "title", "state", "account", "reasons", "finished", "next_portion_at"}
    made_and_due = {"starts_at", "repeat", "created_by", "released_by"}
    assert set(status) == COUNTERS | about | made_and_due | {"planned", "silent", "waiting", "given_up"}
    report = json.loads(shell("report", CAUSE, "--json").stdout)
    assert set(report["figures"]) == COUNTERS | {"people"}
    assert report["by_district"]
    assert all(set(counters) == COUNTERS | {"people"} for counters in report["by_district"].values())


def test_the_status_shows_what_meta_holds_against_the_account(shell, ports):
    restriction = a_notice(told_at=datetime.now(UTC) - timedelta(hours=1))
    ports["account_snapshots"].add_notices("bocholt", [restriction])
    (found,) = json.loads(shell("status", CAUSE, "--json").stdout)["account"]
    assert (found["found"], found["grave"]) == ("RESTRICTED_BIZ_INITIATED_MESSAGING", True)
    assert "WhatsApp Manager" in shell("status", CAUSE).stdout
