"""Pages and tables, compressed for browsers that take it: API Gateway compresses nothing by itself."""

import base64
import gzip
from typing import Final

from stadtdraht.pages.responses import HttpResponse

WORTH_COMPRESSING: Final = 512  # bytes
LEVEL: Final = 9
TEXTUAL: Final = ("text/", "application/json", "image/svg+xml")


def compressed(answer: HttpResponse, accept_encoding: str | None) -> HttpResponse:
    """accept_encoding: the request's header."""
    body, headers = answer.get("body") or "", answer["headers"]
    if (
        answer.get("isBase64Encoded")
        or "gzip" not in (accept_encoding or "")
        or not headers.get("Content-Type", "").startswith(TEXTUAL)
        or len(body) < WORTH_COMPRESSING
    ):
        return answer
    varies = ", ".join(it for it in (headers.get("Vary"), "Accept-Encoding") if it)
    return {
        **answer,
        "headers": {**headers, "Content-Encoding": "gzip", "Vary": varies},
        "body": base64.b64encode(gzip.compress(body.encode(), LEVEL, mtime=0)).decode(),
        "isBase64Encoded": True,
    }
