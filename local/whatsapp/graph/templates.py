"""Template routes of an account."""

import json
from typing import Any

from aiohttp import web

from local.whatsapp.http_edge import base_url_of, json_of, token_of, world_of
from local.whatsapp.model.errors import Refused
from local.whatsapp.model.template_shape import Template

_PAGE = 25  # templates per page when no limit is asked for; Graph API's usual default


async def create(request: web.Request) -> web.StreamResponse:
    world, waba_id = world_of(request), request.match_info["node"]
    world.numbers.authorised_waba(waba_id, token_of(request))
    body = await json_of(request)
    template = world.templates.create(waba_id, body, world.now(), check=world.uploads.check_examples)
    status = template.status(world.now())
    return web.json_response({"id": template.id, "status": status, "category": template.category})


async def list_all(request: web.Request) -> web.StreamResponse:
    """Filters name, language, status, category; `paging.next` leads on."""
    world, waba_id, asked = world_of(request), request.match_info["node"], request.query
    world.numbers.authorised_waba(waba_id, token_of(request))
    nodes = [template.as_json(world.now()) for template in world.templates.of_waba(waba_id)]
    for key in ("name", "language", "status", "category"):
        if key in asked:
            nodes = [node for node in nodes if node[key] == asked[key]]
    start, size = int(asked.get("after") or 0), int(asked.get("limit") or _PAGE)
    page = nodes[start : start + size]
    answer: dict[str, Any] = {"data": [chosen_fields(node, asked.get("fields")) for node in page]}
    if start + size < len(nodes):
        following = request.rel_url.update_query(after=str(start + size))
        answer["paging"] = {
            "cursors": {"after": str(start + size)},
            "next": f"{base_url_of(request)}{following}",
        }
    return web.json_response(answer)


async def delete(request: web.Request) -> web.StreamResponse:
    world, waba_id, asked = world_of(request), request.match_info["node"], request.query
    world.numbers.authorised_waba(waba_id, token_of(request))
    if "hsm_ids" in asked:
        for template_id in json.loads(asked["hsm_ids"]):
            template = world.templates.get(str(template_id))
            if template is None or template.waba_id != waba_id:
                raise Refused(100, f"No message template {template_id}.")
            world.templates.delete(waba_id, template.name, template.id, world.now())
        return web.json_response({"success": True})
    if not asked.get("name"):
        raise Refused(100, "The parameter name is required.")
    world.templates.delete(waba_id, asked["name"], asked.get("hsm_id"), world.now())
    return web.json_response({"success": True})


def show(request: web.Request, template: Template) -> web.StreamResponse:
    """`GET /{template_id}`."""
    world = world_of(request)
    world.numbers.authorised_waba(template.waba_id, token_of(request))
    return web.json_response(chosen_fields(template.as_json(world.now()), request.query.get("fields")))


async def edit(request: web.Request, template: Template) -> web.StreamResponse:
    """`POST /{template_id}`."""
    world = world_of(request)
    world.numbers.authorised_waba(template.waba_id, token_of(request))
    edited = world.templates.edit(template, await json_of(request), world.now(), check=world.uploads.check_examples)
    return web.json_response({"success": True, "id": edited.id, "category": edited.category})


def chosen_fields(node: dict[str, Any], fields: str | None) -> dict[str, Any]:
    """Only what `fields=` names, and always the id. Nested choices such as `a{b}` give the whole of a."""
    if not fields:
        return node
    wanted = {name.split("{")[0].split(".")[0].strip() for name in fields.split(",")}
    return {key: value for key, value in node.items() if key in wanted or key == "id"}
