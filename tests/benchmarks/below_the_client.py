"""Below a real client of AWS: everything boto3 does is done, up to the socket, and then a stub answers."""

import io
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse


def operation_of(request: AWSPreparedRequest) -> str:
    """Such as `PutItem`."""
    target = request.headers["X-Amz-Target"]
    return str(target.decode() if isinstance(target, bytes) else target).rpartition(".")[2]


def answer_to(request: AWSPreparedRequest, body: bytes) -> AWSResponse:
    """That all is well, and this JSON."""
    headers = {"Content-Type": "application/x-amz-json-1.0", "Content-Length": str(len(body))}
    return AWSResponse(request.url, 200, headers, _Raw(body))


class _Raw(io.BytesIO):
    """What botocore reads an answer from."""

    def stream(self, **_: Any) -> Any:
        yield self.read()
