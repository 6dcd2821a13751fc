"""Port of text blocks, which staff keep for their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from stadtdraht.domain.staff.text_block import TextBlock


class TextBlocks(Protocol):
    """Those of a town."""

    def of_town(self, town: str) -> Sequence[TextBlock]:
        """In no order."""

    def get(self, town: str, block_id: str) -> TextBlock | None: ...
    def put(self, town: str, block: TextBlock) -> None:
        """A new one, or over what stood there; how often it was used stays."""

    def count_use(self, town: str, block_id: str) -> None:
        """Harmless for one that is gone."""

    def remove(self, town: str, block_id: str, now: datetime) -> None:
        """Harmless to repeat."""
