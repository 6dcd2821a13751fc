"""Tables for spreadsheets, which would run a cell of somebody else's words if it looks like a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs what begins so; OWASP, CSV Injection
BYTE_ORDER_MARK: Final = "\ufeff"  # or else a spreadsheet takes UTF-8 for something else


def table_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file that German spreadsheets open by a double click: cells are parted by semicolons."""
    for number, row in enumerate(chain((head,), rows)):
        line = io.StringIO()
        csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([harmless(cell) for cell in row])
        yield (BYTE_ORDER_MARK if number == 0 else "") + line.getvalue()


def harmless(cell: object) -> str:
    """The cell as text, marked as such by an apostrophe where a spreadsheet would run it. A number runs nothing."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
