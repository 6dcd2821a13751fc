"""The reminder before the end, and the word to a winner."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.citizen import Citizen, OfferConsent, WireIdentity
from stadtdraht.domain.inbound.turn import Committed, Overtaken
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.contests.messages import NotToldWinner, remind, tell_winner
from tests.support.builders.contests import ANKE, CLOSES, a_contest, a_yes, an_entry
from tests.support.fakes.contests import FakeContests

BOCHOLT = read(Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml")
NOW = CLOSES - timedelta(hours=24)
HOUR = timedelta(hours=1)


class People:
    """Citizens as far as the town writes to them by itself; `overtaken`: so often somebody else is faster."""

    def __init__(self, *people, overtaken=0):
        self.people = {it.citizen_id: it for it in people}
        self.overtaken = overtaken
        self.told = []

    def get(self, town, citizen_id):
        return self.people.get(citizen_id)

    def commit(self, turn):
        assert (turn.message, turn.after.version) == (None, turn.before.version + 1)
        standing = self.people[turn.after.citizen_id]
        if self.overtaken:
            self.overtaken -= 1
            self.people[turn.after.citizen_id] = replace(standing, version=standing.version + 1)
        if standing is not turn.before or self.people[turn.after.citizen_id] is not turn.before:
            return Overtaken()
        self.people[turn.after.citizen_id] = turn.after
        self.told += [(it.ref.citizen_id, it.body["text"]["body"]) for it in turn.answers]
        return Committed(tuple(it.ref for it in turn.answers))


class Queue(list):
    def put(self, refs):
        self.extend(refs)


def a_person(citizen_id=ANKE, **changes):
    wrote = NOW - HOUR
    return replace(
        Citizen(citizen_id, "bocholt", WireIdentity(phone="49"), last_inbound_at=wrote, version=1), **changes
    )


def reminded(people, contests, contest=None, now=NOW):
    queue = Queue()
    count = remind(contest or a_contest(), BOCHOLT, now, contests=contests, citizens=people, queue=queue)
    assert count == len(queue) == len(people.told)
    return people.told


@pytest.fixture
def contests():
    found = FakeContests()
    found.accept(a_yes())
    return found


def test_who_agreed_and_has_entries_left_is_reminded_with_how_many(contests):
    contests.enter(an_entry())
    ((who, words),) = reminded(People(a_person()), contests)
    assert who == ANKE
    assert "2 von 3" in words
    assert "24. Dezember 2026 um 18:00 Uhr" in words


def test_the_reminder_is_said_in_the_language_of_the_person(contests):
    ((_, words),) = reminded(People(a_person(language="en")), contests)
    assert "3 of 3 entries" in words


def test_nobody_is_reminded_twice(contests):
    reminded(People(a_person()), contests)
    assert reminded(People(a_person()), contests) == []


@pytest.mark.parametrize(
    "person",
    [
        a_person(last_inbound_at=NOW - 24 * HOUR),
        a_person(last_inbound_at=NOW - 24 * HOUR + timedelta(minutes=5)),
        a_person(last_inbound_at=None),
        a_person(consents={Offer.NEWS: OfferConsent(granted=False, at=NOW - HOUR)}),
    ],
)
def test_who_cannot_or_would_not_be_written_to_is_left_alone(contests, person):
    assert reminded(People(person), contests) == []


def test_who_left_before_and_then_took_part_is_reminded(contests):
    before = a_yes().at - HOUR
    person = a_person(consents={Offer.NEWS: OfferConsent(granted=False, at=before)})
    assert len(reminded(People(person), contests)) == 1


def test_who_sent_everything_or_was_erased_is_not_reminded(contests):
    for number in range(3):
        contests.enter(an_entry(wamid=f"wamid.{number}"))
    assert reminded(People(a_person()), contests) == []
    assert reminded(People(), FakeContests(agreed=contests.agreed)) == []


def test_nobody_is_reminded_of_a_contest_that_was_closed(contests):
    assert reminded(People(a_person()), contests, a_contest(closed_at=NOW - HOUR)) == []


def test_who_writes_at_the_same_moment_is_still_reminded(contests):
    assert len(reminded(People(a_person(), overtaken=2), contests)) == 1


def test_who_keeps_writing_is_left_alone(contests):
    assert reminded(People(a_person(), overtaken=99), contests) == []


def test_a_winner_hears_it_in_the_towns_own_words():
    people, queue = People(a_person()), Queue()
    tell_winner(an_entry(), "Sie haben gewonnen!", "Kim", NOW, citizens=people, queue=queue)
    assert people.told == [(ANKE, "Sie haben gewonnen!")]
    assert len(queue) == 1


@pytest.mark.parametrize(
    ("people", "words", "why"),
    [
        (People(a_person(last_inbound_at=NOW - 25 * HOUR)), "Gewonnen!", "service window .* is closed"),
        (People(), "Gewonnen!", "was erased"),
        (People(a_person()), "", "1 to 4096"),
    ],
)
def test_a_winner_who_cannot_be_told_is_said_with_the_way_that_is_left(people, words, why):
    with pytest.raises(NotToldWinner, match=why):
        tell_winner(an_entry(), words, "Kim", NOW, citizens=people, queue=Queue())
    assert people.told == []
