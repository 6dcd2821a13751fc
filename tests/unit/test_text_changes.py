"""What was taken out of a text and put in."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.text_changes import Part, changes


def test_words_that_stay_are_told_apart_from_those_that_go_and_come():
    assert changes("Das Bad öffnet am Montag.", "Das Bad öffnet am Dienstag um 8 Uhr.") == (
        (Part.SAME, "Das Bad öffnet am "),
        (Part.GONE, "Montag."),
        (Part.NEW, "Dienstag um 8 Uhr."),
    )


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_both_texts_can_be_read_out_of_it(before, after):
    parts = changes(before, after)
    assert "".join(words for part, words in parts if part is not Part.NEW) == before
    assert "".join(words for part, words in parts if part is not Part.GONE) == after


def test_a_long_text_takes_no_time():
    began = process_time()
    assert changes("a " * 2000, "b a " * 1000)[0][0] is Part.GONE
    changes("a " * 300, "a b " * 150)
    assert process_time() - began < 1
