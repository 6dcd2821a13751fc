"""What a citizen's message writes to the table, from the webhook to the last status of its answer, in write units."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from functions.inbound.process import ports_of
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.delivery.delivery import Accepted, DeliveryKey, Status, StatusReport
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.operations.cost import WRITES_PER_MESSAGE_HEARD
from stadtdraht.settings import Settings
from stadtdraht.usecases.inbound.handle_message import QueuePorts, handle_message
from stadtdraht.usecases.inbound.render_reply import ReplyContext
from tests.support.fakes.notices import FakeReminders
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.towns import FakeTowns
from tests.support.town_office import EARS, PEPPER, TOWNS, Jobs, Links, Remembers

pytestmark = pytest.mark.local_aws
TOWN = TOWNS["vreden"]
SAID = ("Hallo", "Die Laterne vor der Schule ist kaputt", "Hauptstr. 3", "Wann hat das Rathaus auf?", "Danke")


class Counting:
    """A client of DynamoDB that counts write units: rows are below 1 KB, and a transaction writes each twice."""

    def __init__(self, client):
        self._client, self.units = client, 0

    def __getattr__(self, name):
        method = getattr(self._client, name)
        if not callable(method) or name in ("exceptions", "meta"):
            return method

        def asked(**request):
            if name in ("put_item", "update_item", "delete_item"):
                self.units += 1
            if name == "batch_write_item":
                self.units += sum(map(len, request["RequestItems"].values()))
            if name == "transact_write_items":
                self.units += 2 * len(request["TransactItems"])
            return method(**request)

        return asked


@pytest.fixture
def town_hall(table):
    from stadtdraht.adapters.dynamodb.table import Table

    counting = Counting(table.client)
    adapters = Adapters(Settings(), table=Table(counting, table.name), secrets=FakeSecrets())
    return adapters, counting


def hears(adapters, number, at):
    """A message of somebody who is known, followed up and answered, with three statuses of the answer."""
    key = f"wamid.{number}"
    text = {"body": SAID[number % len(SAID)]}
    raw = {"message": {"from": "4915112345678", "id": key, "type": "text", "text": text}}
    update = InboxUpdate(TOWN.id, UpdateKind.MESSAGE, "a", key, json.dumps(raw), at, int(at.timestamp()) + 86_400)
    adapters.inbox.store([update], [], [])
    answers = Remembers()
    handle_message(
        update,
        towns=FakeTowns({TOWN.id: TOWN}),
        ports=ports_of(PEPPER, adapters),
        answers=adapters.answers,
        queues=QueuePorts(answers, Jobs(), Jobs(), FakeReminders()),
        reply_context=ReplyContext("https://x.example", Links(), at),
        ears=EARS,
    )
    for ref in answers.put_in:
        claim = adapters.answers.claim(ref, at)
        adapters.answers.record(ref, claim.attempt, Accepted(f"{key}.answer"), at)
        about = DeliveryKey(ref.cause, ref.citizen_id, claim.attempt)
        for status in (Status.SENT, Status.DELIVERED, Status.READ):
            adapters.inbox.store([], [(TOWN.id, StatusReport(about, status, at, f"{key}.answer"))], [])
    return len(answers.put_in)


def test_it_writes_what_the_cost_of_a_month_counts_with(town_hall):
    adapters, counting = town_hall
    at = datetime.now(UTC) - timedelta(hours=1)
    hears(adapters, 1, at)  # the first makes the person
    before, answers = counting.units, 0
    for number in range(2, 12):
        answers += hears(adapters, number, at + timedelta(minutes=number))
    each = (counting.units - before) / 10
    assert answers >= 1
    assert WRITES_PER_MESSAGE_HEARD - 3 <= each <= WRITES_PER_MESSAGE_HEARD, (each, answers)
