"""Port UndeliveredAnswers on the table: one small row beside the refusal or status that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table
from stadtdraht.domain.inbound.answer import AnswerRef
from stadtdraht.domain.retention import UNDELIVERED
from stadtdraht.domain.staff.notices import Undelivered

KIND: Final = "undelivered"  # the table's stream brings rows by it (infra/features/inbound.py)


@dataclass(frozen=True, slots=True)
class DynamoUndelivered:
    """What staff look after, and what they are told of by mail."""

    table: Table

    def since(self, town: str, at: datetime) -> Sequence[Undelivered]:
        rows = self.table.between(keys.undelivered(town), keys.instant(at), keys.LAST)
        found = {row["answer_id"]: row for row in rows}
        return [
            Undelivered(row["citizen_id"], row["answer_id"], keys.parse_instant(row["at"])) for row in found.values()
        ]


def undelivered_row(ref: AnswerRef, at: datetime) -> Item:
    """That an answer did not arrive. Meta may say so twice: then it is the same row."""
    return {
        "pk": keys.undelivered(ref.town),
        "sk": f"{keys.instant(at)}#{ref.answer_id}",
        "kind": KIND,
        "citizen_id": ref.citizen_id,
        "answer_id": ref.answer_id,
        "at": keys.instant(at),
        "expires_at": int((at + UNDELIVERED).timestamp()),
    }
