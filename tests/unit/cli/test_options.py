"""What several commands share."""

import getpass
from datetime import UTC, datetime

import pytest

from stadtdraht.cli.options import operator
from stadtdraht.cli.output import local_time
from tests.support.builders.delivery import town


def test_who_is_named_did_it():
    """--by goes before the computer's user."""
    assert operator("Anna") == "Anna"


@pytest.mark.parametrize("why", [KeyError("getpwuid(): uid not found: 54321"), OSError("no user")])
def test_a_user_without_a_name_is_unnamed_and_no_traceback(monkeypatch, why):
    """A container may run under a user id that its password file lacks: KeyError, from Python 3.13 on OSError."""

    def nobody():
        raise why

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert operator() == "unnamed"


def test_a_time_is_told_by_the_town_s_clock():
    """In summer and in winter, whatever the zone of the computer is."""
    assert local_time(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), town()) == "2026-07-02 00:30"
    assert local_time(datetime(2026, 12, 1, 8, 0, tzinfo=UTC), town()) == "2026-12-01 09:00"
