"""Ports CrisisLinks and Holders: one suite for the fakes and for the table."""

import threading
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb.crisis.holders import DynamoHolders
from stadtdraht.adapters.dynamodb.crisis.links import DynamoCrisisLinks
from stadtdraht.domain.crisis.links import LOCK, Holder, LinkMode
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


def test_wrong_pins_are_counted_until_the_right_one_comes(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    assert holders.get("bocholt", "Leitstelle").wrong_pins == 0
    holders.count_wrong_pin("bocholt", "Leitstelle", NOON)
    counted = holders.count_wrong_pin("bocholt", "Leitstelle", NOON + timedelta(seconds=9))
    assert counted == Holder("bocholt", "Leitstelle", "hash", 2, NOON + timedelta(seconds=9))
    assert holders.get("bocholt", "Leitstelle") == counted
    holders.clear_wrong_pins("bocholt", "Leitstelle")
    assert holders.get("bocholt", "Leitstelle") == Holder("bocholt", "Leitstelle", "hash")


def test_five_different_guesses_are_let_through_and_the_same_again_costs_nothing(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    for mark in ("a", "b", "c", "a", "d", "e", "b"):
        assert holders.may_guess("bocholt", "Leitstelle", mark, NOON)
    assert not holders.may_guess("bocholt", "Leitstelle", "f", NOON)
    assert holders.may_guess("bocholt", "Leitstelle", "a", NOON)
    assert not holders.may_guess("bocholt", "nobody", "a", NOON)


def test_after_the_lock_there_is_one_more_guess_and_the_right_pin_clears_all(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    for mark in "abcde":
        holders.may_guess("bocholt", "Leitstelle", mark, NOON)
    later = NOON + LOCK
    assert not holders.may_guess("bocholt", "Leitstelle", "f", later - timedelta(seconds=1))
    assert holders.may_guess("bocholt", "Leitstelle", "f", later)
    assert not holders.may_guess("bocholt", "Leitstelle", "g", later)
    holders.clear_wrong_pins("bocholt", "Leitstelle")
    assert holders.may_guess("bocholt", "Leitstelle", "g", later)
    for mark in "hijklm":
        holders.may_guess("bocholt", "Leitstelle", mark, later)
    holders.save(Holder("bocholt", "Leitstelle", "new"))
    assert holders.may_guess("bocholt", "Leitstelle", "n", later)


def test_forty_guesses_at_once_are_five_and_forty_times_the_same_one_is_let_through(holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))

    def at_once(marks):
        start, let = threading.Barrier(len(marks)), []

        def guess(mark):
            start.wait()
            let.append(holders.may_guess("bocholt", "Leitstelle", mark, NOON))

        hands = [threading.Thread(target=guess, args=(mark,)) for mark in marks]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        return sum(let)

    assert at_once([f"m{number}" for number in range(40)]) == 5
    holders.clear_wrong_pins("bocholt", "Leitstelle")
    assert at_once(["right"] * 40) == 40


def test_a_new_pin_clears_the_count_and_a_new_link_alone_does_not(links, holders):
    holders.save(Holder("bocholt", "Leitstelle", "hash"))
    holders.count_wrong_pin("bocholt", "Leitstelle", NOON)
    links.save(a_link(link_id="l2"))
    assert holders.get("bocholt", "Leitstelle").wrong_pins == 1
    holders.save(Holder("bocholt", "Leitstelle", "new"))
    assert holders.get("bocholt", "Leitstelle") == Holder("bocholt", "Leitstelle", "new")
