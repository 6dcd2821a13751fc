"""Ports Starter, which waits for functions/broadcast/start.py, and ErrandRunner and Reminders, which do not wait."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.broadcast.errand import Errand
from stadtdraht.domain.errors import StadtdrahtError

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class StartFailed(StadtdrahtError):
    """The function ended with an error; its log says more."""


@dataclass(frozen=True, slots=True)
class LambdaStarter:
    """The operator's role may invoke this one function, and a page's."""

    client: "LambdaClient"
    function: str
    waits: bool = True
    """Whether for its answer: an audience of 50,000 is read in seconds, and a page does not wait for them."""

    def start(self, town: str, broadcast_id: str) -> Mapping[str, Any]:
        event = json.dumps({"town": town, "broadcast_id": broadcast_id}).encode()
        if not self.waits:
            self.client.invoke(FunctionName=self.function, InvocationType="Event", Payload=event)
            return {}
        answer = self.client.invoke(FunctionName=self.function, Payload=event)
        value: Mapping[str, Any] = json.loads(answer["Payload"].read())
        if answer.get("FunctionError"):
            raise StartFailed(f"{broadcast_id} was not started: {value.get('errorMessage', 'see the function’s log')}")
        return value


@dataclass(frozen=True, slots=True)
class LambdaErrandRunner:
    """Lambda keeps the event and tries it again by itself; what it gives up lies with the dead events."""

    client: "LambdaClient"
    function: str

    def send(self, town: str, broadcast_id: str, errand: Errand) -> None:
        event = {"town": town, "broadcast_id": broadcast_id, "errand": errand.value}
        self.client.invoke(FunctionName=self.function, InvocationType="Event", Payload=json.dumps(event).encode())


@dataclass(frozen=True, slots=True)
class LambdaReminders:
    """functions/console/remind.py for one town. What Lambda gives up, the clock does within five minutes."""

    client: "LambdaClient"
    function: str

    def start(self, town: str) -> None:
        event = json.dumps({"town": town}).encode()
        self.client.invoke(FunctionName=self.function, InvocationType="Event", Payload=event)
