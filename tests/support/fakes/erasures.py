"""Marks and proofs in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.privacy.privacy import ErasureProof


@dataclass
class FakeErasures:
    marked: set[tuple[str, str]] = field(default_factory=set)
    proved: dict[tuple[str, datetime, str], ErasureProof] = field(default_factory=dict)

    def mark(self, town: str, identity: WireIdentity, at: datetime) -> None:
        self.marked |= {(town, value) for value in identity.names}

    def is_marked(self, town: str, identity: WireIdentity) -> bool:
        return any((town, value) in self.marked for value in identity.spelt)

    def prove(self, proof: ErasureProof) -> None:
        self.proved[proof.town, proof.asked_at, proof.name] = proof

    def proofs(self, town: str) -> Sequence[ErasureProof]:
        return [proof for (of, _, _), proof in sorted(self.proved.items()) if of == town]
