"""Ports of following one message: the logs of all functions, and the rows that it left. For operators alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from stadtdraht.domain.delivery.outcome import DeliveryRow
    from stadtdraht.domain.delivery.trace import LogLine, TracedAnswer
    from stadtdraht.domain.inbound.inbox import InboxUpdate


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
