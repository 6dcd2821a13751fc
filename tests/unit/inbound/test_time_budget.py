"""One record of a batch never takes the time of its neighbours, and a rule that fails never takes an answer."""

import re
import time

import pytest

from functions import batch
from functions.batch import Guard, TookTooLong, seconds_for_one, time_budget
from stadtdraht.domain.inbound import concern_rules
from stadtdraht.observability import logger
from tests.support.town_office import ConversationHarness, words


class LambdaContext:
    def __init__(self, left_s):
        self.left_s = left_s

    def get_remaining_time_in_millis(self):
        return self.left_s * 1000


@pytest.mark.parametrize(("left_s", "seconds"), [(60, 5), (15, 5), (12, 2), (10, 0), (3, 0)])
def test_a_record_gets_its_share_and_the_last_ones_are_handed_on(left_s, seconds):
    assert seconds_for_one(LambdaContext(left_s)) == seconds


def test_a_pattern_that_runs_wild_ends_with_its_record():
    """The guard takes it for what it is: a record that failed, and goes to the retry queue."""
    begun = time.monotonic()
    with Guard(logger("test"), "took too long"), time_budget(0.05):
        re.match(r"(a|a)*b", "a" * 60)
    assert time.monotonic() - begun < 20


def test_no_library_swallows_the_end_of_the_time():
    assert not issubclass(TookTooLong, Exception)
    with pytest.raises(TookTooLong), time_budget(0.02):
        time.sleep(5)


def test_a_budget_that_is_kept_rings_no_more():
    with time_budget(0.02):
        pass
    time.sleep(0.05)
    assert batch.RECORD_S < 60


@pytest.mark.parametrize("town", ["vreden", "arnsberg", "bocholt"])
@pytest.mark.parametrize("error", [ValueError, IndexError, RecursionError, ZeroDivisionError])
def test_a_rule_that_raises_leaves_the_message_to_staff(monkeypatch, town, error):
    """Staff read it, the person hears that it has arrived, and nothing is tried for ever."""

    def fails(*_):
        raise error

    office = ConversationHarness(town)
    office.hears("Hallo")
    monkeypatch.setattr(concern_rules, "_taken", fails)
    (answer,) = office.hears("Die Laterne am Markt ist kaputt")
    assert words(answer)
    assert type(office.done.rule_error) is error
    assert office.person().conversation.waiting_since == office.at


def test_what_a_table_raises_is_tried_again(monkeypatch):
    def fails(*_, **__):
        raise OSError

    office = ConversationHarness()
    monkeypatch.setattr(type(office.ears), "read", fails)
    with pytest.raises(OSError):
        office.hears("Hallo")
