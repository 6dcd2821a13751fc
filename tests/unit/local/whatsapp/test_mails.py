"""Mails to staff, beside the phones: read through from the mail server."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from local.whatsapp.config import Config
from local.whatsapp.server import create_app

pytestmark = pytest.mark.enable_socket

SENT = {
    "messages": {
        "000000000000": [
            {"To": ["b@x.example"], "Subject": "Zwei", "BodyText": "<b>2</b>", "Timestamp": 1795400001.5},
            {"To": ["a@x.example"], "Subject": "Eins", "BodyText": "1", "Timestamp": 1795400000},
        ]
    }
}


async def asked(mails_url, path):
    config = Config(webhook_url="http://127.0.0.1:1/", app_secret="s", mails_url=mails_url)
    async with TestClient(TestServer(create_app(config))) as phones:
        answer = await phones.get(path)
        assert answer.status == 200
        return await (answer.json() if path.startswith("/_sim") else answer.text())


async def with_server(*paths):
    app = web.Application()
    app.router.add_get("/list", listed)
    async with TestServer(app) as server:
        return [await asked(str(server.make_url("/list")), path) for path in paths]


async def listed(_):
    return web.json_response(SENT)


def test_they_are_listed_oldest_first_and_shown_newest_first_as_they_were_written():
    found, page = asyncio.run(with_server("/_sim/mails", "/mails"))
    assert found["mails"] == [
        {"to": "a@x.example", "subject": "Eins", "text": "1", "time": 1795400000.0},
        {"to": "b@x.example", "subject": "Zwei", "text": "<b>2</b>", "time": 1795400001.5},
    ]
    assert page.index("Zwei") < page.index("Eins")
    assert "&lt;b&gt;2" in page


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:1/list"])
def test_without_a_mail_server_there_are_none(address):
    assert asyncio.run(asked(address, "/_sim/mails")) == {"mails": []}
    assert "Noch keine." in asyncio.run(asked(address, "/mails"))
