"""Ports of looking at a running deployment: the address that people and Meta see, the Meta app, AWS's own word, and
what one message left in logs and rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from stadtdraht.domain.delivery.outcome import DeliveryRow
    from stadtdraht.domain.inbound.inbox import InboxUpdate
    from stadtdraht.domain.operations.address import Answer
    from stadtdraht.domain.operations.cloud import (
        Alarm,
        EventSource,
        Limits,
        MailAccount,
        Schedule,
        SecretAge,
        Topic,
    )
    from stadtdraht.domain.operations.meta_app import AppSubscription, TokenFacts
    from stadtdraht.domain.operations.queues import Queue
    from stadtdraht.domain.operations.trace import LogLine, TracedAnswer


class PublicAddress(Protocol):
    """The deployment as others reach it. Raises NoAnswer."""

    def get(self, path: str, asked: Mapping[str, str] | None = None) -> Answer: ...
    def post(self, path: str, body: bytes, signature: str) -> Answer: ...


class MetaApp(Protocol):
    """The app at Meta that the towns' numbers belong to. Raises MetaRefused."""

    def app_of(self, token: str) -> str:
        """The id of the app that gave this access token."""

    def subscription(self, app_id: str, secret: str) -> AppSubscription | None:
        """Where its WhatsApp webhooks go; None: nowhere. Refused, when the secret is not the app's."""

    def token(self, app_id: str, secret: str, token: str) -> TokenFacts: ...
    def callback_override(self, phone_number_id: str, token: str) -> str:
        """The address that gets a number's messages in place of the app's; "": none."""


class Cloud(Protocol):
    """The parts of the stack as AWS has them now. Raises CloudRefused."""

    def table_status(self) -> str: ...
    def event_sources(self) -> Sequence[EventSource]: ...
    def schedules(self) -> Sequence[Schedule]: ...
    def topics(self) -> Sequence[Topic]: ...
    def alarms(self) -> Sequence[Alarm]: ...
    def secret_age(self, name: str, secret_id: str) -> SecretAge: ...
    def limits(self) -> Limits: ...
    def mail(self) -> MailAccount | None:
        """None: the deployment sends no mail."""


class Queues(Protocol):
    """Queues of work, and what was given up. Raises CloudRefused."""

    def all(self) -> Sequence[Queue]: ...
    def redrive(self, name: str) -> int:
        """Hands the dead letters of a queue of work to its function again; returns how many."""

    def discard(self, name: str) -> int:
        """Deletes dead letters that no queue takes back; returns how many."""


class Logs(Protocol):
    """What the functions of this deployment wrote."""

    def lines(self, words: Sequence[str], since: datetime, until: datetime) -> Sequence[LogLine]:
        """Lines with one of these words in them, oldest first; those that are no JSON are left out.

        Raises LogsNotReadable.
        """


class Trail(Protocol):
    """Rows that one message left."""

    def update(self, town: str, key: str) -> InboxUpdate | None:
        """A message as it came, by its key alone."""

    def correlated(self, town: str, correlation: str) -> InboxUpdate | None:
        """The update of this correlation; reads the keys of all that the town has."""

    def answers(self, town: str, citizen_id: str) -> Sequence[TracedAnswer]:
        """Of one person, oldest first, with their statuses."""

    def delivery(self, town: str, cause: str, citizen_id: str) -> Sequence[DeliveryRow]:
        """Outcomes and statuses of one delivery, oldest first."""
