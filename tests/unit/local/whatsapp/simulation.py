"""A simulated WhatsApp in the hand of a test: its clock waits to be told, its webhooks land in a list."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from local.whatsapp.config import Config
from local.whatsapp.control.writing import CitizenMessage, write
from local.whatsapp.graph.sending import accept
from local.whatsapp.model.errors import Refused
from local.whatsapp.model.numbers import Number
from local.whatsapp.model.people import Person
from local.whatsapp.model.world import World

ERIKA = "4915112345678"
NEWS = {
    "name": "stadt_news",
    "language": "de",
    "category": "MARKETING",
    "components": [
        {
            "type": "BODY",
            "text": "Neues aus der Stadt: {{1}} und vieles mehr.",
            "example": {"body_text": [["Ratssitzung"]]},
        }
    ],
}


class Simulation:
    """One town, `bocholt`, with one number, and a receiver that answers as `answers` says (else 200)."""

    def __init__(self, rate_mps: int = 80, **config: Any) -> None:
        self.now_s = 1_795_400_000.0
        self.posted: list[bytes] = []
        self.answers: list[int | None] = []
        settings = {"webhook_url": "http://127.0.0.1:9", "app_secret": "secret", "seed": 7, **config}
        self.world = World(Config(**settings), self._receive, lambda: self.now_s)
        self.number = Number("301", "bocholt", "109", "+49 2871 953-0", "Stadt Bocholt", "token", rate_mps)
        self.world.numbers.put(self.number)

    async def _receive(self, body: bytes) -> int | None:
        self.posted.append(body)
        return self.answers.pop(0) if self.answers else 200

    def person(self, identifier: str = ERIKA, **traits: Any) -> Person:
        person = self.world.people.meet(identifier)
        for name, value in traits.items():
            setattr(person, name, value)
        return person

    def citizen_writes(self, identifier: str = ERIKA, **said: Any) -> str:
        chat = self.world.chats.between(self.number, self.world.people.meet(identifier, said.get("name")))
        message = CitizenMessage(town="bocholt", **({"text": "Hallo"} | said))
        return write(self.world, chat, message, "http://127.0.0.1").id

    def template(self, **changes: Any) -> None:
        self.world.templates.create("109", {**NEWS, **changes}, self.now_s)

    def send(self, body: dict[str, Any]) -> dict[str, Any]:
        return accept(self.world, self.number, {"messaging_product": "whatsapp", **body}, self.now_s)

    def send_text(self, to: str = f"+{ERIKA}", **more: Any) -> dict[str, Any]:
        return self.send({"to": to, "type": "text", "text": {"body": "Guten Tag"}, **more})

    def send_template(self, to: str = f"+{ERIKA}", components: Any = None, **more: Any) -> dict[str, Any]:
        given = [{"type": "body", "parameters": [{"type": "text", "text": "Rat"}]}]
        part = {"name": "stadt_news", "language": {"code": "de"}, "components": components or given}
        return self.send({"to": to, "type": "template", "template": {**part, **more}})

    def pass_time(self, seconds: float) -> None:
        """Let time pass in steps of the flush, each followed by what is due."""
        end_s = self.now_s + seconds
        while self.now_s < end_s:
            self.now_s = min(self.now_s + 0.2, end_s)
            self.world.tick()

    def deliver_webhooks(self) -> None:
        """Post all that is due now, once."""

        async def drain() -> None:
            while await self.world.queue.step() is None:
                pass

        asyncio.run(drain())

    def values(self) -> list[dict[str, Any]]:
        """The `value` of every change received so far."""
        return [
            change["value"]
            for body in self.posted
            for entry in json.loads(body)["entry"]
            for change in entry["changes"]
        ]

    def statuses(self) -> list[dict[str, Any]]:
        return [status for value in self.values() for status in value.get("statuses", [])]

    def messages(self) -> list[dict[str, Any]]:
        return [message for value in self.values() for message in value.get("messages", [])]


def code_of(call: Callable[[], object]) -> int | None:
    """Meta's code when the call is refused, None when it is accepted."""
    try:
        call()
    except Refused as refused:
        return refused.code
    return None
