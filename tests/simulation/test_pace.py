"""A newsletter takes what is left of its number, whoever writes meanwhile; decision 0016."""

import statistics

import pytest

from stadtdraht.domain.delivery import pace
from stadtdraht.usecases.delivery import send_slice
from tests.simulation.citizens_write import NETWORKS, PATTERNS, PEOPLE, at_a_fixed_pace, days

A_FIFTIETH = 50  # of the days that the delivery simulation has: each is ten of its days
SHARE_THROTTLED = 0.0001
SLOW_TABLE = 0.09  # of the bound: calls of 1 to 40 ms, twice for each block; a real table's are made up for


@pytest.fixture
def seeds(pytestconfig):
    return range(0, pytestconfig.getoption("--seeds"), A_FIFTIETH)


@pytest.mark.parametrize("network", NETWORKS)
def test_when_nobody_writes_nothing_is_throttled_and_little_is_kept_free(network, seeds):
    found = days(seeds, PATTERNS["nobody writes"], NETWORKS[network])
    assert sum(it.throttled for it in found) <= SHARE_THROTTLED * PEOPLE * len(found)
    lasted = statistics.mean(it.times_the_bound for it in found)
    assert lasted <= {"steady network": 1.06, "usual network": 1.10}[network] + SLOW_TABLE


@pytest.mark.parametrize("network", NETWORKS)
def test_a_wave_is_carried_as_fast_as_at_the_old_fixed_pace_with_fewer_refusals(network, seeds, monkeypatch):
    left = days(seeds, PATTERNS["a wave of 40"], NETWORKS[network])
    monkeypatch.setattr(send_slice, "room_mps", at_a_fixed_pace)
    monkeypatch.setattr(pace, "FASTER_PER_S", 0.02)
    fixed = days(seeds, PATTERNS["a wave of 40"], NETWORKS[network])
    throttled = [sum(it.throttled for it in found) for found in (left, fixed)]
    lasted = [statistics.mean(it.times_the_bound for it in found) for found in (left, fixed)]
    assert throttled[0] < throttled[1] / 2
    assert lasted[0] < lasted[1] * 1.02  # what two handfuls of days tell apart


@pytest.mark.parametrize("pattern", ["two a second", "six a second"])
def test_while_people_write_steadily_their_answers_find_room(pattern, seeds):
    found = days(seeds, PATTERNS[pattern], NETWORKS["usual network"])
    assert sum(it.throttled for it in found) <= 5 * SHARE_THROTTLED * PEOPLE * len(found)
    assert sum(it.answers_throttled for it in found) <= len(found)
