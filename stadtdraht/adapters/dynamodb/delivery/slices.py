"""Port Slices on the table: write-ahead claims of the delivery protocol (decision 0003)."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, from_item, to_item
from stadtdraht.domain.delivery.abandoned_slices import SliceSnapshot
from stadtdraht.domain.delivery.slices import QUIET_BEFORE_TAKEOVER_S, Progress, Purpose, Slice, SliceState
from stadtdraht.domain.errors import SliceStillRunning

NAMES = {  # `state` and `cursor` are reserved words of DynamoDB's expressions; so all go by a name
    "#state": "state",
    "#epoch": "epoch",
    "#cursor": "cursor",
    "#settled": "settled",
    "#leftover": "leftover",
    "#turn": "turn",
    "#halted_by": "halted_by",
}
UNGUARDED = ("leftover", "halted_by")  # the epoch and the cursor tell owners apart; rows of 0.1 have no halted_by


@dataclass(frozen=True, slots=True)
class DynamoSlices:
    """Progress of slices. The calls a sender makes run in a thread, so that its requests to Meta go on meanwhile."""

    table: Table

    def plan(self, slices: Sequence[Slice]) -> None:
        for work_slice in slices:
            try:
                self.table.client.put_item(
                    TableName=self.table.name,
                    Item=to_item(waiting_row(work_slice, SliceState.WAITING)),
                    ConditionExpression="attribute_not_exists(pk)",
                )
            except ClientError as error:
                if not condition_failed(error):
                    raise

    def all(self, cause: str) -> Sequence[tuple[Slice, Progress]]:
        rows = self.table.query(keys.cause(cause), prefix="SLICE#")
        return [(_slice(row), _progress(row)) for row in rows]

    def snapshots(self, cause: str) -> Sequence[SliceSnapshot]:
        rows = self.table.query(keys.cause(cause), prefix="SLICE#")
        return [SliceSnapshot(_slice(row), _progress(row), _moved_at(row)) for row in rows]

    async def begin(self, work_slice: Slice, now: datetime) -> Progress:
        return await asyncio.to_thread(self._begin, work_slice, now)

    def _begin(self, work_slice: Slice, now: datetime) -> Progress:
        row = self.table.get(keys.cause(work_slice.cause), keys.slice_(work_slice.lane, work_slice.seq))
        if row is None:
            self.plan([work_slice])
            row = waiting_row(work_slice, SliceState.WAITING)
        progress = _progress(row)
        if progress.state in (SliceState.DONE, SliceState.PARKED):
            return progress
        quiet_since = keys.instant(now - timedelta(seconds=QUIET_BEFORE_TAKEOVER_S))
        if progress.state is SliceState.RUNNING and row.get("claimed_at", "") > quiet_since:
            raise SliceStillRunning(work_slice.cause, work_slice.lane, work_slice.seq)
        mine = replace(progress, state=SliceState.RUNNING, epoch=progress.epoch + 1)
        if not self._move(work_slice, progress, mine, now):
            raise SliceStillRunning(work_slice.cause, work_slice.lane, work_slice.seq)
        return mine

    async def claim(self, work_slice: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        return await asyncio.to_thread(self._move, work_slice, before, after, now)

    async def close(self, work_slice: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        return await asyncio.to_thread(self._move, work_slice, before, after, now)

    def resume(self, work_slice: Slice, before: Progress, now: datetime) -> Progress | None:
        after = replace(before, state=SliceState.WAITING, handbacks=before.handbacks + 1)
        return after if self._move(work_slice, before, after, now) else None

    def _move(self, work_slice: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        """From `before` to `after` if the row still says `before`; the epoch in it is the fence."""
        old = {f":old_{name}": value for name, value in _values(before).items() if name not in UNGUARDED}
        new = {f":new_{name}": value for name, value in _values(after).items()}
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=to_item({"pk": keys.cause(work_slice.cause), "sk": keys.slice_(work_slice.lane, work_slice.seq)}),
                UpdateExpression="SET claimed_at = :now, "
                + ", ".join(f"{name} = :new_{name.removeprefix('#')}" for name in NAMES),
                ConditionExpression=" AND ".join(
                    f"{name} = :old_{name.removeprefix('#')}"
                    for name in NAMES
                    if name.removeprefix("#") not in UNGUARDED
                ),
                ExpressionAttributeNames=NAMES,
                ExpressionAttributeValues=to_item({":now": keys.instant(now), **old, **new}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            # A write whose answer was lost is repeated by the client and then finds its own result.
            current: Mapping[str, Any] = error.response.get("Item", {})  # type: ignore[assignment]
            found = from_item(current)
            return bool(found) and _progress(found) == after and found.get("claimed_at") == keys.instant(now)
        return True


def waiting_row(work_slice: Slice, state: SliceState) -> dict[str, Any]:
    """The row of a slice that nobody has begun; also part of the transaction that raises an alert."""
    return {
        "pk": keys.cause(work_slice.cause),
        "sk": keys.slice_(work_slice.lane, work_slice.seq),
        "slice": json.dumps(asdict(work_slice)),
        **_values(Progress(state, epoch=0, cursor=work_slice.after, settled=work_slice.after)),
    }


def _values(progress: Progress) -> dict[str, Any]:
    values = asdict(progress) | {"state": str(progress.state), "leftover": list(progress.leftover)}
    return values | {"turn": values.pop("handbacks")}


def _moved_at(row: Mapping[str, Any]) -> datetime | None:
    return keys.parse_instant(row["claimed_at"]) if "claimed_at" in row else None


def _slice(row: Mapping[str, Any]) -> Slice:
    values = json.loads(row["slice"])
    return Slice(**values | {"purpose": Purpose(values["purpose"])})


def _progress(row: Mapping[str, Any]) -> Progress:
    return Progress(
        state=SliceState(row["state"]),
        epoch=int(row["epoch"]),
        cursor=row["cursor"],
        settled=row["settled"],
        leftover=tuple(row["leftover"]),
        handbacks=int(row["turn"]),
        halted_by=int(row.get("halted_by", 0)),
    )
