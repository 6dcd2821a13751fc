"""Guessing a PIN: many at once are no more than one after the other, and the rightful holder still gets through."""

import threading
from datetime import timedelta

import pytest

from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.domain.crisis.alert import Raised
from stadtdraht.domain.crisis.links import LOCK, WRONG_PINS_ALLOWED
from stadtdraht.usecases.crisis.raise_alert import Press, Rejected, press
from tests.support.builders.crisis import NOON, a_link, a_town
from tests.support.crisis_page import PIN, PIN_HASH, CrisisPageHarness

SIGNER = LinkSigner({"k1": b"1" * 32, "k2": b"2" * 32})


class GuessingHarness:
    """Everybody reads the holder before anybody's PIN is looked at."""

    def __init__(self, hands):
        self.harness = CrisisPageHarness()
        self.harness.link()
        self.everybody_has_come = threading.Barrier(hands)
        self.compared = []

    def matches(self, pin, _hash):
        self.compared.append(pin)
        return pin == PIN

    def press(self, pin, number=0, now=NOON):
        link = a_link()
        what = Press("fire", (), 180, (), pin, "Bocholt", (f"n{number}",), SIGNER.mark(link, pin))
        return press(
            what,
            link,
            a_town(),
            now,
            alerts=self.harness.alerts,
            holders=self.harness.holders,
            queue=self.harness.line,
            pin_matches=self.matches,
            random=f"{number:06}",
            public_url="https://x.example",
        )

    def press_at_once(self, pins):
        holder, outcomes, one_at_a_time = self.harness.holders.get, [], threading.Lock()

        def read(*about):
            found = holder(*about)
            self.everybody_has_come.wait()
            return found

        self.harness.holders.get = read

        def atomic(does):  # as the table's conditional writes and transactions are
            def alone(*about):
                with one_at_a_time:
                    return does(*about)

            return alone

        self.harness.alerts.raise_once = atomic(self.harness.alerts.raise_once)
        for name in ("may_guess", "count_wrong_pin", "clear_wrong_pins"):
            setattr(self.harness.holders, name, atomic(getattr(self.harness.holders, name)))
        hands = [
            threading.Thread(target=lambda pin=pin, n=n: outcomes.append(self.press(pin, n)))
            for n, pin in enumerate(pins)
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        return outcomes


def test_a_hundred_guesses_at_once_are_five():
    guessing = GuessingHarness(100)
    outcomes = guessing.press_at_once([f"{number:06}" for number in range(100)])
    assert len(guessing.compared) == WRONG_PINS_ALLOWED
    assert all(isinstance(outcome, Rejected) for outcome in outcomes)


def test_fifty_hands_with_the_right_pin_all_get_through():
    guessing = GuessingHarness(50)
    outcomes = guessing.press_at_once([PIN] * 50)
    assert not any(isinstance(outcome, Rejected) for outcome in outcomes)
    assert sum(isinstance(outcome, Raised) for outcome in outcomes) == 1


def test_a_locked_holder_cannot_be_guessed_even_with_the_right_pin():
    guessing = GuessingHarness(1)
    for number in range(WRONG_PINS_ALLOWED):
        guessing.press(f"{number:06}", number)
    assert isinstance(guessing.press(PIN), Rejected)
    assert isinstance(guessing.press(PIN, now=NOON + LOCK + timedelta(seconds=1)), Raised)


@pytest.mark.parametrize("other", [{"town": "vreden"}, {"holder": "Feuerwehr"}])
def test_a_mark_tells_guesses_apart_and_says_nothing_of_the_pin(other):
    mark = SIGNER.mark(a_link(), PIN)
    assert mark == SIGNER.mark(a_link(link_id="l2"), PIN), "another link of the same holder is no further guess"
    assert mark != SIGNER.mark(a_link(), "482914")
    assert mark != SIGNER.mark(a_link(**other), PIN)
    assert PIN not in mark
    assert PIN_HASH not in mark
    assert SIGNER.mark(a_link(), "\ud800"), "whatever was typed has one"
