"""The whole product on one machine: started step by step, watched, and ended completely."""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from local import processes
from local.aws import synth
from local.aws.account import REGION
from local.aws.cloud import LocalCloud
from local.aws.proxy import ApiProxy
from local.product import sample_day, towns
from local.secrets import LocalSecrets
from local.settings import LocalSettings
from local.state_folder import StateFolder
from local.system import REPOSITORY, Say, System
from local.watch.collecting import ApiLog, collect
from local.watch.server import routes as watch_routes
from local.watch.watch import Watch

ANSWERS_WITHIN_S = 30
WHATSAPP_ENDS_WITHIN_S = 5

Ready = Callable[[dict[str, Any]], None]


async def run(settings: LocalSettings, say: Say, ready: Ready, asked_to_stop: asyncio.Event) -> None:
    """Bring everything up, stay until asked to stop, end everything.

    `ready` is called with what run.json holds, as soon as it is there.
    Raises `ChildDied` when a part ends by itself, `WrongSetting`, `SynthFailed` and `DeployFailed`.
    """
    settings.refuse_busy_ports()
    folder = StateFolder(settings.state)
    folder.take()
    async with AsyncExitStack() as parts:
        parts.callback(folder.release)
        start = _Start(settings, folder, parts, say, ready)
        parts.callback(start.someone_died.cancel)
        stopped = asyncio.ensure_future(asked_to_stop.wait())
        up = asyncio.ensure_future(start.bring_up())
        ends: list[asyncio.Future[Any]] = [stopped, start.someone_died]
        await asyncio.wait({up, *ends}, return_when=asyncio.FIRST_COMPLETED)
        if up.done():
            up.result()
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        folder.not_ready()
        start.stopping.set()
        up.cancel()
        await asyncio.wait([up])
        say("Stopping …")
        if not stopped.done():
            start.someone_died.result()
    say("Everything has ended; the state is kept.")


class _Start:
    """One start; what it starts it hands to `parts`, which end in reverse order."""

    def __init__(
        self, settings: LocalSettings, folder: StateFolder, parts: AsyncExitStack, say: Say, ready: Ready
    ) -> None:
        self.stopping = threading.Event()
        self.someone_died: asyncio.Future[None] = asyncio.Future()
        self._settings = settings
        self._folder = folder
        self._parts = parts
        self._say = say
        self._ready = ready
        self._watchers: set[asyncio.Task[None]] = set()

    async def bring_up(self) -> None:
        """Every step up to `run.json`."""
        settings = self._settings
        secrets = LocalSecrets.of(settings.state)
        self._say("Synthesizing the CDK app; starting the local AWS")
        synthesis = asyncio.ensure_future(synth.template(REPOSITORY, settings.state))
        self._parts.push_async_callback(_cancelled, synthesis)
        watch = Watch(time.time())
        cloud = await LocalCloud.start(
            port=settings.aws_port,
            host_port=self._folder.host_port(),
            state=settings.state,
            repository=REPOSITORY,
            overlay=settings.product_addresses,
            transaction_keys=settings.transaction_keys,
            watch=watch,
            routes=watch_routes(watch, REPOSITORY),
        )
        self._parts.push_async_callback(cloud.stop)
        self._watch("MiniStack", cloud.ministack.process, cloud.ministack.log)
        template = await synthesis
        self._say("Deploying the synthesized template")
        deployment = await cloud.deploy(synth.STACK, template)
        system = System(settings, secrets, cloud.account, deployment, self._say, stopping=self.stopping)
        await asyncio.to_thread(secrets.store, system.product_settings, cloud.account)
        watch.define(template)
        collecting = asyncio.ensure_future(collect(watch, settings.state / "logs", cloud.account.endpoint))
        self._parts.push_async_callback(_cancelled, collecting)
        proxy = ApiProxy(
            port=settings.app_port,
            endpoint=cloud.account.endpoint,
            api_id=deployment.api_id,
            log=ApiLog(watch, settings.state / "logs"),
        )
        await proxy.start()
        self._parts.push_async_callback(proxy.close)
        if not settings.graph_api_url:
            self._say("Starting the simulated WhatsApp")
            await self._start_whatsapp(system, f"{cloud.host_url}/dashboards")
        self._say("Setting up the towns")
        known = await asyncio.to_thread(towns.set_up_towns, system)
        if settings.sample_day:
            self._say("Playing the sample day")
            await asyncio.to_thread(sample_day.play, system)
        await _wait_for(f"{system.app}/healthz")
        run = _run_file(system, cloud) | known
        self._folder.ready(run)
        self._say(f"Ready: {system.app}")
        self._ready(run)

    async def _start_whatsapp(self, system: System, dashboards: str) -> None:
        settings = system.settings
        log = settings.state / "logs" / "whatsapp.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        options = {
            "--port": str(settings.whatsapp_port),
            "--webhook-url": f"{system.app}/webhooks/whatsapp",
            "--app-secret": system.secrets.app_secret,
            "--verify-token": system.secrets.verify_token,
            "--mails-url": f"{system.account.endpoint}/_ministack/ses/messages",
            "--dashboards-url": dashboards,
            "--state": str(settings.state / "whatsapp"),
        }
        with log.open("ab") as output:
            process = await processes.start(
                [
                    sys.executable,
                    "-m",
                    "local.whatsapp",
                    *(f"{name}={value}" for name, value in options.items()),  # a value may begin with a dash
                ],
                environment={"PATH": str(Path(sys.executable).parent), "PYTHONUNBUFFERED": "1"},
                folder=REPOSITORY,
                stdout=output.fileno(),
            )
        self._parts.push_async_callback(processes.stop, process, grace_s=WHATSAPP_ENDS_WITHIN_S)
        self._watch("The simulated WhatsApp", process, log)
        await _wait_for(f"{system.graph}/_sim/stats")

    def _watch(self, name: str, process: asyncio.subprocess.Process, log: Path) -> None:
        """Tell `someone_died` when the process ends."""

        async def watch() -> None:
            died = processes.ChildDied(name, await process.wait(), log)
            if not self.someone_died.done():
                self.someone_died.set_exception(died)

        self._watchers.add(asyncio.ensure_future(watch()))


async def _cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.wait([task])


async def _wait_for(url: str) -> None:
    """Wait until a URL answers 200. Raises TimeoutError."""
    async with asyncio.timeout(ANSWERS_WITHIN_S), ClientSession(timeout=ClientTimeout(total=10)) as session:
        while True:
            try:
                async with session.get(url) as answer:
                    if answer.ok:
                        return
            except (ClientError, TimeoutError):
                pass
            await asyncio.sleep(0.1)


def _run_file(system: System, cloud: LocalCloud) -> dict[str, Any]:
    return {
        "app": system.app,
        "graph": system.graph,
        "aws": system.account.endpoint,
        "lambda_host": cloud.host_url,
        "dashboards": f"{cloud.host_url}/dashboards",
        "region": REGION,
        "pid": os.getpid(),
        "table": system.deployment.table,
        "app_secret": system.secrets.app_secret,
        "verify_token": system.secrets.verify_token,
        "operator_role": system.deployment.outputs["OperatorRoleArn"],
        "settings": system.product_settings,
        "towns": {},
        "console": {},
        "crisis": {},
    }
