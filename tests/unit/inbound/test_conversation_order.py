"""Within a second, which is all that WhatsApp tells, a conversation reads as it went."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.conversation import Line, with_quotes
from stadtdraht.domain.inbound.answer import AnswerRef
from tests.support.town_office import NOON


def test_the_question_stands_above_its_answers_and_a_note_below():
    lines = [Line(NOON, "note", "text", "n"), Line(NOON, "town", "text", "a"), Line(NOON, "citizen", "text", "q")]
    assert [line.who for line in with_quotes(lines)] == ["citizen", "town", "note"]


@given(st.permutations(range(5)))
def test_two_messages_of_one_second_stand_each_above_its_own_answer(order):
    """What staff wrote in that second stands below both."""
    said = [
        Line(NOON, "citizen", "text", "q1", message_id="1"),
        Line(NOON, "town", "text", "a1", answers="1"),
        Line(NOON, "citizen", "text", "q2", message_id="2"),
        Line(NOON, "town", "text", "a2", answers="2"),
        Line(NOON, "town", "text", "s", by="Kim"),
    ]
    told = [line.text for line in with_quotes(said[place] for place in order)]
    assert told in (["q1", "a1", "q2", "a2", "s"], ["q2", "a2", "q1", "a1", "s"])


@given(st.text(min_size=1))
def test_answers_of_one_message_sort_as_they_were_given(wamid):
    refs = [AnswerRef.new("vreden", "c", NOON, wamid, number).answer_id for number in range(4)]
    assert sorted(refs) == refs
    assert hashlib.sha256(wamid.encode()).hexdigest()[:12] in refs[0]
