"""A Graph API that counts strictly: `python -m tests.benchmarks.broadcast.graph_stub PORT RATE LATENCY_S`."""

import asyncio
import sys
import time
from collections import deque

from aiohttp import web


class Counted:
    """Accepts up to `rate_mps` in any second."""

    def __init__(self, rate_mps: int, latency_s: float) -> None:
        self.rate_mps, self.latency_s = rate_mps, latency_s
        self.second: deque[float] = deque()
        self.accepted = self.throttled = self.peak = 0
        self.first_s = self.last_s = 0.0

    async def message(self, request: web.Request) -> web.Response:
        await request.read()
        now = time.monotonic()
        while self.second and self.second[0] <= now - 1:
            self.second.popleft()
        if len(self.second) >= self.rate_mps:
            self.throttled += 1
            return web.json_response({"error": {"code": 130429}}, status=429)
        self.second.append(now)
        self.accepted += 1
        self.peak = max(self.peak, len(self.second))
        self.first_s, self.last_s = self.first_s or now, now
        number = self.accepted
        await asyncio.sleep(self.latency_s)
        return web.json_response({"messaging_product": "whatsapp", "messages": [{"id": f"wamid.{number}"}]})

    async def stats(self, _: web.Request) -> web.Response:
        took_s = self.last_s - self.first_s
        found = {"accepted": self.accepted, "throttled": self.throttled, "peak": self.peak, "took_s": took_s}
        self.__init__(self.rate_mps, self.latency_s)  # type: ignore[misc]  # the next run begins at nothing
        return web.json_response(found)


def main() -> None:
    port, rate_mps, latency_s = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    counted = Counted(rate_mps, latency_s)
    app = web.Application()
    app.add_routes([web.post("/{version}/{number}/messages", counted.message), web.get("/stats", counted.stats)])
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=lambda _: None)


if __name__ == "__main__":
    main()
