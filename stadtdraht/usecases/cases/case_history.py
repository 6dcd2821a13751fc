"""What was done to a case, each act with what became of the words that went out with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.cases.case import Case, CaseEvent
from stadtdraht.domain.conversation import Line
from stadtdraht.usecases.cases.work_on_case import answer_about

if TYPE_CHECKING:
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.inbound import Citizens


@dataclass(frozen=True, slots=True)
class DoneToCase:
    """One act of staff."""

    event: CaseEvent
    answer: Line | None = None
    """What its citizen was sent; None where nothing went out, or where it is past its time."""


def case_history(case: Case, *, cases: Cases, citizens: Citizens) -> Sequence[DoneToCase]:
    """In order of time."""
    events = cases.events(case.town, case.number)
    if not any(event.told for event in events):
        return [DoneToCase(event) for event in events]
    sent = {line.answer_id: line for line in citizens.history(case.town, case.citizen_id) if line.answer_id}
    return [DoneToCase(event, sent.get(answer_about(case, event.version, event.at).answer_id)) for event in events]
