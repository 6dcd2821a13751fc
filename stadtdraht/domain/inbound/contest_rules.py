"""Contests: which photo is meant for one, the terms before the first entry, how to take part."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.contests.contest import (
    IN_TALK_FOR,
    SPOKEN,
    Contest,
    ContestForm,
    ContestPhase,
    EntryOutcome,
    acceptance_of,
    check_entry,
    entry_of,
)
from stadtdraht.domain.contests.contest_words import Caption, caption_says, names, speaks_of
from stadtdraht.domain.conversation import add_message
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.inbound.consent_rules import ask, close_question
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Mode, Town
from stadtdraht.domain.understanding.reading import Kind, Reading, Social

GALLERY_WITHIN = timedelta(minutes=2)  # photos sent together get one question
MOST_HELD = 10  # a gallery of WhatsApp has thirty, and no contest takes so many of one person


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
    if contest.form is ContestForm.PHOTO and message.kind in SPOKEN:
        return _talked(citizen, message, contest, reading)
    says = _caption(contest, message, reading)
    answer = check_entry(
        contest,
        message,
        accepted_terms=context.accepted_terms,
        entries=len(context.contest_entries),
        meant=_is_meant(contest, citizen, message, says),
        perhaps=town.mode is Mode.ONE_WAY and says is Caption.UNSAID,
    )
    match answer:
        case EntryOutcome.ASK_TERMS | EntryOutcome.ASK_WHETHER:
            return _held(citizen, message, contest, answer)
        case None:
            return None
    return _entered(citizen, (message,), context, contest, at=message)


def enter_contest(citizen: Citizen, message: IncomingMessage, context: MessageContext, contest_id: str) -> Decision:
    """They accepted the terms: what they sent before counts now, each by its own time."""
    contest, held = context.contest, context.pending_entries
    citizen = close_question(_settled(citizen, held), Asked.CALL_TERMS)
    if contest is None or contest.id != contest_id or not held:
        kind = ReplyKind.CONTEST_LATE if contest else ReplyKind.CASE_NONE
        return Decision(citizen, replies=(Reply(kind, contest=contest),) if contest else ())
    accepted = replace(context, accepted_terms=contest.terms_version)
    citizen = replace(citizen, dialogue=replace(citizen.dialogue, held_entries=()))
    decision = _entered(citizen, held, accepted, contest, at=message)
    return replace(decision, acceptance=acceptance_of(contest, citizen.citizen_id, message.at))


def decline_terms(citizen: Citizen, context: MessageContext) -> Decision:
    """It takes no part. What they sent stays in the conversation, for whoever looks."""
    replies = (Reply(ReplyKind.CONTEST_DECLINED, contest=context.contest),) if context.contest else ()
    closed = close_question(citizen, Asked.CALL_TERMS)
    return Decision(replace(closed, dialogue=replace(closed.dialogue, held_entries=())), replies=replies)


def _caption(contest: Contest, message: IncomingMessage, reading: Reading) -> Caption:
    """What the words under a picture say; those that name no contest are judged by what they are read as."""
    says = caption_says(contest, message.text)
    if says is not Caption.REFUSED and reading.about_contest:
        return Caption.ENTRY
    return Caption.OTHER if says is Caption.UNSAID and _says_else(reading) else says


def _says_else(reading: Reading) -> bool:
    """Whether a caption is about something else. What a photo shows is no concern yet: "Hummel im Garten"."""
    is_of_the_photo = reading.kind is Kind.HINT and not reading.needs_place
    return (reading.is_concern and not is_of_the_photo) or reading.social in (Social.THANKS, Social.WISH)


def _is_meant(contest: Contest, citizen: Citizen, message: IncomingMessage, says: Caption) -> bool:
    if contest.form is ContestForm.TEXT or message.often_forwarded:  # a picture that goes round is nobody's entry
        return says is not Caption.REFUSED and names(contest, message.text)
    return says is Caption.ENTRY or (says is Caption.UNSAID and _is_in_talk(citizen, message))


def _is_in_talk(citizen: Citizen, message: IncomingMessage) -> bool:
    since = citizen.dialogue.in_contest_since
    return since is not None and message.at < since + IN_TALK_FOR


def _talked(citizen: Citizen, message: IncomingMessage, contest: Contest, reading: Reading) -> Decision | None:
    """Words about a contest of photos: how to take part, and the next photo is meant for it. What is more than that,
    staff read. Once it is over, whoever still wants to hears so, and everything else is as any other day.
    """
    if not (reading.about_contest or (speaks_of(contest, message.text) and not reading.needs_place)):
        return None
    if contest.phase(message.at) is not ContestPhase.OPEN:
        is_late = not reading.is_concern and "?" not in message.text
        return Decision(citizen, replies=(Reply(ReplyKind.CONTEST_LATE, contest=contest),)) if is_late else None
    after = replace(citizen, dialogue=replace(citizen.dialogue, in_contest_since=message.at))
    if reading.is_concern:
        after = replace(after, conversation=add_message(after.conversation, message.at))
    return Decision(after, replies=(Reply(ReplyKind.CONTEST_ABOUT, contest=contest),))


def _held(citizen: Citizen, message: IncomingMessage, contest: Contest, answer: EntryOutcome) -> Decision:
    """It waits, with what was sent beside it, for a yes to the terms, which is asked for once."""
    asked = citizen.dialogue.asks(message.at)
    is_asked = asked is not None and asked.asked is Asked.CALL_TERMS and asked.about == contest.id
    before = citizen.dialogue.held_entries if is_asked else ()
    dialogue = replace(citizen.dialogue, held_entries=tuple(dict.fromkeys((*before, message.wamid)))[-MOST_HELD:])
    after = replace(citizen, dialogue=dialogue)
    kind = ReplyKind.CONTEST_TERMS
    if answer is EntryOutcome.ASK_TERMS:  # what follows is meant for it, too
        after = replace(after, dialogue=replace(dialogue, in_contest_since=message.at))
    if answer is EntryOutcome.ASK_WHETHER:  # if they say no, it is for staff
        kind = ReplyKind.CONTEST_ASK
        after = replace(after, conversation=add_message(after.conversation, message.at))
    is_told = bool(before) and asked is not None and abs(message.at - asked.at) < GALLERY_WITHIN
    question = Question(Asked.CALL_TERMS, message.at, about=contest.id)
    return Decision(ask(after, question), replies=() if is_told else (Reply(kind, contest=contest),))


def _settled(citizen: Citizen, held: Sequence[IncomingMessage]) -> Citizen:
    """Nobody waits any more on account of photos that take part now."""
    talk, times = citizen.conversation, {it.at for it in held}
    if not talk or talk.waiting_since not in times or talk.last_at not in times:
        return citizen
    return replace(citizen, conversation=replace(talk, waiting_since=None))


def _entered(
    citizen: Citizen,
    messages: Sequence[IncomingMessage],
    context: MessageContext,
    contest: Contest,
    *,
    at: IncomingMessage,
) -> Decision:
    """What becomes of one or several that are meant for it, in their order; each kind of answer is said once."""
    entries = []
    found: Counter[EntryOutcome] = Counter()
    before = len(context.contest_entries)
    for message in messages:
        counted = before + found[EntryOutcome.ENTERED]
        checked = check_entry(contest, message, accepted_terms=context.accepted_terms, entries=counted, meant=True)
        answer = checked or EntryOutcome.WRONG_FORM
        found[answer] += 1
        if answer in (EntryOutcome.ENTERED, EntryOutcome.LATE):
            entries.append(entry_of(contest, message, citizen.citizen_id, context.pepper))
    count = before + found[EntryOutcome.ENTERED]
    replies = [Reply(ReplyKind(f"call_{answer}"), contest=contest, count=count) for answer in found]
    if found[EntryOutcome.ENTERED] > 1:
        replies[0] = replace(replies[0], kind=ReplyKind.CONTEST_ENTERED_ALL)
    after = replace(citizen, dialogue=replace(citizen.dialogue, in_contest_since=at.at))
    return Decision(after, replies=tuple(replies), contest_entries=tuple(entries))
