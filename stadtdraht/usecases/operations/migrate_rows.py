"""Brings every row to the shape that this version writes: after a deploy, while everything runs."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from stadtdraht.ports.migration import Migration, Renewal, RowsPage, StoredRows

KEYS_NAMED = 20  # of rows that nobody could read: whoever looks at these runs it again and sees the next


def migrate_rows(rows: StoredRows, clock: Callable[[], datetime], told: Callable[[Migration], None]) -> Migration:
    """Goes on where an unfinished walk to the same shapes ended, else begins anew; `told` hears of each page.

    A row is written before the page is noted as done: what is broken off between the two is looked at again, and is
    then of the present shape.
    """
    last = rows.migration()
    state = last if last and last.is_unfinished(rows.shapes) else Migration(rows.shapes, clock())
    for page in _pages(rows, state.after):
        state = replace(state, looked_at=state.looked_at + page.looked_at, after=page.next)
        for row in page.older:
            match rows.renew(row):
                case Renewal.RENEWED:
                    state = state.with_renewed(row.kind)
                case Renewal.OVERTAKEN:
                    state = replace(state, overtaken=state.overtaken + 1)
                case Renewal.UNREADABLE:
                    state = replace(state, unreadable=(*state.unreadable, row.key)[:KEYS_NAMED])
        if not page.next:
            state = replace(state, done_at=clock())
        rows.keep(state)
        told(state)
    return state


def count_older(rows: StoredRows) -> Mapping[str, int]:
    """How many rows of which kind a whole walk would renew. Changes nothing."""
    return Counter(row.kind for page in _pages(rows, "") for row in page.older)


def _pages(rows: StoredRows, after: str) -> Iterator[RowsPage]:
    """To the end of the table; the last one has no `next`."""
    while True:
        page = rows.page(after)
        yield page
        if not (after := page.next):
            return
