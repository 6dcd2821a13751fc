"""What can be counted of planning stays within its bound, whatever the machine does."""

import tracemalloc

from tests.benchmarks.broadcast import planning

ROWS_A_PAGE = 50


def test_each_page_of_the_audience_is_read_once_and_those_of_warnings_twice_under_a_limit():
    figures = planning.counted(16 * 200, ROWS_A_PAGE)
    assert not [figure for figure in figures if figure.is_missed]
    assert [figure.value for figure in figures[:2]] == [1 + 16 * 4, 1 + 16 * 4 + 2 * 16]


def test_a_plan_counts_everyone_and_cuts_the_days():
    found, pages = planning.planned(1600, limit=1000, rows_a_page=ROWS_A_PAGE)
    assert found.audience.planned == pages.readers == 1600
    assert pages.rows == 1600 + 2 * 400
    assert sum(found.portions.per_day) == 1600
    assert found.portions.days == 2  # 400 sit on the places that are kept for warnings, and 600 others fit beside them


def test_memory_does_not_grow_with_the_audience():
    def peak_bytes(people):
        tracemalloc.start()
        try:
            planning.planned(people, limit=None, rows_a_page=ROWS_A_PAGE)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = 16 * ROWS_A_PAGE, 16 * ROWS_A_PAGE * 10
    planning.planned(few, limit=None)  # what boto3 loads once
    assert peak_bytes(many) < peak_bytes(few) + 1_000_000  # 7,200 recipients more would be some 6 MB
