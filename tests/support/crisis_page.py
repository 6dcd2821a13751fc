"""The crisis page with its ports in memory, and a hand that uses the page as a browser without JavaScript does."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from argon2 import PasswordHasher

from functions.crisis.web.context import PagePorts
from functions.crisis.web.form import Request
from functions.crisis.web.routes import respond
from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.adapters.crypto.pins import hash_pin
from stadtdraht.domain.citizen import Recipient, WireIdentity
from stadtdraht.domain.crisis.links import CrisisLink, Holder, LinkMode
from stadtdraht.domain.delivery.delivery import Outcome, OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.delivery.slices import Progress, Slice, SliceState
from stadtdraht.domain.town import Offer
from tests.support.builders.crisis import NOON, a_link, a_town
from tests.support.fakes.alert_counts import FakeAlertCounts
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.crisis_links import FakeCrisisLinks, FakeHolders
from tests.support.fakes.evidence import FakeEvidence
from tests.support.fakes.readiness import FakeLatestReadiness
from tests.support.fakes.towns import FakeTowns

PIN = "482913"
PIN_HASH = hash_pin(PIN, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # hundreds are compared
Row = tuple[str, int, OutcomeKind | Status, str]


class People:
    """An audience: whoever was put in."""

    def __init__(self, *people: Recipient) -> None:
        self.people = list(people)
        self.windows: dict[str, datetime] = {}  # until when

    def scan(self, town: str, offer: Offer) -> Iterator[Recipient]:
        people = self.people if (town, offer) == ("bocholt", Offer.CRISIS) else []
        return iter(sorted(people, key=lambda person: person.citizen_id))

    def open_windows(self, town: str, at: datetime) -> frozenset[str]:
        return frozenset(one for one, until in self.windows.items() if at < until)

    async def window_is_open(self, town: str, citizen_id: str, at: datetime) -> bool:
        return citizen_id in self.open_windows(town, at)

    async def block(self, town: str, offer: Offer, after: str, upto: str, limit: int) -> Sequence[Recipient]:
        return [person for person in self.people if after < person.citizen_id <= upto][:limit]

    async def some(self, town: str, offer: Offer, citizen_ids: Sequence[str]) -> Sequence[Recipient]:
        return [person for person in self.scan(town, offer) if person.citizen_id in citizen_ids]


class Rows:
    """Delivery rows by person, attempt and kind."""

    def __init__(self) -> None:
        self.outcomes: dict[tuple[str, int], Outcome] = {}
        self.statuses: list[Row] = []

    async def record(self, town: str, outcomes: Sequence[Outcome]) -> None:
        self.outcomes |= {(outcome.key.citizen_id, outcome.key.attempt): outcome for outcome in outcomes}

    async def mark_unknown(self, town: str, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        new = [one for one in outcomes if (one.key.citizen_id, one.key.attempt) not in self.outcomes]
        await self.record(town, new)
        return new

    async def known(self, town: str, cause: str, after: str, upto: str) -> frozenset[str]:
        return frozenset(citizen_id for citizen_id, _ in self.outcomes if after < citizen_id <= upto)

    def rows(self, town: str, cause: str) -> Iterator[Row]:
        yield from ((who, attempt, one.kind, one.reason) for (who, attempt), one in self.outcomes.items())
        yield from self.statuses

    def in_full(self, town: str, cause: str) -> Iterator[DeliveryRow]:
        """Statuses a second after noon."""
        rows = [
            DeliveryRow(who, at, one.kind, one.at, one.reason, route=one.route)
            for (who, at), one in self.outcomes.items()
        ]
        rows += [DeliveryRow(who, at, kind, NOON + timedelta(seconds=1), why) for who, at, kind, why in self.statuses]
        yield from sorted(rows, key=lambda row: row.citizen_id)

    async def rows_of(self, town: str, cause: str, citizen_ids: Sequence[str]) -> Sequence[Row]:
        return [row for row in self.rows(town, cause) if row[0] in citizen_ids]


@dataclass
class Lanes:
    """Slices of the alerts that were raised, all in one state."""

    alerts: FakeAlerts
    state: SliceState = SliceState.WAITING
    handbacks: int = 0

    def plan(self, slices: Sequence[Slice]) -> None:
        raise NotImplementedError("an alert's slices are planned by its own transaction")

    def all(self, cause: str) -> Sequence[tuple[Slice, Progress]]:
        progress = Progress(self.state, 0, "", "", handbacks=self.handbacks)
        return [(work_slice, progress) for work_slice in self.alerts.slices.get(cause, ())]

    async def begin(self, work_slice: Slice, now: datetime) -> Progress:
        raise NotImplementedError("the crisis page sends nothing")

    async def claim(self, work_slice: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        raise NotImplementedError("the crisis page sends nothing")

    close = claim

    def resume(self, work_slice: Slice, before: Progress, now: datetime) -> Progress | None:
        raise NotImplementedError("the crisis page sends nothing")


class Line:
    """The queue to the senders."""

    def __init__(self) -> None:
        self.put_in: list[tuple[Slice, int]] = []
        self.broken = False

    def put(self, slices: Sequence[tuple[Slice, int]]) -> None:
        if self.broken:
            raise ConnectionError("the queue does not answer")
        self.put_in += slices


class CrisisPageHarness:
    """A town with a live and a drill link and ten people who agreed to warnings."""

    def __init__(self, *people: Recipient) -> None:
        self.alerts, self.links, self.holders = FakeAlerts(), FakeCrisisLinks(), FakeHolders()
        self.deliveries, self.line, self.evidence = Rows(), Line(), FakeEvidence()
        self.latest_readiness, self.counts = FakeLatestReadiness(), FakeAlertCounts()
        self.towns = FakeTowns({"bocholt": a_town(), "vreden": a_town("vreden", "Vreden")})
        self.audience = People(*(people or [a_person(number) for number in range(10)]))
        self.slices = Lanes(self.alerts)
        self.signer = LinkSigner({"k1": b"1" * 32})
        self.ports = PagePorts(
            self.alerts,
            self.links,
            self.holders,
            self.towns,
            self.signer,
            self.audience,
            self.deliveries,
            self.slices,
            self.line,
            self.evidence,
            self.latest_readiness,
            self.counts,
            "https://stadtdraht.example",
        )
        self.now = NOON

    def link(self, **changes: Any) -> "Browser":
        """A browser that has opened nothing yet; its holder's PIN is PIN."""
        link = a_link(**changes)
        self.links.save(link)
        self.holders.save(Holder(link.town, link.holder, PIN_HASH))
        return Browser(self, link, self.signer.mint(link))


@dataclass
class Browser:
    """One link in one browser. `answer` is the last one."""

    harness: CrisisPageHarness
    link: CrisisLink
    token: str
    answer: dict[str, Any] = field(default_factory=dict)

    def get(self, alert_id: str = "", method: str = "GET", **headers: str) -> "Browser":
        return self._ask(method, alert_id, "", headers)

    def post(self, headers: dict[str, str] | None = None, **fields: str | list[str]) -> "Browser":
        return self._ask("POST", "", urlencode(fields, doseq=True), headers or {})

    def choose(self, **fields: str | list[str]) -> "Browser":
        """Posts with the nonce of the page that is open, and follows to the next screen. No place: the whole town."""
        if "valid_for_min" in fields:
            fields = {"districts": "*", **fields}
        self.post(nonce=self.nonce, **fields)
        address, _, query = self.answer["headers"]["Location"].partition("?")
        assert (self.status, address) == (303, f"/crisis/{self.token}")
        return self._ask("GET", "", query, {})

    def press(self, headers: dict[str, str] | None = None, **changes: str | list[str]) -> "Browser":
        """All fields in one go, from an open page."""
        word = "Bocholt" if self.link.mode is LinkMode.LIVE else "Übung"
        fields: dict[str, str | list[str]] = {
            "scenario": "fire",
            "districts": "",
            "valid_for_min": "180",
            "languages": ["de", "en"],
            "pin": PIN,
            "confirm": word,
            "nonce": self.nonce,
        }
        return self.post(headers, **{**fields, **changes})

    @property
    def nonce(self) -> str:
        found = re.search(r'name="nonce" value="([^"]+)"', self.page)
        return found.group(1) if found else ""

    @property
    def status(self) -> int:
        return int(self.answer["statusCode"])

    @property
    def page(self) -> str:
        return str(self.answer.get("body", ""))

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.page)
        return found.group(1) if found else ""

    def _ask(self, method: str, alert_id: str, body: str, headers: dict[str, str]) -> "Browser":
        event = {
            "headers": {"content-type": "application/x-www-form-urlencoded", **headers},
            "pathParameters": {"token": self.token, **({"alert": alert_id} if alert_id else {})},
            "requestContext": {"http": {"method": method}},
            **({"body": body} if method == "POST" else {"rawQueryString": body}),
        }
        self.answer = respond(Request.of(event), self.harness.now, self.harness.ports)
        return self


def a_person(number: int, **changes: Any) -> Recipient:
    given = {"since": NOON - timedelta(days=90), "identity": WireIdentity(phone=f"49151123456{number:02}")}
    return Recipient(citizen_id=f"{number % 16:x}{number:019x}", **{**given, **changes})
