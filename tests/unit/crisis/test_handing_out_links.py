"""How long a link holds, as the command line takes it."""

from datetime import timedelta

import pytest
import typer

from stadtdraht.cli.crisis.links import lifetime


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30d", timedelta(days=30)), (" 12h", timedelta(hours=12)), ("90m", timedelta(minutes=90))],
)
def test_how_long_a_link_holds_is_said_in_minutes_hours_or_days(text, expected):
    assert lifetime(text) == expected


@pytest.mark.parametrize("text", ["", "30", "d", "-1d", "0d", "367d", "1w", "1.5h", "9999999d"])
def test_other_spans_are_refused(text):
    with pytest.raises(typer.Exit):
        lifetime(text)
