"""An audience of any size that exists only while it is read: DynamoDB's answers, made page by page below boto3."""

import json
from dataclasses import dataclass
from math import ceil
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from tests.benchmarks.below_the_client import answer_to
from tests.benchmarks.inbound.stubbed_aws import item_bytes

PAGE_BYTES = 1 << 20  # where DynamoDB ends a page
SHARDS = 16
RCU_BYTES = 4096  # a strongly consistent read unit
PAGE_MARK = b"@PAGE@"  # six characters, as long as what it is replaced by


def row_of(number: int) -> dict[str, Any]:
    """A row as stadtdraht/adapters/dynamodb/broadcast/audience.py writes it."""
    return {
        "pk": {"S": "bocholt#AUDIENCE#news#0"},
        "sk": {"S": f"{PAGE_MARK.decode()}{number:014x}"},
        "user_id": {"S": f"DE.81234567890{number:06d}"},
        "phone": {"S": f"49151{number:08d}"},
        "since": {"S": "2026-03-01T09:00:00.000Z"},
        "language": {"S": ("de", "de", "tr", "uk")[number % 4]},
        "district": {"S": ("barlo", "mussum")[number % 2]},
        "topics": {"L": [{"S": "traffic"}, {"S": "culture"}]},
    }


ROW_BYTES = item_bytes(row_of(1)) + len("trafficculture") + 5  # a list counts three bytes, and one for each value
ROWS_A_PAGE = PAGE_BYTES // ROW_BYTES
NOBODY = b'{"Count": 0, "ScannedCount": 0, "Items": []}'  # has written within a day


@dataclass
class AudiencePages:
    """`readers` people take the news, one of `warned_in` of them warnings too, evenly over the shards.

    queries, read_units: as DynamoDB would bill them.
    """

    readers: int
    rows_a_page: int = ROWS_A_PAGE
    warned_in: int = 4
    queries: int = 0
    read_units: int = 0
    rows: int = 0

    def __post_init__(self) -> None:
        self._page = [row_of(number) for number in range(self.rows_a_page)]
        self._full = json.dumps(self._page).encode()

    def stand_in_for(self, client: Any) -> None:
        client.meta.events.register("before-send.dynamodb.Query", self._answer)

    def _answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        asked = json.loads(request.body)
        of = asked["ExpressionAttributeValues"][":pk"]["S"].split("#")[1:]
        start = asked.get("ExclusiveStartKey", {}).get("page", {}).get("N", "0")
        body = NOBODY if of == ["WINDOWS"] else self._body(*of[1:], int(start))
        self.queries += 1
        return answer_to(request, body)

    def _body(self, offer: str, shard: str, page: int) -> bytes:
        people = ceil((self.readers if offer == "news" else self.readers // self.warned_in) / SHARDS)
        left = people - page * self.rows_a_page
        count = min(left, self.rows_a_page)
        full = self._full if count == self.rows_a_page else json.dumps(self._page[:count]).encode()
        more = b', "LastEvaluatedKey": {"page": {"N": "%d"}}' % (page + 1) if left > count else b""
        self.rows += count
        self.read_units += ceil(count * ROW_BYTES / RCU_BYTES)
        rows = full.replace(PAGE_MARK, f"{shard}{page:05x}".encode())
        return b'{"Count": 0, "ScannedCount": 0, "Items": ' + rows + more + b"}"
