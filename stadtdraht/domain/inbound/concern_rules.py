"""A concern: whatever somebody wants from the town. It becomes an entry, a report, or a conversation."""

from dataclasses import replace
from datetime import datetime, timedelta

from stadtdraht.domain.cases.case import Case, CaseKind, add, open_case, rate
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.contests.contest import IN_TALK_FOR, Contest, EntryOutcome, acceptance_of, check_entry, entry_of
from stadtdraht.domain.conversation import Flag, add_chain_message, add_message
from stadtdraht.domain.inbound import chain_messages
from stadtdraht.domain.inbound.consent_rules import all_of, end_dialogue
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.inbound.sensitive_data import found_in
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.opening import is_open, next_opening
from stadtdraht.domain.town import Mode, Offer, Town

ACKNOWLEDGED_ONCE_IN = timedelta(hours=12)  # several texts in a row get one acknowledgement
ADDED_TOLD_AFTER = timedelta(minutes=2)  # photos of one gallery arrive within seconds and get one receipt
READABLE = frozenset({"text", "image", "video", "audio", "document", "location", "contacts", "interactive", "button"})


def handle_concern(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """What follows from a message that is no command."""
    if (contest := context.contest) and (answer := _entry_outcome(town, citizen, message, context, contest)):
        return _entered(citizen, message, context, contest, answer)
    if _is_chain(message, context):
        after = replace(citizen, conversation=add_chain_message(citizen.conversation, message.at))
        return Decision(after, same_text=chain_messages.sameness(message.text))
    if found_in(message.text):
        return _warned(citizen, message)
    if message.kind == "call":
        return Decision(citizen, replies=(Reply(ReplyKind.NO_CALLS),))
    if message.kind not in READABLE or message.is_empty:
        kind = ReplyKind.GREETING if context.is_new else ReplyKind.NOT_READABLE
        return Decision(citizen, replies=(Reply(kind, all_of(town)),))
    if Offer.REPORTS in town.offers_of():
        return _reported(town, citizen, message, context)
    return _talked(town, citizen, message, context)


def correct(town: Town, citizen: Citizen, message: IncomingMessage, stored: Case | None) -> Decision:
    """Staff see the new words beside the old ones: at the open case that has these, else where a conversation waits.

    Who mended a slip waits for no answer.
    """
    waiting = replace(citizen, conversation=add_message(citizen.conversation, message.at))
    if stored is None:
        return Decision(waiting)
    corrected = add(stored, town, replace(message, text=f"Berichtigt: {message.text}"))
    change = CaseChange(stored, replace(corrected, version=stored.version + 1))
    return Decision(waiting if stored.state.is_over else citizen, case=change)


def leave_to_staff(town: Town, citizen: Citizen, message: IncomingMessage) -> Decision:
    """What follows when the rules cannot say: a person reads it, and whoever wrote is told that it has arrived."""
    after = replace(
        citizen,
        conversation=add_message(citizen.conversation, message.at),
        last_inbound_at=max(message.at, citizen.last_inbound_at or message.at),
    )
    return Decision(after, replies=(Reply(ReplyKind.COURTESY if town.mode is Mode.ONE_WAY else ReplyKind.RECEIVED),))


def handle_yes_or_no(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """A yes or no that we did not ask for is no report: it answers staff, about a case or in conversation."""
    stored, talk = context.case, citizen.conversation
    if stored and stored.citizen_id == citizen.citizen_id and not stored.state.is_over:
        added = add(stored, town, message)
        return Decision(citizen, case=CaseChange(stored, replace(added, version=stored.version + 1)))
    if talk and not talk.is_over(message.at):
        return Decision(replace(citizen, conversation=add_message(talk, message.at)))
    if all(citizen.takes(offer) for offer in all_of(town)):
        return Decision(citizen)
    return Decision(end_dialogue(citizen), replies=(Reply(ReplyKind.GREETING, all_of(town)),))


def handle_emergency(citizen: Citizen, message: IncomingMessage) -> Decision:
    """112 and 110 at once; staff see that somebody was in need."""
    after = replace(citizen, conversation=add_message(citizen.conversation, message.at, Flag.EMERGENCY))
    return Decision(after, replies=(Reply(ReplyKind.EMERGENCY),))


def change_kind(citizen: Citizen, case: Case | None, kind: str) -> Decision:
    """They corrected what kind of report it is; none named: ask."""
    if case is None or case.citizen_id != citizen.citizen_id:
        return Decision(citizen, replies=(Reply(ReplyKind.CASE_NONE),))
    if kind not in list(CaseKind):
        return Decision(citizen, replies=(Reply(ReplyKind.CASE_KIND_ASK, case=case),))
    after = replace(case, kind=CaseKind(kind), version=case.version + 1)
    return Decision(citizen, replies=(Reply(ReplyKind.CASE_KIND_SET, case=after),), case=CaseChange(case, after))


def rate_case(citizen: Citizen, case: Case | None, stars: str) -> Decision:
    """They said with one tap how the end of a report was."""
    if case is None or case.citizen_id != citizen.citizen_id or stars not in ("1", "2", "3"):
        return Decision(citizen, replies=(Reply(ReplyKind.CASE_NONE),))
    return Decision(
        citizen, replies=(Reply(ReplyKind.CASE_RATED, case=case),), case=CaseChange(case, rate(case, int(stars)))
    )


def tell_states(citizen: Citizen, context: MessageContext, number: str) -> Decision:
    """How a report stands. A number of somebody else's is answered like one that does not exist."""
    if number:
        found = [context.case] if context.case and context.case.citizen_id == citizen.citizen_id else []
    else:
        found = list(context.cases)
    replies = tuple(Reply(ReplyKind.CASE_STATE, case=case) for case in found)
    return Decision(citizen, replies=replies or (Reply(ReplyKind.CASE_NONE),))


def enter_contest(citizen: Citizen, message: IncomingMessage, context: MessageContext, contest_id: str) -> Decision:
    """They accepted the terms: what they sent before counts now, by its own time."""
    contest = context.contest
    if contest is None or contest.id != contest_id or context.pending_entry is None:
        kind = ReplyKind.CONTEST_LATE if contest else ReplyKind.CASE_NONE
        return Decision(citizen, replies=(Reply(kind, contest=contest),) if contest else ())
    acceptance = acceptance_of(contest, citizen.citizen_id, message.at)
    known = replace(context, accepted_terms=contest.terms_version)
    answer = check_entry(
        contest,
        context.pending_entry,
        accepted_terms=known.accepted_terms,
        entries=known.contest_entries,
        one_way=True,
        asked=True,
    )
    decision = _entered(citizen, context.pending_entry, known, contest, answer or EntryOutcome.WRONG_FORM)
    return replace(decision, acceptance=acceptance)


def decline_terms(citizen: Citizen, context: MessageContext) -> Decision:
    replies = (Reply(ReplyKind.CONTEST_DECLINED, contest=context.contest),) if context.contest else ()
    return Decision(citizen, replies=replies)


def _entry_outcome(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, contest: Contest
) -> EntryOutcome | None:
    since = citizen.dialogue_data.get("in_call", "")
    return check_entry(
        contest,
        message,
        accepted_terms=context.accepted_terms,
        entries=context.contest_entries,
        one_way=town.mode is Mode.ONE_WAY,
        asked=bool(since) and message.at < datetime.fromisoformat(since) + IN_TALK_FOR,
    )


def _entered(
    citizen: Citizen, message: IncomingMessage, context: MessageContext, contest: Contest, answer: EntryOutcome
) -> Decision:
    after = replace(citizen, dialogue_data={**citizen.dialogue_data, "in_call": message.at.isoformat()})
    count = context.contest_entries
    match answer:
        case EntryOutcome.ASK_TERMS:
            after = replace(after, dialogue_data={**after.dialogue_data, "held": message.wamid})
            return Decision(after, replies=(Reply(ReplyKind.CONTEST_TERMS, contest=contest),))
        case EntryOutcome.ENTERED | EntryOutcome.LATE:
            entry = entry_of(contest, message, citizen.citizen_id, context.pepper)
            kind = ReplyKind.CONTEST_ENTERED if answer is EntryOutcome.ENTERED else ReplyKind.CONTEST_LATE
            return Decision(after, replies=(Reply(kind, contest=contest, count=count + 1),), entry=entry)
        case EntryOutcome.FULL | EntryOutcome.WRONG_FORM:
            return Decision(after, replies=(Reply(ReplyKind(f"call_{answer}"), contest=contest, count=count),))


def _is_chain(message: IncomingMessage, context: MessageContext) -> bool:
    return chain_messages.is_chain(
        message.text,
        forwarded=message.forwarded,
        often_forwarded=message.often_forwarded,
        same_text_senders=context.same_text_senders,
    )


def _warned(citizen: Citizen, message: IncomingMessage) -> Decision:
    """What should not travel by WhatsApp has arrived: say so, offer to delete it, and let a person look."""
    after = replace(citizen, conversation=add_message(citizen.conversation, message.at, Flag.SENSITIVE))
    return Decision(after, replies=(Reply(ReplyKind.SENSITIVE, forget=message.wamid),))


def _reported(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    stored = context.case
    if stored and stored.citizen_id == citizen.citizen_id and (stored.takes(message.at) or message.in_reply_to):
        after = add(stored, town, message)
        after = replace(after, version=stored.version + 1)
        told = message.at - stored.last_added_at > ADDED_TOLD_AFTER or after.place != stored.place
        replies = (Reply(ReplyKind.CASE_ADDED, case=after),) if told else ()
        return Decision(citizen, replies=replies, case=CaseChange(stored, after))
    case = open_case(town, citizen.citizen_id, message)
    receipt = Reply(ReplyKind.CASE_OPENED, case=case)
    offers = (Reply(ReplyKind.OFFERS_TOO, all_of(town)),) if context.is_new else ()
    return Decision(end_dialogue(citizen), replies=(receipt, *offers), case=CaseChange(None, case))


def _talked(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """It waits for a person. Said once, with the next opening where nobody reads now."""
    conversation = add_message(citizen.conversation, message.at)
    compared = chain_messages.sameness(message.text)
    is_closed = town.mode is not Mode.ONE_WAY and not is_open(town, message.at)
    if is_closed and conversation.noted_at is None:
        noted = replace(conversation, noted_at=message.at)
        replies = [Reply(ReplyKind.OUT_OF_HOURS, at=next_opening(town, message.at))]
        if context.is_new:
            replies.append(Reply(ReplyKind.OFFERS_TOO, all_of(town)))
        after = _acknowledged(replace(citizen, conversation=noted), message.at)
        return Decision(after, replies=tuple(replies), same_text=compared)
    after = replace(citizen, conversation=conversation)
    if context.is_new:
        kind = ReplyKind.GREETING if town.mode is Mode.ONE_WAY else ReplyKind.GREETING_RECEIVED
        return Decision(_acknowledged(after, message.at), replies=(Reply(kind, all_of(town)),), same_text=compared)
    since = citizen.dialogue_data.get("acknowledged_at", "")
    if is_closed or (since and message.at < datetime.fromisoformat(since) + ACKNOWLEDGED_ONCE_IN):
        return Decision(after, same_text=compared)
    kind = ReplyKind.COURTESY if town.mode is Mode.ONE_WAY else ReplyKind.RECEIVED
    return Decision(_acknowledged(after, message.at), replies=(Reply(kind),), same_text=compared)


def _acknowledged(citizen: Citizen, at: datetime) -> Citizen:
    return replace(citizen, dialogue_data={**citizen.dialogue_data, "acknowledged_at": at.isoformat()})
