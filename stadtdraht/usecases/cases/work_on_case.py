"""Staff work on a case: one transaction for the case and for what its citizen hears of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.cases.case import Case, CaseState
from stadtdraht.domain.cases.case_work import CaseNotFit, Work, done, takes_over
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.turn import CaseChange, Committed, Turn
from stadtdraht.domain.town import Town
from stadtdraht.usecases.cases.case_messages import Messages, Told, messages_about

if TYPE_CHECKING:
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.inbound import AnswerQueue, Citizens

TRIES = 5  # against others who change the same citizen or case at the same moment


class CaseMissing(StadtdrahtError):
    """No case of that number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"there is no case “{number}”; `stadtdraht case list --town …` shows those that are open")


class CaseChanged(StadtdrahtError):
    """Somebody else keeps changing the case or its citizen."""

    def __init__(self, number: str) -> None:
        super().__init__(f"somebody else changed {number} just now; look at it and decide again")


@dataclass(frozen=True, slots=True)
class Worked:
    """The case afterwards; whether its citizen hears of it, and of how many duplicates the citizens hear of it too."""

    case: Case
    told: Told
    duplicates_told: int = 0


def work_on_case(
    number: str, work: Work, town: Town, now: datetime, *, cases: Cases, citizens: Citizens, queue: AnswerQueue
) -> Worked:
    """Does the work and tells whom it concerns. Raises CaseMissing, CaseNotFit, CaseChanged."""
    case, told = _commit(number, work, town, now, cases=cases, citizens=citizens, queue=queue)
    told_too = 0
    for other in case.duplicates if work.is_heard else ():
        told_too += _tell_duplicate(other, case, work, town, now, cases=cases, citizens=citizens, queue=queue)
    return Worked(case, told, told_too)


def merge_case(
    number: str, into: str, by: str, town: Town, now: datetime, *, cases: Cases, citizens: Citizens, queue: AnswerQueue
) -> Worked:
    """Ends a duplicate; the other goes on for both, and its news reach both. Raises as work_on_case.

    The other learns of it first: after a crash between, repeating the command does the rest.
    """
    for _ in range(TRIES):
        duplicate, other = _case(cases, town, number), _case(cases, town, into)
        if duplicate.merged_into:
            raise CaseNotFit(f"{number} was merged into {duplicate.merged_into} already")
        after = takes_over(other, duplicate, by, now)
        if after.duplicates == other.duplicates or _put(CaseChange(other, after), (), citizens, queue):
            break
    else:
        raise CaseChanged(into)
    work = Work(by, CaseState.CLOSED, merged_into=into)
    case, told = _commit(number, work, town, now, cases=cases, citizens=citizens, queue=queue)
    return Worked(case, told)


def _commit(
    number: str, work: Work, town: Town, now: datetime, *, cases: Cases, citizens: Citizens, queue: AnswerQueue
) -> tuple[Case, Told]:
    for _ in range(TRIES):
        case = _case(cases, town, number)
        citizen = citizens.get(town.id, case.citizen_id)
        # What they are sent names the state and the department that the case has afterwards.
        unsaid = done(case, work, town, now, told=False)
        news = messages_about(unsaid, work, town, citizen, now) if citizen else Messages(Told.NOT_ON_WHATSAPP)
        after = done(case, work, town, now, told=bool(news.bodies))
        if _put(CaseChange(case, after), _answers(after, after.version, news, now), citizens, queue, citizen):
            return after, news.told
    raise CaseChanged(number)


def _tell_duplicate(
    number: str,
    main: Case,
    work: Work,
    town: Town,
    now: datetime,
    *,
    cases: Cases,
    citizens: Citizens,
    queue: AnswerQueue,
) -> bool:
    """Tells who reported the same, by the number that they know; their case stays as it is."""
    for _ in range(TRIES):
        case = cases.get(town.id, number)
        citizen = citizens.get(town.id, case.citizen_id) if case else None
        if case is None or citizen is None or citizen.citizen_id == main.citizen_id:
            return False  # erased, or the same person, who has just heard of it
        shown = replace(case, state=main.state, department=main.department)
        news = messages_about(shown, work, town, citizen, now)
        if not news.bodies:
            return False
        answers = _answers(case, main.version, news, now)
        turn = Turn(citizen, replace(citizen, version=citizen.version + 1), answers=answers)
        match citizens.commit(turn):
            case Committed(answers=refs):
                queue.put(refs)
                return True
    return False


def _put(
    change: CaseChange,
    answers: tuple[Answer, ...],
    citizens: Citizens,
    queue: AnswerQueue,
    citizen: Citizen | None = None,
) -> bool:
    """Commits the case with its citizen; False when somebody was faster. Raises CaseNotFit without a citizen."""
    citizen = citizen or citizens.get(change.after.town, change.after.citizen_id)
    if citizen is None:
        raise CaseNotFit(f"the person behind {change.after.number} was erased, and the case with them")
    turn = Turn(citizen, replace(citizen, version=citizen.version + 1), answers=answers, case=change)
    match citizens.commit(turn):
        case Committed(answers=refs):
            queue.put(refs)
            return True
    return False


def _answers(case: Case, version: int, news: Messages, now: datetime) -> tuple[Answer, ...]:
    name = hashlib.sha256(f"{case.number} {version}".encode()).hexdigest()[:12]
    return tuple(
        Answer(AnswerRef(case.town, case.citizen_id, f"{int(now.timestamp())}-{name}-{index}"), body)
        for index, body in enumerate(news.bodies)
    )


def _case(cases: Cases, town: Town, number: str) -> Case:
    if (found := cases.get(town.id, number)) is None:
        raise CaseMissing(number)
    return found
