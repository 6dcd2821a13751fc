"""Signs of life of lines, in memory."""

from dataclasses import dataclass, field

from stadtdraht.domain.whatsapp.line_signs import LineSigns


@dataclass
class FakeLineSigns:
    found: dict[str, LineSigns] = field(default_factory=dict)

    def of_town(self, town: str) -> LineSigns:
        return self.found.get(town, LineSigns())
