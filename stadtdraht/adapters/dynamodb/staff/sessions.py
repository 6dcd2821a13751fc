"""Port Sessions on the table. What a cookie or a hidden field holds is stored as its digest alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.staff.session import Session
from stadtdraht.domain.staff.sign_in import Asked, Step

has_not_ended = "attribute_exists(pk) AND attribute_not_exists(ended_at)"


@dataclass(frozen=True, slots=True)
class DynamoSessions:
    """A row for each session, another that leads to it from its person, and one for each step of signing in."""

    table: Table

    def get(self, key: str) -> Session | None:
        row = self.table.get(keys.session(key), keys.SESSION)
        if row is None or "ended_at" in row:
            return None
        times = keys.parse_instant(row["since"]), keys.parse_instant(row["seen"])
        return Session(key, row["staff_id"], row["email"], row["csrf"], *times, row.get("device", ""))

    def put(self, session: Session) -> None:
        ends = {"expires_at": int(session.ends_at().timestamp())}
        way = {"pk": keys.staff_member(session.staff_id), "sk": f"{keys.STAFF_SESSION}{session.key}"}
        row = {
            "pk": keys.session(session.key),
            "sk": keys.SESSION,
            "staff_id": session.staff_id,
            "email": session.email,
            "csrf": session.csrf,
            "since": keys.instant(session.since),
            "seen": keys.instant(session.seen),
            "device": session.device or None,
        }
        for each in (way, row):  # in this order: no session without the way to end it
            self.table.client.put_item(TableName=self.table.name, Item=to_item({**each, **ends}))

    def touch(self, session: Session) -> None:
        self._update(keys.session(session.key), keys.SESSION, "SET seen = :at", {":at": keys.instant(session.seen)})

    def of(self, staff_id: str) -> Sequence[Session]:
        found = (self.get(key) for key in self._keys_of(staff_id))
        return sorted((it for it in found if it), key=lambda it: it.since, reverse=True)

    def end(self, key: str, now: datetime) -> None:
        self._end(key, keys.SESSION, now)

    def end_all(self, staff_id: str, now: datetime) -> None:
        for key in self._keys_of(staff_id):
            self.end(key, now)

    def end_all_of_gone(self, staff_id: str, now: datetime) -> None:
        """Each row stays until its own end, so that its cookie is answered as if there were no page."""
        left = "SET ended_at = :now, is_of_gone = :yes REMOVE staff_id, email, csrf, since, seen, device"
        for key in self._keys_of(staff_id):
            self._update(keys.session(key), keys.SESSION, left, {":now": keys.instant(now), ":yes": True})

    def is_of_gone(self, key: str) -> bool:
        row = self.table.get(keys.session(key), keys.SESSION)
        return row is not None and "is_of_gone" in row

    def put_step(self, step: Step) -> None:
        row = {
            "pk": keys.session(step.key),
            "sk": keys.STEP,
            "email": step.email,
            "asked": str(step.asked),
            "proof": step.proof,
            "secret": step.secret or None,
            "until": keys.instant(step.expires_at),
            "expires_at": int(step.expires_at.timestamp()),
        }
        self.table.client.put_item(TableName=self.table.name, Item=to_item(row))

    def step(self, key: str, now: datetime) -> Step | None:
        row = self.table.get(keys.session(key), keys.STEP)
        if row is None or "ended_at" in row:
            return None
        until = keys.parse_instant(row["until"])
        step = Step(key, row["email"], Asked(row["asked"]), row["proof"], until, row.get("secret", ""))
        return step if now < until else None

    def end_step(self, key: str, now: datetime) -> None:
        self._end(key, keys.STEP, now)

    def _keys_of(self, staff_id: str) -> Sequence[str]:
        rows = self.table.query(keys.staff_member(staff_id), prefix=keys.STAFF_SESSION, only=("sk",))
        return [row["sk"].removeprefix(keys.STAFF_SESSION) for row in rows]

    def _end(self, key: str, sk: str, now: datetime) -> None:
        ended = {":now": keys.instant(now), ":end": int(now.timestamp())}
        self._update(keys.session(key), sk, "SET ended_at = :now, expires_at = :end", ended)

    def _update(self, pk: str, sk: str, change: str, values: Mapping[str, Any]) -> None:
        """Nothing where there is no such row, or where it has ended."""
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item({"pk": pk, "sk": sk}),
                UpdateExpression=change,
                ConditionExpression=has_not_ended,
                ExpressionAttributeValues=to_item(values),
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
