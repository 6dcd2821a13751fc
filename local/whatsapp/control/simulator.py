"""Control routes under `/_sim/`: numbers, faults, the ledger."""

from dataclasses import replace
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from local.whatsapp.http_edge import json_of, world_of
from local.whatsapp.model.limits import RATE_OF_LEVEL_MPS
from local.whatsapp.model.numbers import Number
from local.whatsapp.model.template_shape import Status
from local.whatsapp.model.templates import status_update


class NewNumber(BaseModel):
    """`PUT /_sim/numbers/{phone_number_id}`. The rate follows from the level unless given."""

    model_config = ConfigDict(extra="forbid")

    town: str
    waba_id: str
    display_phone_number: str
    verified_name: str
    token: str
    rate_mps: int | None = Field(default=None, ge=1, le=1000)
    level: str = Field(default="STANDARD", pattern="^(STANDARD|HIGH)$")
    quality_rating: str = Field(default="GREEN", pattern="^(GREEN|YELLOW|RED|UNKNOWN)$")
    messaging_limit: str = "TIER_100K"


class NewTemplateStatus(BaseModel):
    """`POST /_sim/templates/{template_id}`."""

    model_config = ConfigDict(extra="forbid")

    status: Status


class OtherWebhook(BaseModel):
    """`POST /_sim/webhooks`: any field and value, in the right envelope and signed."""

    model_config = ConfigDict(extra="forbid")

    town: str
    field: str
    value: dict[str, Any]
    add_metadata: bool = False


class NewApp(BaseModel):
    """`POST /_sim/app`: what is named changes, the rest stays."""

    model_config = ConfigDict(extra="forbid")

    secret: str | None = None
    callback_url: str | None = None
    active: bool | None = None
    fields: frozenset[str] | None = None
    scopes: tuple[str, ...] | None = None
    token_expires_at: int | None = Field(default=None, ge=0)


async def show_app(request: web.Request) -> web.StreamResponse:
    app = world_of(request).app
    shown = {name: getattr(app, name) for name in NewApp.model_fields if name != "secret"}
    return web.json_response({**shown, "fields": sorted(app.fields)})


async def set_app(request: web.Request) -> web.StreamResponse:
    """Another secret signs webhooks from then on, as when somebody resets it at Meta."""
    wanted = NewApp.model_validate(await json_of(request))
    for name in wanted.model_fields_set:
        if (value := getattr(wanted, name)) is not None:
            setattr(world_of(request).app, name, value)
    return await show_app(request)


async def put_number(request: web.Request) -> web.StreamResponse:
    world, wanted = world_of(request), NewNumber.model_validate(await json_of(request))
    rate_mps = wanted.rate_mps or RATE_OF_LEVEL_MPS[wanted.level]
    given = wanted.model_dump() | {"rate_mps": rate_mps}
    number = Number(phone_number_id=request.match_info["phone_number_id"], **given)
    world.numbers.put(number)
    return web.json_response(_number_view(number))


async def list_numbers(request: web.Request) -> web.StreamResponse:
    return web.json_response({"numbers": [_number_view(number) for number in world_of(request).numbers.all()]})


async def set_faults(request: web.Request) -> web.StreamResponse:
    return web.json_response(world_of(request).faults.set(await json_of(request)).model_dump())


async def get_faults(request: web.Request) -> web.StreamResponse:
    return web.json_response(world_of(request).faults.knobs.model_dump())


async def clear_faults(request: web.Request) -> web.StreamResponse:
    world_of(request).faults.clear()
    return web.json_response(world_of(request).faults.knobs.model_dump())


async def messages(request: web.Request) -> web.StreamResponse:
    asked = request.query
    since = float(asked["since"]) if asked.get("since") else None
    limit = int(asked["limit"]) if asked.get("limit") else None
    world = world_of(request)
    found = world.ledger.search(asked.get("phone_number_id") or None, asked.get("to") or None, since, limit)
    entries = []
    for entry in found:
        message = world.chats.find(entry.id)
        entries.append(entry.as_json() | {"status": message.tick if message else None})
    return web.json_response({"messages": entries})


async def stats(request: web.Request) -> web.StreamResponse:
    world = world_of(request)
    numbers = world.numbers.all()
    return web.json_response(
        {
            "accepted": len(world.ledger),
            "refused": dict(world.ledger.refused),
            "peak_1s": {number.phone_number_id: number.traffic.peak_sent_1s for number in numbers},
            "peak_1s_both_ways": {number.phone_number_id: number.traffic.peak_both_1s for number in numbers},
            "people": len(world.people),
            "webhooks": {
                "answered_200": world.queue.delivered,
                "failed_attempts": world.queue.failed_attempts,
                "waiting": len(world.queue),
                "statuses_to_come": len(world.statuses),
            },
        }
    )


async def list_templates(request: web.Request) -> web.StreamResponse:
    world = world_of(request)
    templates = [template.as_json(world.now()) | {"waba_id": template.waba_id} for template in world.templates.all()]
    return web.json_response({"templates": templates})


async def set_template_status(request: web.Request) -> web.StreamResponse:
    """Pause, disable, reject or approve a template, and tell it by webhook."""
    world = world_of(request)
    wanted = NewTemplateStatus.model_validate(await json_of(request))
    template = world.templates.get(request.match_info["template_id"])
    if template is None:
        raise KeyError("no such template")
    changed = world.templates.force(template, wanted.status)
    value = status_update(changed, wanted.status)
    world.announcer.field(changed.waba_id, "message_template_status_update", value, world.now())
    return web.json_response(changed.as_json(world.now()))


async def other_webhook(request: web.Request) -> web.StreamResponse:
    world, wanted = world_of(request), OtherWebhook.model_validate(await json_of(request))
    number = world.numbers.of_town(wanted.town)
    if number is None:
        raise KeyError(f"no town {wanted.town}")
    value = wanted.value
    if wanted.add_metadata:
        value = {"messaging_product": "whatsapp", "metadata": number.metadata(), **value}
    time = None if wanted.field == "messages" else world.now()
    world.announcer.field(number.waba_id, wanted.field, value, time)
    return web.json_response({"queued": True})


def _number_view(number: Number) -> dict[str, Any]:
    without_traffic = replace(number)
    return {
        key: getattr(without_traffic, key)
        for key in (
            "phone_number_id", "town", "waba_id", "display_phone_number", "verified_name", "rate_mps",
            "level",
        )
    }  # fmt: skip
