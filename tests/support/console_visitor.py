"""Somebody at the running console as an outside check is: reads a page, fills what it shows, posts what it carries."""

import html
import re
from dataclasses import dataclass, field

import httpx

from local.product.totp import code

FORM = re.compile(r'<form[^>]* action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')


@dataclass
class Visitor:
    """One browser: its cookies, `Secure` ones too, go to the address of this machine."""

    app: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address, **headers):
        return self._ask("GET", address, None, headers)

    def post(self, address, fields, **headers):
        return self._ask("POST", address, fields, headers)

    def fill(self, page, action="", **typed):
        """Post the page's form that leads to `action` (the first one), with all it carries."""
        address, fields = form_of(page, action)
        return self.post(address, fields | typed)

    def follow(self, page):
        """To where it leads, at last."""
        while page.status_code == 303:
            page = self.get(page.headers["location"])
        return page

    def sign_in(self, person, page=None):
        """By password and code; the last answer. person: of run.json."""
        first = page or self.get("/console/sign-in")
        second = self.fill(first, "/console/sign-in", username=person["username"], password=person["password"])
        assert second.status_code == 200, second.text
        return self.fill(second, code=code(person["totp_secret"]))

    def _ask(self, method, address, fields, headers):
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        answer = httpx.request(method, f"{self.app}{address}", data=fields, headers=sent, timeout=60)
        for cookie in answer.headers.get_list("set-cookie"):
            assert "; Secure; HttpOnly; SameSite=Lax; Path=/" in cookie
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


def form_of(page, action=""):
    forms = [(html.unescape(where), inside) for where, inside in FORM.findall(page.text)]
    where, inside = next(it for it in forms if not action or it[0] == action)
    return where, {name: html.unescape(value) for name, value in HIDDEN.findall(inside)}


def person_of(run, town, role="all"):
    return next(it for it in run["console"][town] if it["role"] == role)
