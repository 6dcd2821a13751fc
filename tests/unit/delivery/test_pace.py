"""A lane's pace: never above its number's rate in any second, whatever the waiting looks like."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.delivery.pace import (
    LEAST_SHARE,
    MOST_SHARE,
    USUAL_SHARE,
    Arrival,
    Jitter,
    Pacer,
    heard_mps,
    pace_mps,
    room_mps,
)
from tests.support.builders.delivery import NOON


def sent_at(pacer, pauses_s, count):
    """Times of `count` sends by somebody who is late by a pause before each."""
    now_s, times = 0.0, []
    for number in range(count):
        now_s += pauses_s[number % len(pauses_s)]
        now_s += pacer.take(now_s)
        times.append(now_s)
    return times


def peak_1s(times):
    return max(sum(start <= at < start + 1 for at in times[index:]) for index, start in enumerate(times))


@given(
    st.sampled_from([20, 80, 150, 1000]),
    st.floats(0, 0.2),
    st.lists(st.floats(0, 0.4), min_size=1, max_size=8),
)
def test_no_second_carries_more_than_the_number_allows(rate_mps, jitter_s, pauses_s):
    pacer = Pacer(pace_mps(room_mps(rate_mps, 0, jitter_s), 1))
    assert peak_1s(sent_at(pacer, pauses_s, 300)) <= rate_mps


@given(st.sampled_from([20, 80, 1000]), st.floats(0, 1000), st.floats(0, 12))
def test_a_newsletter_takes_half_of_its_number_at_least_and_never_all_of_it(rate_mps, heard, jitter_s):
    assert LEAST_SHARE * rate_mps <= room_mps(rate_mps, heard, jitter_s) <= MOST_SHARE * rate_mps


@given(st.sampled_from([20, 80, 1000]), st.floats(0, 100), st.floats(0, 1), st.floats(0, 20), st.floats(0, 1))
def test_more_who_write_and_more_jitter_never_leave_more_room(rate_mps, heard, jitter_s, more_heard, more_jitter_s):
    assert room_mps(rate_mps, heard + more_heard, jitter_s + more_jitter_s) <= room_mps(rate_mps, heard, jitter_s)


def test_on_a_steady_network_and_a_quiet_night_nearly_all_of_it_is_taken_and_on_a_usual_one_nine_tenths():
    assert room_mps(80, 0, 0.001) == MOST_SHARE * 80
    assert abs(room_mps(80, 0, Jitter().mean_s) - USUAL_SHARE * 80) < 2


def arrivals(*ages_s):
    return [Arrival(NOON - timedelta(seconds=age_s), 1) for age_s in ages_s]


def test_what_came_lately_counts_by_the_second_and_what_came_before_does_not():
    assert heard_mps(arrivals(), NOON) == 0
    assert heard_mps(arrivals(1.2, 1.4, 1.6, 1.9), NOON) == 2
    assert heard_mps(arrivals(0.1, 0.5, 0.9), NOON) == 3  # a wave begins
    assert heard_mps(arrivals(2.1, 60), NOON) == 0
    assert heard_mps([Arrival(NOON, 40)], NOON) == 40


def test_jitter_is_the_mean_difference_of_neighbours_and_forgets():
    jitter = Jitter()
    for number in range(200):
        jitter.see(0.12 if number % 2 else 0.16)
    assert abs(jitter.mean_s - 0.04) < 0.001
    for _ in range(200):
        jitter.see(0.12)
    assert jitter.mean_s < 0.001


def test_a_run_without_delays_lasts_as_long_as_its_pace_says():
    times = sent_at(Pacer(72), [0.0], 720)
    assert abs(times[-1] - times[0] - 10) < 0.1


def test_small_delays_are_made_up_for():
    times = sent_at(Pacer(72), [0.015, *[0.0] * 19], 720)
    assert abs(times[-1] - times[0] - 10) < 0.2


def test_long_ones_are_not():
    pacer = Pacer(10)
    sent_at(pacer, [0.0], 3)
    assert [round(at, 2) for at in sent_at(pacer, [60.0, 0.0, 0.0], 3)] == [60.0, 60.08, 60.18]


def test_a_throttle_slows_down_once_a_second_and_quiet_seconds_speed_up_again():
    pacer = Pacer(80)
    for _ in range(5):
        pacer.throttled(10.0)
    assert pacer.mps == 60
    pacer.throttled(11.5)
    assert pacer.mps == 45
    pacer.take(16.5)
    assert pacer.mps == 65
    pacer.take(40.0)
    assert pacer.mps == 80


def test_a_target_that_rises_is_heeded_by_the_next_slot():
    pacer = Pacer(4)
    assert pacer.take(0.0) == 0
    pacer.target_mps = 20
    assert round(pacer.take(0.01), 3) == 0.02
