"""A town with reports in every state, and desks of the people who work on them."""

from datetime import timedelta

from stadtdraht.domain.cases.case import CaseKind, CaseState, Place
from stadtdraht.domain.inbound.turn import CaseChange
from tests.support.adapters import FakeAdapters
from tests.support.builders.cases import BERND, DUE, NOON, a_case, worked_on
from tests.support.console import Desk, a_member
from tests.support.fakes.cases import FakeCases
from tests.support.fakes.citizens import FakeCitizens

MONDAY = NOON + timedelta(days=6)  # the first feedback was due on Friday


def filled(*cases):
    found = FakeCases()
    for case in cases:
        assert found.put(CaseChange(None, case))
    return found


def some_cases():
    """0001 is overdue, 0002 in work, 0003 forwarded, 0004 answered, 0005 new and due later in Ammeloe."""
    return filled(
        a_case("2026-0001", due_at=DUE),
        worked_on(a_case("2026-0002", description="Laterne dunkel", assigned_to="Maria Beispiel")),
        worked_on(a_case("2026-0003", description="Müll am Bach", department="ordnungsamt"), CaseState.FORWARDED),
        worked_on(a_case("2026-0004", description="Wann kommt der Bus?", kind=CaseKind.QUESTION), CaseState.ANSWERED),
        a_case(
            "2026-0005",
            citizen_id=BERND,
            description="Ampel zu kurz",
            due_at=MONDAY + timedelta(hours=12),
            district="ammeloe",
            place=Place(),
            photo_ids=(),
        ),
    )


def case_list_desk(cases, *roles, now=MONDAY, **given):
    adapters = FakeAdapters(**({"citizens": FakeCitizens(cases=cases), "cases": cases} | given))
    return Desk(adapters, a_member(*roles), now)
