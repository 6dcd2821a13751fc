"""HTTP API events (payload format 2.0), where MiniStack's differ from API Gateway's."""

import json
from typing import Any

COOKIE_HEADER = b'"cookie":'


def with_cookies(event: bytes) -> bytes:
    """API Gateway lists a request's cookies beside its headers; MiniStack leaves that list out."""
    if COOKIE_HEADER not in event or b'"requestContext"' not in event:
        return event
    parsed = as_api_event(event)
    if parsed is None or "cookies" in parsed or not isinstance(parsed["headers"].get("cookie"), str):
        return event
    parsed["cookies"] = [cookie.strip() for cookie in parsed["headers"]["cookie"].split(";") if cookie.strip()]
    return json.dumps(parsed, ensure_ascii=False).encode()


def as_api_event(event: bytes) -> dict[str, Any] | None:
    """The event when it is an HTTP API request, else None."""
    try:
        parsed = json.loads(event)
    except ValueError:
        return None
    is_request = isinstance(parsed, dict) and "http" in (parsed.get("requestContext") or {})
    return parsed if is_request else None


def error_answer(status: int, message: str) -> bytes:
    """What API Gateway answers for a function that failed: no word of why."""
    body = json.dumps({"message": message}, separators=(",", ":"))
    answer = {"statusCode": status, "headers": {"content-type": "application/json"}, "body": body}
    return json.dumps(answer).encode()
