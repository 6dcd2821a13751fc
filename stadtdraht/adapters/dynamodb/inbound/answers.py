"""Port Answers on the table: an answer row is claimed before it is sent, so that a repetition sends nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.inbound.undelivered import undelivered_row
from stadtdraht.adapters.dynamodb.table import Item, Table, condition_failed, to_item
from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.delivery.delivery import Accepted, Halted, NotSent, Refused, SendOutcome, Unknown
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.answer import Answer, AnswerClaim, AnswerRef, Send, Settled, Wait
from stadtdraht.domain.retention import CONVERSATION

WAITING, CLAIMED, DONE = "waiting", "claimed", "done"
LOOK_AGAIN_S = 30  # an unknown outcome may still be settled by a status
ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class DynamoAnswers:
    """Answers in their citizen's partition."""

    table: Table

    def pending(self, town: str, citizen_id: str, message_id: str) -> Sequence[AnswerRef]:
        rows = self.table.query(keys.citizen(town, citizen_id), prefix=keys.answer(""))
        return [
            AnswerRef(town, citizen_id, row["sk"].removeprefix(keys.answer("")))
            for row in rows
            if row.get("message_id") == message_id and row.get("progress") == WAITING
        ]

    def unsettled(self, town: str, citizen_id: str) -> bool:
        rows = self.table.query(keys.citizen(town, citizen_id), prefix=keys.answer(""))
        return any(row.get("progress") in (WAITING, CLAIMED) for row in rows)

    def claim(self, ref: AnswerRef, now: datetime) -> AnswerClaim:
        row = self.table.get(*_place(ref))
        if row is None or row["progress"] == DONE:
            return Settled()
        if row["progress"] == CLAIMED:
            age_s = (now - keys.parse_instant(row["claimed_at"])).total_seconds()
            if self._reported(ref) or (age_s >= LOOK_AGAIN_S and int(row["attempt"]) >= ATTEMPTS):
                self._change(ref, row, progress=DONE, outcome="accepted" if self._reported(ref) else "unknown")
                return Settled()
            if age_s < LOOK_AGAIN_S:
                return Wait(int(LOOK_AGAIN_S - age_s) + 1)
        attempt = int(row["attempt"]) + 1
        if not self._change(ref, row, progress=CLAIMED, attempt=attempt, claimed_at=keys.instant(now)):
            return Wait(LOOK_AGAIN_S)
        return Send(Answer(ref, json.loads(row["body"])), row.get("to_user_id"), row.get("to_phone"), attempt)

    def record(self, ref: AnswerRef, attempt: int, outcome: SendOutcome, now: datetime) -> None:
        row = self.table.get(*_place(ref))
        if row is None or int(row["attempt"]) != attempt:
            return
        at = keys.instant(now)
        match outcome:
            case Accepted(wamid=wamid):
                self._change(ref, row, progress=DONE, outcome="accepted", wamid=message_id(wamid), sent_at=at)
            case Refused(code=code):
                if self._change(ref, row, progress=DONE, outcome="refused", code=code, sent_at=at):
                    self.table.put_all([undelivered_row(ref, now)])
            case NotSent() | Halted():  # certainly not out: the next try is the same attempt
                self._change(ref, row, progress=WAITING, attempt=attempt - 1)
            case Unknown():
                pass  # stays claimed: after LOOK_AGAIN_S a status has settled it, or it is sent once more

    def _reported(self, ref: AnswerRef) -> bool:
        """Whether Meta has reported on it: then it took the message, whatever we heard."""
        return any(True for _ in self.table.query(_place(ref)[0], prefix=f"{_place(ref)[1]}#S#", limit=1))

    def _change(self, ref: AnswerRef, before: Mapping[str, Any], **values: Any) -> bool:
        """Sets these values if nobody else moved the row; whether it did."""
        names = {f"#{name}": name for name in values}
        new = {f":{name}": value for name, value in values.items()}
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item(dict(zip(("pk", "sk"), _place(ref), strict=True))),
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
                ConditionExpression="progress = :before_progress AND attempt = :before_attempt",
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=to_item(
                    {**new, ":before_progress": before["progress"], ":before_attempt": before["attempt"]}
                ),
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            return False
        return True


def answer_row(
    answer: Answer, to: WireIdentity, message_id: str, at: datetime, *, waited_since: datetime | None = None
) -> Item:
    """An answer that nobody has claimed; part of its turn's transaction.

    waited_since: since when its person had waited, where staff wrote it.
    """
    pk, sk = _place(answer.ref)
    return {
        "pk": pk,
        "sk": sk,
        "body": json.dumps(answer.body, ensure_ascii=False),
        "to_user_id": to.user_id,
        "to_phone": to.phone,
        "message_id": message_id,
        "waited_since": keys.instant(waited_since) if waited_since else None,
        "written_by": answer.written_by or None,
        "released_by": answer.released_by or None,
        "written_by_id": answer.written_by_id or None,
        "released_by_id": answer.released_by_id or None,
        "put_forward": answer.put_forward or None,
        "progress": WAITING,
        "attempt": 0,
        "expires_at": int((at + CONVERSATION).timestamp()),
    }


def _place(ref: AnswerRef) -> tuple[str, str]:
    return keys.citizen(ref.town, ref.citizen_id), keys.answer(ref.answer_id)
