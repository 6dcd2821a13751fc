"""DynamoDB behind the real client, for reading: everything is done up to the socket, then rows of memory answer."""

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from stadtdraht.adapters.dynamodb.table import Item, Table, to_item
from tests.benchmarks.below_the_client import answer_to

BEHIND_ALL = "\uffff"


class StubRows:
    """rows_read: how many came back, which is what a real one charges for."""

    def __init__(self, rows: Iterable[Item]) -> None:
        self.rows_read = 0
        of: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            of[row["pk"]][row["sk"]] = json.dumps(to_item(row))
        self._partitions = {pk: (sorted(found), found) for pk, found in of.items()}

    def table(self) -> Table:
        client = boto3.session.Session(
            aws_access_key_id="benchmark", aws_secret_access_key="benchmark", region_name="eu-central-1"
        ).client("dynamodb")
        client.meta.events.register("before-send.dynamodb", self._answer)
        return Table(client, "stadtdraht")

    def _answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        asked = json.loads(request.body)
        body = self._query(asked) if "KeyConditionExpression" in asked else self._get(asked)
        return answer_to(request, body.encode())

    def _get(self, asked: dict[str, Any]) -> str:
        pk, sk = (asked["Key"][name]["S"] for name in ("pk", "sk"))
        _, found = self._partitions.get(pk, ([], {}))
        self.rows_read += 1
        return f'{{"Item": {found[sk]}}}' if sk in found else "{}"

    def _query(self, asked: dict[str, Any]) -> str:
        values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
        keys, found = self._partitions.get(values[":pk"], ([], {}))
        first, last = values.get(":first", ""), values.get(":last", BEHIND_ALL)
        if ":prefix" in values:
            first, last = values[":prefix"], values[":prefix"] + BEHIND_ALL
        low, high = bisect_left(keys, first), bisect_right(keys, last)
        if ":before" in values:
            high = bisect_left(keys, values[":before"])
        forward = asked["ScanIndexForward"]
        if start := asked.get("ExclusiveStartKey"):
            place = start["sk"]["S"]
            low, high = (bisect_right(keys, place), high) if forward else (low, bisect_left(keys, place))
        most = min(asked.get("Limit", high - low), high - low)
        chosen = keys[low : low + most] if forward else keys[high - most : high][::-1]
        self.rows_read += len(chosen)
        more = ""
        if chosen and most < high - low:
            more = f', "LastEvaluatedKey": {json.dumps(to_item({"pk": values[":pk"], "sk": chosen[-1]}))}'
        return f'{{"Items": [{", ".join(found[sk] for sk in chosen)}]{more}}}'
