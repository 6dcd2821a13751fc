"""Signs of life of a town's line stand beside whatever is written for it, once a minute, and how many wrote, with each
webhook that brings messages (docs/data-model.md).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from stadtdraht.adapters.dynamodb import keys


def without_signs(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows that a test is about."""
    return [row for row in rows if not row["pk"].endswith((keys.line(""), keys.arrivals("")))]
