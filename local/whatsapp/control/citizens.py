"""Control routes of the phones: citizens, their chats, what they write, and the live stream."""

import asyncio
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from local.whatsapp.control.phone_view import chat_view, person_view, preview
from local.whatsapp.control.writing import CitizenMessage, write
from local.whatsapp.http_edge import base_url_of, json_of, world_of
from local.whatsapp.model.chats import Chat
from local.whatsapp.model.numbers import Number
from local.whatsapp.model.people import Person, digits_of, invented_name, is_bsuid, is_plausible_number
from local.whatsapp.model.world import World, new_wamid

_PEOPLE_SHOWN = 200
_MESSAGES_SHOWN = 300
_STILL_THERE_S = 15.0
_SETTLE_S = 0.1


class NewCitizen(BaseModel):
    """`POST /_sim/citizens`: by number, by BSUID, or both; at least one of them."""

    model_config = ConfigDict(extra="forbid")

    wa_id: str | None = None
    user_id: str | None = None
    name: str | None = None
    username: str | None = None
    phone_withheld: bool = False
    read_receipts: bool = True


class NumberChange(BaseModel):
    """`POST /_sim/citizens/{id}/number`."""

    model_config = ConfigDict(extra="forbid")

    wa_id: str


class Preference(BaseModel):
    """`POST /_sim/citizens/{id}/preferences`: WhatsApp's own "stop marketing messages"."""

    model_config = ConfigDict(extra="forbid")

    town: str
    value: str


async def create(request: web.Request) -> web.StreamResponse:
    world, wanted = world_of(request), NewCitizen.model_validate(await json_of(request))
    if wanted.user_id is not None and not is_bsuid(wanted.user_id):
        raise ValueError("user_id must look like DE.123")
    identifier = wanted.wa_id or wanted.user_id
    if identifier is None:
        raise ValueError("wa_id or user_id is needed")
    if wanted.wa_id and not is_plausible_number(digits_of(wanted.wa_id)):
        raise ValueError("wa_id must be a phone number with country code")
    person = world.people.find(identifier) or _new_person(world, wanted, identifier)
    person.name = wanted.name or person.name
    person.username = wanted.username or person.username
    person.phone_withheld = wanted.phone_withheld or person.wa_id is None
    person.read_receipts = wanted.read_receipts
    world.live.moved(person.user_id, "")
    return web.json_response(person_view(person), status=201)


def _new_person(world: World, wanted: NewCitizen, identifier: str) -> Person:
    if wanted.user_id and wanted.wa_id:
        digits = digits_of(wanted.wa_id)
        return world.people.add(Person(wanted.user_id, digits, wanted.name or invented_name(digits)))
    return world.people.meet(identifier, wanted.name)


async def list_all(request: web.Request) -> web.StreamResponse:
    """Most lively first; `q` searches names and numbers, `limit` ends the list (200)."""
    world = world_of(request)
    sought = request.query.get("q", "").casefold()
    limit = int(request.query.get("limit") or _PEOPLE_SHOWN)
    found = (person for person in _liveliest_first(world) if sought in _searchable(person))
    citizens = [person_view(person) | {"chats": _chat_list(world, person)} for person in islice(found, limit)]
    more = sum(1 for _ in found) if len(citizens) == limit else 0
    return web.json_response({"citizens": citizens, "total": len(world.people), "more": more})


async def say(request: web.Request) -> web.StreamResponse:
    world, said = world_of(request), CitizenMessage.model_validate(await json_of(request))
    number = _number(world, said.town, said.phone_number_id)
    person = world.people.meet(request.match_info["citizen"], said.name)
    person.phone_withheld = person.phone_withheld or said.bsuid_only
    person.username = said.username or person.username
    message = write(world, world.chats.between(number, person), said, base_url_of(request))
    return web.json_response({"id": message.id})


async def chat(request: web.Request) -> web.StreamResponse:
    world = world_of(request)
    shown = _chat(world, request, request.query.get("town"))
    limit = int(request.query.get("limit") or _MESSAGES_SHOWN)
    return web.json_response({"citizen": person_view(shown.person)} | chat_view(shown, world.now(), limit))


async def look(request: web.Request) -> web.StreamResponse:
    """The citizen opens the chat: what has arrived is read, as far as they give read receipts."""
    world, body = world_of(request), await json_of(request)
    seen = _chat(world, request, body.get("town"))
    for message in seen.messages:
        if message.from_town and seen.person.read_receipts and message.tick in {"sent", "delivered"}:
            world.statuses.opened(message, world.now())
    return web.json_response({"success": True})


async def change_number(request: web.Request) -> web.StreamResponse:
    """A new number and so a new BSUID; every town the person writes with is told by a system message."""
    world, wanted = world_of(request), NumberChange.model_validate(await json_of(request))
    person = _person(world, request)
    old_number, digits = person.visible_wa_id, digits_of(wanted.wa_id)
    if world.people.find(digits) is not None:
        raise ValueError("somebody else has this number")
    person, previous = world.people.change_number(person, digits)
    world.chats.follow(person, previous)
    for known in world.chats.of_person(person):
        world.announcer.system(known.number, _system(person, previous, old_number, world.now()))
    return web.json_response(person_view(person) | {"previous_user_id": previous})


async def prefer(request: web.Request) -> web.StreamResponse:
    world, wanted = world_of(request), Preference.model_validate(await json_of(request))
    if wanted.value not in {"stop", "resume"}:
        raise ValueError("value must be stop or resume")
    person, number = _person(world, request), _number(world, wanted.town, None)
    others = tuple(name for name in person.stopped_marketing_of if name != number.phone_number_id)
    person.stopped_marketing_of = (*others, number.phone_number_id) if wanted.value == "stop" else others
    who = {"wa_id": person.visible_wa_id} if person.visible_wa_id else {}
    told = "User requested to stop marketing messages"
    preference = {
        **who,
        "user_id": person.user_id,
        "category": "marketing_messages",
        "value": wanted.value,
        "detail": told if wanted.value == "stop" else "User requested to resume marketing messages",
        "timestamp": int(world.now()),
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": number.metadata(),
        "contacts": [person.as_contact()],
        "user_preferences": [preference],
    }
    world.announcer.field(number.waba_id, "user_preferences", value, None)
    return web.json_response({"queued": True})


async def medium(request: web.Request) -> web.StreamResponse:
    """A photo for the phone page, which has no token."""
    world = world_of(request)
    found = world.media.find(request.match_info["media_id"], world.now())
    if found is None:
        raise KeyError("no such media")
    return web.Response(body=found.content, headers={"Content-Type": found.mime_type})


async def events(request: web.Request) -> web.StreamResponse:
    """Server-Sent Events: `moved` with user_id and town whenever a chat has changed."""
    world = world_of(request)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    heard = world.live.listen(request.query.get("citizen"))
    try:
        await response.write(b"event: hello\ndata: {}\n\n")
        while not world.live.ended:
            try:
                async with asyncio.timeout(_STILL_THERE_S):
                    moves = [await heard.get()]
            except TimeoutError:
                await response.write(b": still there\n\n")
                continue
            await asyncio.sleep(_SETTLE_S)
            while not heard.empty():
                moves.append(heard.get_nowait())
            told = {(move["user_id"], move["town"]): move for move in moves}
            lines = [f"event: moved\ndata: {json.dumps(move)}\n\n" for move in told.values()]
            await response.write("".join(lines).encode())
    except ConnectionError:
        pass  # the page was closed
    finally:
        world.live.leave(heard)
    return response


def _number(world: World, town: str | None, phone_number_id: str | None) -> Number:
    numbers = world.numbers.all()
    for number in numbers:
        if number.phone_number_id == phone_number_id or (town and number.town == town):
            return number
    known = ", ".join(number.town for number in numbers) or "none yet"
    raise KeyError(f"no such town: {town or phone_number_id} (known: {known})")


def _person(world: World, request: web.Request) -> Person:
    person = world.people.find(request.match_info["citizen"])
    if person is None:
        raise KeyError("no such citizen")
    return person


def _chat(world: World, request: web.Request, town: str | None) -> Chat:
    return world.chats.between(_number(world, town, request.query.get("phone_number_id")), _person(world, request))


def _liveliest_first(world: World) -> Iterator[Person]:
    """Lazily, because a broadcast may have met a hundred thousand; people without a chat come last."""
    known = set()
    for key in world.chats.liveliest():
        known.add(key)
        person = world.people.find(key)
        if person is not None:
            yield person
    yield from (person for person in world.people.all() if person.key not in known)


def _searchable(person: Person) -> str:
    return f"{person.name} {person.wa_id} {person.user_id}".casefold()


def _chat_list(world: World, person: Person) -> list[dict[str, Any]]:
    """Newest chat first, as WhatsApp's list of chats."""
    talks = [known for known in world.chats.of_person(person) if known.messages]
    return [
        {
            "town": known.number.town,
            "time": known.messages[-1].time,
            "preview": preview(known.messages[-1]),
            "from_town": known.messages[-1].from_town,
            "tick": known.messages[-1].tick,
            "unread": sum(
                message.from_town and message.tick in {"sent", "delivered"} for message in known.messages[-99:]
            ),
        }
        for known in sorted(talks, key=lambda known: known.messages[-1].time, reverse=True)
    ]


def _system(person: Person, previous: str, old_number: str | None, now: float) -> dict[str, Any]:
    wire: dict[str, Any] = {"id": new_wamid(previous), "timestamp": str(int(now)), "type": "system"}
    changed = {"user_id": person.user_id, "previous_user_id": previous}
    if old_number is None:
        return {"from_user_id": previous, **wire, "system": {"type": "user_changed_user_id", **changed}}
    told = f"User {person.name} changed from {old_number} to {person.wa_id}"
    system = {"type": "user_changed_number", "body": told, "wa_id": person.wa_id, **changed}
    return {"from": old_number, **wire, "system": system}
