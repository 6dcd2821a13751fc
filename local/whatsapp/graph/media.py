"""Media routes: upload, look up, download, delete."""

from aiohttp import BodyPartReader, web

from local.whatsapp.http_edge import base_url_of, token_of, world_of
from local.whatsapp.model.errors import Refused
from local.whatsapp.model.media import Medium
from local.whatsapp.model.world import World


async def upload(request: web.Request) -> web.StreamResponse:
    world = world_of(request)
    number = world.numbers.authorised_number(request.match_info["node"], token_of(request))
    fields: dict[str, str] = {}
    content, mime_type, filename = b"", "", None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "file":
            content, filename = bytes(await part.read()), part.filename
            mime_type = part.headers.get("Content-Type", "")
        elif part.name:
            fields[part.name] = await part.text()
    if fields.get("messaging_product") != "whatsapp":
        raise Refused(100, 'messaging_product must be "whatsapp".')
    medium = world.media.upload(number.phone_number_id, fields.get("type") or mime_type, content, world.now(), filename)
    return web.json_response({"id": medium.id})


def look_up(request: web.Request, medium: Medium) -> web.StreamResponse:
    """`GET /{media_id}`."""
    world = world_of(request)
    _check_access(request, world, medium)
    return web.json_response(
        {
            "messaging_product": "whatsapp",
            "url": world.media.address(medium, base_url_of(request), world.now()),
            "mime_type": medium.mime_type,
            "sha256": medium.sha256,
            "file_size": str(len(medium.content)),
            "id": medium.id,
        }
    )


def delete(request: web.Request, medium: Medium) -> web.StreamResponse:
    """`DELETE /{media_id}`."""
    _check_access(request, world_of(request), medium)
    world_of(request).media.forget(medium.id)
    return web.json_response({"success": True})


async def download(request: web.Request) -> web.StreamResponse:
    """The short-lived address: needs the bearer token too, and answers 404 once it is out of date."""
    world, asked = world_of(request), request.query
    medium = world.media.at_address(asked.get("mid", ""), asked.get("ext", ""), asked.get("hash", ""), world.now())
    if not world.numbers.knows_token(token_of(request)):
        raise Refused(190, "The access token is not known.")
    faults = world.faults
    disturbed = medium is not None and faults.touches(medium.phone_number_id)
    if medium is None or (disturbed and faults.happens(faults.knobs.expired_media_url)):
        raise web.HTTPNotFound(text="URL expired or media deleted: look the media id up again.")
    wrong = disturbed and faults.happens(faults.knobs.wrong_media_bytes)
    content = medium.content[:-1] if wrong else medium.content
    return web.Response(body=content, headers={"Content-Type": medium.mime_type})


def _check_access(request: web.Request, world: World, medium: Medium) -> None:
    world.numbers.authorised_number(medium.phone_number_id, token_of(request))
    wanted = request.query.get("phone_number_id")
    if wanted not in {None, medium.phone_number_id}:
        raise Refused(100, "This media belongs to another phone number.")
