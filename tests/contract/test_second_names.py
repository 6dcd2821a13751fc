"""Port Inbox: a second name that each status of a message tells is stored once, and only what is stored counts."""

from datetime import UTC, datetime

import pytest

from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind

pytestmark = pytest.mark.local_aws
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
NAMES = InboxUpdate("vreden", UpdateKind.NAMES, "a", "pair", '{"names": {}}', NOON, 1_900_000_000)
PLACE = ("vreden", "a", UpdateKind.NAMES, "pair")


def is_emptied(inbox):
    return inbox.read(*PLACE).raw == "{}"


def test_it_is_stored_once_and_by_another_process_once_more(table):
    inbox = DynamoInbox(table)
    inbox.store([NAMES], [], [])
    inbox.forget(NAMES)
    inbox.store([NAMES], [], [])
    assert is_emptied(inbox)
    DynamoInbox(table).store([NAMES], [], [])
    assert not is_emptied(inbox)


def test_what_could_not_be_stored_is_tried_again(table, monkeypatch):
    inbox = DynamoInbox(table)
    with monkeypatch.context() as patched:
        patched.setattr(type(table), "put_all", lambda *_: (_ for _ in ()).throw(RuntimeError("not durable")))
        with pytest.raises(RuntimeError):
            inbox.store([NAMES], [], [])
    inbox.store([NAMES], [], [])
    assert inbox.read(*PLACE) == NAMES
