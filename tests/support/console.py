"""A member of staff who asks for pages of the console, without a door and without AWS."""

import gzip
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from functions.console.routes import ROUTES
from functions.console.web.request import Request
from functions.console.web.visit import Visit
from stadtdraht.domain.staff.member import Member
from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.staff.session import Session
from tests.support.town_office import NOON, TOWNS

CSRF = "csrf-of-this-session"


def a_member(*roles: Role, town: str = "vreden", name: str = "Maria Beispiel", staff_id: str = "staff-1") -> Member:
    """Somebody with these roles; with all of them when none is named."""
    return Member(staff_id, town, name, f"{staff_id}@{town}.example", frozenset(roles or Role))


@dataclass
class Desk:
    """One person's browser. `get` and `post` return the page's answer as the function gives it."""

    adapters: Any
    member: Member = field(default_factory=a_member)
    now: datetime = NOON

    @property
    def town(self):
        return TOWNS[self.member.town]

    def get(self, route: str, *, query: dict[str, str] | None = None, headers: dict[str, str] | None = None, **path):
        return self._ask("GET", route, path, query=query, headers=headers)

    def post(self, route: str, form: dict[str, Any], *, headers: dict[str, str] | None = None, **path):
        return self._ask("POST", route, path, form={"csrf": CSRF, **form}, headers=headers)

    def _ask(self, method, route, path, *, query=None, form=None, headers=None):
        name = f"{method} /console/{{town}}{route}"
        event = {
            "routeKey": name,
            "rawPath": f"/console/{self.town.id}{route}".format(**path, town=self.town.id),
            "rawQueryString": urlencode(query or {}),
            "pathParameters": {"town": self.town.id, **path},
            "headers": headers or {},
            "body": urlencode(form or {}, doseq=True),
        }
        session = Session("key", self.member.staff_id, self.member.email, CSRF, self.now, self.now)
        visit = Visit(Request.of(event), self.town, self.member, session, self.now, self.adapters)
        assert self.member.may(ROUTES[name].roles), "the role does not see this page"
        return ROUTES[name].load()(visit)


def text_of(answer: dict[str, Any]) -> str:
    """The body as a browser reads it."""
    body = answer["body"]
    if not answer.get("isBase64Encoded"):
        return body
    packed = b64decode(body)
    return (gzip.decompress(packed) if answer["headers"].get("Content-Encoding") == "gzip" else packed).decode()
