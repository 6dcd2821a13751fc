"""What a message means for a contest: by its own time, its form, its words and who sends it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.contests.contest import (
    LATE_NOTE_FOR,
    ContestForm,
    ContestPhase,
    EntryOutcome,
    acceptance_of,
    check_entry,
    current_of,
    entry_of,
)
from stadtdraht.domain.local_time import moment
from tests.support.builders.contests import ANKE, CLOSES, DELETED, DURING, OPENS, a_contest, a_photo, a_yes

SECOND = timedelta(seconds=1)
TEXT_CONTEST = a_contest(form=ContestForm.TEXT, keyword="Straßenname")


def answer(message, *, contest=None, accepted_terms="2026-11", entries=0, meant=True, perhaps=False):
    return check_entry(
        contest or a_contest(), message, accepted_terms=accepted_terms, entries=entries, meant=meant, perhaps=perhaps
    )


def a_text(text, **changes):
    return a_photo(kind="text", text=text, media_id="", **changes)


def test_a_photo_that_is_meant_for_it_is_an_entry_once_the_terms_are_accepted():
    assert answer(a_photo(), accepted_terms="") is EntryOutcome.ASK_TERMS
    assert answer(a_photo()) is EntryOutcome.ENTERED
    assert answer(a_photo(text="")) is EntryOutcome.ENTERED


def test_new_terms_are_accepted_anew():
    assert answer(a_photo(), accepted_terms="2025-03") is EntryOutcome.ASK_TERMS


def test_after_n_photos_it_is_full():
    assert [answer(a_photo(), entries=n) for n in (2, 3, 4)] == [
        EntryOutcome.ENTERED,
        EntryOutcome.FULL,
        EntryOutcome.FULL,
    ]


def test_a_photo_that_says_nothing_of_it_is_a_report_or_whatever_else():
    assert answer(a_photo(), meant=False) is None


def test_a_photo_that_may_be_meant_for_it_is_asked_about_while_it_is_open():
    assert answer(a_photo(), meant=False, perhaps=True) is EntryOutcome.ASK_WHETHER
    assert answer(a_photo(at=CLOSES), meant=False, perhaps=True) is None
    assert answer(a_photo(kind="video"), meant=False, perhaps=True) is None
    assert answer(a_photo(), contest=TEXT_CONTEST, meant=False, perhaps=True) is None


def test_words_bring_no_photo():
    assert answer(a_text("Ich mache mit bei Biodiversität")) is None
    assert answer(a_text("Danke, und wann ist die Jury?", at=CLOSES)) is None


def test_what_is_no_photo_is_asked_for_again():
    assert answer(a_photo(kind="video")) is EntryOutcome.WRONG_FORM
    assert answer(a_photo(kind="video"), accepted_terms="") is EntryOutcome.WRONG_FORM, "before the terms"
    assert answer(a_photo(kind="video"), meant=False) is None


def test_a_text_contest_is_answered_by_its_keyword_and_something_more():
    assert answer(a_text("strassenname: Igelweg"), contest=TEXT_CONTEST) is EntryOutcome.ENTERED
    assert answer(a_text("Straßenname"), contest=TEXT_CONTEST) is EntryOutcome.WRONG_FORM
    assert answer(a_photo(text="Straßenname"), contest=TEXT_CONTEST) is EntryOutcome.WRONG_FORM
    assert answer(a_text("Igelweg"), contest=TEXT_CONTEST, meant=False) is None
    assert answer(a_photo(), contest=TEXT_CONTEST, meant=False) is None


def test_the_deadline_is_a_moment_and_late_entries_get_a_kind_word_for_two_weeks():
    def sent(at):
        return answer(a_photo(at=at), accepted_terms="")

    assert sent(OPENS - SECOND) is None
    assert sent(OPENS) is EntryOutcome.ASK_TERMS
    assert sent(CLOSES - SECOND) is EntryOutcome.ASK_TERMS
    assert sent(CLOSES) is EntryOutcome.LATE
    assert sent(CLOSES + LATE_NOTE_FOR - SECOND) is EntryOutcome.LATE
    assert sent(CLOSES + LATE_NOTE_FOR) is None


@pytest.mark.parametrize("typed", ["2026-10-25 18:00", "2027-03-28 18:00", "2026-12-24 18:00"])
def test_a_deadline_on_the_day_of_a_clock_change_is_that_hour_in_the_town(typed):
    """Opened in the other half of the year; an hour before or after would be the mistake."""
    berlin = ZoneInfo("Europe/Berlin")
    contest = a_contest(closes_at=moment(typed, berlin), opens_at=moment(typed, berlin) - timedelta(days=60))
    wall = datetime.fromisoformat(typed).replace(tzinfo=berlin)
    assert answer(a_photo(at=(wall - SECOND).astimezone(UTC)), contest=contest) is EntryOutcome.ENTERED
    assert answer(a_photo(at=wall.astimezone(UTC)), contest=contest) is EntryOutcome.LATE


def test_a_photo_sent_in_time_and_processed_after_the_end_counts():
    """Nothing here asks what time it is now: the message's own time decides, for the contest and for the entry."""
    in_time = a_photo(at=CLOSES - SECOND)
    assert current_of([a_contest()], in_time.at) == a_contest()
    assert answer(in_time) is EntryOutcome.ENTERED
    assert not entry_of(a_contest(), in_time, ANKE, b"pepper").late


def test_closed_early_is_over_from_then_on_and_never_longer_than_its_deadline():
    assert answer(a_photo(at=DURING), contest=a_contest(closed_at=DURING)) is EntryOutcome.LATE
    assert a_contest(closed_at=CLOSES + SECOND).ends_at == CLOSES


def test_a_contest_that_was_closed_before_it_opened_was_never_there():
    called_off = a_contest(closed_at=OPENS - SECOND)
    assert {called_off.phase(at) for at in (OPENS - SECOND, OPENS, DURING, CLOSES)} == {ContestPhase.OVER}
    assert answer(a_photo(), contest=called_off) is None
    assert not called_off.overlaps(a_contest())


MINUTES = st.integers(-60 * 24 * 60, 60 * 24 * 60)
MESSAGES = st.builds(
    a_photo,
    at=MINUTES.map(lambda minutes: DURING + timedelta(minutes=minutes)),
    kind=st.sampled_from(["image", "text", "video", "audio", "sticker", "interactive"]),
    text=st.sampled_from(["", "Igel", "Biodiversität", "biodiversitaet: Igel"]),
    often_forwarded=st.booleans(),
)


@given(
    MESSAGES,
    st.sampled_from(["", "2026-11", "2025-01"]),
    st.integers(0, 5),
    st.booleans(),
    st.booleans(),
    st.sampled_from(ContestForm),
)
def test_only_what_was_sent_in_time_agreed_to_and_within_the_limit_is_an_entry(
    message, accepted_terms, entries, meant, perhaps, form
):
    contest = a_contest(form=form)
    found = answer(
        message, contest=contest, accepted_terms=accepted_terms, entries=entries, meant=meant, perhaps=perhaps
    )
    if found is EntryOutcome.ENTERED:
        assert OPENS <= message.at < CLOSES
        assert accepted_terms == contest.terms_version
        assert entries < contest.entries_per_person
        assert message.kind == ("image" if form is ContestForm.PHOTO else "text")
    assert (found is EntryOutcome.LATE) <= (CLOSES <= message.at < CLOSES + LATE_NOTE_FOR)
    assert (contest.phase(message.at) in (ContestPhase.PLANNED, ContestPhase.OVER)) <= (found is None)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=6), st.integers(0, 60))
def test_an_open_contest_comes_before_one_that_is_just_over(spans, day):
    contests = [
        a_contest(id=str(n), opens_at=OPENS + timedelta(days=first), closes_at=OPENS + timedelta(days=first + length))
        for n, (first, length) in enumerate(spans)
    ]
    at = OPENS + timedelta(days=day)
    phases = {contest.phase(at) for contest in contests}
    found = current_of(contests, at)
    best = next((it for it in (ContestPhase.OPEN, ContestPhase.LATE) if it in phases), None)
    assert (found.phase(at) if found else None) is best


def test_an_entry_is_the_same_whoever_computes_it_and_says_nothing_of_the_person():
    first = entry_of(a_contest(), a_photo(), ANKE, b"pepper")
    assert first == entry_of(a_contest(), a_photo(), ANKE, b"pepper")
    assert len(first.entry_id) == 10
    assert first.entry_id != entry_of(a_contest(), a_photo(wamid="wamid.2"), ANKE, b"pepper").entry_id
    assert (first.citizen_id, first.delete_at, first.late, first.text) == (ANKE, DELETED, False, "Ein Igel")


def test_what_came_late_is_kept_as_a_number_only():
    late = entry_of(a_contest(), a_photo(at=CLOSES), ANKE, b"pepper")
    assert (late.late, late.text, late.terms_version) == (True, "", "")


def test_a_yes_names_the_terms_as_they_stand():
    assert acceptance_of(a_contest(), ANKE, DURING) == a_yes()


def test_contests_overlap_only_when_both_are_open_at_some_moment():
    after = a_contest(id="next", opens_at=CLOSES, closes_at=CLOSES + timedelta(days=1))
    assert not a_contest().overlaps(after)
    assert a_contest().overlaps(replace(after, opens_at=CLOSES - SECOND))
    assert not a_contest(closed_at=DURING).overlaps(replace(after, opens_at=DURING))
