"""What can be counted stays within its bound, whatever the machine does."""

import pytest

from tests.benchmarks.inbound import counted


@pytest.mark.parametrize("figure", counted.figures(), ids=lambda figure: figure.name)
def test_calls_and_write_units_of_an_update_stay_within_their_bounds(figure):
    assert not figure.is_missed, f"{figure.value} {figure.unit}"
