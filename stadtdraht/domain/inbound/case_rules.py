"""Reports: what opens one, what is added to it, and what its citizen asks or says about it."""

from dataclasses import replace
from datetime import timedelta

from stadtdraht.domain.cases.case import Case, CaseKind, add, open_case, rate, reopen
from stadtdraht.domain.cases.other_subject import asks_of_something_else
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import add_message
from stadtdraht.domain.dialogue import Asked
from stadtdraht.domain.inbound.consent_rules import all_of, close_question
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding.reading import Kind, Reading

ADDED_TOLD_AFTER = timedelta(minutes=2)  # photos of one gallery arrive within seconds and get one receipt
REOPENED_WITHIN = timedelta(days=7)  # after the end of a report, what goes on about it opens it again
NOT_SATISFIED = 1


def report(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision:
    """It goes into the report that it belongs to, or becomes one."""
    stored = context.case
    if stored and stored.citizen_id == citizen.citizen_id and not stored.merged_into:
        if _belongs_to(stored, message, reading):
            return _added(town, citizen, message, stored, reading)
        if _opens_again(stored, citizen, message, reading):
            return _reopened(town, citizen, message, stored, reading)
    case = open_case(town, citizen.citizen_id, message, reading)
    receipt = Reply(ReplyKind.CASE_OPENED, case=case, asks_place=_asks_place(case, message, reading))
    offers = (Reply(ReplyKind.OFFERS_TOO, all_of(town)),) if context.is_new else ()
    is_between = stored is not None and stored.takes(message.at) and _is_other_question(stored, message, reading)
    return Decision(citizen, replies=(receipt, *offers), case=CaseChange(None, case), keeps_last_case=is_between)


def goes_on(citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading) -> bool:
    """Whether words that are no concern by themselves belong to a report: where it is, or a word about it."""
    stored = context.case
    if not stored or stored.citizen_id != citizen.citizen_id or not any(it.isalnum() for it in message.text):
        return False
    return stored.takes(message.at) or (
        (reading.is_follow_up or bool(message.in_reply_to)) and not stored.state.is_over
    )


def correct(town: Town, citizen: Citizen, message: IncomingMessage, stored: Case | None) -> Decision:
    """Staff see the new words beside the old ones: at the open case that has these, else where a conversation waits.

    Who mended a slip waits for no answer.
    """
    waiting = replace(citizen, conversation=add_message(citizen.conversation, message.at))
    if stored is None:
        return Decision(waiting)
    corrected = add(stored, town, replace(message, text=f"Berichtigt: {message.text}"), Reading())
    change = CaseChange(stored, replace(corrected, version=stored.version + 1))
    return Decision(waiting if stored.state.is_over else citizen, case=change)


def answer_staff(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision | None:
    """A yes or no that we did not ask for answers what staff asked about an open report; None where there is none."""
    stored = context.case
    if not stored or stored.citizen_id != citizen.citizen_id or stored.state.is_over:
        return None
    added = add(stored, town, message, Reading())
    return Decision(citizen, case=CaseChange(stored, replace(added, version=stored.version + 1)))


def change_kind(citizen: Citizen, case: Case | None, kind: str) -> Decision:
    """They corrected what kind of report it is; none named: ask."""
    if case is None or case.citizen_id != citizen.citizen_id:
        return Decision(citizen, replies=(Reply(ReplyKind.CASE_NONE),))
    if kind not in list(CaseKind):
        return Decision(citizen, replies=(Reply(ReplyKind.CASE_KIND_ASK, case=case),))
    after = replace(case, kind=CaseKind(kind), version=case.version + 1)
    return Decision(citizen, replies=(Reply(ReplyKind.CASE_KIND_SET, case=after),), case=CaseChange(case, after))


def rate_case(citizen: Citizen, case: Case | None, stars: str) -> Decision:
    """They said how the end of a report was. Who is not content is asked what is missing."""
    closed = close_question(citizen, Asked.RATE)
    if case is None or case.citizen_id != citizen.citizen_id or stars not in ("1", "2", "3"):
        return Decision(closed, replies=(Reply(ReplyKind.CASE_NONE),))
    kind = ReplyKind.CASE_RATED_LOW if int(stars) == NOT_SATISFIED else ReplyKind.CASE_RATED
    closed = replace(closed, dialogue=replace(closed.dialogue, last_case=case.number))
    return Decision(closed, replies=(Reply(kind, case=case),), case=CaseChange(case, rate(case, int(stars))))


def tell_states(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, number: str
) -> Decision:
    """How the case stands that they named, or all of theirs, newest first; never anybody else's.

    Where no reports are kept, somebody has to look.
    """
    if Offer.REPORTS not in town.offers_of():
        waits = replace(citizen, conversation=add_message(citizen.conversation, message.at))
        return Decision(waits, replies=(Reply(ReplyKind.CASE_ASKED),))
    named = (context.case,) if number and context.case else context.cases
    mine = [case for case in named if case.citizen_id == citizen.citizen_id]
    if not mine:
        return Decision(citizen, replies=(Reply(ReplyKind.CASE_NONE if number else ReplyKind.CASE_NONE_YET),))
    return Decision(citizen, replies=tuple(Reply(ReplyKind.CASE_STATE, case=case) for case in mine))


def _belongs_to(stored: Case, message: IncomingMessage, reading: Reading) -> bool:
    if stored.state.is_over:
        return False
    is_meant = reading.is_follow_up or reading.case_number == stored.number or bool(message.in_reply_to)
    return is_meant or (stored.takes(message.at) and not _is_other_question(stored, message, reading))


def _is_other_question(stored: Case, message: IncomingMessage, reading: Reading) -> bool:
    """A question that comes soon after a report, and that clearly asks about something else."""
    is_question = reading.kind is Kind.QUESTION and stored.kind is not CaseKind.QUESTION
    return is_question and asks_of_something_else(message.text, stored.description)


def _opens_again(stored: Case, citizen: Citizen, message: IncomingMessage, reading: Reading) -> bool:
    if not stored.over_at or message.at > stored.over_at + REOPENED_WITHIN:
        return False
    question = citizen.dialogue.asks(message.at)
    was_asked = question is not None and question.asked is Asked.RATE and reading.kind in (Kind.HINT, Kind.CRITICISM)
    is_missing = (was_asked or stored.rating == NOT_SATISFIED) and reading.place in ("", stored.place.address)
    is_named = reading.case_number == stored.number or bool(message.in_reply_to)
    return reading.is_follow_up or is_named or is_missing


def _added(town: Town, citizen: Citizen, message: IncomingMessage, stored: Case, reading: Reading) -> Decision:
    after = replace(add(stored, town, message, reading), version=stored.version + 1)
    told = message.at - stored.last_added_at > ADDED_TOLD_AFTER or after.place != stored.place
    replies = (Reply(ReplyKind.CASE_ADDED, case=after),) if told else ()
    return Decision(citizen, replies=replies, case=CaseChange(stored, after))


def _reopened(town: Town, citizen: Citizen, message: IncomingMessage, stored: Case, reading: Reading) -> Decision:
    after = reopen(add(stored, town, message, reading), message.at)
    closed = close_question(citizen, Asked.RATE)
    return Decision(closed, replies=(Reply(ReplyKind.CASE_REOPENED, case=after),), case=CaseChange(stored, after))


def _asks_place(case: Case, message: IncomingMessage, reading: Reading) -> bool:
    """A photo without words shows something somewhere; words ask for a place only where they need one."""
    is_known = bool(case.place.address) or case.place.latitude is not None
    return not is_known and (reading.needs_place or not message.text)
