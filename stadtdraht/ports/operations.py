"""Ports of looking at a running deployment: the address that people and Meta see, the Meta app, and AWS's own word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
