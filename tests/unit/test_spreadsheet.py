"""What a spreadsheet is handed runs nothing of what people wrote, and stays readable."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.spreadsheet import BYTE_ORDER_MARK, harmless, table_lines


@pytest.mark.parametrize(
    "cell", ["=1+1", "@SUM(1)", "\t=1", "\r=1", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "-"]
)
def test_what_a_spreadsheet_would_run_is_marked_as_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ein Igel", "1=1", "-7.05", "+4915112345678", "51.83"])
def test_words_and_numbers_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_nothing_is_an_empty_cell():
    assert harmless(None) == ""


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_a_table_reads_back_cell_by_cell(rows):
    """Whatever stands in a cell: semicolons, quotes, breaks."""
    head, *read = csv.reader(table_lines(("Nummer", "Text"), rows), delimiter=";")
    assert head == [f"{BYTE_ORDER_MARK}Nummer", "Text"]
    assert read == [[harmless(cell) for cell in row] for row in rows]
