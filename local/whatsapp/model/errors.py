"""Meta's error codes, as the Cloud API answers them.

Source: Meta, Error codes, 2026-09-11. HTTP statuses are those of
older Meta tables; 130429 answers 429, as seen in practice.
"""

import secrets
from typing import Any, Final

MEANINGS: Final[dict[int, tuple[int, str]]] = {
    1: (400, "An unknown error occurred"),
    2: (503, "Service temporarily unavailable"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Invalid OAuth access token - Cannot parse access token"),
    2500: (400, "Unknown path components"),
    130429: (429, "Rate limit hit"),
    131000: (500, "Something went wrong"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131047: (400, "Re-engagement message"),
    131050: (400, "User has stopped marketing messages from your business"),
    131051: (400, "Unsupported message type"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131062: (400, "Business-scoped user ID recipient is not supported for this message"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    2388019: (400, "Message template limit exceeded"),
    2388039: (400, "Message template status cannot be changed"),
    2388040: (400, "A field exceeds its character limit"),
    2388047: (400, "Message header format is incorrect"),
    2388072: (400, "Message body format is incorrect"),
    2388073: (400, "Message footer format is incorrect"),
    2388293: (400, "Message template has too many variables for its length"),
    2388299: (400, "Message template variables cannot be at the start or end"),
}

_SUBCODES: Final = frozenset(code for code in MEANINGS if code >= 2_388_000)  # noqa: PLR2004 - of template management


class Refused(Exception):
    """A Graph API call that is answered with one of Meta's error codes; nothing has been accepted."""

    def __init__(self, code: int, details: str) -> None:
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details

    @property
    def http_status(self) -> int:
        return MEANINGS[self.code][0]

    def body(self) -> dict[str, Any]:
        """The answer's JSON, in either of Meta's forms: its management API says by a subcode what is wrong."""
        return {"error": self._managed() if self.code in _SUBCODES else self._sent()}

    def _sent(self) -> dict[str, Any]:
        """Meta, Error codes, 2026-09-11."""
        kind = "OAuthException" if self.code == 190 else "GraphMethodException"  # noqa: PLR2004
        return {
            "message": f"(#{self.code}) {MEANINGS[self.code][1]}",
            "type": kind if self.code in {33, 190, 2500} else "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": _trace(),
        }

    def _managed(self) -> dict[str, Any]:
        """`code` and `message` are the same for every mistake. Source: Meta's OpenAPI file v23.0, GraphAPIError."""
        return {
            "message": MEANINGS[100][1],
            "type": "OAuthException",
            "code": 100,
            "error_subcode": self.code,
            "is_transient": False,
            "error_user_title": MEANINGS[self.code][1],
            "error_user_msg": self.details,
            "fbtrace_id": _trace(),
        }


def _trace() -> str:
    return "A" + secrets.token_urlsafe(16)


def as_status_error(code: int, details: str) -> dict[str, Any]:
    """The same code inside a `failed` status webhook."""
    title = MEANINGS[code][1]
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details},
        "href": "/documentation/business-messaging/whatsapp/support/error-codes/",
    }
