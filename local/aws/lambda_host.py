"""The Lambda host: runs the deployed functions' real handlers under the real runtime client.

MiniStack forwards its invocations here (MINISTACK_LAMBDA_PROXY_URL); event sources call `invoke` directly.
`GET /environments` lists the running processes, so that a fault test can kill one. `POST /deploy` with `{"folder": …}`
lets every function run the code there from then on, as a deploy does.
"""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import assert_never
from uuid import uuid4

from aiohttp import web

from local.aws.account import REGION, LocalAccount
from local.aws.api_events import as_api_event, error_answer, with_cookies
from local.aws.credentials import RoleCredentials
from local.aws.environments import Function, FunctionPool
from local.aws.function_logs import SHIP_EVERY_S, FunctionLog, LogShipper
from local.aws.invocations import REQUEST_LIMIT_BYTES, Failed, Invocation, Outcome, Returned, Throttled
from local.watch.collecting import Reports

REAP_EVERY_S = 20


class LambdaHost:
    """All functions of the deployment."""

    def __init__(
        self,
        account: LocalAccount,
        *,
        repository: Path,
        logs: Path,
        credentials: RoleCredentials,
        overlay: Mapping[str, str],
        reports: Reports,
        routes: Sequence[web.RouteDef] = (),
    ) -> None:
        """`overlay`: variables that only the local system can know, set for every function. `reports` hears of each
        invocation; `routes`: what else is answered here.
        """
        self._account = account
        self._repository = repository
        self._log_folder = logs
        self._credentials = credentials
        self._overlay = dict(overlay)
        self.reports = reports
        self._routes = routes
        self._pools: dict[str, FunctionPool] = {}
        self._logs: dict[str, FunctionLog] = {}
        self._shipper = LogShipper(account)
        self._background: list[asyncio.Task[None]] = []
        self._runner: web.AppRunner | None = None

    async def listen(self, port: int) -> None:
        """Answer on 127.0.0.1:`port`; functions are told by `configure`."""
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/invoke/{logical_id}", self._invoke_over_http)
        app.router.add_get("/environments", self._list_environments)
        app.add_routes(self._routes)
        app.router.add_post("/deploy", self._deploy_over_http)
        self._runner = web.AppRunner(app, access_log=None, keepalive_timeout=3600, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self._background = [
            asyncio.ensure_future(self._reap_forever()),
            asyncio.ensure_future(self._ship_forever()),
        ]

    async def configure(self, functions: list[Function]) -> None:
        """Serve exactly these functions; changed ones start afresh."""
        wanted = {function.logical_id: function for function in functions}
        for logical_id, pool in list(self._pools.items()):
            if wanted.get(logical_id) != pool.function:
                del self._pools[logical_id]
                await pool.close()
        for logical_id, function in wanted.items():
            if logical_id not in self._pools:
                log = self._logs.setdefault(
                    logical_id, FunctionLog(self._log_folder / f"{logical_id}.log", function.log_group)
                )
                self._pools[logical_id] = FunctionPool(function, log, self._variables, self._repository)

    def pool(self, logical_id: str) -> FunctionPool:
        """One function's environments. Raises KeyError for a function that is not deployed."""
        return self._pools[logical_id]

    async def invoke(self, logical_id: str, event: bytes) -> Outcome:
        """Run one event of an event source; waits while all environments are busy."""
        pool = self._pools[logical_id]
        return await self._run(pool, Invocation(event, pool.function.arn), may_wait=True)

    async def _run(self, pool: FunctionPool, invocation: Invocation, *, may_wait: bool) -> Outcome:
        name, began_s = pool.function.name, time.monotonic()
        self.reports.began(name)
        outcome = await pool.invoke(invocation, may_wait=may_wait)
        if isinstance(outcome, Throttled):
            self.reports.throttled(name)
        else:
            self.reports.ended(name, failed=isinstance(outcome, Failed), took_s=time.monotonic() - began_s)
        return outcome

    async def close(self) -> None:
        """End every environment and ship the last lines."""
        for task in self._background:
            task.cancel()
        if self._runner:
            await self._runner.cleanup()
        await asyncio.gather(*(pool.close() for pool in self._pools.values()))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._shipper.ship(list(self._logs.values())), 5)
        for log in self._logs.values():
            log.close()

    async def _invoke_over_http(self, request: web.Request) -> web.Response:
        pool = self._pools.get(request.match_info["logical_id"])
        if pool is None:
            return web.json_response({"errorMessage": "This function is not deployed here"}, status=503)
        event = with_cookies(await request.read())
        if len(event) > REQUEST_LIMIT_BYTES:
            return _too_large(event)
        invocation = Invocation(
            event,
            request.headers.get("X-Amzn-Lambda-Function-Arn") or pool.function.arn,
            request.headers.get("X-Amzn-Lambda-Request-Id") or str(uuid4()),
        )
        outcome = await self._run(pool, invocation, may_wait=False)
        return _to_ministack(outcome, event)

    async def _deploy_over_http(self, request: web.Request) -> web.Response:
        self._repository = Path((await request.json())["folder"])
        for pool in self._pools.values():
            pool.deploy(self._repository)
        return web.json_response({"functions": len(self._pools)})

    async def _list_environments(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "functions": {
                    logical_id: [
                        {"pid": environment.process.pid, "busy": environment.busy, "ready": environment.ready}
                        for environment in pool.environments
                        if environment.process
                    ]
                    for logical_id, pool in self._pools.items()
                }
            }
        )

    async def _variables(self, function: Function) -> dict[str, str]:
        credentials = await self._credentials.of(function.role_arn)
        log = self._logs[function.logical_id]
        return {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "HOME": str(self._log_folder),
            "PYTHONUNBUFFERED": "1",
            **function.variables,
            **self._overlay,
            **credentials,
            "AWS_ENDPOINT_URL": self._account.endpoint,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_python{sys.version_info.major}.{sys.version_info.minor}",
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": log.group,
            "AWS_LAMBDA_LOG_STREAM_NAME": log.stream,
            "LAMBDA_TASK_ROOT": str(self._repository),
            "LAMBDA_RUNTIME_DIR": str(self._repository),
            "_HANDLER": function.handler,
        }

    async def _reap_forever(self) -> None:
        while True:
            await asyncio.sleep(REAP_EVERY_S)
            for pool in self._pools.values():
                pool.reap()

    async def _ship_forever(self) -> None:
        while True:
            await asyncio.sleep(SHIP_EVERY_S)
            await self._shipper.ship(list(self._logs.values()))


def _to_ministack(outcome: Outcome, event: bytes) -> web.Response:
    """The answer MiniStack passes on. An HTTP API says what API Gateway would: no stack trace."""
    match outcome:
        case Returned(payload):
            return _json(payload)
        case Failed(_) if as_api_event(event):
            return _json(error_answer(500, "Internal Server Error"))
        case Throttled() if as_api_event(event):
            return _json(error_answer(503, "Service Unavailable"))
        case Failed(payload):
            return _json(payload, status=500)
        case Throttled():
            return _json(b'{"errorMessage":"Rate Exceeded."}', status=429)
        case _:
            assert_never(outcome)


def _too_large(event: bytes) -> web.Response:
    """What Lambda never runs; API Gateway tells its caller so."""
    if as_api_event(event):
        return _json(error_answer(413, "Request Entity Too Large"))
    return _json(b'{"errorMessage":"RequestTooLargeException"}', status=413)


def _json(body: bytes, *, status: int = 200) -> web.Response:
    return web.Response(body=body, content_type="application/json", status=status)
