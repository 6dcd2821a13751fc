"""Port of consultations by messenger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from stadtdraht.domain.consultations.consultation import Consultation, OpenConsultation, QueueMark


class Consultations(Protocol):
    """Announced hours, and the marks of their queues, which name nobody and are stored by `Citizens.commit`."""

    def open_at(self, town: str, at: datetime) -> OpenConsultation | None:
        """The one whose queue is joined by who writes then. One that was just planned may be seen some seconds late."""

    def get(self, town: str, consultation_id: str) -> Consultation | None: ...
    def all(self, town: str) -> Sequence[Consultation]:
        """Newest first."""

    def near(self, town: str, at: datetime) -> Sequence[Consultation]:
        """Those of the week before and of the day after, for who looks often. Newest first."""

    def save(self, before: Consultation | None, after: Consultation) -> bool:
        """Stores `after` if `before` still stands; False when somebody was faster."""

    def marks(self, town: str, consultation_id: str) -> Sequence[QueueMark]:
        """In order of time."""
