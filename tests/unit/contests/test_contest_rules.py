"""What a message means for a call: by its own time, its form, its words and who sends it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.contests.contest import (
    LATE_NOTE_FOR,
    CallAnswer,
    CallForm,
    CallPhase,
    acceptance_of,
    answer_to,
    current_of,
    entry_of,
)
from stadtdraht.domain.local_time import moment
from tests.support.builders.contests import ANKE, CLOSES, DELETED, DURING, OPENS, a_call, a_photo, a_yes

SECOND = timedelta(seconds=1)
TEXT_CALL = a_call(form=CallForm.TEXT, keyword="Straßenname")


def answer(message, *, call=None, accepted_terms="2026-11", entries=0, one_way=True, asked=False):
    return answer_to(
        call or a_call(), message, accepted_terms=accepted_terms, entries=entries, one_way=one_way, asked=asked
    )


def a_text(text, **changes):
    return a_photo(kind="text", text=text, media_id="", **changes)


def test_a_photo_in_a_one_way_town_is_an_entry_once_the_terms_are_accepted():
    assert answer(a_photo(), accepted_terms="") is CallAnswer.ASK_TERMS
    assert answer(a_photo()) is CallAnswer.ENTERED
    assert answer(a_photo(text="")) is CallAnswer.ENTERED


def test_new_terms_are_accepted_anew():
    assert answer(a_photo(), accepted_terms="2025-03") is CallAnswer.ASK_TERMS


def test_after_n_photos_it_is_full():
    assert [answer(a_photo(), entries=n) for n in (2, 3, 4)] == [CallAnswer.ENTERED, CallAnswer.FULL, CallAnswer.FULL]


@pytest.mark.parametrize("caption", ["Biodiversität", "#BIODIVERSITÄT Igel", "fürs thema biodiversitaet!"])
def test_elsewhere_a_photo_is_an_entry_by_its_keyword(caption):
    assert answer(a_photo(text=caption), one_way=False) is CallAnswer.ENTERED


def test_elsewhere_a_photo_without_the_keyword_is_a_report_or_whatever_else():
    assert answer(a_photo(), one_way=False) is None
    assert answer(a_photo(text="Biodiversitätsschild beschädigt"), one_way=False) is None


def test_who_is_in_talk_about_the_call_needs_no_keyword_again():
    assert answer(a_photo(), one_way=False, asked=True) is CallAnswer.ENTERED
    assert answer(a_text("Danke, und wann ist die Jury?"), asked=True) is None


def test_what_is_no_photo_is_asked_for_again():
    assert answer(a_text("Ich mache mit bei Biodiversität")) is CallAnswer.WRONG_FORM
    assert answer(a_photo(kind="video"), asked=True) is CallAnswer.WRONG_FORM
    assert answer(a_text("Biodiversität"), accepted_terms="") is CallAnswer.ASK_TERMS


def test_who_just_writes_is_not_in_the_contest():
    assert answer(a_text("Guten Tag")) is None
    assert answer(a_photo(kind="video")) is None


def test_a_picture_that_goes_round_is_nobodys_entry():
    assert answer(a_photo(often_forwarded=True)) is None
    assert answer(a_photo(often_forwarded=True, text="Biodiversität")) is CallAnswer.ENTERED


def test_a_text_call_is_answered_by_its_keyword_and_something_more():
    assert answer(a_text("strassenname: Igelweg"), call=TEXT_CALL) is CallAnswer.ENTERED
    assert answer(a_text("Straßenname"), call=TEXT_CALL) is CallAnswer.WRONG_FORM
    assert answer(a_photo(text="Straßenname"), call=TEXT_CALL) is CallAnswer.WRONG_FORM
    assert answer(a_text("Igelweg"), call=TEXT_CALL, asked=True) is None
    assert answer(a_photo(), call=TEXT_CALL) is None


def test_the_deadline_is_a_moment_and_late_entries_get_a_kind_word_for_two_weeks():
    def sent(at):
        return answer(a_photo(at=at), accepted_terms="")

    assert sent(OPENS - SECOND) is None
    assert sent(OPENS) is CallAnswer.ASK_TERMS
    assert sent(CLOSES - SECOND) is CallAnswer.ASK_TERMS
    assert sent(CLOSES) is CallAnswer.LATE
    assert sent(CLOSES + LATE_NOTE_FOR - SECOND) is CallAnswer.LATE
    assert sent(CLOSES + LATE_NOTE_FOR) is None


@pytest.mark.parametrize("typed", ["2026-10-25 18:00", "2027-03-28 18:00", "2026-12-24 18:00"])
def test_a_deadline_on_the_day_of_a_clock_change_is_that_hour_in_the_town(typed):
    """Opened in the other half of the year; an hour before or after would be the mistake."""
    berlin = ZoneInfo("Europe/Berlin")
    call = a_call(closes_at=moment(typed, berlin), opens_at=moment(typed, berlin) - timedelta(days=60))
    wall = datetime.fromisoformat(typed).replace(tzinfo=berlin)
    assert answer(a_photo(at=(wall - SECOND).astimezone(UTC)), call=call) is CallAnswer.ENTERED
    assert answer(a_photo(at=wall.astimezone(UTC)), call=call) is CallAnswer.LATE


def test_a_photo_sent_in_time_and_processed_after_the_end_counts():
    """Nothing here asks what time it is now: the message's own time decides, for the call and for the entry."""
    in_time = a_photo(at=CLOSES - SECOND)
    assert current_of([a_call()], in_time.at) == a_call()
    assert answer(in_time) is CallAnswer.ENTERED
    assert not entry_of(a_call(), in_time, ANKE, b"pepper").late


def test_closed_early_is_over_from_then_on_and_never_longer_than_its_deadline():
    assert answer(a_photo(at=DURING), call=a_call(closed_at=DURING)) is CallAnswer.LATE
    assert a_call(closed_at=CLOSES + SECOND).ends_at == CLOSES


def test_a_call_that_was_closed_before_it_opened_was_never_there():
    called_off = a_call(closed_at=OPENS - SECOND)
    assert {called_off.phase(at) for at in (OPENS - SECOND, OPENS, DURING, CLOSES)} == {CallPhase.OVER}
    assert answer(a_photo(), call=called_off) is None
    assert not called_off.overlaps(a_call())


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
    st.sampled_from(CallForm),
)
def test_only_what_was_sent_in_time_agreed_to_and_within_the_limit_is_an_entry(
    message, accepted_terms, entries, one_way, asked, form
):
    call = a_call(form=form)
    found = answer(message, call=call, accepted_terms=accepted_terms, entries=entries, one_way=one_way, asked=asked)
    if found is CallAnswer.ENTERED:
        assert OPENS <= message.at < CLOSES
        assert accepted_terms == call.terms_version
        assert entries < call.entries_per_person
        assert message.kind == ("image" if form is CallForm.PHOTO else "text")
    assert (found is CallAnswer.LATE) <= (CLOSES <= message.at < CLOSES + LATE_NOTE_FOR)
    assert (call.phase(message.at) in (CallPhase.PLANNED, CallPhase.OVER)) <= (found is None)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=6), st.integers(0, 60))
def test_an_open_call_comes_before_one_that_is_just_over(spans, day):
    calls = [
        a_call(id=str(n), opens_at=OPENS + timedelta(days=first), closes_at=OPENS + timedelta(days=first + length))
        for n, (first, length) in enumerate(spans)
    ]
    at = OPENS + timedelta(days=day)
    phases = {call.phase(at) for call in calls}
    found = current_of(calls, at)
    best = next((it for it in (CallPhase.OPEN, CallPhase.LATE) if it in phases), None)
    assert (found.phase(at) if found else None) is best


def test_an_entry_is_the_same_whoever_computes_it_and_says_nothing_of_the_person():
    first = entry_of(a_call(), a_photo(), ANKE, b"pepper")
    assert first == entry_of(a_call(), a_photo(), ANKE, b"pepper")
    assert len(first.entry_id) == 10
    assert first.entry_id != entry_of(a_call(), a_photo(wamid="wamid.2"), ANKE, b"pepper").entry_id
    assert (first.citizen_id, first.delete_at, first.late, first.text) == (ANKE, DELETED, False, "Ein Igel")


def test_what_came_late_is_kept_as_a_number_only():
    late = entry_of(a_call(), a_photo(at=CLOSES), ANKE, b"pepper")
    assert (late.late, late.text, late.terms_version) == (True, "", "")


def test_a_yes_names_the_terms_as_they_stand():
    assert acceptance_of(a_call(), ANKE, DURING) == a_yes()


def test_calls_overlap_only_when_both_are_open_at_some_moment():
    after = a_call(id="next", opens_at=CLOSES, closes_at=CLOSES + timedelta(days=1))
    assert not a_call().overlaps(after)
    assert a_call().overlaps(replace(after, opens_at=CLOSES - SECOND))
    assert not a_call(closed_at=DURING).overlaps(replace(after, opens_at=DURING))
