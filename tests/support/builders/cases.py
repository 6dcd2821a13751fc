"""Cases for tests: a hole in the road on a Tuesday at noon."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stadtdraht.domain.cases.case import Case, CaseEvent, CaseKind, CaseState, Place

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 27, 23, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
ANKE = "a" * 20
BERND = "b" * 20
AT_THE_MILL = Place(52.0395, 6.8324, "Mühlenstraße 4")


def a_case(number="2026-0001", **changes):
    case = Case(
        town="vreden",
        number=number,
        citizen_id=ANKE,
        kind=CaseKind.HINT,
        opened_at=NOON,
        due_at=DUE,
        last_added_at=NOON,
        description="Vor der Mühlenstraße 4 ist ein Schlagloch",
        place=AT_THE_MILL,
        message_ids=("wamid.1", "wamid.2"),
        photo_ids=("wamid.2",),
        version=1,
    )
    return replace(case, **changes)


def worked_on(case, state=CaseState.IN_WORK, **said):
    """The case after staff did something to it."""
    event = CaseEvent(LATER, "Frau Terhalle", state, **said)
    over = LATER if state.is_over else None
    return replace(case, state=state, latest=event, first_feedback_at=LATER, over_at=over, version=case.version + 1)
