"""One lane in its own process: `python -m tests.benchmarks.broadcast.lane real|bare URL LANE PEOPLE RATE START_AT`.

real: the product's loop and adapters on a table that answers after a real one's latency. bare: the least that could be
done, httpx on aiohttp at the same pace, with no claim and no outcome. Prints what it took, as JSON.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime

import httpx
from httpx_aiohttp import AiohttpTransport

from stadtdraht.adapters.whatsapp.messages import GraphClient
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.delivery.pace import NEWSLETTER_SHARE, Pacer, pace_mps
from stadtdraht.domain.delivery.slices import shards_of
from stadtdraht.usecases.delivery.protocol import NEWSLETTER, Clock
from stadtdraht.usecases.delivery.send_slice import send_slice
from tests.benchmarks.broadcast import newsletters
from tests.benchmarks.broadcast.stub_table import LATENCY_S, StubTable
from tests.support.fakes.secrets import FakeSecrets


async def real(url: str, made: Broadcast, lane: int, rate_mps: int, stub: StubTable) -> int:
    clock = Clock(lambda: datetime.now(UTC), time.monotonic, asyncio.sleep)
    graph = GraphClient(FakeSecrets(tokens={newsletters.TOWN: "token"}), url, "v26.0")
    ports = newsletters.senders(stub.table(), rate_mps, graph)
    accepted = 0
    for work_slice in newsletters.slices_in(made, lane):
        accepted += (await send_slice(work_slice, newsletters.newsletter(made), NEWSLETTER, ports, clock)).accepted
    await graph.close()
    return accepted


async def bare(url: str, made: Broadcast, lane: int, rate_mps: int) -> int:
    pacer = Pacer(pace_mps(rate_mps, NEWSLETTER_SHARE, made.lanes))
    letter = newsletters.newsletter(made)
    mine = [one for one in newsletters.everybody(made.planned) if one.citizen_id[0] in shards_of(lane, made.lanes)]
    bodies = [letter.body(one, 1) for one in mine]
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx.AsyncClient(transport=AiohttpTransport(limits=limits), timeout=12) as client:

        async def send(body: object) -> bool:
            headers = {"Authorization": "Bearer token"}
            answer = await client.post(f"{url}/v26.0/301/messages", json=body, headers=headers)
            return bool(answer.is_success and answer.json()["messages"][0]["id"])

        sends = []
        for body in bodies:
            await asyncio.sleep(pacer.take(time.monotonic()))
            sends.append(asyncio.ensure_future(send(body)))
        return sum(await asyncio.gather(*sends))


def main() -> None:
    kind, url, lane, people, rate_mps, start_at = sys.argv[1:]
    made = newsletters.planned(int(people), int(rate_mps))
    of = int(lane), int(rate_mps)
    stub = StubTable(newsletters.TOWN, newsletters.everybody(int(people)), latency_s=LATENCY_S)
    time.sleep(max(0.0, float(start_at) - time.time()))
    began_s = time.process_time()
    accepted = asyncio.run(real(url, made, *of, stub) if kind == "real" else bare(url, made, *of))
    print(json.dumps({"accepted": accepted, "cpu_s": time.process_time() - began_s}))


if __name__ == "__main__":
    main()
