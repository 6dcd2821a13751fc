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
        for piece in slices:
            waiting = Progress(SliceState.WAITING, epoch=0, cursor=piece.after, settled=piece.after)
            self.rows.setdefault(_key(piece), (piece, waiting, None))

    def all(self, cause: str) -> Sequence[tuple[Slice, Progress]]:
        return [(piece, progress) for key, (piece, progress, _) in sorted(self.rows.items()) if key[0] == cause]

    def snapshots(self, cause: str) -> Sequence[SliceSnapshot]:
        return [SliceSnapshot(*row) for key, row in sorted(self.rows.items()) if key[0] == cause]

    async def begin(self, piece: Slice, now: datetime) -> Progress:
        self.plan([piece])
        _, progress, claimed_at = self.rows[_key(piece)]
        if progress.state in (SliceState.DONE, SliceState.PARKED):
            return progress
        quiet_since = now - timedelta(seconds=QUIET_BEFORE_TAKEOVER_S)
        if progress.state is SliceState.RUNNING and claimed_at is not None and claimed_at > quiet_since:
            raise SliceStillRunning(piece.cause, piece.lane, piece.seq)
        mine = replace(progress, state=SliceState.RUNNING, epoch=progress.epoch + 1)
        self.rows[_key(piece)] = (piece, mine, now)
        return mine

    async def claim(self, piece: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        return self._move(piece, before, after, now)

    async def close(self, piece: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        return self._move(piece, before, after, now)

    def resume(self, piece: Slice, before: Progress, now: datetime) -> Progress | None:
        after = replace(before, state=SliceState.WAITING, turn=before.turn + 1)
        return after if self._move(piece, before, after, now) else None

    def _move(self, piece: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        if self.rows[_key(piece)][1] != before:
            return False
        self.rows[_key(piece)] = (piece, after, now)
        return True


def _key(piece: Slice) -> tuple[str, int, int]:
    return piece.cause, piece.lane, piece.seq
