"""A lane's pace: never above its number's rate in any second, whatever the waiting looks like."""

from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.delivery.pace import CRISIS_SHARE, NEWSLETTER_SHARE, Pacer, pace_mps


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
    st.sampled_from([NEWSLETTER_SHARE, CRISIS_SHARE]),
    st.lists(st.floats(0, 0.4), min_size=1, max_size=8),
)
def test_no_second_carries_more_than_the_number_allows(rate_mps, share, pauses_s):
    assert peak_1s(sent_at(Pacer(pace_mps(rate_mps, share, 1)), pauses_s, 300)) <= rate_mps


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
    pacer.take(40.0)
    assert pacer.mps == 80


def test_a_target_that_rises_is_heeded_by_the_next_slot():
    pacer = Pacer(4)
    assert pacer.take(0.0) == 0
    pacer.target_mps = 20
    assert round(pacer.take(0.01), 3) == 0.02
