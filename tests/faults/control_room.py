"""What the fault tests of warnings share: the real page and sender on a real table that has bad moments.

Time is virtual, so that pauses of seconds take none and nothing depends on the machine.
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

from argon2 import PasswordHasher
from botocore.exceptions import ClientError

from functions.crisis import page
from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.adapters.dynamodb.broadcast.audience import DynamoAudience, audience_row
from stadtdraht.adapters.dynamodb.crisis.alert_counts import DynamoAlertCounts
from stadtdraht.adapters.dynamodb.crisis.alerts import DynamoAlerts
from stadtdraht.adapters.dynamodb.crisis.evidence import DynamoEvidence
from stadtdraht.adapters.dynamodb.crisis.holders import DynamoHolders
from stadtdraht.adapters.dynamodb.crisis.links import DynamoCrisisLinks
from stadtdraht.adapters.dynamodb.crisis.readiness import DynamoLatestReadiness
from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls
from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.delivery.slices import DynamoSlices
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.adapters.dynamodb.towns.account_snapshots import DynamoAccountSnapshots
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.adapters.whatsapp.outcome_of_error import outcome_of_error
from stadtdraht.domain.crisis.links import Holder
from stadtdraht.domain.delivery.delivery import Accepted, DeliveryKey, SendOutcome
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.errors import SliceStillRunning
from stadtdraht.domain.town import Offer, Town
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.settings import Settings
from stadtdraht.usecases.crisis.resend_unknown import ResendPorts, resend_unknown
from stadtdraht.usecases.crisis.send_alert import send_alert
from stadtdraht.usecases.delivery.protocol import Clock, SenderPorts
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import a_link, a_town
from tests.support.builders.delivery import person
from tests.support.crisis_page import PIN, Line
from tests.support.fakes.queues import FakeRecheckQueue
from tests.support.town_names import town_number

PIN_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)  # a cheap one: twenty are compared
VISIBLE_AGAIN_S = 70
ENOUGH = 200


def throttled(operation: str) -> ClientError:
    """What DynamoDB says; in a transaction it stands among the reasons."""
    if operation == "transact_write_items":
        reasons = [{"Code": "ThrottlingError"}, {"Code": "None"}]
        answer: Any = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}
        return ClientError(answer, operation)
    return ClientError({"Error": {"Code": "ProvisionedThroughputExceededException"}}, operation)


class Moody:
    """DynamoDB's client: `mood` says of each call whether it is "well", "refused", or done with its answer "lost"."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.mood: Callable[[str], str] = lambda _: "well"
        self.hit: Counter[str] = Counter()

    def __getattr__(self, operation: str) -> Any:
        call = getattr(self._client, operation)
        if not callable(call):
            return call

        def moody(**asked: Any) -> Any:
            mood = self.mood(operation)
            if mood == "well":
                return call(**asked)
            self.hit[operation] += 1
            if mood == "lost":
                call(**asked)
                raise ClientError({"Error": {"Code": "InternalServerError"}}, operation)
            raise throttled(operation)

        return moody

    def rolls(self, share: float, seed: int) -> None:
        """From now on it throttles this share of all calls, and the tenth for certain."""
        dice, calls = random.Random(seed), count(1)
        self.mood = lambda _: "refused" if next(calls) == 10 or dice.random() < share else "well"


@dataclass
class Meta:
    """Takes what comes. From `room` messages on, each is refused with `code`."""

    room: float = float("inf")
    code: int = 0
    taken: list[tuple[str, str, str]] = field(default_factory=list)  # town, number, citizen id
    asked: int = 0

    async def send(self, town: str, phone_number_id: str, body: Any) -> SendOutcome:
        self.asked += 1
        await asyncio.sleep(0)
        if len(self.taken) >= self.room:
            return outcome_of_error(400, self.code)
        self.taken.append((town, phone_number_id, DeliveryKey.parse(body["biz_opaque_callback_data"]).citizen_id))
        return Accepted(f"wamid.{len(self.taken)}")

    @property
    def whom(self) -> Counter[str]:
        return Counter(who for _, _, who in self.taken)


class ControlRoom:
    """Towns that warn, an officer's browser in each, and the senders. `table` is well, `moody` is what they work on."""

    def __init__(self, table: Table) -> None:
        self.table, self.client = table, Moody(table.client)
        moody = Table(self.client, table.name)  # type: ignore[arg-type]
        self.meta, self.line, self.recheck = Meta(), Line(), FakeRecheckQueue()
        self.alerts, self.towns, self.snapshots = DynamoAlerts(moody), DynamoTowns(moody), DynamoAccountSnapshots(moody)
        self.audience, self.deliveries = DynamoAudience(moody), DynamoDeliveries(moody)
        self.slices, self.controls = DynamoSlices(moody), DynamoControls(moody)
        self.signer = LinkSigner({"k1": b"1" * 32})
        self.adapters = FakeAdapters(
            settings=Settings(public_url="https://stadtdraht.example"),
            alerts=self.alerts,
            crisis_links=DynamoCrisisLinks(moody),
            holders=DynamoHolders(moody),
            towns=self.towns,
            link_signer=lambda: self.signer,
            audience=self.audience,
            deliveries=self.deliveries,
            slices=self.slices,
            crisis_queue=self.line,
            evidence=DynamoEvidence(moody),
            latest_readiness=DynamoLatestReadiness(moody),
            alert_counts=DynamoAlertCounts(moody),
        )
        self.later_s = 0.0
        self.well = DynamoAlerts(table)

    def town(self, number: int, people: int) -> "OfficerBrowser":
        """A town of its own with a number and people who take warnings, and the browser of its officer."""
        town = town_number(number)
        wire = replace(a_town().number, phone_number_id=f"30{number}", waba_id=f"40{number}")
        of = replace(a_town(), id=town, name=f"Stadt {number}", number=wire)
        DynamoTowns(self.table).save(of)
        found = [person(number * 1000 + one) for one in range(people)]
        self.table.put_all([audience_row(town, Offer.CRISIS, one) for one in found])
        now = datetime.now(UTC).replace(microsecond=0)
        its_link = a_link(town, not_before=now - timedelta(hours=1), expires_at=now + timedelta(days=1))
        DynamoCrisisLinks(self.table).save(its_link)
        DynamoHolders(self.table).save(Holder(town, its_link.holder, PIN_HASH))
        return OfficerBrowser(self, of, self.signer.mint(its_link), {one.citizen_id for one in found})

    # ---- the senders ---------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.later_s)

    async def wait(self, seconds: float) -> None:
        self.later_s += seconds
        await asyncio.sleep(0)

    async def send(self, of: "OfficerBrowser", alert_id: str, *, rounds: int = ENOUGH) -> None:
        """As the queues do it: what failed is visible again, until the alert is through; then the unknown ones."""
        slices = DynamoSlices(self.table)
        for _ in range(rounds):
            left = [work_slice for work_slice, at in slices.all(alert_id) if at.state is not SliceState.DONE]
            if not left:
                break
            for work_slice in left:
                await self._once(lambda work_slice=work_slice: self._send(work_slice))  # type: ignore[misc]
        while self.recheck.messages:
            cause, ids, attempt, delay_s = self.recheck.messages.pop(0)
            self.later_s += delay_s
            look = (of.town.id, cause, ids, attempt)
            while not await self._once(lambda look=look: self._look(*look)):  # type: ignore[misc]
                assert self.client.hit.total() < ENOUGH * 100

    async def _once(self, work: Callable[[], Any]) -> bool:
        try:
            await work()
        except (ClientError, SliceStillRunning):
            self.later_s += VISIBLE_AGAIN_S
            return False
        return True

    async def _send(self, work_slice: Any) -> None:
        ports = SenderPorts(
            self.audience, self.slices, self.deliveries, self.controls, self.meta, self.line, recheck=self.recheck
        )
        clock = Clock(self.now, lambda: self.later_s, self.wait)
        stores = {"alerts": self.alerts, "towns": self.towns, "snapshots": self.snapshots}
        await send_alert(work_slice, senders=ports, clock=clock, **stores)  # type: ignore[arg-type]

    async def _look(self, town: str, cause: str, ids: tuple[str, ...], attempt: int) -> None:
        ports = ResendPorts(
            alerts=self.alerts,
            towns=self.towns,
            snapshots=self.snapshots,
            audience=self.audience,
            deliveries=self.deliveries,
            controls=self.controls,
            recheck=self.recheck,
            graph=self.meta,
        )
        await resend_unknown(town, cause, ids, attempt, ports, Clock(self.now, lambda: self.later_s, self.wait))


@dataclass
class OfficerBrowser:
    """A browser with the town's link. `ids`: who takes its warnings."""

    room: ControlRoom
    town: Town
    token: str
    ids: set[str]

    def ask(self, method: str, alert_id: str = "", **fields: str) -> HttpResponse:
        text = urlencode(fields)
        event = {
            "headers": {"content-type": "application/x-www-form-urlencoded"},
            "pathParameters": {"token": self.token, **({"alert": alert_id} if alert_id else {})},
            "requestContext": {"http": {"method": method}},
            **({"body": text} if method == "POST" else {"rawQueryString": text}),
        }
        return page.handler(event, None, adapters=self.room.adapters)

    def filled_in(self, **fields: str) -> dict[str, str]:
        """The form of the last screen with what an officer types."""
        page = self.ask("GET", **{"scenario": "fire", "valid_for_min": "180", "languages": "de", **fields})["body"]
        nonce = re.search(r'name="nonce" value="([^"]+)"', page)
        assert nonce, page
        shown = {"scenario": "fire", "districts": "", "valid_for_min": "180", "languages": "de", **fields}
        return {**shown, "pin": PIN, "confirm": self.town.name, "nonce": nonce[1]}

    def press(self, form: dict[str, str]) -> HttpResponse:
        return self.ask("POST", **form)

    def raised(self, answer: HttpResponse) -> str:
        """The alert whose progress page the press led to."""
        assert answer["statusCode"] == 303, answer
        return str(answer["headers"]["Location"].partition("?")[0].rpartition("/")[2])

    @property
    def alert_ids(self) -> list[str]:
        return [alert.alert_id for alert in self.room.well.recent(self.town.id)]
