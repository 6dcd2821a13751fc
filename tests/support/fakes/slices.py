"""Slices in memory, fenced as on the table."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from stadtdraht.domain.delivery.abandoned_slices import SliceSnapshot
from stadtdraht.domain.delivery.slices import QUIET_BEFORE_TAKEOVER_S, Progress, Slice, SliceState
from stadtdraht.domain.errors import SliceStillRunning


@dataclass
class FakeSlices:
    rows: dict[tuple[str, int, int], tuple[Slice, Progress, datetime | None]] = field(default_factory=dict)

    def plan(self, slices: Sequence[Slice]) -> None:
        for work_slice in slices:
            waiting = Progress(SliceState.WAITING, epoch=0, cursor=work_slice.after, settled=work_slice.after)
            self.rows.setdefault(_key(work_slice), (work_slice, waiting, None))

    def all(self, cause: str) -> Sequence[tuple[Slice, Progress]]:
        return [
            (work_slice, progress) for key, (work_slice, progress, _) in sorted(self.rows.items()) if key[0] == cause
        ]

    def snapshots(self, cause: str) -> Sequence[SliceSnapshot]:
        return [SliceSnapshot(*row) for key, row in sorted(self.rows.items()) if key[0] == cause]

    async def begin(self, work_slice: Slice, now: datetime) -> Progress:
        self.plan([work_slice])
        _, progress, claimed_at = self.rows[_key(work_slice)]
        if progress.state in (SliceState.DONE, SliceState.PARKED):
            return progress
        quiet_since = now - timedelta(seconds=QUIET_BEFORE_TAKEOVER_S)
        if progress.state is SliceState.RUNNING and claimed_at is not None and claimed_at > quiet_since:
            raise SliceStillRunning(work_slice.cause, work_slice.lane, work_slice.seq)
        mine = replace(progress, state=SliceState.RUNNING, epoch=progress.epoch + 1)
        self.rows[_key(work_slice)] = (work_slice, mine, now)
        return mine

    async def claim(self, work_slice: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        return self._move(work_slice, before, after, now)

    async def close(self, work_slice: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        return self._move(work_slice, before, after, now)

    def resume(self, work_slice: Slice, before: Progress, now: datetime) -> Progress | None:
        after = replace(before, state=SliceState.WAITING, handbacks=before.handbacks + 1)
        return after if self._move(work_slice, before, after, now) else None

    def _move(self, work_slice: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        if self.rows[_key(work_slice)][1] != before:
            return False
        self.rows[_key(work_slice)] = (work_slice, after, now)
        return True


def _key(work_slice: Slice) -> tuple[str, int, int]:
    return work_slice.cause, work_slice.lane, work_slice.seq
