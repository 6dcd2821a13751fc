"""Ports of looking at a deployment, in memory: all is well until a test says otherwise."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stadtdraht.domain.inbound.signature import is_signed
from stadtdraht.domain.operations.address import Answer
from stadtdraht.domain.operations.cloud import Alarm, EventSource, Limits, MailAccount, Schedule, SecretAge, Topic
from stadtdraht.domain.operations.finding import CloudRefused, NoAnswer
from stadtdraht.domain.operations.meta_app import SCOPES, AppSubscription, TokenFacts
from stadtdraht.domain.operations.queues import OF_NO_QUEUE, OF_WORK, Queue
from stadtdraht.domain.whatsapp.account import MetaRefused
from stadtdraht.domain.whatsapp.webhook_fields import ACTED_ON

APP = "700"
ADDRESS = "https://wa.stadt.example"
CALLBACK = f"{ADDRESS}/webhooks/whatsapp"
OURS = AppSubscription(CALLBACK, active=True, fields=frozenset(ACTED_ON))
HOLDS = TokenFacts(valid=True, app_id=APP, scopes=frozenset(SCOPES), expires_at=None)
ROOM = Limits(1_000, 770, 100, 4_000)
SENDS = MailAccount(may_send=True, to_anybody=True)


def signed(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@dataclass
class FakePublicAddress:
    """The webhook as it behaves with these secrets."""

    app_secrets: Sequence[str] = ("current", "previous")
    verify_token: str = "verify"
    health: int = 200
    at: datetime | None = field(default_factory=lambda: datetime.now(UTC))
    silent: bool = False
    posted: list[bytes] = field(default_factory=list)

    def get(self, path: str, asked: Mapping[str, str] | None = None) -> Answer:
        if self.silent:
            raise NoAnswer(ADDRESS, "ConnectError")
        if path == "/healthz":
            return Answer(self.health, "", self.at)
        knows = asked is not None and asked["hub.verify_token"] == self.verify_token
        return Answer(200, asked["hub.challenge"], self.at) if asked and knows else Answer(403, "", self.at)

    def post(self, path: str, body: bytes, signature: str) -> Answer:
        if self.silent:
            raise NoAnswer(ADDRESS, "ConnectError")
        self.posted.append(body)
        return Answer(200 if is_signed(body, signature, self.app_secrets) else 401, "", self.at)


@dataclass
class FakeMetaApp:
    """`secret`: the one that Meta has."""

    secret: str = "current"
    known: AppSubscription | None = OURS
    facts: TokenFacts = HOLDS
    override: str = ""
    refuses_with: int | None = None

    def app_of(self, token: str) -> str:
        if self.refuses_with is not None:
            raise MetaRefused("read the application", self.refuses_with, "no")
        return APP

    def subscription(self, app_id: str, secret: str) -> AppSubscription | None:
        self._check(secret)
        return self.known

    def token(self, app_id: str, secret: str, token: str) -> TokenFacts:
        self._check(secret)
        return self.facts

    def callback_override(self, phone_number_id: str, token: str) -> str:
        return self.override

    def _check(self, secret: str) -> None:
        if secret != self.secret:
            raise MetaRefused("read the app's subscriptions", 190, "Invalid OAuth access token signature.")


@dataclass
class FakeCloud:
    """`refuses`: AWS's word, when it takes nothing."""

    refuses: str = ""
    table: str = "ACTIVE"
    sources: list[EventSource] = field(
        default_factory=lambda: [EventSource("rows", "inbound-process", "Enabled", "OK")]
    )
    clock: list[Schedule] = field(default_factory=lambda: [Schedule("CrisisReadiness", enabled=True)])
    told: list[Topic] = field(default_factory=lambda: [Topic("Urgent", 1, 0)])
    bells: list[Alarm] = field(default_factory=lambda: [Alarm("crisis-halted", ringing=False, silenced=False)])
    changed_at: datetime | None = field(default_factory=lambda: datetime.now(UTC))
    limit: Limits = ROOM
    mails: MailAccount | None = SENDS

    def table_status(self) -> str:
        self._check()
        return self.table

    def event_sources(self) -> Sequence[EventSource]:
        self._check()
        return self.sources

    def schedules(self) -> Sequence[Schedule]:
        self._check()
        return self.clock

    def topics(self) -> Sequence[Topic]:
        self._check()
        return self.told

    def alarms(self) -> Sequence[Alarm]:
        self._check()
        return self.bells

    def secret_age(self, name: str, secret_id: str) -> SecretAge:
        self._check()
        return SecretAge(name, self.changed_at)

    def limits(self) -> Limits:
        self._check()
        return self.limit

    def mail(self) -> MailAccount | None:
        self._check()
        return self.mails

    def _check(self) -> None:
        if self.refuses:
            raise CloudRefused(self.refuses)


@dataclass
class FakeQueues:
    dead: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)

    def all(self) -> Sequence[Queue]:
        work = [Queue(name, self.dead.get(name, 0), self.waiting.get(name, 0)) for name in OF_WORK]
        return [*work, *(Queue(name, self.dead.get(name, 0)) for name in OF_NO_QUEUE)]

    def redrive(self, name: str) -> int:
        return self.dead.pop(name, 0)

    def discard(self, name: str) -> int:
        return self.dead.pop(name, 0)
