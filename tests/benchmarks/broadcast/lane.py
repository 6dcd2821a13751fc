"""One lane in its own process: `python -m tests.benchmarks.broadcast.lane KIND URL LANE PEOPLE RATE START_AT`.

real: the product's loop and adapters on a table that answers after a real one's latency. bare: httpx on aiohttp at the
same pace, with no claim and no outcome. least: the same by aiohttp alone. Prints how
many were accepted, as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from stadtdraht.adapters.whatsapp.messages import ANSWER_S, CONNECTIONS, GraphClient
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.delivery.pace import MOST_SHARE, Pacer, pace_mps
from stadtdraht.domain.delivery.slices import shards_of
from stadtdraht.usecases.delivery.protocol import NEWSLETTER, Clock
from stadtdraht.usecases.delivery.send_slice import send_slice
from tests.benchmarks.broadcast import newsletters
from tests.benchmarks.broadcast.stub_table import LATENCY_S, StubTable
from tests.support.fakes.secrets import FakeSecrets

Side = Callable[[Clock], Coroutine[Any, Any, int]]
"""Sends the lane's messages on this clock; returns how many were accepted."""
PATH, HEADERS = "/v26.0/301/messages", {"Authorization": "Bearer token"}
WALL = Clock(lambda: datetime.now(UTC), time.monotonic, asyncio.sleep)


def real(url: str, made: Broadcast, lane: int, rate_mps: int) -> Side:
    stub = StubTable(newsletters.TOWN, newsletters.everybody(made.planned), latency_s=LATENCY_S)

    async def work(clock: Clock) -> int:
        graph = GraphClient(FakeSecrets(tokens={newsletters.TOWN: "token"}), url, "v26.0")
        ports, letter = newsletters.senders(stub.table(), rate_mps, graph), newsletters.newsletter(made)
        try:
            slices = newsletters.slices_in(made, lane)
            return sum([(await send_slice(it, letter, NEWSLETTER, ports, clock)).accepted for it in slices])
        finally:
            await graph.close()

    return work


def bare(url: str, made: Broadcast, lane: int, rate_mps: int) -> Side:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)

    async def work(clock: Clock) -> int:
        async with httpx.AsyncClient(transport=AiohttpTransport(limits=limits), timeout=ANSWER_S) as client:

            async def send(body: Any) -> bool:
                answer = await client.post(f"{url}{PATH}", json=body, headers=HEADERS)
                return bool(answer.is_success and answer.json()["messages"][0]["id"])

            return await _paced(made, lane, rate_mps, clock, send)

    return work


def least(url: str, made: Broadcast, lane: int, rate_mps: int) -> Side:
    async def work(clock: Clock) -> int:
        connector, timeout = aiohttp.TCPConnector(limit=CONNECTIONS), aiohttp.ClientTimeout(sock_read=ANSWER_S)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as client:

            async def send(body: Any) -> bool:
                async with client.post(f"{url}{PATH}", json=body, headers=HEADERS) as answer:
                    return bool(answer.ok and json.loads(await answer.read())["messages"][0]["id"])

            return await _paced(made, lane, rate_mps, clock, send)

    return work


async def _paced(
    made: Broadcast, lane: int, rate_mps: int, clock: Clock, send: Callable[[Any], Coroutine[Any, Any, bool]]
) -> int:
    pacer, letter = Pacer(pace_mps(rate_mps * MOST_SHARE, made.lanes)), newsletters.newsletter(made)
    mine = [one for one in newsletters.everybody(made.planned) if one.citizen_id[0] in shards_of(lane, made.lanes)]
    sends = []
    for one in mine:
        await clock.wait(pacer.take(clock.monotonic_s()))
        sends.append(asyncio.ensure_future(send(letter.body(one, 1))))
    return sum(await asyncio.gather(*sends))


def main() -> None:
    kind, url, lane, people, rate_mps, start_at = sys.argv[1:]
    made = newsletters.planned(int(people), int(rate_mps))
    work = {"real": real, "bare": bare, "least": least}[kind](url, made, int(lane), int(rate_mps))
    time.sleep(max(0.0, float(start_at) - time.time()))
    print(json.dumps({"accepted": asyncio.run(work(WALL))}))


if __name__ == "__main__":
    main()
