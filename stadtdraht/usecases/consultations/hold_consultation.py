"""Staff plan a consultation by messenger and call it off; they or the clock end it with a word to who still waits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.consultations.consultation import (
    Consultation,
    ConsultationState,
    check,
    sum_up,
)
from stadtdraht.domain.conversation import LEFT_OF_WINDOW, ListedConversation
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.turn import Overtaken, Turn
from stadtdraht.domain.town import Town
from stadtdraht.texts.consultations import word_end
from stadtdraht.texts.replies import or_in_ours
from stadtdraht.usecases.inbound.store_turn import store_turn, until_stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadtdraht.domain.citizen import Citizen
    from stadtdraht.ports.consultations import Consultations
    from stadtdraht.ports.inbound import AnswerQueue, Citizens

DIGEST_DIGITS = 6


class ConsultationMissing(StadtdrahtError):
    """No consultation of that id."""

    def __init__(self, consultation_id: str) -> None:
        super().__init__(f"there is no consultation “{consultation_id}”")
        self.consultation_id = consultation_id


class ConsultationChanged(StadtdrahtError):
    """Somebody else changed it at the same moment."""


@dataclass(frozen=True, slots=True)
class ConsultationPorts:
    """Where consultations and people stand, and where words go."""

    consultations: Consultations
    citizens: Citizens
    queue: AnswerQueue


@dataclass(frozen=True, slots=True)
class PlannedConsultation:
    """What staff say of one. press: the form's nonce, so that it is planned once."""

    opens_at: datetime
    closes_at: datetime
    host: str
    announced: str
    by: str
    press: str


def plan_consultation(
    planned: PlannedConsultation, town: Town, now: datetime, consultations: Consultations
) -> Consultation:
    """Raises ConsultationNotFit, in words. The same press again gives the one that it made."""
    digest = hashlib.sha256(planned.press.encode()).hexdigest()[:DIGEST_DIGITS]
    made = Consultation(
        id=f"{planned.opens_at.astimezone(town.zone):%Y%m%d}-{digest}",
        town=town.id,
        opens_at=planned.opens_at,
        closes_at=planned.closes_at,
        host=planned.host.strip(),
        announced=planned.announced.strip(),
        created_by=planned.by,
        version=1,
    )
    if already := consultations.get(town.id, made.id):
        return already
    check(made, consultations.all(town.id), now)
    if not consultations.save(None, made) and (first := consultations.get(town.id, made.id)):
        return first
    return made


def queue_of(town: Town, consultation_id: str, citizens: Citizens) -> Sequence[ListedConversation]:
    """Who waits in its queue, in order."""
    mine = [
        it
        for it in citizens.waiting(town.id)
        if it.conversation.consultation == consultation_id and it.waiting_since is not None
    ]
    return sorted(mine, key=lambda it: (it.waiting_since or it.conversation.last_at, it.citizen_id))


def end_consultation(
    consultation_id: str, by: str, town: Town, now: datetime, ports: ConsultationPorts
) -> Consultation:
    """Ends it, tells who still waits that they will be answered, and keeps a summary without names; one that has not
    begun is called off. Repeating it does the rest. by: "" for the clock. Raises ConsultationMissing and
    ConsultationChanged.
    """

    def attempt(_: int) -> Consultation | Overtaken:
        before = ports.consultations.get(town.id, consultation_id)
        if before is None:
            raise ConsultationMissing(consultation_id)
        if before.ended_at:
            return before
        after = replace(before, ended_at=now, ended_by=by, version=before.version + 1)
        if before.state(now) is not ConsultationState.PLANNED:
            left = [
                _let_go(it.citizen_id, before, by, town, now, ports) for it in queue_of(town, before.id, ports.citizens)
            ]
            marks = ports.consultations.marks(town.id, before.id)
            after = replace(after, summary=sum_up(before, marks, sum(left)))
        return after if ports.consultations.save(before, after) else Overtaken()

    if isinstance(ended := until_stored(attempt), Overtaken):
        raise ConsultationChanged(f"somebody else changed {consultation_id} just now")
    return ended


def end_what_is_over(town: Town, now: datetime, ports: ConsultationPorts) -> int:
    """Ends each whose time is up and that nobody has ended; how many."""
    over = [it for it in ports.consultations.near(town.id, now) if it.state(now) is ConsultationState.TIME_IS_UP]
    for held in over:
        end_consultation(held.id, "", town, now, ports)
    return len(over)


def _let_go(citizen_id: str, held: Consultation, by: str, town: Town, now: datetime, ports: ConsultationPorts) -> bool:
    """Out of the queue, with a word, and still in the list of who waits; whether they were in it."""

    def attempt(_: int) -> bool | Overtaken:
        citizen = ports.citizens.get(town.id, citizen_id)
        talk = citizen.conversation if citizen else None
        if citizen is None or talk is None or talk.consultation != held.id or talk.waiting_since is None:
            return False  # answered or erased meanwhile
        after = replace(citizen, conversation=replace(talk, consultation=""), version=citizen.version + 1)
        ref = AnswerRef.new(town.id, citizen_id, now, f"consultation {held.id}")
        answers = (Answer(ref, _goodbye(held, citizen, town), by, by),) if _can_hear(citizen, now) else ()
        return store_turn(Turn(citizen, after, answers=answers), ports.citizens, ports.queue) or Overtaken()

    return until_stored(attempt) is True


def _can_hear(citizen: Citizen, now: datetime) -> bool:
    return citizen.window_open(now + LEFT_OF_WINDOW)


def _goodbye(held: Consultation, citizen: Citizen, town: Town) -> dict[str, object]:
    words, _ = or_in_ours(lambda it: word_end(held.host, it, citizen.language), town)
    return {"type": "text", "text": {"body": words, "preview_url": False}}
