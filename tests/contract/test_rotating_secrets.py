"""Every secret is changed as docs/operations/deploy.md says, in functions that are warm and hold the value before."""

import asyncio
import hashlib
import hmac
import json
import uuid
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from functions.inbound import webhook
from functions.open311.web.responses import Refused, check_key
from stadtdraht.adapters.aws import secrets as adapter
from stadtdraht.adapters.aws.secrets import KEPT_S, SecretsManagerSecrets
from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.adapters.whatsapp.messages import GraphClient
from stadtdraht.domain.delivery.delivery import Accepted, Halted
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.domain.inbound.signature import is_signed
from stadtdraht.settings import Settings
from tests.support.builders.crisis import NOON, a_link, a_town

pytestmark = pytest.mark.local_aws
RAW = b'{"entry": []}'
FIRST, SECOND = {"kid": "1", "key": b"first".hex()}, {"kid": "2", "key": b"second".hex()}


class Deployment:
    """Secrets Manager, a warm function's view of it, and the clock of that function."""

    def __init__(self, client, monkeypatch):
        name = f"rotation-{uuid.uuid4().hex[:8]}"
        settings = Settings(
            meta_app_secret_id=f"{name}/meta",
            link_keys_secret_id=f"{name}/keys",
            town_secret_prefix=f"{name}/town/",
            open311_secret_prefix=f"{name}/open311/",
        )
        self.client, self.settings, self.later_s = client, settings, 0.0
        client.create_secret(Name=settings.meta_app_secret_id, SecretString="{}")
        client.create_secret(Name=settings.link_keys_secret_id, SecretString="{}")
        self.secrets = SecretsManagerSecrets(client, settings)
        before = adapter.time.monotonic()
        monkeypatch.setattr(adapter.time, "monotonic", lambda: before + self.later_s)

    def put(self, secret_id, **value):
        """As somebody does it in the console of Secrets Manager."""
        self.client.put_secret_value(SecretId=secret_id, SecretString=json.dumps(value))

    def five_minutes_pass(self):
        self.later_s += KEPT_S + 1

    def another_process(self):
        """Such as the operator's command, which keeps nothing of this function's."""
        return SecretsManagerSecrets(self.client, self.settings)


@pytest.fixture
def deployment(local_aws, monkeypatch):
    return Deployment(local_aws.client("secretsmanager"), monkeypatch)


def signed(key):
    return "sha256=" + hmac.new(key.encode(), RAW, hashlib.sha256).hexdigest()


def test_the_app_secret(deployment):
    def takes(key):
        return is_signed(RAW, signed(key), deployment.secrets.app_secrets())

    meta = deployment.settings.meta_app_secret_id
    deployment.put(meta, app_secrets=["old"], verify_token="v")
    assert (takes("old"), takes("new")) == (True, False)
    deployment.put(meta, app_secrets=["new", "old"], verify_token="v")
    assert takes("old")  # whatever Meta signs meanwhile, it brings again until it is taken
    deployment.five_minutes_pass()
    assert (takes("old"), takes("new")) == (True, True)
    deployment.put(meta, app_secrets=["new"], verify_token="v")
    deployment.five_minutes_pass()
    assert (takes("old"), takes("new")) == (False, True)


def test_the_verify_token(deployment):
    def shakes_hands(token):
        asked = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "7"}
        event = {"requestContext": {"http": {"method": "GET"}}, "queryStringParameters": asked}
        return webhook.handler(event, None, adapters=deployment)["statusCode"] == 200

    deployment.put(deployment.settings.meta_app_secret_id, app_secrets=[], verify_token="old")
    assert (shakes_hands("old"), shakes_hands("new")) == (True, False)
    deployment.put(deployment.settings.meta_app_secret_id, app_secrets=[], verify_token="new")
    deployment.five_minutes_pass()
    assert (shakes_hands("old"), shakes_hands("new")) == (False, True)


def test_the_keys_of_crisis_links(deployment):
    def signer():
        return LinkSigner(deployment.secrets.link_keys())

    keys = deployment.settings.link_keys_secret_id
    deployment.put(keys, keys=[FIRST])
    of_first = signer().mint(replace(a_link(), key_id=signer().newest))
    deployment.put(keys, keys=[FIRST, SECOND])
    deployment.five_minutes_pass()
    assert signer().newest == "2"
    of_second = signer().mint(replace(a_link(), key_id="2"))
    assert signer().verify(of_first, NOON).holder == signer().verify(of_second, NOON).holder == "Leitstelle"
    deployment.put(keys, keys=[SECOND])
    deployment.five_minutes_pass()
    with pytest.raises(LinkNotValid, match="key"):
        signer().verify(of_first, NOON)
    assert signer().verify(of_second, NOON)


def test_the_token_of_a_town(deployment):
    """`town apply` writes it; a warm sender asks once more when Meta refuses the one that it holds."""
    in_force = "old"

    async def meta(request):
        if request.headers["authorization"] == f"Bearer {in_force}":
            return web.json_response({"messages": [{"id": "wamid.1"}]})
        return web.json_response({"error": {"code": 190, "message": "Invalid OAuth access token."}}, status=401)

    async def sent():
        app = web.Application()
        app.router.add_post("/v26.0/301/messages", meta)
        async with TestServer(app) as server:
            graph = GraphClient(deployment.secrets, str(server.make_url("/")).rstrip("/"), "v26.0")
            outcome = await graph.send("bocholt", "301", {"to": "+49"})
            await graph.close()
            return outcome

    def send():
        return asyncio.run(sent())

    deployment.secrets.save_access_token("bocholt", "old")
    assert isinstance(send(), Accepted)
    in_force = "new"
    assert send() == Halted(190)  # revoked, and nobody has told us the new one
    deployment.another_process().save_access_token("bocholt", "new")
    assert isinstance(send(), Accepted)


def test_the_key_of_a_town_s_own_system(deployment):
    def opens(key):
        try:
            check_key(a_town(), key, deployment.secrets)
        except Refused:
            return False
        return True

    deployment.secrets.save_open311_key("bocholt", "old")
    assert (opens("old"), opens("new")) == (True, False)
    deployment.another_process().save_open311_key("bocholt", "new")
    deployment.later_s += 2
    assert opens("new")  # at once
    deployment.five_minutes_pass()
    assert (opens("old"), opens("new")) == (False, True)
