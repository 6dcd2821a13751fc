"""Guessing a PIN: many at once are no more than one after the other, and the rightful holder still gets through."""

import threading
from datetime import timedelta

import pytest

from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.domain.crisis.alert import AlreadyRaised, Raised
from stadtdraht.domain.crisis.links import LOCK, WRONG_PINS_ALLOWED, LinkMode
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

    def press(self, pin, number=0, now=NOON, **of):
        link = a_link(**of)
        what = Press(
            "fire", (), 180, (), pin, "Bocholt", (f"n{of.get('link_id', '')}{number}",), SIGNER.mark(link, pin)
        )
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


@pytest.mark.parametrize(("pin", "outcome"), [("000000", Rejected), (PIN, Raised)])
def test_nothing_but_the_guess_is_written_before_the_pin_is_known_to_be_right(pin, outcome):
    """From then on: the alert, its slices, and at last that wrong PINs are forgotten."""
    guessing, wrote = GuessingHarness(1), []

    def writes(port, name):
        does = getattr(port, name)

        def recorded(*about):
            wrote.append(name)
            return does(*about)

        setattr(port, name, recorded)

    harness = guessing.harness
    for port, names in (
        (harness.holders, ("may_guess", "count_wrong_pin", "clear_wrong_pins")),
        (harness.alerts, ("raise_once",)),
        (harness.line, ("put",)),
    ):
        for name in names:
            writes(port, name)
    matches = guessing.matches
    guessing.matches = lambda *about: wrote.append("compared") or matches(*about)
    assert isinstance(guessing.press(pin), outcome)
    after = ["count_wrong_pin"] if outcome is Rejected else ["raise_once", "put", "clear_wrong_pins"]
    assert wrote == ["may_guess", "compared", *after]


def test_a_locked_holder_cannot_be_guessed_even_with_the_right_pin():
    guessing = GuessingHarness(1)
    for number in range(WRONG_PINS_ALLOWED):
        guessing.press(f"{number:06}", number)
    assert isinstance(guessing.press(PIN), Rejected)
    assert isinstance(guessing.press(PIN, now=NOON + LOCK + timedelta(seconds=1)), Raised)


def guess_wrong(guessing, times, now=NOON, **of):
    return [guessing.press(f"{number:06}", number, now, **of) for number in range(times)]


def test_guessing_at_the_drill_link_locks_the_live_one_never():
    guessing = GuessingHarness(1)
    for quarter in range(5):
        guess_wrong(guessing, 9, NOON + quarter * (LOCK + timedelta(seconds=1)), link_id="l2", mode=LinkMode.DRILL)
    assert isinstance(guessing.press(PIN, now=NOON + 5 * LOCK), Raised)


def test_guessing_at_two_links_leaves_the_third_two_tries():
    guessing = GuessingHarness(1)
    for link_id in ("l2", "l3"):
        guess_wrong(guessing, 5, link_id=link_id)
    first, second = guess_wrong(guessing, 2)
    assert (first.tries_left, second.tries_left, second.locks) == (1, 0, True)
    assert isinstance(guessing.press(PIN), Rejected)
    assert isinstance(guessing.press(PIN, link_id="l4"), Raised)


def test_a_lock_begins_anew_when_it_has_run_out_and_says_until_when():
    guessing = GuessingHarness(1)
    assert [it.tries_left for it in guess_wrong(guessing, 5)] == [4, 3, 2, 1, 0]
    locked = guessing.press(PIN, now=NOON + LOCK - timedelta(seconds=1))
    assert locked.locked_until == NOON + LOCK, "asking while it is locked makes the lock no longer"
    assert "gesperrt bis 12:15 Uhr" in locked.text
    slip = guessing.press("123457", 7, NOON + LOCK)
    assert "Sie haben noch 4 Versuche" in slip.text
    assert isinstance(guessing.press(PIN, 8, NOON + LOCK), Raised)


def test_one_guess_each_quarter_of_an_hour_keeps_nobody_out():
    guessing = GuessingHarness(1)
    guess_wrong(guessing, 5)
    now = NOON
    for number in range(4):
        now += LOCK + timedelta(seconds=10)
        guessing.press(f"99999{number}", number, now)
        assert isinstance(guessing.press(PIN, 10 + number, now + timedelta(seconds=1)), Raised | AlreadyRaised)


def test_somebody_unknown_hears_that_and_not_that_a_pin_is_wrong():
    refused = GuessingHarness(1).press(PIN, holder="Niemand")
    assert refused.field == "holder"
    assert "niemand mit dem Namen „Niemand“" in refused.text


@pytest.mark.parametrize("other", [{"town": "vreden"}, {"holder": "Feuerwehr"}])
def test_a_mark_tells_guesses_apart_and_says_nothing_of_the_pin(other):
    mark = SIGNER.mark(a_link(), PIN)
    assert mark == SIGNER.mark(a_link(link_id="l2"), PIN), "another link of the same holder is no further guess"
    assert mark != SIGNER.mark(a_link(), "482914")
    assert mark != SIGNER.mark(a_link(**other), PIN)
    assert PIN not in mark
    assert PIN_HASH not in mark
    assert SIGNER.mark(a_link(), "\ud800"), "whatever was typed has one"
