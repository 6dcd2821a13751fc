"""Table, queues and secrets of a deployment below the real clients: rows of memory that remember what is written.

Everything boto3 does is done, up to the socket. Conditions hold always: nobody else writes here.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from tests.benchmarks.below_the_client import answer_to, operation_of
from tests.benchmarks.inbound.stubbed_aws import WCU_BYTES, item_bytes

RCU_BYTES = 4096
TABLE = "stadtdraht"
BEHIND_ALL = "\uffff"
SECRETS = {"pepper": "ab" * 32, "access_token": "token"}


@dataclass
class StubDeployment:
    """calls, read_units, write_units: what it was asked for. queued: bodies and groups. stream: updates as stored."""

    calls: Counter[str] = field(default_factory=Counter)
    read_units: int = 0
    write_units: int = 0
    queued: list[tuple[str, str]] = field(default_factory=list)
    stream: list[dict[str, Any]] = field(default_factory=list)
    _rows: defaultdict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))

    def stand_in_for(self, client: Any) -> None:
        client.meta.events.register("before-send.*.*", self._answer)

    def _answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        operation = operation_of(request)
        self.calls[operation] += 1
        body = json.dumps(getattr(self, f"_{operation}")(json.loads(request.body))).encode()
        return answer_to(request, body)

    # ---- the table ---------------------------------------------------------------------------------------

    def _GetItem(self, asked: Any) -> Any:  # noqa: N802 - as AWS calls it, here and below
        return {"Item": found} if (found := self._read(asked["Key"])) else {}

    def _BatchGetItem(self, asked: Any) -> Any:  # noqa: N802
        found = [row for key in asked["RequestItems"][TABLE]["Keys"] if (row := self._read(key))]
        return {"Responses": {TABLE: found}, "UnprocessedKeys": {}}

    def _Query(self, asked: Any) -> Any:  # noqa: N802
        values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
        prefix = values.get(":prefix", "")
        first, last = values.get(":first", prefix), values.get(":last", prefix + BEHIND_ALL)
        partition = self._rows[values[":pk"]]
        names = sorted((sk for sk in partition if first <= sk <= last), reverse=not asked["ScanIndexForward"])
        rows = [partition[sk] for sk in names[: asked.get("Limit")]]
        self.read_units += max(1, ceil(sum(map(item_bytes, rows)) / RCU_BYTES))
        return {"Items": rows, "Count": len(rows), "ScannedCount": len(rows)}

    def _TransactWriteItems(self, asked: Any) -> Any:  # noqa: N802
        for item in asked["TransactItems"]:
            self._write(item["Put"]["Item"], times=2)
        return {}

    def _BatchWriteItem(self, asked: Any) -> Any:  # noqa: N802
        for write in asked["RequestItems"][TABLE]:
            row = write["PutRequest"]["Item"]
            self._write(row)
            self.stream += [row] if "raw" in row else []
        return {"UnprocessedItems": {}}

    def _PutItem(self, asked: Any) -> Any:  # noqa: N802
        self._write(asked["Item"])
        return {}

    def _UpdateItem(self, asked: Any) -> Any:  # noqa: N802
        row = self._rows[asked["Key"]["pk"]["S"]].get(asked["Key"]["sk"]["S"]) or asked["Key"]
        changed = {**row, **dict(_changes(row, asked))}
        self._write(changed)
        return {} if asked.get("ReturnValues", "NONE") == "NONE" else {"Attributes": changed}

    def _read(self, key: Any) -> Any:
        row = self._rows[key["pk"]["S"]].get(key["sk"]["S"])
        self.read_units += max(1, ceil(item_bytes(row or {}) / RCU_BYTES))
        return row

    def _write(self, row: Any, times: int = 1) -> None:
        self.write_units += times * ceil(item_bytes(row) / WCU_BYTES)
        self._put(row)

    def _put(self, row: Any) -> None:
        self._rows[row["pk"]["S"]][row["sk"]["S"]] = row

    # ---- the rest ----------------------------------------------------------------------------------------

    def _SendMessageBatch(self, asked: Any) -> Any:  # noqa: N802
        entries = asked["Entries"]
        self.queued += [(entry["MessageBody"], entry.get("MessageGroupId", "")) for entry in entries]
        done = [{"Id": entry["Id"], "MessageId": "1", "MD5OfMessageBody": ""} for entry in entries]
        return {"Successful": done, "Failed": []}

    def _GetSecretValue(self, _: Any) -> Any:  # noqa: N802
        return {"SecretString": json.dumps(SECRETS)}


def _changes(row: Any, asked: Any) -> Iterator[tuple[str, Any]]:
    """Of `SET a = :a, #b = :b, n = n + :one` and of `ADD n :one`, which is all that we write."""
    verb, _, rest = asked["UpdateExpression"].partition(" ")
    names, values = asked.get("ExpressionAttributeNames", {}), asked["ExpressionAttributeValues"]
    for change in rest.split(", "):
        signs = change.replace("=", " ").replace("+", " ").split()
        name, value = names.get(signs[0], signs[0]), values[signs[-1]]
        if verb == "ADD" or "+" in change:
            value = {"N": str(int(row.get(name, {"N": "0"})["N"]) + int(value["N"]))}
        yield name, value
