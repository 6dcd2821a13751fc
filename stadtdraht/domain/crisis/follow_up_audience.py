"""Who hears what follows an alert: of an update everyone whom it was for, of its end those who may have read of it.

Nobody is told that a danger is over of which they never heard, and nobody is left with an alarm that has ended. A
repetition goes to those of whom no sign came: a doubled warning beats a missing one.
"""

from collections.abc import Collection

from stadtdraht.domain.crisis.alert import ENDS, AlertKind
from stadtdraht.domain.delivery.delivery import OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import ARRIVED

CERTAINLY_NOT = frozenset({OutcomeKind.NOT_SENT, OutcomeKind.REFUSED})
BY_ROWS = ENDS | {AlertKind.REPEAT}  # the others are for everyone in their places


def is_addressed(kind: AlertKind, rows: Collection[OutcomeKind | Status]) -> bool:
    """Whether a follow-up of this kind is for somebody with these delivery rows of the alerts before it."""
    if kind is AlertKind.REPEAT:
        return not any(row in ARRIVED for row in rows)
    return kind not in ENDS or any(row not in CERTAINLY_NOT for row in rows)
