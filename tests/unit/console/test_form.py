"""Fields of forms, whatever somebody writes into them."""

from datetime import UTC, datetime

import pytest

from functions.console.web.request import Form


def test_a_time_of_our_own_comes_back():
    at = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert Form({"seen": [at.isoformat()]}).moment("seen") == at


@pytest.mark.parametrize("odd", ["", "x", "24.11.2026", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_anything_else_is_no_time(odd):
    assert Form({"seen": [odd]}).moment("seen") is None
    assert Form().moment("seen") is None
