"""Rows of a town in memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class FakeTownData:
    """(town, kind) beside each row; people are those whose rows are of the kind "citizen profile"."""

    found: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)

    def citizen_ids(self, town: str) -> Iterator[str]:
        yield from (row["pk"].rpartition("#")[2] for kind, row in self.rows(town) if kind == "citizen profile")

    def rows(self, town: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        yield from ((kind, row) for of, kind, row in self.found if of == town)
