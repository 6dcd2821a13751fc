"""Cells of fewer than five people are not shown, and cannot be told by taking what is shown from the total."""

from collections.abc import Mapping
from enum import StrEnum

FEWEST_SHOWN = 5


class Hidden(StrEnum):
    """Why a number is not shown."""

    FEW = "few"
    """It counts one to four people."""
    NEARLY_ALL = "nearly_all"
    """One to four people are not in it."""
    COVERED = "covered"
    """With it, others could be told by subtraction."""


Cell = int | Hidden


def shown(people: int) -> Cell:
    """A number that stands alone."""
    return Hidden.FEW if 0 < people < FEWEST_SHOWN else people


def shown_parts(parts: Mapping[str, int]) -> dict[str, Cell]:
    """Cells that together are a total which is shown: each person stands in one of them.

    Where the hidden cells could be told from the total, the smallest of the others is hidden with them.
    """
    cells: dict[str, Cell] = {name: shown(people) for name, people in parts.items()}
    hidden = [name for name, cell in cells.items() if cell is Hidden.FEW]
    others = sorted((people, name) for name, people in parts.items() if name not in hidden)
    while hidden and others and (len(hidden) == 1 or sum(parts[name] for name in hidden) < FEWEST_SHOWN):
        people_first = [it for it in others if it[0]] or others
        others.remove(smallest := people_first[0])
        hidden.append(smallest[1])
        cells[smallest[1]] = Hidden.COVERED
    return cells


def shown_groups(groups: Mapping[str, int], total: int) -> dict[str, Cell]:
    """Cells of which a person may stand in several or in none, beside a total which is shown."""
    return {
        name: Hidden.NEARLY_ALL if 0 < total - people < FEWEST_SHOWN <= people else shown(people)
        for name, people in groups.items()
    }
