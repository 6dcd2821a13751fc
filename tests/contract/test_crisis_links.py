"""Ports CrisisLinks and Holders: one suite for the fakes and for the table."""

import threading
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb.crisis.holders import DynamoHolders
from stadtdraht.adapters.dynamodb.crisis.links import DynamoCrisisLinks
from stadtdraht.domain.crisis.links import LOCK, Guesses, Holder, LinkMode
from tests.support.builders.crisis import NOON, a_link
from tests.support.fakes.crisis_links import FakeCrisisLinks, FakeHolders


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def ports(request):
    if request.param == "fake":
        return FakeCrisisLinks(), FakeHolders()
    table = request.getfixturevalue("table")
    return DynamoCrisisLinks(table), DynamoHolders(table)


@pytest.fixture
def links(ports):
    return ports[0]


@pytest.fixture
def holders(ports):
    return ports[1]


def test_a_link_is_found_until_it_is_revoked(links):
    link, other = a_link(), a_link(link_id="l2", mode=LinkMode.DRILL)
    links.save(link)
    links.save(other)
    assert links.get("bocholt", "l1") == link
    assert list(links.all("bocholt")) == [link, other]
    assert links.get("vreden", "l1") is None
    assert links.revoke("bocholt", "l1")
    assert not links.revoke("bocholt", "l1")
    assert links.get("bocholt", "l1") is None
    assert list(links.all("bocholt")) == [other]


LINK, OTHER = a_link(), a_link(link_id="l2", mode=LinkMode.DRILL)


def test_wrong_pins_are_counted_at_the_link_and_for_its_holder_until_the_right_one_comes(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    holders.may_guess(LINK, "a", 5, NOON)
    holders.count_wrong_pin(LINK, NOON)
    holders.may_guess(LINK, "b", 5, NOON + timedelta(seconds=9))
    counted = holders.count_wrong_pin(LINK, NOON + timedelta(seconds=9))
    assert counted == holders.guesses(LINK) == Guesses(2, NOON + timedelta(seconds=9))
    holders.count_wrong_pin(OTHER, NOON + timedelta(seconds=10))
    assert holders.get("bocholt", "Leitstelle") == Holder(
        "bocholt", "Leitstelle", "hash", 3, NOON + timedelta(seconds=10)
    )
    holders.clear_wrong_pins(LINK)
    assert holders.get("bocholt", "Leitstelle") == Holder("bocholt", "Leitstelle", "hash")
    assert holders.guesses(LINK) == Guesses()
    assert holders.guesses(OTHER).wrong_pins == 1


def test_what_was_wrong_long_before_counts_for_nobody(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    holders.count_wrong_pin(LINK, NOON)
    holders.count_wrong_pin(LINK, NOON + LOCK)
    assert holders.get("bocholt", "Leitstelle").wrong_pins == 1


def test_five_different_guesses_are_let_through_and_the_same_again_costs_nothing(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    for mark in ("a", "b", "c", "a", "d", "e", "b"):
        assert holders.may_guess(LINK, mark, 5, NOON)
    assert not holders.may_guess(LINK, "f", 5, NOON)
    assert holders.may_guess(LINK, "a", 5, NOON)
    assert holders.may_guess(OTHER, "f", 5, NOON), "another link has guesses of its own"
    assert not holders.may_guess(OTHER, "g", 1, NOON)


def test_five_wrong_pins_lock_although_it_was_the_same_one(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    for _ in range(5):
        assert holders.may_guess(LINK, "a", 5, NOON)
        holders.count_wrong_pin(LINK, NOON)
    assert not holders.may_guess(LINK, "a", 5, NOON)
    assert not holders.may_guess(LINK, "a", 5, NOON + LOCK - timedelta(seconds=1))
    assert holders.guesses(LINK).locked_until == NOON + LOCK


def test_after_the_lock_all_guesses_are_there_again_and_the_right_pin_clears_all(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    for mark in "abcde":
        holders.may_guess(LINK, mark, 5, NOON)
        holders.count_wrong_pin(LINK, NOON)
    later = NOON + LOCK
    assert not holders.may_guess(LINK, "f", 5, later - timedelta(seconds=1))
    for mark in "fghij":
        assert holders.may_guess(LINK, mark, 5, later)
    assert holders.guesses(LINK).wrong_pins == 0
    assert not holders.may_guess(LINK, "k", 5, later)
    holders.clear_wrong_pins(LINK)
    assert holders.may_guess(LINK, "k", 5, later)
    for mark in "lmnopq":
        holders.may_guess(LINK, mark, 5, later)
    holders.save(Holder("bocholt", "Leitstelle", "new"))
    assert holders.may_guess(LINK, "r", 5, later)


def test_forty_guesses_at_once_are_five_and_forty_times_the_same_one_is_let_through(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))

    def at_once(marks):
        start, let = threading.Barrier(len(marks)), []

        def guess(mark):
            start.wait()
            let.append(holders.may_guess(LINK, mark, 5, NOON))

        hands = [threading.Thread(target=guess, args=(mark,)) for mark in marks]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        return sum(let)

    assert at_once([f"m{number}" for number in range(40)]) == 5
    holders.clear_wrong_pins(LINK)
    assert at_once(["right"] * 40) == 40


def test_a_new_pin_clears_the_count_and_a_new_link_alone_does_not(links, holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    holders.count_wrong_pin(LINK, NOON)
    links.save(a_link(link_id="l2"))
    assert holders.get("bocholt", "Leitstelle").wrong_pins == 1
    holders.save(Holder("bocholt", "Leitstelle", "new"))
    assert holders.get("bocholt", "Leitstelle") == Holder("bocholt", "Leitstelle", "new")
