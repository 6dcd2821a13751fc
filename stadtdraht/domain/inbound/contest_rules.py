"""Contests: which photo is meant for one, the terms before the first entry, and how to take part."""

from dataclasses import replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.contests.contest import (
    IN_TALK_FOR,
    PHOTO,
    Contest,
    ContestPhase,
    EntryOutcome,
    acceptance_of,
    check_entry,
    entry_of,
)
from stadtdraht.domain.conversation import add_message
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.inbound.consent_rules import ask, close_question, settled
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Mode, Town
from stadtdraht.domain.understanding.reading import Kind, Reading, Social


def enter(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision | None:
    """What a message means for the contest; None where it means nothing for it.

    A photo counts whose caption means the contest, or that continues the talk about it. Where people are not asked to
    write, a photo that says nothing is asked about; one that says something else is what it says.
    """
    contest = context.contest
    if contest is None:
        return None
    answer = check_entry(
        contest,
        message,
        accepted_terms=context.accepted_terms,
        entries=context.contest_entries,
        meant=reading.about_contest or (_is_in_talk(citizen, message) and not _says_else(reading)),
        perhaps=town.mode is Mode.ONE_WAY and not _says_else(reading),
    )
    if answer:
        return _entered(citizen, message, context, contest, answer)
    if reading.about_contest and message.kind != PHOTO and contest.phase(message.at) is ContestPhase.OPEN:
        return _explained(citizen, message, contest, reading)
    return None


def enter_contest(citizen: Citizen, message: IncomingMessage, context: MessageContext, contest_id: str) -> Decision:
    """They accepted the terms: what they sent before counts now, by its own time."""
    contest, question = context.contest, citizen.dialogue.question
    citizen = close_question(settled(citizen, question) if question else citizen, Asked.CALL_TERMS)
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
        meant=True,
    )
    decision = _entered(citizen, context.pending_entry, known, contest, answer or EntryOutcome.WRONG_FORM)
    return replace(decision, acceptance=acceptance)


def decline_terms(citizen: Citizen, context: MessageContext) -> Decision:
    """It takes no part. What they sent stays in the conversation, for whoever looks."""
    replies = (Reply(ReplyKind.CONTEST_DECLINED, contest=context.contest),) if context.contest else ()
    return Decision(close_question(citizen, Asked.CALL_TERMS), replies=replies)


def _says_else(reading: Reading) -> bool:
    """Whether a caption is about something else. What a photo shows is no concern yet: "Hummel im Garten"."""
    is_of_the_photo = reading.kind is Kind.HINT and not reading.needs_place
    return (reading.is_concern and not is_of_the_photo) or reading.social in (Social.THANKS, Social.WISH)


def _is_in_talk(citizen: Citizen, message: IncomingMessage) -> bool:
    since = citizen.dialogue.in_contest_since
    question = citizen.dialogue.asks(message.at)
    is_asked = question is not None and question.asked is Asked.CALL_TERMS
    return is_asked or (since is not None and message.at < since + IN_TALK_FOR)


def _explained(citizen: Citizen, message: IncomingMessage, contest: Contest, reading: Reading) -> Decision:
    """How to take part; the next photo is meant for it. What is more than that, staff read."""
    after = replace(citizen, dialogue=replace(citizen.dialogue, in_contest_since=message.at))
    if reading.is_concern:
        after = replace(after, conversation=add_message(after.conversation, message.at))
    return Decision(after, replies=(Reply(ReplyKind.CONTEST_ABOUT, contest=contest),))


def _entered(
    citizen: Citizen, message: IncomingMessage, context: MessageContext, contest: Contest, answer: EntryOutcome
) -> Decision:
    after = replace(citizen, dialogue=replace(citizen.dialogue, in_contest_since=message.at))
    count = context.contest_entries
    match answer:
        case EntryOutcome.ASK_TERMS | EntryOutcome.ASK_WHETHER:
            kind = ReplyKind.CONTEST_TERMS if answer is EntryOutcome.ASK_TERMS else ReplyKind.CONTEST_ASK
            dialogue = replace(citizen.dialogue, held_entry=message.wamid)
            if answer is EntryOutcome.ASK_TERMS:
                dialogue = replace(dialogue, in_contest_since=message.at)
            held = replace(citizen, dialogue=dialogue)
            if answer is EntryOutcome.ASK_WHETHER:  # if they say no, it is for staff
                held = replace(held, conversation=add_message(held.conversation, message.at))
            question = Question(Asked.CALL_TERMS, message.at, about=contest.id)
            return Decision(ask(held, question), replies=(Reply(kind, contest=contest),))
        case EntryOutcome.ENTERED | EntryOutcome.LATE:
            entry = entry_of(contest, message, citizen.citizen_id, context.pepper)
            kind = ReplyKind.CONTEST_ENTERED if answer is EntryOutcome.ENTERED else ReplyKind.CONTEST_LATE
            return Decision(after, replies=(Reply(kind, contest=contest, count=count + 1),), entry=entry)
        case EntryOutcome.FULL | EntryOutcome.WRONG_FORM:
            return Decision(after, replies=(Reply(ReplyKind(f"call_{answer}"), contest=contest, count=count),))
