"""The hand of a sample citizen on the simulated WhatsApp."""

import time
from dataclasses import dataclass
from typing import Any

import httpx

ANSWERS_WITHIN_S = 15


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

    def says(self, text: str) -> None:
        """Write, and wait for the answer."""
        self._sends(type="text", text=text)

    def taps(self, *titles: str) -> None:
        """Press buttons or pick from lists by what is written on them, one after the other."""
        for title in titles:
            kind = "list_reply" if self._last_offers_a_list() else "button_reply"
            self._sends(type=kind, title=title)

    def shows_a_photo(self, caption: str) -> None:
        """Send a drawn street with a pothole; whether the town answers is its own business."""
        self._post(type="image", caption=caption)

    def _sends(self, **message: Any) -> None:
        before = len(self._from_town())
        self._post(**message)
        end = time.monotonic() + ANSWERS_WITHIN_S
        while len(self._from_town()) <= before:
            if time.monotonic() > end:
                raise NoAnswer(f"{self.town} did not answer {message} within {ANSWERS_WITHIN_S} s")
            time.sleep(0.1)

    def _post(self, **message: Any) -> None:
        self.http.post(
            f"{self.graph}/_sim/citizens/{self.wa_id}/messages", json={"town": self.town, "name": self.name, **message}
        ).raise_for_status()

    def _from_town(self) -> list[dict[str, Any]]:
        chat = self.http.get(f"{self.graph}/_sim/citizens/{self.wa_id}/chat", params={"town": self.town}).json()
        return [message for message in chat["messages"] if message["from_town"]]

    def _last_offers_a_list(self) -> bool:
        return "sections" in str(self._from_town()[-1:])
