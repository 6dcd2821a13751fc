"""Somebody's browser in front of the console's door: it keeps cookies, and posts a page's form with all it holds."""

import html
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from functions.console.routes import OPEN, ROUTES
from functions.console.web.request import COOKIE, LANGUAGE_COOKIE, Request
from functions.console.web.serve import serve
from tests.support.console import text_of
from tests.support.town_office import NOON

FORM = re.compile(r'<form method="post" action="([^"]*)"(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')
AREA = re.compile(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)


@dataclass
class Page:
    """An answer, as a browser shows it."""

    answer: dict[str, Any]

    @property
    def status(self):
        return self.answer["statusCode"]

    @property
    def leads_to(self):
        return self.answer["headers"].get("Location", "")

    @property
    def text(self):
        return text_of(self.answer)

    @property
    def title(self):
        return html.unescape(re.search(r"<h1>(.*?)</h1>", self.text).group(1))

    @property
    def cookies(self):
        return self.answer.get("cookies", [])

    def form(self, action=""):
        """Action and fields of the form that leads there; of the first one."""
        found = next(it for it in FORM.findall(self.text) if not action or html.unescape(it[0]) == action)
        fields = {name: html.unescape(value) for name, value in HIDDEN.findall(found[1])}
        return html.unescape(found[0]), fields | {n: html.unescape(v) for n, v in AREA.findall(found[1])}


@dataclass
class Browser:
    adapters: Any
    now: datetime = NOON
    cookie: str = ""
    """Of the session."""
    language: str = ""
    """The door's cookie; "" for none."""
    headers: dict[str, str] = field(default_factory=lambda: {"sec-fetch-site": "same-origin"})

    def get(self, address, **headers):
        return self._ask("GET", address, headers=headers)

    def post(self, address, fields, **headers):
        return self._ask("POST", address, fields, headers)

    def fill(self, page, action="", **typed):
        """Post a page's form, with what it carries and what is typed."""
        address, carried = page.form(action)
        return self.post(address, carried | typed)

    def _ask(self, method, address, fields=None, headers=None):
        path, _, query = address.partition("?")
        route, given = route_of(method, path)
        event = {
            "routeKey": route,
            "rawPath": path,
            "rawQueryString": query,
            "pathParameters": given,
            "headers": {**self.headers, **(headers or {})},
            "cookies": [f"{name}={value}" for name, value in self._cookies().items() if value],
            "body": urlencode(fields or {}, doseq=True),
        }
        page = Page(serve(Request.of(event), self.now, self.adapters))
        for cookie in page.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            setattr(self, {COOKIE: "cookie", LANGUAGE_COOKIE: "language"}[name], value)
        return page

    def _cookies(self):
        return {COOKIE: self.cookie, LANGUAGE_COOKIE: self.language}


def route_of(method, path):
    """The most exact of the routes, and what stands in its braces."""
    for route in sorted((*OPEN, *ROUTES), key=lambda it: it.count("{")):
        of, _, pattern = route.partition(" ")
        names = re.findall(r"\{(\w+)\}", pattern)
        found = re.fullmatch(re.sub(r"\{\w+\}", "([^/]+)", pattern), path)
        if of == method and found:
            return route, dict(zip(names, found.groups(), strict=True))
    return "$default", {}


def query_of(address):
    return {name: values[0] for name, values in parse_qs(address.partition("?")[2]).items()}
