"""A crash at any call of the follow-up, before or after it took effect, and a redelivery: the same end."""

import json
import re
from dataclasses import dataclass, replace

import pytest

from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.usecases.inbound.handle_message import QueuePorts, handle_message
from stadtdraht.usecases.inbound.load_context import InboundPorts
from stadtdraht.usecases.inbound.render_reply import ReplyContext
from tests.support.town_office import ANNA, EARS, NOON, PEPPER, ConversationHarness, Links

ENOUGH_CALLS = 30  # more than any of these messages makes
CASE_NUMBER = re.compile(r"2026-\d{4,}")


class Died(Exception):
    """The process ended here."""


@dataclass
class Fate:
    """Dies at the call of this number; `took_effect`: the call was carried out, and its answer lost."""

    at: int
    took_effect: bool
    calls: int = 0

    def let(self, call):
        self.calls += 1
        if self.calls != self.at:
            return call()
        if self.took_effect:
            call()
        raise Died


class Mortal:
    """A port of which each call may be the last."""

    def __init__(self, port, fate):
        self.port, self.fate = port, fate

    def __getattr__(self, name):
        real = getattr(self.port, name)
        return (lambda *what, **more: self.fate.let(lambda: real(*what, **more))) if callable(real) else real


def followed(office, update, fate):
    citizens = Mortal(office.citizens, fate)
    handle_message(
        update,
        towns=Mortal(office.towns, fate),
        ports=InboundPorts(
            citizens,
            Mortal(office.citizens.cases, fate),
            Mortal(office.citizens.contests, fate),
            office.alerts,
            office.holds,
            office.inbox,
            office.erased,
            office.consultations,
            PEPPER,
        ),
        answers=Mortal(office.answers, fate),
        queues=QueuePorts(
            *(Mortal(it, fate) for it in (office.queue, office.media, office.erasures, office.reminders))
        ),
        reply_context=ReplyContext("https://x.example", Links(), office.at),
        ears=EARS,
    )


def message(count, text="", *, kind="text", **content):
    body = {"body": text} if kind == "text" else content
    raw = {"message": {"from": ANNA, "id": f"wamid.m{count}", "type": kind, kind: body}}
    return InboxUpdate("vreden", UpdateKind.MESSAGE, "a", f"wamid.m{count}", json.dumps(raw), NOON, 0)


def pressed(count, choice):
    reply = {"type": "button_reply", "button_reply": {"id": choice, "title": "…"}}
    return message(count, kind="interactive", **reply)


STORIES = {
    "a first word": [message(1, "Hallo")],
    "a consent": [message(1, "beides"), pressed(2, "yes:news,reports")],
    "leaving": [message(1, "beides"), pressed(2, "yes:news,reports"), message(3, "STOP")],
    "a report": [message(1, "In der Bahnhofstraße ist ein tiefes Schlagloch")],
    "a photo for it": [message(1, "Ein Schlagloch"), message(2, kind="image", id="media.1", mime_type="image/jpeg")],
    "a place for it": [message(1, "Ein Schlagloch"), message(2, kind="location", latitude=52.03, longitude=6.83)],
    "need": [message(1, "Hilfe, es brennt bei uns!")],
    "erasing": [message(1, "Hallo"), pressed(2, "erase")],
}


def end_of(office):
    """Everything that is kept and handed on. Which number a case got may differ: a crash leaves a gap."""
    answers = [
        (ref.answer_id, CASE_NUMBER.sub("N", json.dumps(it.answer.body))) for ref, it in office.citizens.stored.items()
    ]
    people = [
        replace(it, dialogue=replace(it.dialogue, last_case=CASE_NUMBER.sub("N", it.dialogue.last_case)))
        for it in office.citizens.people.values()
    ]
    cases = [replace(case, number="N", near=()) for case in office.cases]
    return {
        "answers": sorted(answers),
        "people": people,
        "ledger": list(office.citizens.entries.values()),
        "messages": sorted(office.citizens.messages),
        "cases": cases,
        "handed on": sorted(ref.answer_id for ref in office.queue.put_in),
        "files": sorted(office.media.put_in),
        "to erase": sorted(office.erasures.put_in),
        "staff told": set(office.reminders.started),
    }


@pytest.mark.parametrize("took_effect", [False, True], ids=["before it took effect", "after it took effect"])
@pytest.mark.parametrize("story", STORIES)
def test_a_crash_at_any_call_and_a_redelivery_end_as_if_nothing_had_happened(story, took_effect):
    *before, last = STORIES[story]
    crashes = 0
    for at in range(1, ENOUGH_CALLS):
        calm, struck = ConversationHarness(), ConversationHarness()
        for update in before:
            followed(calm, update, Fate(0, took_effect=False))
            followed(struck, update, Fate(0, took_effect=False))
        followed(calm, last, Fate(0, took_effect=False))
        try:
            followed(struck, last, Fate(at, took_effect))
        except Died:
            crashes += 1
        for _ in range(2):
            followed(struck, last, Fate(0, took_effect=False))
        assert end_of(struck) == end_of(calm), f"died at call {at}"
    assert 0 < crashes < ENOUGH_CALLS - 1, "every call was the last one once"
