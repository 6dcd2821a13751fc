"""What follows from a message: the real `process` and `reply` for people who are known, on a stubbed deployment.

A turn is one message of each of SAID, from a person each who has written before; then their answers, which Meta takes
at once: what the POST costs is the way out's (tests/benchmarks/broadcast). The floor beside it makes the same requests
with bare clients, as boto3 makes them without settings, and does nothing else.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import boto3.session
from botocore import xform_name

from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.adapters.files import town_file
from stadtdraht.domain.delivery.delivery import Accepted, SendOutcome
from stadtdraht.domain.identifiers import text_digest
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.settings import Settings
from tests.benchmarks.inbound.figures import Figure
from tests.benchmarks.inbound.handler import VARIABLES
from tests.benchmarks.inbound.stub_deployment import TABLE, StubDeployment
from tests.benchmarks.turns import Turn, by_turns, cpu_ms

SAID = (
    "Wann hat das Bürgerbüro offen?",
    "Die Laterne vor der Löwen-Apotheke flackert seit Tagen 🔦",
    "Danke!",
    "STOP",
)
TOWN = town_file.read(Path(__file__).parents[3] / "towns" / "arnsberg.toml")
SETTINGS = Settings(
    table_name=TABLE,
    answers_queue_url="https://sqs.eu-central-1.amazonaws.com/1/answers.fifo",
    pepper_secret_id="pepper",
    public_url="https://stadtdraht.example",
)
SERVICES = "dynamodb", "sqs", "secretsmanager"
TURNS = 60
COUNTED_MOST = {"process": (3.5, 3.5, 10.5), "reply": (2.25, 0.25, 2.0)}  # calls, read units, write units
TIMES_MOST = {"process": 1.8, "reply": 1.3}  # half of what `process` does besides its requests is understanding
Work = Callable[[], Any]


class TakesAll:
    """Meta, which takes every message at once."""

    async def send(self, town: str, phone_number_id: str, body: Mapping[str, Any]) -> SendOutcome:
        return Accepted(f"wamid.{text_digest(body['biz_opaque_callback_data'])}")


class FollowingUp:
    """Both functions on one deployment; every message is of somebody else, who has said hello before."""

    def __init__(self) -> None:
        os.environ.update(VARIABLES)  # noqa: TID251 - before the functions are imported, as Lambda does
        from functions.inbound import process, reply
        from stadtdraht.bootstrap import Adapters

        self.deployment = StubDeployment()
        self.adapters = Adapters(SETTINGS, graph=TakesAll())
        for service in SERVICES:
            self.deployment.stand_in_for(self.adapters.client(service))
        DynamoTowns(self.adapters.table).save(TOWN)
        self._process, self._reply, self._numbers = process.handler, reply.handler, count()

    def to_process(self) -> Work:
        """A message of each of SAID is ready to be followed up; what is returned does so."""
        people = [next(self._numbers) for _ in SAID]
        greeted = self._heard([(number, "Hallo", timedelta(minutes=2)) for number in people])
        assert self._process(greeted, None, adapters=self.adapters) == {"batchItemFailures": []}
        self.deployment.queued.clear()
        event = self._heard([(number, text, timedelta(minutes=1)) for number, text in zip(people, SAID, strict=True)])
        return lambda: self._process(event, None, adapters=self.adapters)

    def to_reply(self) -> Work:
        """The same, of the answers to them."""
        self.to_process()()
        queued = enumerate(self.deployment.queued)
        records = [
            {"messageId": str(number), "body": body, "attributes": {"MessageGroupId": group}}
            for number, (body, group) in queued
        ]
        return lambda: self._reply({"Records": records}, None, adapters=self.adapters)

    def replay_of(self, ready: Callable[[], Work]) -> Work:
        """Makes the requests of one such piece of work once more, with bare clients and nothing around them."""
        work, made = ready(), []

        def note(params: Mapping[str, Any], model: Any, **_: Any) -> None:
            made.append((model.service_model.service_name, xform_name(model.name), deepcopy(params)))

        for service in SERVICES:
            self.adapters.client(service).meta.events.register("provide-client-params.*.*", note, unique_id="note")
        work()
        for service in SERVICES:
            self.adapters.client(service).meta.events.unregister("provide-client-params.*.*", unique_id="note")
        bare = {service: boto3.session.Session().client(service) for service in SERVICES}  # type: ignore[call-overload]
        for client in bare.values():
            self.deployment.stand_in_for(client)
        requests = [(getattr(bare[service], method), params) for service, method, params in made]
        return lambda: [request(**params) for request, params in requests]

    def _heard(self, said: Sequence[tuple[int, str, timedelta]]) -> Mapping[str, Any]:
        """As the table's stream hands it on: stored by the webhook, so long ago."""
        self.deployment.stream.clear()
        now = datetime.now(UTC)
        self.adapters.inbox.store([_update(number, text, now - ago) for number, text, ago in said], [], [])
        keys = ("pk", "sk")
        return {
            "Records": [
                {"dynamodb": {"Keys": {it: row[it] for it in keys}, "NewImage": row, "SequenceNumber": str(at)}}
                for at, row in enumerate(self.deployment.stream)
            ]
        }


def _update(number: int, text: str, at: datetime) -> InboxUpdate:
    phone, user_id = f"49151{number:08d}", f"DE.{number:016d}"
    key = text_digest(f"{number} {text}")
    message = {"from": phone, "from_user_id": user_id, "id": key, "timestamp": str(int(at.timestamp()))}
    raw = {
        "message": {**message, "type": "text", "text": {"body": text}},
        "contact": {"profile": {"name": f"Person {number}"}, "wa_id": phone, "user_id": user_id},
        "metadata": {"phone_number_id": TOWN.number.phone_number_id},
    }
    kept_until_s = int((at + timedelta(days=14)).timestamp())
    return InboxUpdate(TOWN.id, UpdateKind.MESSAGE, text_digest(user_id)[0], key, json.dumps(raw), at, kept_until_s)


def counted() -> Sequence[Figure]:
    """Per message: calls to AWS, and what the table takes for them."""
    both = FollowingUp()
    found = []
    for (name, most), ready in zip(COUNTED_MOST.items(), (both.to_process, both.to_reply), strict=True):
        ready()()  # the first ones read secrets
        work, stub = ready(), both.deployment
        stub.calls, stub.read_units, stub.write_units = Counter(), 0, 0
        work()
        each = [it / len(SAID) for it in (stub.calls.total(), stub.read_units, stub.write_units)]
        labels = ("calls to AWS", "per message"), ("read units", "RCU per message"), ("write units", "WCU per message")
        found += [
            Figure(f"{name}, {what}", value, unit, bound)
            for (what, unit), value, bound in zip(labels, each, most, strict=True)
        ]
    return found


def figures() -> Sequence[Figure]:
    both = FollowingUp()
    found = []
    for (name, most), ready in zip(TIMES_MOST.items(), (both.to_process, both.to_reply), strict=True):
        replay = both.replay_of(ready)
        taken = by_turns({name: _turn(ready)}, lambda replay=replay: cpu_ms(replay), TURNS, warm_up=3)[name]
        found += [
            Figure(f"{name}, CPU", taken.ours_ms / len(SAID), "ms per message"),
            Figure(f"{name}, floor", taken.floor_ms / len(SAID), "ms per message"),
            Figure(f"{name}, ratio", taken.ratio, "times the floor", most, taken.quartiles),
        ]
    return found


def _turn(ready: Callable[[], Work]) -> Turn:
    return lambda: cpu_ms(ready())
