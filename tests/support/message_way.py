"""A message on its way through the real handlers, on fakes of every port: posted, followed up, answered, reported."""

import hashlib
import hmac
import json
from types import SimpleNamespace
from typing import Any

from functions.inbound import process, reply, webhook
from stadtdraht.adapters.aws.jobs import AnswerJob
from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import to_item
from stadtdraht.domain.delivery.delivery import SendOutcome
from stadtdraht.domain.inbound.inbox import InboxUpdate
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.fakes.directory import FakeDirectory
from tests.support.fakes.queues import FakeRetryQueue
from tests.support.town_office import PEPPER, ConversationHarness, Jobs

APP_SECRET = "ours"
API_REQUEST = "KqXyZhPbDoEEJ4g="


class Secrets:
    def app_secrets(self) -> list[str]:
        return [APP_SECRET]

    def pepper(self) -> bytes:
        return PEPPER


class Graph:
    """Answers every message in the same way; keeps the bodies."""

    def __init__(self) -> None:
        self.outcome: SendOutcome | None = None
        self.bodies: list[dict[str, Any]] = []

    async def send(self, town: str, phone_number_id: str, body: dict[str, Any]) -> SendOutcome:
        self.bodies.append(body)
        assert self.outcome is not None
        return self.outcome


class MessageWay:
    """One town, and what its three functions are given."""

    def __init__(self, town: str = "vreden") -> None:
        office = ConversationHarness(town)
        self.office, self.graph, self.invocations = office, Graph(), 0
        self.adapters = FakeAdapters(
            towns=office.towns,
            directory=FakeDirectory(office.towns),
            citizens=office.citizens,
            cases=office.citizens.cases,
            contests=office.citizens.contests,
            consultations=office.consultations,
            alerts=office.alerts,
            holds=office.holds,
            inbox=office.inbox,
            erasures=office.erased,
            answers=office.answers,
            answer_queue=office.queue,
            media_queue=Jobs(),
            erasure_queue=Jobs(),
            retry_queue=FakeRetryQueue(),
            second_names_queue=FakeRetryQueue(),
            reminders=office.reminders,
            secrets=Secrets(),
            data_links=SimpleNamespace(make=lambda *_: "https://x.example/data"),
            settings=Settings(public_url="https://x.example"),
            ears=office.ears,
            graph=self.graph,
        )

    def context(self) -> SimpleNamespace:
        self.invocations += 1
        return SimpleNamespace(
            aws_request_id=f"00000000-0000-0000-0000-{self.invocations:012}",
            get_remaining_time_in_millis=lambda: 60_000,
        )

    def posted(self, **value: Any) -> dict[str, Any]:
        """What the webhook answers to a signed envelope with this value of the field `messages`."""
        number = self.office.town.number
        value["metadata"] = {"phone_number_id": number.phone_number_id}
        change = {"field": "messages", "value": value}
        raw = json.dumps({"entry": [{"id": number.waba_id, "changes": [change]}]})
        signed = hmac.new(APP_SECRET.encode(), raw.encode(), hashlib.sha256).hexdigest()
        event = {
            "body": raw,
            "headers": {"x-hub-signature-256": f"sha256={signed}"},
            "requestContext": {"http": {"method": "POST"}, "requestId": API_REQUEST},
        }
        return webhook.handler(event, self.context(), adapters=self.adapters)

    def followed_up(self) -> dict[str, Any]:
        """Everything stored, as the table's stream brings it."""
        records = [_record(update) for update in self.office.inbox.updates.values()]
        return process.handler({"Records": records}, self.context(), adapters=self.adapters)

    def answered(self, outcome: SendOutcome) -> dict[str, Any]:
        """Every answer that waits in the queue; Meta says the same to each."""
        self.graph.outcome = outcome
        records = [
            {
                "messageId": ref.answer_id,
                "body": AnswerJob(ref.town, ref.citizen_id, ref.answer_id).body(),
                "attributes": {"MessageGroupId": ref.citizen_id},
            }
            for ref in self.office.queue.put_in
        ]
        return reply.handler({"Records": records}, self.context(), adapters=self.adapters)


def _record(update: InboxUpdate) -> dict[str, Any]:
    where = {"pk": keys.inbox(update.town, update.shard), "sk": keys.update(update.kind, update.key)}
    row = {**where, "kind": str(update.kind), "at": keys.instant(update.at), "raw": update.raw, "expires_at": 1}
    image = {"Keys": to_item(where), "NewImage": to_item(row), "SequenceNumber": "1"}
    return {"eventName": "INSERT", "dynamodb": image}
