"""Sends one slice: claim a block, send it at the lane's pace, write down what became of it; decision 0003.

Invariants: nobody is sent to before a claim that covers them; a claim that fails ends this owner; everyone up to
`settled` has an outcome row or stands in `leftover`. After a crash the next owner marks as unknown who was claimed and
has neither. Newsletters and alerts are sent by the same loop; their Policy holds every difference.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery.delivery import (
    DeliveryKey,
    Halted,
    NotSent,
    Outcome,
    OutcomeKind,
    SendOutcome,
    outcome_of,
)
from stadtdraht.domain.delivery.pace import (
    FIRST_SHARE,
    LATELY,
    NEWSLETTERS_YIELD_S,
    Jitter,
    Pacer,
    heard_mps,
    pace_mps,
    room_mps,
)
from stadtdraht.domain.delivery.slices import BLOCK, LEASE, RETRIED, Control, Progress, Slice, SliceState
from stadtdraht.usecases.delivery.protocol import (
    FIRST_LOOK_S,
    Cause,
    Clock,
    EndReason,
    Policy,
    SenderPorts,
    SliceResult,
    is_meant,
    send_one,
)
from stadtdraht.usecases.delivery.unsent import Leftover

BUDGET_S = 40.0  # then the slice is handed back; 60 s are the function's, and a request may hang for 12
BLOCKS_IN_FLIGHT = 4  # so that a lane waits for no answer: 80 requests outlast a latency of 1 s at 76 per second
AHEAD = 4  # people of a block who wait for their slots while the next is claimed: 50 ms at 76 per second
LOOKS_EVERY_S = 0.25  # at the control item: one read unit each, and nobody waits long for a newsletter to yield
LISTENS_EVERY_S = 0.5  # for messages that came in: half a read unit each
RETRY_PAUSE_S = 1.0  # between two tries of those who were certainly not sent to
RENEWS_EVERY_S = 20.0  # the crisis lease of 60 s
TROUBLE_PAUSE_S = 5.0  # before an alert's slice tries a number again that cannot send


_Sending = tuple[Recipient, asyncio.Task[tuple[SendOutcome, str]]]


async def send_slice(
    work_slice: Slice, cause: Cause, policy: Policy, ports: SenderPorts, clock: Clock, *, since_s: float | None = None
) -> SliceResult:
    """Works on the slice until it is done, stopped, overtaken, or out of time. Raises SliceStillRunning.

    since_s: monotonic seconds at which this owner's time began, where it had to wait before.
    """
    progress = await ports.slices.begin(work_slice, clock.now())
    if progress.state is not SliceState.RUNNING:
        return SliceResult(EndReason.NOTHING)
    control = await ports.controls.read(work_slice.town, work_slice.phone_number_id)
    return await _Owner(work_slice, cause, policy, ports, clock, progress, control, since_s).work()


@dataclass
class _Owner:
    """One owner of a slice, from begin to close."""

    work_slice: Slice
    cause: Cause
    policy: Policy
    ports: SenderPorts
    clock: Clock
    row: Progress  # as it stands in the table
    control: Control
    since_s: float | None = None
    kinds: list[OutcomeKind] = field(default_factory=list)
    throttled: int = 0
    halted_by: int = 0
    fenced: bool = False
    heard_mps: float = 0.0
    jitter: Jitter = field(default_factory=Jitter)
    leftover: Leftover = field(default_factory=Leftover)
    trying: tuple[str, ...] = ()  # out of leftover, being sent to once more
    flying: deque[tuple[str, asyncio.Task[None]]] = field(default_factory=deque)
    ahead: asyncio.Task[Sequence[Recipient]] | None = None  # the next block's claim

    def __post_init__(self) -> None:
        self.looked_s = self.clock.monotonic_s()
        self.started_s = self.looked_s if self.since_s is None else self.since_s
        self.renewed_s = self.listened_s = float("-inf")
        self.settled = self.row.settled
        self.leftover = Leftover.of(self.row.in_line)
        self.pacer = Pacer(self._target_mps())

    async def work(self) -> SliceResult:
        try:
            await self._listen()
            await self._account_for_the_last_owner()
            await self._go_through_the_range()
            await self._settle(everything=True)
            await self._try_leftover()
            return await self._end()
        finally:
            for task in (self.ahead, *(task for _, task in self.flying)):
                if task:
                    task.cancel()

    # ---- what the last owner left ------------------------------------------------------------------------

    async def _account_for_the_last_owner(self) -> None:
        """Claimed, without an outcome, and not known to be unsent: unknown. Only a status can tell."""
        await self._write_unknown(self.row.retried)
        if self.row.settled == self.row.cursor:
            return
        known = await self.ports.deliveries.known(
            self.work_slice.town, self.work_slice.cause, self.row.settled, self.row.cursor
        )
        after = self.row.settled
        while people := await self._block(after, self.row.cursor):
            after = people[-1].citizen_id
            lost = (person.citizen_id for person in people if is_meant(self.cause, person))
            await self._write_unknown([one for one in lost if one not in known and one not in self.leftover])
        self.settled = self.row.cursor

    async def _write_unknown(self, citizen_ids: Sequence[str]) -> None:
        outcomes = [self._outcome(one, OutcomeKind.UNKNOWN, reason="sender ended") for one in citizen_ids]
        if outcomes:
            self._look_again(citizen_ids)
            written = await self.ports.deliveries.mark_unknown(self.work_slice.town, outcomes)
            self.kinds += [outcome.kind for outcome in written]

    # ---- the range ---------------------------------------------------------------------------------------

    async def _go_through_the_range(self) -> None:
        while self.ahead or await self._may_go_on():
            people = await (self.ahead or self._claim_block())
            self.ahead = None
            if not people:
                return
            self.flying.append((people[-1].citizen_id, await self._launch(people, look_ahead=True)))
            await self._settle(everything=False)

    async def _claim_block(self) -> Sequence[Recipient]:
        """The next people, read just before they are claimed; nobody at the end, or where another owner has begun."""
        people = await self._block(self.row.cursor, self.work_slice.upto)
        return people if people and await self._claim(cursor=people[-1].citizen_id) else ()

    def _look_ahead(self) -> None:
        """Claims the next block while the last few of this one wait for their slots: else each costs a pause.

        Not where the block would have to wait for anything else: whoever leaves meanwhile would still get it.
        """
        waits = self.policy.must_wait(self.control, self.clock.now()) or len(self.flying) >= BLOCKS_IN_FLIGHT - 1
        if not (waits or self._has_to_end()):
            self.ahead = asyncio.ensure_future(self._claim_block())

    async def _launch(self, people: Sequence[Recipient], *, look_ahead: bool = False) -> asyncio.Task[None]:
        """Sends to claimed people at the lane's pace; the task ends when their outcomes are written."""
        sends: list[_Sending] = []
        outcomes = []
        for number, person in enumerate(people):
            if look_ahead and number == max(0, len(people) - AHEAD):
                self._look_ahead()
            if not is_meant(self.cause, person):
                continue
            if person.left_at is not None:
                outcomes.append(self._outcome(person.citizen_id, OutcomeKind.NOT_SENT, reason="opted_out"))
            elif await self._may_send():
                sends.append((person, asyncio.ensure_future(self._send(person))))
            else:
                self.leftover.add(person.citizen_id, 0, 0.0)
        return asyncio.ensure_future(self._finish(sends, outcomes))

    async def _may_send(self) -> bool:
        """Waits for the next slot; False when, meanwhile, nothing of this may go out any more."""
        if self.halted_by or self.fenced:
            return False
        self.pacer.target_mps = self._target_mps()
        await self.clock.wait(self.pacer.take(self.clock.monotonic_s()))
        await self._look_at_the_control_item()
        await self._listen()
        return not (
            self.halted_by
            or self.cause.over(self.clock.now())
            or self._is_stopped()
            or self.policy.must_wait(self.control, self.clock.now())
        )

    async def _send(self, person: Recipient) -> tuple[SendOutcome, str]:
        return await send_one(self.cause, person, 1, self._post, self._may_send)

    async def _post(self, body: Mapping[str, Any]) -> SendOutcome:
        began_s = self.clock.monotonic_s()
        sent = await self.ports.graph.send(self.work_slice.town, self.work_slice.phone_number_id, body)
        self.jitter.see(self.clock.monotonic_s() - began_s)
        return sent

    async def _finish(self, sends: Sequence[_Sending], outcomes: list[Outcome]) -> None:
        for person, task in sends:
            sent, route = await task
            if outcome := self._understand(person.citizen_id, sent, route):
                outcomes.append(outcome)
        self._look_again([it.key.citizen_id for it in outcomes if it.kind is OutcomeKind.UNKNOWN])
        if outcomes:
            await self.ports.deliveries.record(self.work_slice.town, outcomes)
        self.kinds += [outcome.kind for outcome in outcomes]

    def _understand(self, citizen_id: str, sent: SendOutcome, route: str) -> Outcome | None:
        """The row to write; None for who was certainly not sent to and stays in line."""
        match sent:
            case NotSent(code, throttled=throttled):
                self.leftover.add(citizen_id, code, self.clock.monotonic_s())
                if throttled:
                    self.throttled += 1
                    self.pacer.throttled(self.clock.monotonic_s())
            case Halted(code):
                self.leftover.add(citizen_id, code, self.clock.monotonic_s())
                self.halted_by = code or -1
            case _:
                return outcome_of(sent, DeliveryKey(self.work_slice.cause, citizen_id), self.clock.now(), route)
        return None

    async def _settle(self, *, everything: bool) -> None:
        """Everyone up to `settled` has an outcome row or stands in `leftover`; waits when too much is in the air."""
        while self.flying and (everything or self.flying[0][1].done() or len(self.flying) >= BLOCKS_IN_FLIGHT):
            upto, task = self.flying[0]
            await task
            self.flying.popleft()
            self.settled = upto

    # ---- leftover ----------------------------------------------------------------------------------------

    async def _try_leftover(self) -> None:
        """Sends again to who was certainly not sent to, a block at a time, each claimed once more."""
        while self.leftover and await self._may_go_on():
            self.trying = self.leftover.take(BLOCK, self.clock.monotonic_s())
            if not self.trying:
                await self.clock.wait(LOOKS_EVERY_S)
                await self._look_at_the_control_item()
                continue
            if not await self._claim(cursor=self.row.cursor):
                return
            people = await self.ports.audience.some(self.work_slice.town, self.cause.offer, self.trying)
            erased = sorted(set(self.trying) - {person.citizen_id for person in people})
            if erased:
                gone = [self._outcome(one, OutcomeKind.NOT_SENT, reason="opted_out") for one in erased]
                await self.ports.deliveries.record(self.work_slice.town, gone)
            await (await self._launch(people))
            self.trying = ()
            if self.leftover:
                await self.clock.wait(RETRY_PAUSE_S)

    # ---- may it go on? -----------------------------------------------------------------------------------

    async def _may_go_on(self) -> bool:
        """Waits while a crisis holds the number; False when this owner has to end."""
        while True:
            if self._has_to_end():
                return False
            if not self.policy.must_wait(self.control, self.clock.now()):
                return True
            await self._settle(everything=True)
            await self.clock.wait(LOOKS_EVERY_S)
            await self._look_at_the_control_item()

    async def _look_at_the_control_item(self) -> None:
        now_s = self.clock.monotonic_s()
        if now_s - self.looked_s >= LOOKS_EVERY_S:
            self.looked_s = now_s
            self.control = await self.ports.controls.read(self.work_slice.town, self.work_slice.phone_number_id)
        if not self.policy.yields and now_s - self.renewed_s >= RENEWS_EVERY_S:
            self.renewed_s = now_s
            until = self.clock.now() + LEASE
            number = self.work_slice.town, self.work_slice.phone_number_id
            await self.ports.controls.lease_for_crisis(*number, self.work_slice.cause, until)

    async def _listen(self) -> None:
        """Takes notice of how many write to this town just now."""
        now_s = self.clock.monotonic_s()
        if self.ports.arrivals is not None and now_s - self.listened_s >= LISTENS_EVERY_S:
            self.listened_s = now_s
            now = self.clock.now()
            self.heard_mps = heard_mps(await self.ports.arrivals.since(self.work_slice.town, now - LATELY), now)

    # ---- the row -----------------------------------------------------------------------------------------

    async def _claim(self, *, cursor: str) -> bool:
        after = self._row_now(cursor=cursor)
        if not await self.ports.slices.claim(self.work_slice, self.row, after, self.clock.now()):
            self.fenced = True
            return False
        self.row = after
        return True

    def _row_now(self, **changes: Any) -> Progress:
        halted_by = self.halted_by or (0 if OutcomeKind.ACCEPTED in self.kinds else self.row.halted_by)
        leftover = self._leftover_to_write()
        return replace(self.row, settled=self.settled, leftover=leftover, halted_by=halted_by, **changes)

    async def _end(self) -> SliceResult:
        """Closes the row: done, parked, or handed back for another owner."""
        over = self.cause.over(self.clock.now())
        complete = not self.leftover and not await self._block(self.row.cursor, self.work_slice.upto)
        if self.fenced:
            return self._sent(EndReason.FENCED)
        if over and self.leftover:
            expired = [self._outcome(one, OutcomeKind.NOT_SENT, reason="expired") for one in self.leftover]
            await self.ports.deliveries.record(self.work_slice.town, expired)
            self.leftover.clear()
        if over or complete:
            return await self._close(SliceState.DONE, EndReason.DONE)
        if self._is_stopped() or (self.halted_by and self.policy.parks):
            return await self._park()
        if self.halted_by:
            await self.clock.wait(TROUBLE_PAUSE_S)
        return await self._close(SliceState.WAITING, EndReason.HANDED_BACK)

    async def _park(self) -> SliceResult:
        """A resume that came while the last answers were awaited found this slice running: it goes on at once."""
        sent = await self._close(SliceState.PARKED, EndReason.PARKED)
        if sent.ended is EndReason.FENCED or self.halted_by:
            return sent
        self.control = await self.ports.controls.read(self.work_slice.town, self.work_slice.phone_number_id)
        waiting = None if self._is_stopped() else self.ports.slices.resume(self.work_slice, self.row, self.clock.now())
        if waiting is None:
            return sent
        self.ports.queue.put([(self.work_slice, waiting.handbacks)])
        return replace(sent, ended=EndReason.HANDED_BACK)

    async def _close(self, state: SliceState, ended: EndReason) -> SliceResult:
        handbacks = self.row.handbacks + (state is SliceState.WAITING)
        after = self._row_now(state=state, handbacks=handbacks)
        if not await self.ports.slices.close(self.work_slice, self.row, after, self.clock.now()):
            return self._sent(EndReason.FENCED)
        self.row = after
        if state is SliceState.WAITING:
            self.ports.queue.put([(self.work_slice, handbacks)])
        return self._sent(ended)

    def _sent(self, ended: EndReason) -> SliceResult:
        kinds = (OutcomeKind.ACCEPTED, OutcomeKind.REFUSED, OutcomeKind.UNKNOWN)
        accepted, refused, unknown = map(self.kinds.count, kinds)
        return SliceResult(ended, accepted, refused, unknown, self.throttled, self.halted_by)

    # ---- small questions ---------------------------------------------------------------------------------

    async def _block(self, after: str, upto: str) -> Sequence[Recipient]:
        return await self.ports.audience.block(self.work_slice.town, self.cause.offer, after, upto, BLOCK)

    def _leftover_to_write(self) -> tuple[str, ...]:
        return (*(f"{RETRIED}{one}" for one in self.trying), *self.leftover)

    def _has_to_end(self) -> bool:
        no_time_left = self.clock.monotonic_s() - self.started_s > BUDGET_S
        return bool(
            self.fenced or self.halted_by or self._is_stopped() or self.cause.over(self.clock.now()) or no_time_left
        )

    def _is_stopped(self) -> bool:
        return self.work_slice.cause in self.control.stopped

    def _target_mps(self) -> float:
        """A lane's part of the number; gentle while newsletters still have to notice an alert."""
        rate_mps = self.control.rate_mps
        since_s = (self.clock.now() - self.cause.released_at).total_seconds()
        is_noticed = self.policy.yields or since_s > NEWSLETTERS_YIELD_S
        free_mps = room_mps(rate_mps, self.heard_mps, self.jitter.mean_s) if is_noticed else FIRST_SHARE * rate_mps
        return pace_mps(free_mps, self.work_slice.lanes)

    def _look_again(self, citizen_ids: Sequence[str]) -> None:
        if citizen_ids and self.ports.recheck is not None:
            self.ports.recheck.put(self.work_slice.town, self.work_slice.cause, citizen_ids, 1, FIRST_LOOK_S)

    def _outcome(self, citizen_id: str, kind: OutcomeKind, reason: str) -> Outcome:
        return Outcome(DeliveryKey(self.work_slice.cause, citizen_id), kind, self.clock.now(), reason=reason)
