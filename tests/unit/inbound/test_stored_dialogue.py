"""What stands open, as the profile keeps it: also rows from before it had a shape of its own."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.adapters.dynamodb.inbound.dialogues import dialogue_of, dialogue_values
from stadtdraht.domain.dialogue import Asked, Dialogue, Question
from stadtdraht.domain.town import Offer

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
TIMES = st.none() | st.just(AT)
QUESTIONS = st.builds(
    Question,
    st.sampled_from(Asked),
    st.just(AT),
    st.lists(st.sampled_from(Offer), unique=True).map(tuple),
    st.lists(st.sampled_from(["events", "waste"]), unique=True).map(tuple),
    st.sampled_from(["", "wamid.1", "2026-0001"]),
)
DIALOGUES = st.builds(
    Dialogue,
    question=st.none() | QUESTIONS,
    last_case=st.sampled_from(["", "2026-0001"]),
    acknowledged_at=TIMES,
    in_contest_since=TIMES,
    held_entries=st.sampled_from([(), ("wamid.2",), ("wamid.2", "wamid.3")]),
    courtesy_for=st.sampled_from(["", "ab12"]),
    told_alert=st.sampled_from(["", "bocholt-a-20261124-aaaaaa"]),
)


@given(DIALOGUES)
def test_what_is_stored_is_read_again(dialogue):
    assert dialogue_of(dialogue_values(dialogue)) == dialogue


@given(DIALOGUES, DIALOGUES)
def test_of_two_the_later_says_what_is_open(first, second):
    assert first.joined(second).question == (second.question or first.question)
    assert first.joined(second).last_case == (second.last_case or first.last_case)


def test_a_row_from_before_is_read_with_the_time_of_the_last_message():
    row = {
        "dialogue": "consent",
        "dialogue_data": '{"offers": "news,chat", "case": "2026-0142", "acknowledged_at": "2026-11-24T11:00:00+00:00"}',
        "last_inbound_at": "2026-11-24T11:00:00.000Z",
    }
    assert dialogue_of(row) == Dialogue(
        Question(Asked.CONSENT, AT, (Offer.NEWS, Offer.CHAT)), last_case="2026-0142", acknowledged_at=AT
    )


@pytest.mark.parametrize("row", [{}, {"dialogue_data": "{}"}, {"dialogue": "consent", "dialogue_data": "{}"}])
def test_nothing_stands_open_where_nothing_is_said(row):
    assert dialogue_of(row) == Dialogue()
