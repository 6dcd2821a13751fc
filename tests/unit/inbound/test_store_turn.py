"""Who loses a race for a citizen or a case tries again, after a pause."""

import pytest

from stadtdraht.domain.inbound.turn import Overtaken
from stadtdraht.usecases.inbound import store_turn
from stadtdraht.usecases.inbound.store_turn import FIRST_PAUSE_S, TRIES, until_stored


@pytest.fixture
def pauses():
    return []


def test_who_is_first_waits_for_nobody(pauses):
    assert until_stored(lambda number: f"stored at try {number}", pauses.append) == "stored at try 0"
    assert pauses == []


def test_the_pauses_outlast_the_transaction_of_another(pauses):
    """Five tries once fell into one transaction of somebody else, and the act was refused."""

    def attempt(_):
        return "stored" if sum(pauses) >= 8 * FIRST_PAUSE_S else Overtaken()

    assert until_stored(attempt, pauses.append) == "stored"
    assert pauses == sorted(pauses)


def test_who_is_overtaken_at_every_try_hears_of_it_within_a_second(pauses):
    numbers = []

    def attempt(number):
        numbers.append(number)
        return Overtaken()

    assert isinstance(until_stored(attempt, pauses.append), Overtaken)
    assert (numbers, len(pauses)) == (list(range(TRIES)), TRIES - 1)
    assert sum(pauses) < 1


def test_two_who_lost_the_same_race_do_not_meet_again(pauses, monkeypatch):
    monkeypatch.setattr(store_turn.random, "uniform", lambda least, most: least)
    until_stored(lambda _: Overtaken(), pauses.append)
    shortest, pauses[:] = list(pauses), []
    monkeypatch.setattr(store_turn.random, "uniform", lambda least, most: most)
    until_stored(lambda _: Overtaken(), pauses.append)
    assert all(least < most for least, most in zip(shortest, pauses, strict=True))
