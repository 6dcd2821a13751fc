"""One writes, another one releases: told apart by staff id, and by name where there is none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.broadcast.broadcast import BroadcastState, NewsletterNotFit, NotADraft
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest
from stadtdraht.domain.broadcast.four_eyes import NotAsked, OwnRelease, ReasonMissing
from stadtdraht.usecases.broadcast.load_broadcast import ChangedMeanwhile
from stadtdraht.usecases.broadcast.writing.ask_release import ask_release, send_back
from stadtdraht.usecases.broadcast.writing.release_broadcast import SecondPersonNeeded, edit_draft, release_draft
from tests.support.builders.newsletter import MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.web import FakeLinks

TOWN = replace(a_newsletter_town(), two_person_release=True)
KATRIN = Colleague("Katrin Overbeck", "k-1")
JANA = Colleague("Jana Terhorst", "j-1")
NAMESAKE = Colleague("Katrin Overbeck", "k-2")
BERND = Colleague("Bernd Wissing", "b-1")
LATER = MONDAY + timedelta(hours=1)


class Office:
    def __init__(self, by=KATRIN):
        made = a_draft(story(1), story(2))
        self.broadcasts = FakeBroadcasts()
        self.made = replace(
            made, created_by=by.name, created_by_id=by.staff_id, writer_ids=frozenset({by.staff_id} - {""})
        )
        self.broadcasts.create(self.made)

    @property
    def stored(self):
        return self.broadcasts.get(self.made.broadcast_id)

    def edit(self, by, now=LATER):
        return edit_draft(self.stored, TOWN, self.stored.items, "Neu", by, now, broadcasts=self.broadcasts)

    def ask(self, of=JANA, by=KATRIN, **more):
        request = ReleaseRequest(by, MONDAY, of, **more)
        ports = {"broadcasts": self.broadcasts, "links": FakeLinks(), "public_url": PUBLIC_URL}
        return ask_release(self.stored, TOWN, request, **ports)

    def release(self, by):
        ports = {"broadcasts": self.broadcasts, "links": FakeLinks(), "public_url": PUBLIC_URL}
        return release_draft(self.stored, TOWN, by, LATER, **ports)

    def back(self, why="Bitte Umleitung ergänzen", by=JANA, stored=None):
        return send_back(stored or self.stored, by, why, LATER, broadcasts=self.broadcasts)


def test_a_namesake_releases_and_the_author_does_not():
    office = Office()
    with pytest.raises(SecondPersonNeeded):
        office.release(KATRIN)
    with pytest.raises(SecondPersonNeeded):
        office.release(replace(KATRIN, name="K. Overbeck"))
    assert (office.release(NAMESAKE).released_by_id, office.stored.state) == ("k-2", BroadcastState.RELEASED)


def test_nobody_releases_what_they_changed_whoever_changed_it_after_them():
    office = Office()
    office.edit(JANA)
    office.edit(BERND)
    for one in (KATRIN, JANA, BERND):
        with pytest.raises(SecondPersonNeeded):
            office.release(one)
    assert office.release(NAMESAKE).released_by == "Katrin Overbeck"


def test_a_typed_name_is_compared_with_the_last_author_s_whoever_typed_it():
    office = Office(Colleague("Anna"))
    with pytest.raises(SecondPersonNeeded):
        office.release(Colleague(" anna "))
    with pytest.raises(SecondPersonNeeded):
        office.release(Colleague("Anna", "a-1"))
    assert office.release(JANA).released_by_id == "j-1"


def test_a_draft_waits_for_who_was_asked_and_is_stored_with_its_proposed_hour():
    office = Office()
    made = office.ask(starts_at=MONDAY + timedelta(days=3))
    assert office.stored == made
    assert (made.state, made.asked.of, made.asked.starts_at) == (
        BroadcastState.DRAFT,
        JANA,
        MONDAY + timedelta(days=3),
    )


def test_nobody_is_asked_to_release_what_they_wrote_nor_anything_that_cannot_go_out():
    office = Office()
    with pytest.raises(OwnRelease):
        office.ask(of=KATRIN)
    edit_draft(office.stored, TOWN, (story(title=""),), None, KATRIN, LATER, broadcasts=office.broadcasts)
    with pytest.raises(NewsletterNotFit):
        office.ask()
    assert office.stored.asked is None


def test_it_goes_back_with_who_why_and_when_until_somebody_is_asked_again():
    office = Office()
    office.ask()
    back = office.back("  Bitte  Umleitung\nergänzen ").sent_back
    assert (back.by, back.why, back.at, office.stored.asked) == (JANA, "Bitte Umleitung ergänzen", LATER, None)
    office.edit(KATRIN)
    assert office.stored.sent_back == back
    assert office.ask().sent_back is None


def test_a_change_takes_the_wish_for_release_back():
    office = Office()
    office.ask()
    assert office.edit(KATRIN).asked is None
    assert office.stored.changed_at == LATER


def test_only_what_waits_goes_back_and_only_with_a_reason():
    office = Office()
    with pytest.raises(NotAsked):
        office.back()
    seen = office.ask()
    for why in ("", " \n ", "x" * 501):
        with pytest.raises(ReasonMissing):
            office.back(why)
    office.edit(KATRIN)
    with pytest.raises(ChangedMeanwhile):
        office.back(stored=seen)
    office.release(JANA)
    with pytest.raises(NotADraft):
        office.back()


def test_what_was_released_waits_for_nobody():
    office = Office()
    office.ask()
    assert office.release(JANA).asked is None
