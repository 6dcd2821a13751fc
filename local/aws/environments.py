"""One function's environments: warm processes of the real runtime client, one invocation at a time."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from local import processes
from local.aws.function_logs import FunctionLog
from local.aws.invocations import Failed, Invocation, Outcome, Throttled, exited, timed_out
from local.aws.runtime_api import RuntimeApi

STARTING_AT_ONCE = 2  # a burst must not start ten interpreters on two cores
IDLE_FOR_S = 300  # Lambda keeps an idle environment for some minutes
OLD_AFTER_S = 3000  # below the hour that the role's credentials live
LINE_LIMIT_BYTES = 2**20
OUTPUT_ENDS_WITHIN_S = 0.2  # a grandchild may hold the pipe open


@dataclass(frozen=True)
class Function:
    """A deployed function, as the host needs to know it."""

    logical_id: str
    name: str
    arn: str
    handler: str
    timeout_s: float
    memory_mb: int
    variables: dict[str, str]
    role_arn: str
    concurrency: int
    reserved: bool
    log_group: str


class Environment:
    """One process. Implements the Runtime API's `Work`."""

    def __init__(self, function: Function, pending: asyncio.Queue[Invocation], log: FunctionLog) -> None:
        self.function = function
        self.born = time.monotonic()
        self.idle_since = self.born
        self.ready = False
        self.current: Invocation | None = None
        self.process: asyncio.subprocess.Process | None = None
        self.retired = False
        self.outdated = False
        """A deploy has been since it began: it finishes what it works on, and takes nothing more."""
        self._pending = pending
        self._log = log
        self._alarm: asyncio.TimerHandle | None = None
        self._init_error: Failed | None = None
        self._runtime_api = RuntimeApi(self)

    @property
    def busy(self) -> bool:
        return self.current is not None

    @property
    def timeout_s(self) -> float:
        return self.function.timeout_s

    async def live(self, variables: Awaitable[dict[str, str]], repository: Path) -> None:
        """Run the process until it ends, then answer whoever waited for it."""
        try:
            address = await self._runtime_api.listen()
            self.process = await processes.start(
                [sys.executable, "-m", "awslambdaric", self.function.handler],
                environment={**await variables, "AWS_LAMBDA_RUNTIME_API": address},
                folder=repository,
                stdout=asyncio.subprocess.PIPE,
            )
            output = asyncio.ensure_future(self._log.follow(self.process, LINE_LIMIT_BYTES))
            await self.process.wait()
            await asyncio.wait([output], timeout=OUTPUT_ENDS_WITHIN_S)
            output.cancel()
        except Exception as why:  # noqa: BLE001 - whatever it is, the waiting invocation must hear of it
            self._log.write([f"The environment could not be started: {why!r}".encode()])
        finally:
            if self.process:
                processes.kill_group(self.process)
            self._runtime_api.stop_waiting()
            self._answer_for_the_dead()
            await self._runtime_api.close()

    def retire(self) -> None:
        """End the process; an invocation in it fails."""
        self.retired = True
        self._runtime_api.stop_waiting()
        if self.process:
            processes.kill_group(self.process)

    async def next_invocation(self) -> Invocation:
        self.ready = True
        self.idle_since = time.monotonic()
        if self.outdated:
            self.retire()
            await asyncio.Future()  # which it has cancelled: what is pending is for another one
        self.current = invocation = await self._pending.get()
        self._alarm = asyncio.get_running_loop().call_later(self.timeout_s, self._time_is_up, invocation)
        return invocation

    def finished(self, outcome: Outcome) -> None:
        if self._alarm:
            self._alarm.cancel()
        if self.current:
            self.current.settle(outcome)
        self.current = None
        self.idle_since = time.monotonic()

    def init_failed(self, error: Failed) -> None:
        self._init_error = error

    def _time_is_up(self, invocation: Invocation) -> None:
        invocation.settle(timed_out(invocation.request_id, self.timeout_s))
        self.retire()

    def _answer_for_the_dead(self) -> None:
        exit_code = self.process.returncode if self.process and self.process.returncode is not None else 1
        if self.current:
            self.finished(exited(self.current.request_id, exit_code))
        elif not self.ready and not self.retired:  # the one who caused the start learns that it failed
            with suppress(asyncio.QueueEmpty):
                waiting = self._pending.get_nowait()
                waiting.settle(self._init_error or exited(waiting.request_id, exit_code))


class FunctionPool:
    """Starts environments as invocations need them, and lets idle ones go."""

    def __init__(
        self,
        function: Function,
        log: FunctionLog,
        variables: Callable[[Function], Awaitable[dict[str, str]]],
        repository: Path,
    ) -> None:
        self.function = function
        self.environments: dict[Environment, asyncio.Task[None]] = {}
        self._pending: asyncio.Queue[Invocation] = asyncio.Queue()
        self._in_flight = 0
        self._log = log
        self._variables = variables
        self._repository = repository
        self._closed = False

    async def invoke(self, invocation: Invocation, *, may_wait: bool) -> Outcome:
        """Run one invocation. With `may_wait` it waits for a free environment instead of being throttled."""
        if self.function.reserved and not may_wait and self._in_flight >= self.function.concurrency:
            return Throttled()
        self._in_flight += 1
        try:
            self._pending.put_nowait(invocation)
            self._scale_out()
            return await invocation.outcome
        finally:
            self._in_flight -= 1

    @property
    def room(self) -> int:
        """How many more invocations could run now."""
        return max(0, self.function.concurrency - self._in_flight)

    def deploy(self, repository: Path) -> None:
        """Run this code from now on, as Lambda does after an update: who works finishes under the old one."""
        self._repository = repository
        for environment in list(self.environments):
            environment.outdated = True
            if environment.ready and not environment.busy:
                environment.retire()

    def reap(self) -> None:
        """Let environments go that are idle for long, or old."""
        now = time.monotonic()
        for environment in list(self.environments):
            idle = now - environment.idle_since > IDLE_FOR_S
            old = now - environment.born > OLD_AFTER_S
            if environment.ready and not environment.busy and (idle or old):
                environment.retire()

    async def close(self) -> None:
        """End every environment."""
        self._closed = True
        for environment in list(self.environments):
            environment.retire()
        await asyncio.gather(*self.environments.values(), return_exceptions=True)

    def _scale_out(self) -> None:
        starting = sum(1 for environment in self.environments if not environment.ready)
        idle = sum(1 for environment in self.environments if environment.ready and not environment.busy)
        wanted = self._pending.qsize() - idle - starting
        room = min(self.function.concurrency - len(self.environments), STARTING_AT_ONCE - starting)
        for _ in range(min(wanted, room)):
            environment = Environment(self.function, self._pending, self._log)
            self.environments[environment] = asyncio.ensure_future(self._live(environment))

    async def _live(self, environment: Environment) -> None:
        try:
            await environment.live(self._variables(self.function), self._repository)
        finally:
            del self.environments[environment]
            if not self._closed:
                self._scale_out()
