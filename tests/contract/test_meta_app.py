"""Port MetaApp: one suite for the fake, and for the adapter on the simulated WhatsApp."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestServer

from local.whatsapp.config import Config
from local.whatsapp.http_edge import WORLD
from local.whatsapp.model.app import ID
from local.whatsapp.model.numbers import Number
from local.whatsapp.server import create_app
from stadtdraht.adapters.whatsapp.app import GraphMetaApp
from stadtdraht.domain.operations.meta_app import SCOPES
from stadtdraht.domain.whatsapp.account import MetaRefused
from stadtdraht.domain.whatsapp.webhook_fields import ACTED_ON
from tests.support.fakes.operations import APP, CALLBACK, FakeMetaApp

SECRET, TOKEN = "current", "EAA"


async def on_simulated_whatsapp(story):
    app = create_app(Config(webhook_url=CALLBACK, app_secret=SECRET))
    async with TestServer(app) as server:
        world = app[WORLD]
        world.numbers.put(Number("301", "bocholt", "109", "+49 2871 953-0", "Bocholt", TOKEN, 80))
        meta = GraphMetaApp(str(server.make_url("")).rstrip("/"), "v26.0")
        await asyncio.to_thread(story, meta, ID, world)


@pytest.fixture(params=["fake", "simulated whatsapp"])
def played(request):
    if request.param == "fake":
        return lambda story: story(FakeMetaApp(), APP, None)
    return lambda story: asyncio.run(on_simulated_whatsapp(story))


def test_a_token_tells_its_app(played):
    def story(meta, app_id, _):
        assert meta.app_of(TOKEN) == app_id

    played(story)


def test_the_app_s_webhooks_are_read_with_its_own_secret(played):
    def story(meta, app_id, _):
        found = meta.subscription(app_id, SECRET)
        assert (found.callback_url, found.active) == (CALLBACK, True)
        assert set(ACTED_ON) <= found.fields

    played(story)


def test_another_secret_is_refused_as_a_token_is(played):
    def story(meta, app_id, _):
        with pytest.raises(MetaRefused) as refused:
            meta.subscription(app_id, "wrong")
        assert refused.value.is_of_the_token

    played(story)


def test_a_token_that_holds_says_of_which_app_with_which_rights_and_until_when(played):
    def story(meta, app_id, _):
        found = meta.token(app_id, SECRET, TOKEN)
        assert (found.valid, found.app_id, found.expires_at) == (True, app_id, None)
        assert set(SCOPES) <= found.scopes
        assert meta.callback_override("301", TOKEN) == ""

    played(story)


def test_what_is_wrong_is_told():
    def story(meta, app_id, world):
        world.app.token_expires_at = 4_000_000_000
        assert meta.token(app_id, SECRET, TOKEN).expires_at == datetime.fromtimestamp(4_000_000_000, UTC)
        world.app.token_expires_at = 1
        assert not meta.token(app_id, SECRET, TOKEN).valid
        assert not meta.token(app_id, SECRET, "unknown").valid
        world.app.overrides["109"] = "https://elsewhere.example"
        assert meta.callback_override("301", TOKEN) == "https://elsewhere.example"
        world.app.callback_url = ""
        assert meta.subscription(app_id, SECRET) is None

    asyncio.run(on_simulated_whatsapp(story))


def test_no_error_carries_a_secret_or_a_token():
    meta = GraphMetaApp("http://127.0.0.1:9", "v26.0")
    with pytest.raises(MetaRefused) as refused:
        meta.token(APP, "the secret", "the token")
    assert "the secret" not in str(refused.value)
    assert "the token" not in str(refused.value)
