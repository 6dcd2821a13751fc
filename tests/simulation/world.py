"""A small world around the real delivery loop: Meta, a queue, people who leave, and workers that die or freeze."""

import asyncio
import random
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.delivery.delivery import Accepted, DeliveryKey, Halted, NotSent, Refused, SendOutcome, Unknown
from stadtdraht.domain.delivery.slices import Slice
from stadtdraht.domain.errors import SliceStillRunning
from stadtdraht.usecases.broadcast.reporting.broadcast_status import BroadcastStatus, broadcast_status
from stadtdraht.usecases.broadcast.reporting.unaccounted import Unaccounted, unaccounted_people
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from stadtdraht.usecases.broadcast.sending.start_broadcast import StartPorts, start_broadcast
from stadtdraht.usecases.delivery.protocol import NEWSLETTER, Clock, SenderPorts
from stadtdraht.usecases.delivery.send_slice import send_slice
from tests.simulation.virtual_time import VirtualLoop
from tests.support.builders.delivery import CAUSE, NOON, broadcast, person, town
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.arrivals import FakeArrivals
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.controls import FakeControls
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.queues import FakeSliceQueue
from tests.support.fakes.schedule import FakeSchedule
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns

VISIBILITY_S = 70.0
Way = Callable[[random.Random], float]  # seconds that a request or an answer takes
ENDS_WITHIN_S = 3600.0 * 3


def there(dice: random.Random) -> float:
    return dice.uniform(0.01, 0.15)


def back(dice: random.Random) -> float:
    return dice.uniform(0.01, 0.3)


@dataclass
class Meta:
    """Counts strictly, and loses answers. What it took is on the ledger, whatever the sender heard."""

    loop: VirtualLoop
    dice: random.Random
    rate_mps: int
    loses: float
    ledger: list[tuple[float, str]] = field(default_factory=list)
    throttled: int = 0
    throttled_answers: int = 0
    halted: bool = False
    busy: float = 0.0  # people who got much from this number just now
    refused_at: dict[str, float] = field(default_factory=dict)  # by the pair rate, each once
    there: Way = there
    back: Way = back
    _second: deque[float] = field(default_factory=deque)

    async def send(self, town: str, phone_number_id: str, body: Any) -> SendOutcome:
        who = DeliveryKey.parse(body["biz_opaque_callback_data"]).citizen_id
        answer: asyncio.Future[SendOutcome] = self.loop.create_future()
        if self.dice.random() < self.loses / 4:
            await asyncio.sleep(0.05)
            return NotSent(0)
        # The request is on its way whether its sender lives on or not.
        self.loop.call_later(self.there(self.dice), self._arrive, who, answer)
        return await answer

    def _arrive(self, who: str, answer: asyncio.Future[SendOutcome]) -> None:
        outcome = self._take(who)
        if self.dice.random() < self.loses:
            outcome = Unknown("lost")
        self.loop.call_later(self.back(self.dice), lambda: answer.done() or answer.set_result(outcome))

    def _take(self, who: str) -> SendOutcome:
        now_s = self.loop.time()
        if self.halted:
            return Halted(131042)
        if not self._has_room():
            self.throttled += 1
            return NotSent(130429, throttled=True)
        if who not in self.refused_at and self.dice.random() < self.busy:
            self.refused_at[who] = now_s
            return NotSent(131056)
        if self.dice.random() < 0.02:
            return Refused(131026)
        self._second.append(now_s)
        self.ledger.append((now_s, who))
        return Accepted(f"wamid.{len(self.ledger)}")

    def receive(self) -> None:
        """A citizen writes: it counts, and is never refused."""
        self._has_room()
        self._second.append(self.loop.time())

    def answer(self) -> bool:
        """An answer to a citizen: whether it was taken."""
        if self._has_room():
            self._second.append(self.loop.time())
            return True
        self.throttled_answers += 1
        return False

    def _has_room(self) -> bool:
        while self._second and self._second[0] <= self.loop.time() - 1:
            self._second.popleft()
        return len(self._second) < self.rate_mps

    @property
    def peak_1s(self) -> int:
        """Of what this sender sent."""
        times = [at for at, _ in self.ledger]
        return max((bisect_left(times, start + 1) - first for first, start in enumerate(times)), default=0)


class Shaky:
    """A port whose calls take time, and sometimes far too long: its worker freezes, and others go on."""

    def __init__(self, port: Any, dice: random.Random, freezes: float) -> None:
        self._port, self._dice, self._freezes = port, dice, freezes

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._port, name)
        if not asyncio.iscoroutinefunction(call):
            return call

        async def slow(*args: Any) -> Any:
            await self._pause()
            found = await call(*args)
            await self._pause()
            return found

        return slow

    async def _pause(self) -> None:
        frozen = self._dice.random() < self._freezes
        await asyncio.sleep(self._dice.uniform(60, 200) if frozen else self._dice.uniform(0.001, 0.02))


@dataclass
class World:
    """One broadcast to `people` under the given troubles."""

    loop: VirtualLoop
    dice: random.Random
    people: int
    rate_mps: int = 80
    kills: float = 0.0
    freezes: float = 0.0
    loses: float = 0.0
    attempts: int = 50  # receives of a message before it is dead

    def __post_init__(self) -> None:
        found = [person(number) for number in range(self.people)]
        number = replace(town().number, rate_mps=self.rate_mps)
        self.town = town(number=number)
        self.audience = FakeAudience({one.citizen_id: one for one in found})
        self.slices, self.deliveries, self.controls = FakeSlices(), FakeDeliveries(), FakeControls()
        self.controls.set_rate("bocholt", number.phone_number_id, self.rate_mps)
        self.broadcasts, self.queue = FakeBroadcasts(), FakeSliceQueue()
        self.broadcasts.create(broadcast())
        self.arrivals = FakeArrivals()
        self.meta = Meta(self.loop, self.dice, self.rate_mps, self.loses)
        self.ends: Counter[str] = Counter()
        self.dead: list[tuple[Slice, int]] = []

    @property
    def number(self) -> str:
        return self.town.number.phone_number_id

    def start(self) -> None:
        towns = FakeTowns({"bocholt": self.town})
        ports = StartPorts(
            towns=towns,
            broadcasts=self.broadcasts,
            audience=self.audience,
            alerts=FakeAlerts(),
            deliveries=self.deliveries,
            slices=self.slices,
            queue=self.queue,
            schedule=FakeSchedule(),
            snapshots=FakeAccountSnapshots(),
        )
        start_broadcast("bocholt", CAUSE, NOON, ports)

    async def run(self) -> None:
        """Until the queue is empty, one message per lane at a time."""
        taken, began_s = 0, self.loop.time()
        while taken < len(self.queue.messages):
            waiting = self.queue.messages[taken:]
            taken = len(self.queue.messages)
            lanes: dict[str, list[Slice]] = {}
            for work_slice, _ in waiting:
                lanes.setdefault(work_slice.group, []).append(work_slice)
            await asyncio.gather(*(self._lane(pieces) for pieces in lanes.values()))
            assert self.loop.time() - began_s < ENDS_WITHIN_S, "it never ends"

    async def _lane(self, pieces: list[Slice]) -> None:
        for work_slice in pieces:
            for _ in range(self.attempts):
                if await self._receive(work_slice):
                    break
            else:
                self.dead.append((work_slice, 0))

    async def redrive(self) -> None:
        """What is dead comes into the queue again."""
        self.queue.messages[:], self.dead = self.dead, []
        await self.run()

    async def lost(self) -> Unaccounted:
        """As the status and the report see it now."""
        newsletter = Newsletter(self.broadcast, self.town)
        now = self.loop.utc()
        return await unaccounted_people(
            newsletter, now, slices=self.slices, deliveries=self.deliveries, audience=self.audience
        )

    async def status(self) -> BroadcastStatus:
        lost, now = await self.lost(), self.loop.utc()
        return broadcast_status(self.broadcast, now, lost=lost, deliveries=self.deliveries, slices=self.slices)

    @property
    def broadcast(self) -> Broadcast:
        found = self.broadcasts.get(CAUSE)
        assert found is not None
        return found

    async def _receive(self, work_slice: Slice) -> bool:
        """One receive of a message: whether it was deleted. After a death or a freeze it is visible again."""
        began_s = self.loop.time()
        worker = asyncio.ensure_future(self._work(work_slice))
        if self.dice.random() < self.kills:
            self.loop.call_later(self.dice.expovariate(1 / 3), worker.cancel)
        done, _ = await asyncio.wait({worker}, timeout=VISIBILITY_S)
        if done and not worker.cancelled():
            error = worker.exception()
            if error is None:
                self.ends[worker.result()] += 1
                return True
            if not isinstance(error, SliceStillRunning):
                raise error
        await asyncio.sleep(max(0.0, began_s + VISIBILITY_S - self.loop.time()))
        return False

    async def _work(self, work_slice: Slice) -> str:
        def shaky(port: Any) -> Any:
            return Shaky(port, self.dice, self.freezes)

        ports = SenderPorts(
            shaky(self.audience),
            shaky(self.slices),
            shaky(self.deliveries),
            shaky(self.controls),
            self.meta,
            self.queue,
            arrivals=shaky(self.arrivals),
        )
        clock = Clock(self.loop.utc, self.loop.time, asyncio.sleep)
        sent = await send_slice(work_slice, Newsletter(self.broadcast, self.town), NEWSLETTER, ports, clock)
        return sent.ended.value


Step = Callable[[World], Awaitable[None]]
