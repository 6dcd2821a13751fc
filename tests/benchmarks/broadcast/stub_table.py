"""DynamoDB behind the real client: everything is done up to the socket, then it answers after a real one's latency."""

import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from stadtdraht.adapters.dynamodb.broadcast.audience import audience_row
from stadtdraht.adapters.dynamodb.table import Table, to_item
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.town import Offer
from stadtdraht.settings import Settings
from tests.benchmarks.below_the_client import answer_to, operation_of
from tests.benchmarks.inbound.stubbed_aws import item_bytes

WRITE_UNIT_BYTES, READ_UNIT_BYTES = 1024, 4096
SIGNS = "#LINE"  # end of the partition with signs of life of a town's line
ARRIVALS = "#ARRIVALS"  # end of the partition that says how many wrote lately
LATENCY_S = 0.005  # of a write or a strongly consistent read within the region


@dataclass
class StubTable:
    """Knows its audience; takes every write. counts: also looks into each request, never while time is taken."""

    town: str
    people: Iterable[Recipient]
    counts: bool = False
    latency_s: float = 0.0
    calls: Counter[str] = field(default_factory=Counter)
    write_units: Counter[str] = field(default_factory=Counter)
    read_units: float = 0.0

    def __post_init__(self) -> None:
        rows = sorted((audience_row(self.town, Offer.NEWS, one) for one in self.people), key=lambda row: row["sk"])
        self._audience = [(row["pk"], row["sk"], to_item(row)) for row in rows]
        self._rows: dict[tuple[str, str], Any] = {(pk, sk): item for pk, sk, item in self._audience}

    def table(self) -> Table:
        """With the product's own client."""
        session = boto3.session.Session("benchmark", "benchmark", region_name="eu-central-1")
        adapters = Adapters(Settings(table_name="stadtdraht"), _session=session)
        adapters.client("dynamodb").meta.events.register("before-send.dynamodb", self._answer)
        return adapters.table

    def _answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        operation = operation_of(request)
        found = self._found(operation, request)
        if self.latency_s:
            time.sleep(self.latency_s)
        body = json.dumps(found).encode()
        return answer_to(request, body)

    def _found(self, operation: str, request: AWSPreparedRequest) -> dict[str, Any]:
        self.calls[operation] += 1
        match operation:
            case "BatchWriteItem":
                if self.counts:
                    writes = json.loads(request.body)["RequestItems"]["stadtdraht"]
                    items = [write["PutRequest"]["Item"] for write in writes]
                    signs = [it for it in items if it["pk"]["S"].endswith(SIGNS)]  # one a minute and process
                    self._count("signs", signs)
                    self._count("rows", [it for it in items if it not in signs])
                return {"UnprocessedItems": {}}
            case "UpdateItem":
                self._count("claims", [{}])
                return {}
            case "PutItem":
                item = json.loads(request.body)["Item"]
                self._rows[item["pk"]["S"], item["sk"]["S"]] = item
                self._count("slices", [item])
                return {}
            case "GetItem":
                key = json.loads(request.body)["Key"]
                self.read_units += 1
                item = self._rows.get((key["pk"]["S"], key["sk"]["S"]))
                return {"Item": item} if item else {}
            case "Query":
                return self._queried(json.loads(request.body))
        raise AssertionError(f"{operation}: the sender asks for something new; teach the stub")

    def _queried(self, asked: dict[str, Any]) -> dict[str, Any]:
        values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
        if values[":pk"].endswith(ARRIVALS):  # nobody writes
            self.read_units += 1
            return {"Items": [], "Count": 0, "ScannedCount": 0}
        first = _position(self._audience, values[":pk"], values[":first"])
        items = []
        for pk, sk, item in self._audience[first : first + asked["Limit"]]:
            if pk != values[":pk"] or sk > values[":last"]:
                break
            items.append(item)
        if self.counts:
            self.read_units += max(1, ceil(sum(map(item_bytes, items)) / READ_UNIT_BYTES))
        return {"Items": items, "Count": len(items), "ScannedCount": len(items)}

    def _count(self, what: str, items: list[Any]) -> None:
        self.write_units[what] += sum(max(1, ceil(item_bytes(item) / WRITE_UNIT_BYTES)) for item in items)


def _position(audience: list[tuple[str, str, Any]], pk: str, first: str) -> int:
    low, high = 0, len(audience)
    while low < high:
        middle = (low + high) // 2
        if audience[middle][:2] < (pk, first):
            low = middle + 1
        else:
            high = middle
    return low
