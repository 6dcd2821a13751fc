"""An envelope is Meta's, then durable, then answered: in this order."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest

from functions.inbound import webhook
from functions.inbound.webhook import raw_body
from stadtdraht.domain.identifiers import message_id
from stadtdraht.settings import Settings
from stadtdraht.usecases.inbound.receive_webhook import receive_webhook, seems_to_be_metas
from tests.support.adapters import FakeAdapters
from tests.support.fakes.inbox import FakeInbox
from tests.support.fakes.secrets import FakeSecrets

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
MESSAGE = {"from": "49151", "id": "wamid.1", "timestamp": "1795518000", "type": "text", "text": {"body": "Grüße 😀"}}
NUMBER = "106540352242922"
VALUE = {"metadata": {"phone_number_id": NUMBER}, "messages": [MESSAGE]}
ENVELOPE = json.dumps({"entry": [{"id": "109", "changes": [{"field": "messages", "value": VALUE}]}]}).encode()


class Directory:
    def __init__(self):
        self.asked = []

    def town_of_number(self, phone_number_id):
        self.asked.append(phone_number_id)
        return {NUMBER: "vreden", "301": "vreden"}.get(phone_number_id)

    def town_of_account(self, waba_id):
        return None

    def names_one_of_ours(self, ids):
        return NUMBER in ids


def signed(raw, secret="ours"):
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def received(raw, signature, inbox, directory=None):
    return receive_webhook(
        raw, signature, NOON, app_secrets=["new", "ours"], directory=directory or Directory(), inbox=inbox
    )


def test_what_meta_signed_is_stored():
    inbox = FakeInbox()
    assert received(ENVELOPE, signed(ENVELOPE), inbox)
    assert [(it.town, it.key) for it in inbox.updates.values()] == [("vreden", message_id("wamid.1"))]


@pytest.mark.parametrize("signature", ["", "nonsense", signed(ENVELOPE, "theirs"), signed(ENVELOPE + b" "), "sha256="])
def test_what_meta_did_not_sign_is_neither_read_nor_stored(signature):
    inbox, directory = FakeInbox(), Directory()
    assert received(ENVELOPE, signature, inbox, directory) is None
    assert not inbox.updates
    assert not directory.asked


def test_what_is_not_durable_is_not_answered():
    with pytest.raises(RuntimeError, match="not durable"):
        received(ENVELOPE, signed(ENVELOPE), FakeInbox(fails=True))


def test_the_same_envelope_again_stores_nothing_new():
    inbox = FakeInbox()
    for _ in range(3):
        received(ENVELOPE, signed(ENVELOPE), inbox)
    assert len(inbox.updates) == 1


def test_the_gateway_s_base64_gives_the_bytes_that_were_signed():
    as_base64 = {"body": base64.b64encode(ENVELOPE).decode(), "isBase64Encoded": True}
    assert raw_body(as_base64) == raw_body({"body": ENVELOPE.decode()}) == ENVELOPE
    assert raw_body({}) == b""


@pytest.mark.parametrize(
    ("body", "counted"),
    [
        (ENVELOPE, True),
        (b"", False),
        (b"{}", False),
        (b"[" * 9_000, False),
        (b"\xff\x00", False),
        (ENVELOPE.replace(NUMBER.encode(), b"106540352242923"), False),
        (NUMBER.encode(), False),
        (b"x" * 70_000 + ENVELOPE, False),  # Meta names the account at the beginning
    ],
)
def test_a_wrong_signature_is_counted_when_the_body_names_an_account_of_ours(capsys, body, counted):
    """A stranger's POST every five minutes kept an urgent alarm on."""
    event = {"requestContext": {"http": {"method": "POST"}}, "headers": {}, "body": base64.b64encode(body).decode()}
    adapters = FakeAdapters(settings=Settings(), secrets=FakeSecrets(), directory=Directory(), inbox=FakeInbox())
    assert webhook.handler(event | {"isBase64Encoded": True}, None, adapters=adapters)["statusCode"] == 401
    assert ("WebhookSignatureWrong" in capsys.readouterr().out) == counted
    assert seems_to_be_metas(body, Directory()) == counted


META = "client.webhooks.fbclientcerts.com"


@pytest.mark.parametrize(
    ("asked", "subject", "status"),
    [
        ("", None, 200),
        ("", "CN=somebody", 200),
        (META, f"CN={META},O=Meta Platforms Inc.,C=US", 200),
        (META, f"C=US, O=Meta Platforms Inc., CN={META}", 200),
        (META, None, 401),
        (META, "", 401),
        (META, "CN=other.fbclientcerts.com", 401),
        (META, f"CN=evil,O={META}", 401),
        (META, f"CN={META}.evil.example", 401),
    ],
)
def test_where_meta_s_certificate_is_asked_for_a_signature_alone_opens_nothing(asked, subject, status):
    """The other domain leads here too, and whoever learns the app secret has no certificate of Meta's."""
    brought = {} if subject is None else {"authentication": {"clientCert": {"subjectDN": subject}}}
    inbox = FakeInbox()
    event = {
        "requestContext": {"http": {"method": "POST"}, **brought},
        "headers": {"x-hub-signature-256": signed(ENVELOPE, "ours")},
        "body": ENVELOPE.decode(),
    }
    secrets = FakeSecrets(("ours",))
    adapters = FakeAdapters(
        settings=Settings(webhook_client=asked), secrets=secrets, directory=Directory(), inbox=inbox
    )
    assert webhook.handler(event, None, adapters=adapters)["statusCode"] == status
    assert bool(inbox.updates) == (status == 200)
