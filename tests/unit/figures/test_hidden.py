"""Fewer than five people are not shown, and nobody can tell them by subtraction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.figures.hidden import FEWEST_SHOWN, Hidden, shown, shown_groups, shown_parts

FEW, COVERED, NEARLY_ALL = Hidden.FEW, Hidden.COVERED, Hidden.NEARLY_ALL


@pytest.mark.parametrize(("people", "cell"), [(0, 0), (1, FEW), (4, FEW), (5, 5)])
def test_one_to_four_are_few(people, cell):
    assert shown(people) == cell


def test_a_single_hidden_part_takes_the_smallest_other_with_it():
    assert shown_parts({"mitte": 40, "barlo": 3, "mussum": 12}) == {"mitte": 40, "barlo": FEW, "mussum": COVERED}


def test_two_hidden_parts_that_are_known_to_be_one_each_take_a_third():
    assert shown_parts({"a": 1, "b": 1, "c": 9, "d": 20}) == {"a": FEW, "b": FEW, "c": COVERED, "d": 20}


def test_enough_hidden_parts_leave_the_others():
    assert shown_parts({"a": 3, "b": 4, "c": 9}) == {"a": FEW, "b": FEW, "c": 9}


def test_nothing_is_hidden_where_all_are_many_or_nobody():
    assert shown_parts({"a": 5, "b": 0, "c": 9}) == {"a": 5, "b": 0, "c": 9}


def test_with_nobody_else_an_empty_part_covers():
    assert shown_parts({"a": 3, "b": 0}) == {"a": FEW, "b": COVERED}


def test_nearly_all_is_hidden_as_well():
    assert shown_groups({"a": 98, "b": 100, "c": 60, "d": 2}, 100) == {"a": NEARLY_ALL, "b": 100, "c": 60, "d": FEW}


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 60), min_size=2, max_size=9))
def test_the_total_tells_no_single_part(parts):
    cells = shown_parts(parts)
    hidden = [name for name, cell in cells.items() if isinstance(cell, Hidden)]
    rest = sum(parts.values()) - sum(cell for cell in cells.values() if not isinstance(cell, Hidden))
    assert all(not isinstance(cells[name], int) or parts[name] == cells[name] for name in parts)
    assert not [name for name, people in parts.items() if 0 < people < FEWEST_SHOWN and name not in hidden]
    assert len(hidden) != 1
    assert not hidden or rest >= FEWEST_SHOWN or len(hidden) == len(parts)
