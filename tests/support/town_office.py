"""A town hall in memory: what citizens write goes through the real follow-up, onto fakes of every port."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stadtdraht.adapters.files.ears import load_ears
from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.usecases.inbound.handle_message import QueuePorts, handle_message
from stadtdraht.usecases.inbound.load_context import InboundPorts
from stadtdraht.usecases.inbound.render_reply import ReplyContext
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.citizens import FakeAnswers, FakeCitizens
from tests.support.fakes.erasures import FakeErasures
from tests.support.fakes.holds import FakeHolds
from tests.support.fakes.inbox import FakeInbox
from tests.support.fakes.notices import FakeReminders
from tests.support.fakes.towns import FakeTowns

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # a Tuesday, 12:00 in Germany
PEPPER = b"pepper"
TOWNS = {file.stem: read(file) for file in (Path(__file__).resolve().parents[2] / "towns").glob("*.toml")}
ANNA = "4915112345678"
EARS = load_ears()


@dataclass
class Remembers:
    """A queue of any kind: what was put, each once."""

    put_in: list = field(default_factory=list)

    def put(self, *what):
        self.put_in += [it for it in (what if len(what) > 1 else what[0]) if it not in self.put_in]


@dataclass
class Jobs:
    """A queue of single jobs."""

    put_in: list = field(default_factory=list)

    def put(self, *job):
        if job not in self.put_in:
            self.put_in.append(job)


class Links:
    def make(self, town, citizen_id, now):
        return f"https://x.example/data/{town}-{citizen_id}"


def words(body):
    """What a person reads of an answer."""
    return body["text"]["body"] if body["type"] == "text" else body["interactive"]["body"]["text"]


def choices(body):
    """id by label of everything that can be pressed."""
    if body["type"] != "interactive":
        return {}
    action = body["interactive"]["action"]
    buttons = [button["reply"] for button in action.get("buttons", ())]
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    return {it["title"]: it["id"] for it in (*buttons, *rows)}


class ConversationHarness:
    """One town. `hears` returns the bodies of the answers to a message; `handed` is how many the queue then got."""

    def __init__(self, town="vreden"):
        self.town = TOWNS[town]
        self.towns = FakeTowns({town: self.town})
        self.citizens = FakeCitizens(PEPPER)
        self.consultations = self.citizens.consultations
        self.answers = FakeAnswers(self.citizens)
        self.queue, self.media, self.erasures, self.reminders = Remembers(), Jobs(), Jobs(), FakeReminders()
        self.alerts, self.holds = FakeAlerts(), FakeHolds()
        self.inbox, self.erased = FakeInbox(), FakeErasures()
        self.ears, self.at, self.count = EARS, NOON, 0

    def hears(self, text="", *, who=ANNA, kind="text", after=timedelta(minutes=1), wamid=None, **content):
        self.count += 1
        self.at += after
        key = wamid or f"wamid.{self.count}"
        body = (
            {"body": text} if kind == "text" else {**content.pop("content", {}), **({"caption": text} if text else {})}
        )
        raw = {"message": {"from": who, "id": key, "type": kind, kind: body, **content}}
        return self.again(InboxUpdate(self.town.id, UpdateKind.MESSAGE, "a", key, json.dumps(raw), self.at, 0))

    def presses(self, body, label, **more):
        """Somebody taps what an answer offers."""
        reply = {"type": "button_reply", "button_reply": {"id": choices(body)[label], "title": label}}
        return self.hears(kind="interactive", content=reply, **more)

    def photo(self, caption="", **more):
        return self.hears(
            caption, kind="image", content={"id": f"media.{self.count}", "mime_type": "image/jpeg"}, **more
        )

    def pin(self, latitude, longitude, **more):
        return self.hears(kind="location", content={"latitude": latitude, "longitude": longitude}, **more)

    def again(self, update):
        self.update = update
        before = set(self.citizens.stored)
        self.done = handle_message(
            update,
            towns=self.towns,
            ports=InboundPorts(
                self.citizens,
                self.citizens.cases,
                self.citizens.contests,
                self.alerts,
                self.holds,
                self.inbox,
                self.erased,
                self.consultations,
                PEPPER,
            ),
            answers=self.answers,
            queues=QueuePorts(self.queue, self.media, self.erasures, self.reminders),
            reply_context=ReplyContext("https://x.example", Links(), self.at),
            ears=self.ears,
        )
        self.handed = self.done.answers
        return [it.answer.body for ref, it in self.citizens.stored.items() if ref not in before]

    def person(self, who=ANNA):
        known = self.citizens.identities[self.town.id, who]
        return self.citizens.people[self.town.id, known]

    @property
    def cases(self):
        return list(self.citizens.cases.found.values())
