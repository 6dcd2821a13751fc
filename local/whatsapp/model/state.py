"""Keeping the world between two runs: one JSON file, written on a gentle stop, and the media beside it."""

import dataclasses
import json
from pathlib import Path
from typing import Any

from local.whatsapp.model.chats import ChatMessage
from local.whatsapp.model.ledger import Entry
from local.whatsapp.model.media import Medium
from local.whatsapp.model.numbers import Number
from local.whatsapp.model.people import Person
from local.whatsapp.model.template_shape import Template
from local.whatsapp.model.webhook_queue import Parcel
from local.whatsapp.model.world import World

_FILE = "whatsapp.json"
_MEDIA = "media"
_NUMBER_FIELDS = (
    "phone_number_id", "town", "waba_id", "display_phone_number", "verified_name", "token", "rate_mps",
    "level", "quality_rating", "messaging_limit", "service_messages_of_month",
)  # fmt: skip


def save(world: World, folder: Path) -> None:
    """Webhooks that nobody has answered with 200 yet are kept too: they come again after the restart."""
    (folder / _MEDIA).mkdir(parents=True, exist_ok=True)
    for medium in world.media.all():
        (folder / _MEDIA / medium.id).write_bytes(medium.content)
    world.announcer.flush()
    written = json.dumps(
        {
            "numbers": [{key: getattr(number, key) for key in _NUMBER_FIELDS} for number in world.numbers.all()],
            "unsubscribed_wabas": sorted(world.numbers.unsubscribed_wabas),
            "people": [dataclasses.asdict(person) for person in world.people.all()],
            "templates": [_plain(template) for template in world.templates.all()],
            "media": [_plain(medium, leave_out="content") for medium in world.media.all()],
            "ledger": [_plain(entry) for entry in world.ledger],
            "refused": world.ledger.refused,
            "chats": [
                {
                    "phone_number_id": chat.number.phone_number_id,
                    "user_id": chat.person.user_id,
                    "last_word_of_citizen": chat.last_word_of_citizen,
                    "messages": [_message(message, world) for message in chat.messages],
                }
                for chat in world.chats.all()
            ],
            "webhooks": [
                {"body": parcel.body.decode("ascii"), "first_due": parcel.first_due} for parcel in world.queue.parcels()
            ],
        }
    )
    unfinished = folder / f"{_FILE}.new"
    unfinished.write_text(written)
    unfinished.replace(folder / _FILE)


def load(world: World, folder: Path) -> None:
    """What `save` has written; nothing when there is no file. Statuses still to come are planned anew."""
    if not (folder / _FILE).exists():
        return
    kept = json.loads((folder / _FILE).read_text())
    for number in kept["numbers"]:
        world.numbers.put(Number(**number))
    world.numbers.unsubscribed_wabas = set(kept["unsubscribed_wabas"])
    for person in kept["people"]:
        world.people.add(Person(**{**person, "stopped_marketing_of": tuple(person["stopped_marketing_of"])}))
    for template in kept["templates"]:
        world.templates.put(Template(**template))
    for medium in kept["media"]:
        content = (folder / _MEDIA / medium["id"]).read_bytes()
        world.media.put(Medium(**medium, content=content))
    for entry in kept["ledger"]:
        world.ledger.accept(Entry(**entry))
    world.ledger.refused.update(kept["refused"])
    for chat in kept["chats"]:
        _load_chat(world, chat)
    for parcel in kept["webhooks"]:
        world.queue.put_back(Parcel(parcel["body"].encode("ascii"), parcel["first_due"]))


def _plain(record: Any, leave_out: str = "") -> dict[str, Any]:
    """A dataclass's fields as they are, without copying what is in them."""
    names = (field.name for field in dataclasses.fields(record))
    return {name: getattr(record, name) for name in names if name != leave_out}


def _message(message: ChatMessage, world: World) -> dict[str, Any]:
    in_ledger = world.ledger.find(message.id) is not None
    return {
        "id": message.id,
        "from_town": message.from_town,
        "time": message.time,
        "body": None if in_ledger else message.body,
        "tick": message.tick,
        "template": message.template.id if message.template else None,
        "recipient_id": message.recipient_id,
        "opaque": message.opaque,
        "pricing": message.pricing,
        "error_code": message.error_code,
    }


def _load_chat(world: World, kept: dict[str, Any]) -> None:
    number, person = world.numbers.get(kept["phone_number_id"]), world.people.find(kept["user_id"])
    if number is None or person is None:
        return
    chat = world.chats.between(number, person)
    chat.last_word_of_citizen = kept["last_word_of_citizen"]
    for given in kept["messages"]:
        entry = world.ledger.find(given["id"])
        template = world.templates.get(given["template"]) if given["template"] else None
        body = given["body"] if entry is None else entry.body
        message = ChatMessage(**{**given, "chat": chat, "template": template, "body": body})
        world.chats.keep(message)
        if message.from_town and message.tick in {"accepted", "sent"}:
            world.statuses.plan(message, world.now())
