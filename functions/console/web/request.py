"""What a browser asks, read out of API Gateway's event (payload format 2.0)."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Self
from urllib.parse import parse_qs

from stadtdraht.domain.staff.member import StaffLanguage

COOKIE: Final = "__Host-sd"
LANGUAGE_COOKIE: Final = "__Host-language"
MOST_FIELDS: Final = 400  # a newsletter of twenty stories has eight each, the longest form there is
SAME_SITE: Final = ("same-origin", "none", "")  # "": an old browser, which the token of the session still guards


def read_moment(text: str) -> datetime | None:
    """A time as our pages write it; None for anything else."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class Form:
    """Fields of a posted form or of an address. A name may come several times."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """The first value, with the line ends of every other text."""
        return self.fields.get(name, (default,))[0].replace("\r\n", "\n")

    def all(self, name: str) -> Sequence[str]:
        return self.fields.get(name, ())

    def moment(self, name: str) -> datetime | None:
        """A time that a page of ours wrote there; None for anything else."""
        return read_moment(self.get(name))

    def __contains__(self, name: str) -> bool:
        return name in self.fields


@dataclass(frozen=True, slots=True)
class Request:
    """One request. What cannot be read is empty, so that no request is answered by an error of ours."""

    route: str
    """Such as `GET /console/{town}/inbox`: it names no person."""
    path: Mapping[str, str]
    """What stands in the route's braces."""
    query: Form
    form: Form
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    address: str
    """The path and query as asked, to come back to after signing in."""
    reference: str
    """API Gateway's id of the request, which staff can name to who operates this."""

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Self:
        raw_query = str(event.get("rawQueryString") or "")
        raw_path = str(event.get("rawPath") or "")
        pairs = (it.partition("=") for it in event.get("cookies") or ())
        return cls(
            route=str(event.get("routeKey") or ""),
            path={name: str(value) for name, value in (event.get("pathParameters") or {}).items()},
            query=_fields(raw_query),
            form=_fields(_body(event)),
            headers={str(name).lower(): str(value) for name, value in (event.get("headers") or {}).items()},
            cookies={name.strip(): value for name, _, value in pairs},
            address=f"{raw_path}?{raw_query}" if raw_query else raw_path,
            reference=str((event.get("requestContext") or {}).get("requestId") or ""),
        )

    @property
    def posts(self) -> bool:
        return self.route.startswith("POST ")

    @property
    def session_token(self) -> str:
        return self.cookies.get(COOKIE, "")

    @property
    def language(self) -> StaffLanguage | None:
        """What this browser was told to read in, on a page of the door or of one's account; never what it asks for."""
        chosen = self.cookies.get(LANGUAGE_COOKIE, "")
        return StaffLanguage(chosen) if chosen in set(StaffLanguage) else None

    @property
    def is_from_our_pages(self) -> bool:
        """As far as the browser says where a request comes from."""
        return self.headers.get("sec-fetch-site", "") in SAME_SITE

    @property
    def is_poll(self) -> bool:
        """Asked by the page's own script: it keeps nobody signed in."""
        return self.headers.get("x-poll") == "1"


def _body(event: Mapping[str, Any]) -> str:
    body = str(event.get("body") or "")
    try:
        return base64.b64decode(body).decode() if event.get("isBase64Encoded") else body
    except ValueError:
        return ""


def _fields(text: str) -> Form:
    try:
        return Form(parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return Form()
