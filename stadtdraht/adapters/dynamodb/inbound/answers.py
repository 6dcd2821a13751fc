"""Port Answers on the table: an answer row is claimed before it is sent, so that a repetition sends nothing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.inbound.undelivered import undelivered_row
from stadtdraht.adapters.dynamodb.table import Item, Table, condition_failed, from_item, to_item
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
        """One call for an answer that nobody has claimed: nearly each."""
        row, is_ours = self._claimed_first(ref, now)
        if row is None or row["progress"] == DONE:
            return Settled()
        attempt = int(row["attempt"])
        if not is_ours:
            age_s = (now - keys.parse_instant(row["claimed_at"])).total_seconds()
            is_reported = self._reported(ref)
            if is_reported or (age_s >= LOOK_AGAIN_S and attempt >= ATTEMPTS):
                outcome = "accepted" if is_reported else "unknown"
                self._change(ref, attempt, CLAIMED, progress=DONE, outcome=outcome)
                return Settled()
            if age_s < LOOK_AGAIN_S:
                return Wait(int(LOOK_AGAIN_S - age_s) + 1)
            if not self._change(ref, attempt, CLAIMED, attempt=attempt + 1, claimed_at=keys.instant(now)):
                return Wait(LOOK_AGAIN_S)
            attempt += 1
        return Send(Answer(ref, json.loads(row["body"])), row.get("to_user_id"), row.get("to_phone"), attempt)

    def record(self, ref: AnswerRef, attempt: int, outcome: SendOutcome, now: datetime) -> None:
        """Changes nothing where somebody has claimed it since."""
        at = keys.instant(now)
        match outcome:
            case Accepted(wamid=wamid):
                taken = {"outcome": "accepted", "wamid": message_id(wamid), "sent_at": at}
                self._change(ref, attempt, progress=DONE, **taken)
            case Refused(code=code):
                if self._change(ref, attempt, progress=DONE, outcome="refused", code=code, sent_at=at):
                    self.table.put_all([undelivered_row(ref, now)])
            case NotSent() | Halted():  # certainly not out: the next try is the same attempt
                self._change(ref, attempt, progress=WAITING, attempt=attempt - 1)
            case Unknown():
                pass  # stays claimed: after LOOK_AGAIN_S a status has settled it, or it is sent once more

    def _reported(self, ref: AnswerRef) -> bool:
        """Whether Meta has reported on it: then it took the message, whatever we heard."""
        return any(True for _ in self.table.query(_place(ref)[0], prefix=f"{_place(ref)[1]}#S#", limit=1))

    def _claimed_first(self, ref: AnswerRef, now: datetime) -> tuple[dict[str, Any] | None, bool]:
        """The row, and whether it is ours now; as it stands where somebody else's claim came first, or it is done."""
        try:
            changed = self.table.client.update_item(
                TableName=self.table.name,
                Key=_key(ref),
                UpdateExpression="SET progress = :claimed, claimed_at = :now, attempt = attempt + :one",
                ConditionExpression="progress = :waiting",
                ExpressionAttributeValues=to_item(
                    {":claimed": CLAIMED, ":now": keys.instant(now), ":one": 1, ":waiting": WAITING}
                ),
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            standing: Any = error.response.get("Item")
            return (from_item(standing) if standing else None), False
        return from_item(changed["Attributes"]), True

    def _change(self, ref: AnswerRef, attempt_before: int, progress_before: str = "", **values: Any) -> bool:
        """Sets these values if nobody else moved the row; whether it did."""
        guards = {"attempt": attempt_before, **({"progress": progress_before} if progress_before else {})}
        new = {f":{name}": value for name, value in values.items()}
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=_key(ref),
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
                ConditionExpression=" AND ".join(f"#{name} = :before_{name}" for name in guards),
                ExpressionAttributeNames={f"#{name}": name for name in {**values, **guards}},
                ExpressionAttributeValues=to_item(
                    {**new, **{f":before_{name}": value for name, value in guards.items()}}
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


def _key(ref: AnswerRef) -> dict[str, Any]:
    return to_item(dict(zip(("pk", "sk"), _place(ref), strict=True)))
