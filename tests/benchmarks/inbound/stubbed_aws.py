"""AWS that answers at once: everything boto3 does is done, up to the socket; the same cost for everyone who asks."""

import json
from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from tests.benchmarks.below_the_client import answer_to, operation_of
from tests.benchmarks.inbound.envelopes import SECRET, TOWNS

WCU_BYTES = 1024
DIRECTORY = [
    {"pk": {"S": "#DIRECTORY"}, "sk": {"S": f"{kind}#{kind_name}-{town}"}, "town": {"S": town}}
    for town in TOWNS
    for kind, kind_name in (("NUMBER", "number"), ("WABA", "account"))
]
ANSWERS = {
    "BatchWriteItem": {"UnprocessedItems": {}},
    "Query": {"Items": DIRECTORY, "Count": len(DIRECTORY), "ScannedCount": len(DIRECTORY)},
    "GetSecretValue": {"SecretString": json.dumps({"app_secrets": [SECRET], "verify_token": "verify"})},
}


@dataclass
class StubbedAws:
    """Answers before anything is sent. counts: also looks into each request (never while time is taken)."""

    counts: bool = False
    calls: Counter[str] = field(default_factory=Counter)
    write_units: int = 0
    rows: int = 0
    _answers: dict[str, bytes] = field(default_factory=lambda: {k: json.dumps(v).encode() for k, v in ANSWERS.items()})

    def stand_in_for(self, client: Any) -> None:
        client.meta.events.register("before-send.*.*", self._answer)

    def _answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        operation = operation_of(request)
        if self.counts:
            self._count(operation, request)
        body = self._answers[operation]
        return answer_to(request, body)

    def _count(self, operation: str, request: AWSPreparedRequest) -> None:
        self.calls[operation] += 1
        asked = json.loads(request.body)
        for writes in asked.get("RequestItems", {}).values():
            for write in writes:
                self.rows += 1
                self.write_units += ceil(item_bytes(write["PutRequest"]["Item"]) / WCU_BYTES)


def item_bytes(item: dict[str, dict[str, Any]]) -> int:
    """Size of an item as DynamoDB bills it: names and texts in UTF-8, two digits of a number in a byte, and one."""
    return sum(len(name.encode()) + _value_bytes(typed) for name, typed in item.items())


def _value_bytes(typed: dict[str, Any]) -> int:
    ((kind, value),) = typed.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return ceil(len(value) / 2) + 1
        case "SS":
            return sum(len(one.encode()) for one in value)
        case "L":
            return 3 + sum(1 + _value_bytes(one) for one in value)
        case "M":
            return 3 + item_bytes(value) + len(value)
        case _:
            return 1
