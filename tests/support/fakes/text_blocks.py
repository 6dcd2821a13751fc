"""Text blocks in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from stadtdraht.domain.staff.text_block import TextBlock


@dataclass
class FakeTextBlocks:
    found: dict[tuple[str, str], TextBlock] = field(default_factory=dict)

    def of_town(self, town: str) -> Sequence[TextBlock]:
        return [it for (of, _), it in self.found.items() if of == town]

    def get(self, town: str, block_id: str) -> TextBlock | None:
        return self.found.get((town, block_id))

    def put(self, town: str, block: TextBlock) -> None:
        standing = self.get(town, block.id)
        self.found[town, block.id] = replace(block, used=standing.used if standing else 0)

    def count_use(self, town: str, block_id: str) -> None:
        if standing := self.get(town, block_id):
            self.found[town, block_id] = replace(standing, used=standing.used + 1)

    def remove(self, town: str, block_id: str, now: datetime) -> None:
        self.found.pop((town, block_id), None)
