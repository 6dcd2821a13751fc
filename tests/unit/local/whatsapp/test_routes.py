"""The routes over HTTP, with a real receiver of webhooks on 127.0.0.1."""

import asyncio
import json

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from local.whatsapp.config import Config
from local.whatsapp.model.webhook_bytes import signature
from local.whatsapp.server import create_app
from tests.unit.local.whatsapp.simulation import ERIKA, NEWS

pytestmark = pytest.mark.enable_socket

TOKEN = {"Authorization": "Bearer token"}
NUMBER = {
    "town": "bocholt",
    "waba_id": "109",
    "display_phone_number": "+49 2871 953-0",
    "verified_name": "Stadt Bocholt",
    "token": "token",
}
TEXT = {
    "messaging_product": "whatsapp",
    "to": f"+{ERIKA}",
    "type": "text",
    "text": {"body": "Guten Tag"},
    "biz_opaque_callback_data": "k1",
}


def played(story):
    """Run `story(client, received)` on a fresh simulator; `received` is a queue of (signature, bytes)."""

    async def play():
        received = asyncio.Queue()

        async def receive(request):
            received.put_nowait((request.headers["X-Hub-Signature-256"], await request.read()))
            return web.Response()

        receiver = web.Application()
        receiver.router.add_post("/hook", receive)
        async with TestServer(receiver) as hook:
            config = Config(
                webhook_url=str(hook.make_url("/hook")),
                app_secret="secret",
                sent_after_ms=0,
                delivered_after_ms=1,
                read_after_ms=1,
                flush_every_ms=5,
            )
            async with TestClient(TestServer(create_app(config))) as client:
                await client.put("/_sim/numbers/301", json=NUMBER)
                await story(client, received)

    asyncio.run(play())


async def said(client, **message):
    answer = await client.post(f"/_sim/citizens/{ERIKA}/messages", json={"town": "bocholt", **message})
    return await answer.json()


async def sent(client, body=TEXT, headers=TOKEN):
    answer = await client.post("/v26.0/301/messages", json=body, headers=headers)
    return answer.status, await answer.json()


def test_a_word_and_an_answer_go_all_the_way_round():
    async def story(client, received):
        await said(client, type="text", text="Grüße")
        marked, body = await received.get()
        assert marked == signature("secret", body)
        assert b"Gr\\u00fc\\u00dfe" in body
        status, answer = await sent(client)
        assert (status, answer["contacts"]) == (200, [{"input": f"+{ERIKA}", "wa_id": ERIKA}])
        statuses = []
        while len(statuses) < 2:
            _, body = await received.get()
            statuses += json.loads(body)["entry"][0]["changes"][0]["value"]["statuses"]
        assert {one["biz_opaque_callback_data"] for one in statuses} == {"k1"}

    played(story)


def test_ledger_and_figures_have_the_agreed_shape():
    async def story(client, received):
        await sent(client)
        await said(client, text="Hallo")
        _, answer = await sent(client)
        found = await (await client.get(f"/_sim/messages?phone_number_id=301&to={ERIKA}&since=1")).json()
        (entry,) = found["messages"]
        assert entry["id"] == answer["messages"][0]["id"]
        assert (entry["phone_number_id"], entry["to"], entry["body"]) == ("301", f"+{ERIKA}", TEXT)
        assert entry["biz_opaque_callback_data"] == "k1"
        later = await (await client.get(f"/_sim/messages?since={entry['time'] + 1}")).json()
        assert later == {"messages": []}
        stats = await (await client.get("/_sim/stats")).json()
        assert (stats["accepted"], stats["refused"], stats["peak_1s"]) == (1, {"131047": 1}, {"301": 1})

    played(story)


def test_a_wrong_token_and_a_revoked_one_are_refused():
    async def story(client, received):
        wrong, answer = await sent(client, headers={"Authorization": "Bearer other"})
        assert (wrong, answer["error"]["code"]) == (401, 190)
        await client.post("/_sim/faults", json={"revoke_token": True})
        revoked, _ = await sent(client)
        assert revoked == 401
        await client.delete("/_sim/faults")
        known, answer = await sent(client)
        assert (known, answer["error"]["code"]) == (400, 131047)

    played(story)


def test_throttling_answers_429():
    async def story(client, received):
        await said(client, text="Hallo")
        await client.post("/_sim/faults", json={"throttle_after": 1})
        assert (await sent(client))[0] == 200
        status, answer = await sent(client)
        assert (status, answer["error"]["code"]) == (429, 130429)

    played(story)


def test_a_500_a_hang_and_a_reset_come_after_the_message_was_accepted():
    async def story(client, received):
        await said(client, text="Hallo")
        await client.post("/_sim/faults", json={"fail_after_accept": 1})
        assert (await sent(client))[0] == 500
        await client.delete("/_sim/faults")
        await client.post("/_sim/faults", json={"reset": 1})
        with pytest.raises(aiohttp.ClientError):
            await sent(client)
        await client.delete("/_sim/faults")
        await client.post("/_sim/faults", json={"hang": 1})
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(sent(client), 0.05)
        await client.delete("/_sim/faults")
        stats = await (await client.get("/_sim/stats")).json()
        assert stats["accepted"] == 3

    played(story)


def test_templates_are_made_listed_page_by_page_and_deleted():
    async def story(client, received):
        for place in range(3):
            body = {**NEWS, "name": f"stadt_{place}"}
            made = await client.post("/v26.0/109/message_templates", json=body, headers=TOKEN)
            assert (await made.json())["status"] == "APPROVED"
        address = "/v26.0/109/message_templates?limit=2&fields=id,name,status"
        first = await (await client.get(address, headers=TOKEN)).json()
        following = first["paging"]["next"].split("/", 3)[3]
        second = await (await client.get("/" + following, headers=TOKEN)).json()
        names = [node["name"] for node in first["data"] + second["data"]]
        assert names == ["stadt_0", "stadt_1", "stadt_2"]
        assert set(first["data"][0]) == {"id", "name", "status"}
        gone = await client.delete("/v26.0/109/message_templates?name=stadt_1", headers=TOKEN)
        assert await gone.json() == {"success": True}

    played(story)


def test_a_photo_goes_up_and_comes_down_again_with_a_token():
    async def story(client, received):
        form = aiohttp.FormData({"messaging_product": "whatsapp"})
        form.add_field("file", b"\x89PNG-bytes", filename="a.png", content_type="image/png")
        answer = await client.post("/v26.0/301/media", data=form, headers=TOKEN)
        media_id = (await answer.json())["id"]
        node = await (await client.get(f"/v26.0/{media_id}", headers=TOKEN)).json()
        address = "/" + node["url"].split("/", 3)[3]
        assert (await client.get(address)).status == 401
        fetched = await client.get(address, headers=TOKEN)
        assert (await fetched.read(), fetched.headers["Content-Type"]) == (b"\x89PNG-bytes", "image/png")
        assert (await client.get(address.replace("ext=", "ext=9"), headers=TOKEN)).status == 404
        await client.delete(f"/v26.0/{media_id}", headers=TOKEN)
        assert (await client.get(address, headers=TOKEN)).status == 404

    played(story)


def test_downloads_can_be_disturbed():
    async def story(client, received):
        form = aiohttp.FormData({"messaging_product": "whatsapp"})
        form.add_field("file", b"\x89PNG-bytes", filename="a.png", content_type="image/png")
        media_id = (await (await client.post("/v26.0/301/media", data=form, headers=TOKEN)).json())["id"]
        node = await (await client.get(f"/v26.0/{media_id}", headers=TOKEN)).json()
        address = "/" + node["url"].split("/", 3)[3]
        await client.post("/_sim/faults", json={"expired_media_url": 1})
        assert (await client.get(address, headers=TOKEN)).status == 404
        await client.post("/_sim/faults", json={"expired_media_url": 0, "wrong_media_bytes": 1})
        assert await (await client.get(address, headers=TOKEN)).read() == b"\x89PNG-byte"
        await client.delete("/_sim/faults")
        assert await (await client.get(address, headers=TOKEN)).read() == b"\x89PNG-bytes"

    played(story)


def test_number_and_account_can_be_read():
    async def story(client, received):
        node = await (await client.get("/v26.0/301?fields=throughput,quality_rating", headers=TOKEN)).json()
        assert node == {"id": "301", "throughput": {"level": "STANDARD"}, "quality_rating": "GREEN"}
        listed = await (await client.get("/v26.0/109/phone_numbers", headers=TOKEN)).json()
        assert [one["id"] for one in listed["data"]] == ["301"]
        await client.delete("/v26.0/109/subscribed_apps", headers=TOKEN)
        apps = await (await client.get("/v26.0/109/subscribed_apps", headers=TOKEN)).json()
        assert apps == {"data": []}
        nowhere = await client.get("/v26.0/301/nowhere", headers=TOKEN)
        assert (nowhere.status, (await nowhere.json())["error"]["code"]) == (400, 2500)

    played(story)


def test_the_example_of_a_media_header_is_uploaded_in_two_steps():
    async def story(client, received):
        app = (await (await client.get("/v26.0/app", headers=TOKEN)).json())["id"]
        file = "file_name=a.png&file_length=3&file_type=image/png"
        nobody = await client.post(f"/v26.0/700/uploads?{file}", headers=TOKEN)
        assert (await nobody.json())["error"]["code"] == 33
        begun = await client.post(f"/v26.0/{app}/uploads?{file}", headers=TOKEN)
        upload = (await begun.json())["id"]
        oauth = {"Authorization": "OAuth token", "file_offset": "0"}
        wrong = [
            (b"pn", oauth),
            (b"png", {"Authorization": "OAuth token"}),
            (b"png", {**TOKEN, "file_offset": "0"}),
        ]
        for content, headers in wrong:
            refused = await client.post(f"/v26.0/{upload}", data=content, headers=headers)
            assert refused.status in (400, 401)
        done = await client.post(f"/v26.0/{upload}", data=b"png", headers=oauth)
        handle = (await done.json())["h"]
        assert handle.startswith("4:")
        again = await client.post(f"/v26.0/{upload}", data=b"png", headers=oauth)
        assert again.status == 400
        for given, status in (("4:guessed", 400), (handle, 200)):
            header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [given]}}
            body = {**NEWS, "name": "mit_bild", "components": [header, *NEWS["components"]]}
            made = await client.post("/v26.0/109/message_templates", json=body, headers=TOKEN)
            assert made.status == status

    played(story)


def test_a_mistake_on_a_control_route_says_what_is_wrong():
    async def story(client, received):
        knob = await client.post("/_sim/faults", json={"latency": 5})
        assert (knob.status, "latency" in (await knob.json())["error"]) == (400, True)
        town = await client.post(f"/_sim/citizens/{ERIKA}/messages", json={"town": "köln", "text": "Hallo"})
        assert (town.status, "known: bocholt" in (await town.json())["error"]) == (404, True)

    played(story)


def test_a_phone_hears_live_of_a_new_message():
    async def story(client, received):
        person = await (await client.post("/_sim/citizens", json={"wa_id": ERIKA, "name": "Erika"})).json()
        async with client.get(f"/_sim/events?citizen={person['user_id']}") as stream:
            assert await stream.content.readline() == b"event: hello\n"
            await said(client, text="Hallo")
            while not (line := await stream.content.readline()).startswith(b'data: {"user_id"'):
                pass
            assert json.loads(line[6:]) == {"user_id": person["user_id"], "town": "bocholt"}

    played(story)
