"""The dashboards beside the phones: handed through from the process that measures."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from local.system import REPOSITORY
from local.watch.server import routes
from local.watch.watch import Watch
from local.whatsapp.config import Config
from local.whatsapp.server import create_app
from tests.unit.local.watch.test_page import NOW, TEMPLATE

pytestmark = pytest.mark.enable_socket


async def asked(dashboards_url, path):
    config = Config(webhook_url="http://127.0.0.1:1/", app_secret="s", dashboards_url=dashboards_url)
    async with TestClient(TestServer(create_app(config))) as phones:
        answer = await phones.get(path)
        return answer.status, answer.content_type, await answer.text()


async def with_watch(*paths):
    app = web.Application()
    app.add_routes(routes(Watch(NOW, TEMPLATE), REPOSITORY))
    async with TestServer(app) as server:
        return [await asked(str(server.make_url("/dashboards")), path) for path in paths]


def test_pages_json_and_runbooks_come_through_with_what_was_asked():
    paths = ("/dashboards", "/dashboards/on-call?hours=24", "/dashboards/alarms.json", "/dashboards/runbooks")
    first, day, states, runbooks = asyncio.run(with_watch(*paths))
    assert (first[:2], states[:2]) == ((200, "text/html"), (200, "application/json"))
    assert "<b>24 h</b>" in day[2]
    assert '"ringing": []' in states[2]
    assert 'id="crisis-not-ready"' in runbooks[2]


def test_a_dashboard_that_there_is_not_is_not_found():
    ((status, *_),) = asyncio.run(with_watch("/dashboards/nothing"))
    assert status == 404


@pytest.mark.parametrize(("address", "status"), [("", 404), ("http://127.0.0.1:1/dashboards", 503)])
def test_where_nobody_measures_the_page_says_so(address, status):
    found, _, text = asyncio.run(asked(address, "/dashboards"))
    assert found == status
    assert "measure" in text
