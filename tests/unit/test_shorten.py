"""A text that is too long for its place ends between words, and shows that it was cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.text import shorten


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Ja, bitte", "Ja, bitte"),
        ("Ja, das möchte ich sehr gerne haben", "Ja, das möchte ich …"),
        ("Zwölf Zeichen hier, und mehr", "Zwölf Zeichen …"),
        ("Ab Samstag\nauf dem Kirchplatz", "Ab Samstag\nauf dem …"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffah…"),
        ("Die Donaudampfschifffahrtsgesellschaft", "Die Donaudampfschif…"),
    ],
)
def test_a_cut_falls_between_words_and_shows(text, cut):
    assert shorten(text, 20) == cut
    assert len(cut) <= 20


@given(st.text(max_size=300), st.integers(1, 200))
def test_a_cut_text_is_never_longer_than_asked(text, most):
    assert len(shorten(text, most)) <= most
    assert shorten(text, len(text)) == text


@given(st.lists(st.text("abcäöü", min_size=1, max_size=9), min_size=1, max_size=40), st.integers(20, 200))
def test_what_is_left_of_a_sentence_is_whole_words(words, most):
    cut = shorten(" ".join(words), most)
    assert cut.removesuffix(" …").split() == words[: len(cut.removesuffix(" …").split())]
