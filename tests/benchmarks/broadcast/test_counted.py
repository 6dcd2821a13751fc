"""What can be counted stays within its bound, whatever the machine does."""

from tests.benchmarks.broadcast.counted import figures


def test_calls_and_units_of_a_recipient_stay_within_their_bounds():
    found = figures()
    assert [figure.name for figure in found if figure.is_missed] == []
    assert sum(figure.most is not None for figure in found) == 5
