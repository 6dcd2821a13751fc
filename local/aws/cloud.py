"""The whole local AWS: MiniStack, the Lambda host, the deployed stack and its event sources."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from local.aws import ministack
from local.aws.account import LocalAccount, TransactionKeys
from local.aws.credentials import RoleCredentials
from local.aws.deploy import Deployment, deploy
from local.aws.event_sources import EventSource
from local.aws.lambda_host import LambdaHost
from local.aws.ministack import MiniStack
from local.aws.queue_source import QueueSource
from local.aws.stream_source import StreamSource
from local.aws.template import localise
from local.watch.collecting import Reports
from local.watch.watch import Watch

THREADS = 32  # every poller holds one while it waits
SETTLES_WITHIN_S = 8.0  # what is under way when we stop; stream records do not survive MiniStack's end


@dataclass
class LocalCloud:
    """Started by `start`; `deploy` puts a stack on it; `stop` ends everything it started."""

    account: LocalAccount
    ministack: MiniStack
    host: LambdaHost
    host_url: str
    sources: list[QueueSource | StreamSource] = field(default_factory=list)
    pollers: list[asyncio.Task[None]] = field(default_factory=list)

    @classmethod
    async def start(
        cls,
        *,
        port: int,
        host_port: int,
        state: Path,
        repository: Path,
        overlay: Mapping[str, str] | None = None,
        enforce_iam: bool = True,
        transaction_keys: TransactionKeys = TransactionKeys.ALL,
        watch: Watch | None = None,
        routes: Sequence[web.RouteDef] = (),
    ) -> Self:
        """Start MiniStack on `port` and the Lambda host on `host_port`; with nothing deployed yet.

        `overlay`: environment variables of every function that only the local system knows. `watch` is told of every
        invocation; `routes`: what else the host's port answers.
        """
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "local-aws"))
        stack = await ministack.start(
            port=port,
            state=state / "aws",
            repository=repository,
            enforce_iam=enforce_iam,
            transaction_keys=transaction_keys,
        )
        account = LocalAccount(stack.endpoint)
        host = LambdaHost(
            account,
            repository=repository,
            logs=state / "logs",
            credentials=RoleCredentials(account, assume_roles=enforce_iam),
            overlay=overlay or {},
            reports=Reports(watch or Watch(time.time())),
            routes=routes,
        )
        try:
            await host.listen(host_port)
        except BaseException:
            await ministack.stop(stack)
            raise
        return cls(account, stack, host, f"http://127.0.0.1:{host_port}")

    async def deploy(self, stack: str, synthesized: dict[str, Any]) -> Deployment:
        """Deploy a synthesized template, run its functions and poll its event sources."""
        template = await asyncio.to_thread(localise, synthesized, host=self.host_url)
        deployment = await asyncio.to_thread(deploy, stack, template, self.account)
        await self.host.configure(list(deployment.functions))
        await self._stop_pollers()
        self.sources = [self._source(source) for source in deployment.event_sources]
        self.pollers = [asyncio.ensure_future(source.run()) for source in self.sources]
        return deployment

    async def stop(self) -> None:
        """Let work under way settle, end every environment, and let MiniStack save its state."""
        await self._settle()
        await self._stop_pollers()
        await self.host.close()
        await ministack.stop(self.ministack)

    def _source(self, source: EventSource) -> QueueSource | StreamSource:
        if source.service == "sqs":
            return QueueSource(source, self.host.pool(source.logical_id), self.host.invoke, self.account)
        name = self.host.pool(source.logical_id).function.name
        return StreamSource(source, self.host.invoke, self.account, partial(self.host.reports.behind, name))

    async def _settle(self) -> None:
        quiet_since = time.monotonic()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLES_WITHIN_S):
                while time.monotonic() - quiet_since < 2 * self._poll_gap_s:
                    await asyncio.sleep(0.05)
                    if not all(source.idle for source in self.sources if isinstance(source, StreamSource)):
                        quiet_since = time.monotonic()

    @property
    def _poll_gap_s(self) -> float:
        return 0.2 if self.sources and self.ministack.process.returncode is None else 0.0

    async def _stop_pollers(self) -> None:
        for poller in self.pollers:
            poller.cancel()
        await asyncio.gather(*self.pollers, return_exceptions=True)


Progress = Callable[[str], None]
