"""What happens, told live to the phone pages (Server-Sent Events)."""

import asyncio
from typing import Any, Final

_WAITING_AT_MOST: Final = 500


class Live:
    """Listeners hear everything about the citizen they watch, and of others only that something moved."""

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Queue[dict[str, Any]], str | None] = {}
        self.ended = False

    def listen(self, user_id: str | None) -> asyncio.Queue[dict[str, Any]]:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_WAITING_AT_MOST)
        self._listeners[queue] = user_id
        return queue

    def leave(self, queue: asyncio.Queue[dict[str, Any]]) -> None:
        self._listeners.pop(queue, None)

    def end(self) -> None:
        """The simulator stops: every listener hears it at once, so that nobody keeps it waiting."""
        self.ended = True
        for queue in self._listeners:
            if queue.empty():
                queue.put_nowait({"user_id": "", "town": ""})

    def moved(self, user_id: str, town: str) -> None:
        """Something changed in this chat; a page too slow to follow hears of it later."""
        for queue, watched in self._listeners.items():
            if not queue.full() and (watched == user_id or queue.empty()):
                queue.put_nowait({"user_id": user_id, "town": town})
