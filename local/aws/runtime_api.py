"""The Lambda Runtime API (2018-06-01) for one environment: a private loopback listener.

Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html (2026-11-23). The client asks for the
next invocation, works, and posts a response or an error; before its first `next` it may post an init error.
"""

import asyncio
import contextlib
from typing import Protocol

from aiohttp import web

from local.aws.invocations import Failed, Invocation, Outcome, returned

ROOT = "/2018-06-01/runtime"
ENOUGH_FOR_A_DAY_S = 86_400


class Work(Protocol):
    """Where an environment gets invocations from, and whom it tells about its progress."""

    async def next_invocation(self) -> Invocation:
        """Wait for the next invocation."""
        ...

    @property
    def timeout_s(self) -> float:
        """How long the function may take, in seconds."""
        ...

    def finished(self, outcome: Outcome) -> None:
        """The current invocation has ended."""
        ...

    def init_failed(self, error: Failed) -> None:
        """The handler could not be loaded."""
        ...


class RuntimeApi:
    """Serves one runtime client."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._runner = web.ServerRunner(
            web.Server(self._answer, keepalive_timeout=ENOUGH_FOR_A_DAY_S, access_log=None),
            shutdown_timeout=0,
        )
        self._waiting: asyncio.Task[Invocation] | None = None

    async def listen(self) -> str:
        """Start listening; returns what AWS_LAMBDA_RUNTIME_API is set to."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        return f"{host}:{port}"

    def stop_waiting(self) -> None:
        """Take no further invocation: the environment is about to go, or has gone."""
        if self._waiting:
            self._waiting.cancel()

    async def close(self) -> None:
        """Close the listener and every connection."""
        self.stop_waiting()
        await self._runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path.removeprefix(ROOT)
        if path == "/invocation/next":
            return await self._next()
        body = await request.content.read()  # decodes the client's chunks; has no size limit of its own
        if path == "/init/error":
            self._work.init_failed(Failed(body))
        elif path.endswith("/response"):
            self._work.finished(returned(body))
        elif path.endswith("/error"):
            self._work.finished(Failed(body))
        else:
            return web.Response(status=404)
        return web.json_response({"status": "OK"}, status=202)

    async def _next(self) -> web.StreamResponse:
        self._waiting = asyncio.ensure_future(self._work.next_invocation())
        with contextlib.suppress(asyncio.CancelledError):
            invocation = await self._waiting
            return web.Response(
                body=invocation.event,
                content_type="application/json",
                headers=invocation.headers(self._work.timeout_s),
            )
        return web.Response(status=500)
