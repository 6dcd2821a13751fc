"""The simulated WhatsApp as a whole: everybody and everything in it, and its clock."""

import asyncio
import base64
import os
from collections.abc import Callable
from pathlib import Path

from local.whatsapp.config import Config
from local.whatsapp.model.announcer import Announcer
from local.whatsapp.model.app import App
from local.whatsapp.model.chats import Chats
from local.whatsapp.model.faults import Faults
from local.whatsapp.model.ledger import Ledger
from local.whatsapp.model.limits import PairRate
from local.whatsapp.model.live import Live
from local.whatsapp.model.media import Media
from local.whatsapp.model.numbers import Numbers
from local.whatsapp.model.people import People
from local.whatsapp.model.statuses import Statuses
from local.whatsapp.model.templates import Templates, status_update
from local.whatsapp.model.uploads import Uploads
from local.whatsapp.model.webhook_queue import Post, WebhookQueue


class World:
    """State and time. `tick` lets what is due come about; the server calls it several times a second."""

    def __init__(self, config: Config, post: Post, clock: Callable[[], float]) -> None:
        self.config = config
        self.now = clock
        self.app = App.of(config)
        self.numbers = Numbers()
        self.people = People(everyone_exists=config.everyone_exists)
        self.chats = Chats()
        self.templates = Templates(config.template_approval_s)
        self.media = Media()
        self.uploads = Uploads()
        self.ledger = Ledger()
        self.pairs = PairRate()
        self.faults = Faults(config.seed)
        self.statuses = Statuses(config, self.faults)
        self.queue = WebhookQueue(post, clock)
        self.announcer = Announcer(config, self.app, self.numbers, self.faults, self.queue)
        self.live = Live()

    def tick(self) -> None:
        now = self.now()
        due = self.statuses.due(now)
        for one in due:
            self.live.moved(one.message.chat.person.user_id, one.message.chat.number.town)
        self.announcer.statuses(due)
        self.announcer.flush()
        for template in self.templates.newly_approved(now):
            value = status_update(template, "APPROVED")
            self.announcer.field(template.waba_id, "message_template_status_update", value, now)

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            self.tick()
            await asyncio.sleep(self.config.flush_every_ms / 1000)


def new_wamid(address: str) -> str:
    """An id of Meta's looks, unique across restarts."""
    inside = b"\x1d\x18" + address.encode() + b"\x15\x02\x00\x11\x18\x12" + os.urandom(10).hex().upper().encode()
    return "wamid." + base64.b64encode(inside + b"\x00").decode()


def folder(config: Config) -> Path | None:
    """The state folder, made when there is none yet."""
    if config.state is not None:
        config.state.mkdir(parents=True, exist_ok=True)
    return config.state
