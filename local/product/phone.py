"""The hand of a sample citizen on the simulated WhatsApp."""

import threading
import time
from dataclasses import dataclass
from typing import Any

import httpx

ANSWERS_WITHIN_S = 60  # a machine that is busy with something else answers late


class NoAnswer(Exception):
    """The town did not answer in time."""


@dataclass
class Phone:
    """One person's chat with one town. Blocking."""

    graph: str
    town: str
    wa_id: str
    name: str
    http: httpx.Client
    stopping: threading.Event

    def says(self, text: str, **more: Any) -> None:
        """Write, and wait for the answer. more: as the simulated phone takes it."""
        self._sends(type="text", text=text, **more)

    def taps(self, *beginnings: str) -> None:
        """Press buttons or pick from lists by how their labels begin, one after the other."""
        for beginning in beginnings:
            kind, title = self._choice(beginning)
            self._sends(type=kind, title=title)

    def shows_a_photo(self, caption: str) -> None:
        """Send a drawn street with a pothole; whether the town answers is its own business."""
        self._post(type="image", caption=caption)

    def sends_on_the_side(self, **message: Any) -> None:
        """Send anything as the simulated phone takes it; nobody waits for what follows."""
        self._post(**message)

    def _sends(self, **message: Any) -> None:
        before = len(self._from_town())
        self._post(**message)
        end = time.monotonic() + ANSWERS_WITHIN_S
        while len(self._from_town()) <= before:
            if time.monotonic() > end or self.stopping.wait(0.1):
                raise NoAnswer(f"{self.town} did not answer {message} within {ANSWERS_WITHIN_S} s")

    def _post(self, **message: Any) -> None:
        self.http.post(
            f"{self.graph}/_sim/citizens/{self.wa_id}/messages", json={"town": self.town, "name": self.name, **message}
        ).raise_for_status()

    def _from_town(self) -> list[dict[str, Any]]:
        chat = self.http.get(f"{self.graph}/_sim/citizens/{self.wa_id}/chat", params={"town": self.town})
        known = chat.json()["messages"] if chat.is_success else []  # nobody before their first word
        return [message for message in known if message["from_town"]]

    def _choice(self, beginning: str) -> tuple[str, str]:
        """Kind of reply and full label of what the newest message offers."""
        offered = self._from_town()[-1]
        buttons = [("button_reply", button["title"]) for button in offered.get("buttons", ())]
        rows = [("list_reply", row["title"]) for part in offered.get("sections", ()) for row in part["rows"]]
        for kind, title in buttons + rows:
            if title.startswith(beginning):
                return kind, title
        raise NoAnswer(f"{self.town} offers nothing that begins with {beginning}")
