"""Single nodes of the graph: phone numbers, accounts, templates, media; and an account's edges."""

from typing import Any

from aiohttp import web

from local.whatsapp.graph import media, templates
from local.whatsapp.graph.templates import chosen_fields
from local.whatsapp.http_edge import json_of, token_of, world_of
from local.whatsapp.model.errors import Refused


async def get_node(request: web.Request) -> web.StreamResponse:
    world, node, fields = world_of(request), request.match_info["node"], request.query.get("fields")
    if (template := world.templates.get(node)) is not None:
        return templates.show(request, template)
    if (medium := world.media.find(node, world.now())) is not None:
        return media.look_up(request, medium)
    if world.numbers.of_waba(node):
        world.numbers.authorised_waba(node, token_of(request))
        return web.json_response(chosen_fields(_account(request, node), fields))
    number = world.numbers.authorised_number(node, token_of(request))
    usual = "verified_name,display_phone_number,quality_rating,code_verification_status,platform_type,throughput"
    return web.json_response(chosen_fields(number.as_node() | _callbacks(request, number.waba_id), fields or usual))


async def post_node(request: web.Request) -> web.StreamResponse:
    world, node = world_of(request), request.match_info["node"]
    if (template := world.templates.get(node)) is not None:
        return await templates.edit(request, template)
    world.numbers.authorised_number(node, token_of(request))
    return web.json_response({"success": True})


async def delete_node(request: web.Request) -> web.StreamResponse:
    world, node = world_of(request), request.match_info["node"]
    medium = world.media.find(node, world.now())
    if medium is None:
        raise Refused(100, f"Object {node} does not exist.")
    return media.delete(request, medium)


async def phone_numbers(request: web.Request) -> web.StreamResponse:
    world = world_of(request)
    numbers = world.numbers.authorised_waba(request.match_info["node"], token_of(request))
    fields = request.query.get("fields")
    return web.json_response({"data": [chosen_fields(number.as_node(), fields) for number in numbers]})


async def subscribed_apps(request: web.Request) -> web.StreamResponse:
    """GET lists, POST subscribes, DELETE ends it: an account without a subscription sends no webhooks. POST may name
    another address for what concerns messages; it is kept and told, and webhooks still go to the app's.
    """
    world, waba_id = world_of(request), request.match_info["node"]
    world.numbers.authorised_waba(waba_id, token_of(request))
    off = world.numbers.unsubscribed_wabas
    overrides = world.app.overrides
    if request.method == "GET":
        override = {"override_callback_uri": overrides[waba_id]} if waba_id in overrides else {}
        data = [] if waba_id in off else [{"whatsapp_business_api_data": world.app.as_node(), **override}]
        return web.json_response({"data": data})
    if request.method == "POST":
        off.discard(waba_id)
        wanted = str((await json_of(request)).get("override_callback_uri") or "")
        overrides.pop(waba_id, None)
        overrides.update({waba_id: wanted} if wanted else {})
    else:
        off.add(waba_id)
    return web.json_response({"success": True})


async def unknown_path(request: web.Request) -> web.StreamResponse:
    raise Refused(2500, f"Unknown path components: {request.path}")


def _callbacks(request: web.Request, waba_id: str) -> dict[str, Any]:
    app = world_of(request).app
    of_account = {"whatsapp_business_account": app.overrides[waba_id]} if waba_id in app.overrides else {}
    return {"webhook_configuration": {"application": app.callback_url, **of_account}}


def _account(request: web.Request, waba_id: str) -> dict[str, Any]:
    numbers = world_of(request).numbers.of_waba(waba_id)
    return {
        "id": waba_id,
        "name": numbers[0].verified_name,
        "timezone_id": "57",
        "currency": "EUR",
        "message_template_namespace": f"namespace_{waba_id}",
        "account_review_status": "APPROVED",
        "business_verification_status": "verified",
        "status": "ACTIVE",
        "health_status": {
            "can_send_message": "AVAILABLE",
            "entities": [{"entity_type": "WABA", "id": waba_id, "can_send_message": "AVAILABLE"}],
        },
    }
