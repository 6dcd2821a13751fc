"""Port Erasures on the table: marks that keep an import from bringing somebody back, and proofs without a person."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.identifiers import keyed_hash
from stadtdraht.domain.privacy.privacy import ErasureProof
from stadtdraht.domain.retention import ERASURE_PROOF, OPT_OUT_MARK

MARK_DIGITS = 32


@dataclass(frozen=True, slots=True)
class DynamoErasures:
    """`pepper` keys the marks: nobody can try numbers against them without it."""

    table: Table
    pepper: bytes

    def mark(self, town: str, names: Collection[str], at: datetime) -> None:
        when = {"erased_at": keys.instant(at), "expires_at": int((at + OPT_OUT_MARK).timestamp())}
        marks = sorted({self._mark(town, name) for name in names})
        self.table.put_all([{"pk": keys.opted_out(town), "sk": mark, **when} for mark in marks])

    def is_marked(self, town: str, identity: WireIdentity) -> bool:
        return any(self.table.get(keys.opted_out(town), self._mark(town, value)) for value in identity.spelt)

    def erased_at(self, town: str, identity: WireIdentity) -> datetime | None:
        marks = self.table.get_all([(keys.opted_out(town), self._mark(town, value)) for value in identity.spelt])
        times = [keys.parse_instant(row["erased_at"]) for row in marks.values() if "erased_at" in row]
        return max(times, default=None)

    def prove(self, proof: ErasureProof) -> None:
        row = {
            "pk": keys.erasures(proof.town),
            "sk": keys.erasure(proof.asked_at, proof.name),
            "by": proof.by,
            "rows": json.dumps(dict(proof.rows)),
            "files": proof.files,
            "done_at": keys.instant(proof.done_at) if proof.done_at else None,
            "expires_at": int((proof.asked_at + ERASURE_PROOF).timestamp()),
        }
        self.table.put_all([row])

    def proofs(self, town: str) -> Sequence[ErasureProof]:
        return [
            ErasureProof(
                town=town,
                name=row["sk"].partition("#")[2],
                asked_at=keys.parse_instant(row["sk"].partition("#")[0]),
                by=row["by"],
                rows=json.loads(row["rows"]),
                files=int(row["files"]),
                done_at=keys.parse_instant(row["done_at"]) if "done_at" in row else None,
            )
            for row in self.table.query(keys.erasures(town))
        ]

    def _mark(self, town: str, value: str) -> str:
        return keyed_hash(self.pepper, f"opted out\n{town}\n{value}", MARK_DIGITS)
