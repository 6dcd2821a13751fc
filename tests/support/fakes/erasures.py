"""Marks and proofs in memory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.privacy.privacy import ErasureProof


@dataclass
class FakeErasures:
    marked: dict[tuple[str, str], datetime] = field(default_factory=dict)
    proved: dict[tuple[str, datetime, str], ErasureProof] = field(default_factory=dict)

    def mark(self, town: str, names: Collection[str], at: datetime) -> None:
        self.marked |= {(town, name): at for name in names}

    def is_marked(self, town: str, identity: WireIdentity) -> bool:
        return any((town, value) in self.marked for value in identity.spelt)

    def erased_at(self, town: str, identity: WireIdentity) -> datetime | None:
        times = [self.marked.get((town, value)) for value in identity.spelt]
        return max(filter(None, times), default=None)

    def prove(self, proof: ErasureProof) -> None:
        self.proved[proof.town, proof.asked_at, proof.name] = proof

    def proofs(self, town: str) -> Sequence[ErasureProof]:
        return [proof for (of, _, _), proof in sorted(self.proved.items()) if of == town]
