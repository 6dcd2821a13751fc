"""A report out of what somebody wrote: staff open one, or add messages to one that there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from stadtdraht.domain.cases.case import Case, CaseEvent, CaseKind, add, open_case, reopen, route
from stadtdraht.domain.cases.near import nearby
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import LEFT_OF_WINDOW, Conversation, StaffAct, mark_answered
from stadtdraht.domain.inbound.reply import Reply, ReplyKind
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.usecases.inbound.render_reply import ReplyContext, render_reply
from stadtdraht.usecases.inbound.work_on_conversation import (
    CannotAnswer,
    Changed,
    StaffContext,
    change_conversation,
)

if TYPE_CHECKING:
    from stadtdraht.domain.understanding.ears import Ears
    from stadtdraht.ports.cases import Cases

MESSAGES_AT_MOST = 20


def open_case_from(
    staff: StaffContext,
    citizen_id: str,
    message_ids: Sequence[str],
    cases: Cases,
    ears: Ears,
    *,
    press: str,
    kind: CaseKind | None = None,
    reply_context: ReplyContext | None = None,
) -> str:
    """Opens a report from these messages of the person and returns its number; the conversation waits no longer.

    kind: what staff say it is; None: as the line would hear it. reply_context: so that the person gets the receipt
    with the number while the window is open; None tells nobody. Raises CannotAnswer, AlreadyDone.
    """
    messages = _messages(staff, citizen_id, message_ids)
    town, number = staff.town, ""

    def change(citizen: Citizen, it: Conversation) -> Changed:
        nonlocal number
        first, *others = messages
        case = open_case(town, citizen_id, replace(first, at=staff.now), ears.read(first.text, town))
        for message in others:
            case = add(case, town, message, ears.read(message.text, town))
        if kind is not None:
            corrected = replace(case, kind=kind)
            case = replace(corrected, department=route(town, corrected))
        number = number or cases.next_number(town.id, staff.now.astimezone(town.zone).year)
        near = nearby(case, cases.open(town.id)) if case.place.latitude is not None else ()
        case = replace(case, number=number, near=near, latest=_event(staff, case))
        body = None
        if reply_context is not None and citizen.window_open(staff.now + LEFT_OF_WINDOW):
            body = render_reply(Reply(ReplyKind.CASE_OPENED, case=case), town, citizen, reply_context)
        after = replace(mark_answered(it, staff.now), case=number)
        return Changed(after, body, staff.noted(StaffAct.REPORTED, number), case=CaseChange(None, case))

    change_conversation(staff, citizen_id, change, press)
    return number


def attach_to_case(
    staff: StaffContext,
    citizen_id: str,
    number: str,
    message_ids: Sequence[str],
    cases: Cases,
    ears: Ears,
    *,
    press: str,
) -> None:
    """Adds these messages to a report of the same person, which is opened again where it was over; nobody waits then.

    Raises CannotAnswer, also for a report of somebody else: what a person wrote stands in no other person's report.
    """
    messages = _messages(staff, citizen_id, message_ids)
    theirs = {citizen_id, *staff.citizens.merged_ids(staff.town.id, citizen_id)}

    def change(_: Citizen, it: Conversation) -> Changed:
        stored = cases.get(staff.town.id, number)
        if stored is None:
            raise CannotAnswer("Eine Meldung {number} gibt es nicht", number=number)
        if stored.citizen_id not in theirs:
            raise CannotAnswer(
                "Die Meldung {number} ist von jemand anderem. Nehmen Sie eine neue auf, und legen Sie beide zusammen",
                number=number,
            )
        case = reopen(stored, staff.now) if stored.state.is_over else replace(stored, version=stored.version + 1)
        for message in messages:
            case = add(case, staff.town, message, ears.read(message.text, staff.town))
        case = replace(case, latest=replace(_event(staff, case), version=case.version))
        after = replace(mark_answered(it, staff.now), case=number)
        return Changed(after, None, staff.noted(StaffAct.ATTACHED, number), case=CaseChange(stored, case))

    change_conversation(staff, citizen_id, change, press)


def _messages(staff: StaffContext, citizen_id: str, message_ids: Sequence[str]) -> Sequence[IncomingMessage]:
    """In order of time. Raises CannotAnswer where one is not there (any more)."""
    wanted = list(dict.fromkeys(message_ids))
    if not wanted:
        raise CannotAnswer("Wählen Sie mindestens eine Nachricht")
    if len(wanted) > MESSAGES_AT_MOST:
        raise CannotAnswer("Wählen Sie höchstens {most} Nachrichten", most=MESSAGES_AT_MOST)
    found = [staff.citizens.message(staff.town.id, citizen_id, it) for it in wanted]
    there = [it for it in found if it is not None and it.kind != "forgotten"]
    if len(there) < len(wanted):
        raise CannotAnswer("Eine der Nachrichten gibt es nicht mehr. Sehen Sie noch einmal nach")
    return sorted(there, key=lambda it: it.at)


def _event(staff: StaffContext, case: Case) -> CaseEvent:
    """That staff did it, for the report's history."""
    return CaseEvent(staff.now, staff.by, case.state, note="Aus dem Gespräch", staff_id=staff.by_id)
