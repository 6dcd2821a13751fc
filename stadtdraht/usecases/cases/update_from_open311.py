"""The status of a report as the town's own system tells it: the same work that staff would do by hand."""

from datetime import datetime

from stadtdraht.domain.cases.case import Case, CaseState
from stadtdraht.domain.cases.case_work import CaseWork
from stadtdraht.domain.town import Town
from stadtdraht.usecases.cases.work_on_case import CaseMissing, CasePorts, work_on_case

BY = "Open311"
STATES = {"open": CaseState.IN_WORK, "closed": CaseState.CLOSED}


def update_from_open311(number: str, status: str, notes: str, town: Town, now: datetime, ports: CasePorts) -> None:
    """Works on the case where there is news in it; a repeat tells nobody twice. `status`: a key of STATES.

    Raises CaseMissing, CaseNotFit, CaseChanged.
    """
    case = ports.cases.get(town.id, number)
    if case is None:
        raise CaseMissing(number)
    state = _news(case, STATES[status])
    said_already = case.latest is not None and case.latest.said == notes
    say = "" if said_already and state is None else notes
    if state or say:
        work_on_case(number, CaseWork(BY, state, say), town, now, ports)


def _news(case: Case, state: CaseState) -> CaseState | None:
    """None where our own state says it already: a forwarded case is open, an answered one is closed."""
    is_known = case.state is not CaseState.NEW and case.state.is_over == state.is_over
    return None if is_known else state
