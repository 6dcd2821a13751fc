"""Staff work on a case: one transaction for the case and for what its citizen hears of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.cases.case import Case, CaseState
from stadtdraht.domain.cases.case_work import CaseNotFit, CaseWork, apply_work, take_over
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.dialogue import Asked, Dialogue, Question
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.turn import CaseChange, Overtaken, Turn
from stadtdraht.domain.town import Town
from stadtdraht.usecases.cases.case_messages import CaseMessages, Notification, messages_about
from stadtdraht.usecases.inbound.store_turn import store_turn, until_stored

if TYPE_CHECKING:
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.inbound import AnswerQueue, Citizens


class CaseMissing(StadtdrahtError):
    """No case of that number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"there is no case “{number}”")
        self.number = number


class CaseChanged(StadtdrahtError):
    """Somebody else changed the case since it was looked at, or keeps changing it or its citizen."""

    def __init__(self, number: str) -> None:
        super().__init__(f"somebody else changed {number} just now; look at it and decide again")
        self.number = number


@dataclass(frozen=True, slots=True)
class CasePorts:
    """Where cases and their citizens stand, and where words for citizens go."""

    cases: Cases
    citizens: Citizens
    queue: AnswerQueue


@dataclass(frozen=True, slots=True)
class CaseWorkResult:
    """What became of one act of staff."""

    case: Case
    """As it is afterwards."""
    told: Notification
    """Whether its citizen hears of it."""
    duplicates_told: int = 0
    """Citizens of how many duplicates hear of it too."""
    in_our_words: bool = False
    """Since nothing can fill the town's own wording."""
    is_repeated: bool = False
    """The same press did it before; nothing was done again."""


def work_on_case(
    number: str, work: CaseWork, town: Town, now: datetime, ports: CasePorts, *, seen: int | None = None
) -> CaseWorkResult:
    """Does the work and tells whom it concerns. seen: version of the case that whoever decides this has before them.

    Raises CaseMissing, CaseNotFit, CaseChanged.
    """
    done = _store_work(number, work, town, now, ports, seen)
    if done.is_repeated:
        return done
    duplicates = done.case.duplicates if work.is_heard else ()
    told = sum(_tell_duplicate(it, done.case, work, town, now, ports) for it in duplicates)
    return replace(done, duplicates_told=told)


def merge_case(
    number: str,
    into: str,
    by: str,
    town: Town,
    now: datetime,
    ports: CasePorts,
    *,
    staff_id: str = "",
    seen: int | None = None,
) -> CaseWorkResult:
    """Ends a duplicate; the other goes on for both, and its news reach both. Raises as work_on_case.

    The other learns of it first: after a crash between, repeating the command does the rest.
    """

    def attempt(_: int) -> bool | Overtaken:
        duplicate, other = _case(ports, town, number), _case(ports, town, into)
        if duplicate.merged_into:
            raise CaseNotFit("{number} ist schon aufgegangen in {into}", number=number, into=duplicate.merged_into)
        if seen not in (None, duplicate.version):
            raise CaseChanged(number)
        after = take_over(other, duplicate, by, now, staff_id=staff_id)
        knows_it = after.duplicates == other.duplicates
        return knows_it or _store_change(CaseChange(other, after), (), ports) or Overtaken()

    if isinstance(until_stored(attempt), Overtaken):
        raise CaseChanged(into)
    work = CaseWork(by, CaseState.CLOSED, merged_into=into, staff_id=staff_id)
    return _store_work(number, work, town, now, ports)


def _store_work(
    number: str, work: CaseWork, town: Town, now: datetime, ports: CasePorts, seen: int | None = None
) -> CaseWorkResult:
    def attempt(_: int) -> CaseWorkResult | Overtaken:
        case = _case(ports, town, number)
        if seen not in (None, case.version):
            if work.press and any(it.press == work.press for it in ports.cases.events(town.id, number)):
                return CaseWorkResult(case, Notification.NOTHING_TO_TELL, is_repeated=True)
            raise CaseChanged(number)
        citizen = ports.citizens.get(town.id, case.citizen_id)
        # What they are sent names the state and the department that the case has afterwards.
        unsaid = apply_work(case, work, town, now, told=False)
        news = (
            messages_about(unsaid, work, town, citizen, now) if citizen else CaseMessages(Notification.NOT_ON_WHATSAPP)
        )
        after = apply_work(case, work, town, now, told=bool(news.bodies))
        answers = _answers(after, after.version, news, work.by, now)
        done = CaseWorkResult(after, news.told, in_our_words=news.in_our_words)
        return done if _store_change(CaseChange(case, after), answers, ports, citizen, news) else Overtaken()

    if isinstance(stored := until_stored(attempt), Overtaken):
        raise CaseChanged(number)
    return stored


def _tell_duplicate(number: str, main: Case, work: CaseWork, town: Town, now: datetime, ports: CasePorts) -> bool:
    """Tells who reported the same, by the number that they know; their case stays as it is."""

    def attempt(_: int) -> bool | Overtaken:
        case = ports.cases.get(town.id, number)
        citizen = ports.citizens.get(town.id, case.citizen_id) if case else None
        if case is None or citizen is None or citizen.citizen_id == main.citizen_id:
            return False  # erased, or the same person, who has just heard of it
        shown = replace(case, state=main.state, department=main.department)
        news = messages_about(shown, work, town, citizen, now)
        if not news.bodies:
            return False
        after = replace(citizen, version=citizen.version + 1)
        turn = Turn(citizen, after, answers=_answers(case, main.version, news, work.by, now))
        return store_turn(turn, ports.citizens, ports.queue) or Overtaken()

    return until_stored(attempt) is True


def _store_change(
    change: CaseChange,
    answers: tuple[Answer, ...],
    ports: CasePorts,
    citizen: Citizen | None = None,
    news: CaseMessages | None = None,
) -> bool:
    """Stores the case with its citizen; False when somebody was faster. Raises CaseNotFit without a citizen."""
    citizen = citizen or ports.citizens.get(change.after.town, change.after.citizen_id)
    if citizen is None:
        raise CaseNotFit(
            "Die Person hinter {number} wurde gelöscht, und die Meldung mit ihr", number=change.after.number
        )
    dialogue = _dialogue(citizen, change.after, news) if news else citizen.dialogue
    after = replace(citizen, dialogue=dialogue, version=citizen.version + 1)
    return store_turn(Turn(citizen, after, answers=answers, case=change), ports.citizens, ports.queue)


def _dialogue(citizen: Citizen, case: Case, news: CaseMessages) -> Dialogue:
    """What they write next may be about a report that has just ended, or answer whether they are content."""
    if not case.state.is_over or not news.bodies or case.over_at is None:
        return citizen.dialogue
    dialogue = replace(citizen.dialogue, last_case=case.number)
    if not news.asks_rating or dialogue.asks(case.over_at):
        return dialogue
    return dialogue.asking(Question(Asked.RATE, case.over_at, about=case.number))


def answer_about(case: Case, version: int, at: datetime, index: int = 0) -> AnswerRef:
    """Where the words stand that went out when a case came to this version."""
    return AnswerRef.new(case.town, case.citizen_id, at, f"{case.number} {version}", index)


def _answers(case: Case, version: int, news: CaseMessages, by: str, now: datetime) -> tuple[Answer, ...]:
    return tuple(
        Answer(answer_about(case, version, now, index), body, by, by) for index, body in enumerate(news.bodies)
    )


def _case(ports: CasePorts, town: Town, number: str) -> Case:
    if (found := ports.cases.get(town.id, number)) is None:
        raise CaseMissing(number)
    return found
