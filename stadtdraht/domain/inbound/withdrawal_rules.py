"""Contests: what somebody sent for one is taken back by a message, and who asks after theirs hears of it."""

from collections.abc import Sequence
from dataclasses import replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.contests.contest import SPOKEN, Contest, ContestEntry, ContestPhase, withdrawn
from stadtdraht.domain.contests.contest_words import (
    asks_of_picture,
    is_answer,
    keeps_all,
    rest_of,
    speaks_of,
    takes_back,
    which_of,
)
from stadtdraht.domain.conversation import add_message
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound import contest_rules
from stadtdraht.domain.inbound.consent_rules import ask, close_question
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.text import plain
from stadtdraht.domain.understanding.reading import Command, Kind, Leaving, Reading

EVERY_ENTRY = "*"
SAYS_SOMETHING = 4  # words beside it that are a concern of their own
STOPS = frozenset({"stop", "stopp", "abmelden", "abbestellen", "unsubscribe", "стоп", "dur"})


def take_back(citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading) -> Decision | None:
    """They want back what they sent: one at once, of several the one they name; else they are asked which.

    None where they want nothing back, or it may as well be something else that they want.
    """
    contest = context.contest
    if contest is None or message.kind not in SPOKEN:
        return None
    sentences, question = takes_back(message.text), citizen.dialogue.asks(message.at)
    if not sentences:
        is_asked = question is not None and question.asked is Asked.CALL_WITHDRAW and is_answer(message.text)
        return _answered(citizen, message, context, contest) if is_asked else None
    if question and question.asked is Asked.CALL_TERMS and citizen.dialogue.held_entries:
        return contest_rules.decline_terms(citizen, context)
    entries = context.contest_entries
    if not entries:
        is_of_contest = speaks_of(contest, message.text) or (reading.leaving and not reading.leaving.is_sure)
        return _finds_none(citizen, message, contest) if is_of_contest else None
    chosen = [entry for entry in entries if message_id(entry.wamid) == message.in_reply_to]
    chosen = chosen or [entries[at] for at in which_of(sentences, len(entries))]
    if not chosen:
        asked = Question(Asked.CALL_WITHDRAW, message.at, about=contest.id)
        which = Reply(ReplyKind.CONTEST_WHICH, contest=contest, entries=entries)
        return Decision(ask(citizen, asked), replies=(which,))
    return _taken_back(citizen, message, context, contest, chosen)


def _answered(citizen: Citizen, message: IncomingMessage, context: MessageContext, contest: Contest) -> Decision | None:
    """They were asked which, and type it."""
    if keeps_all(message.text):
        return Decision(close_question(citizen, Asked.CALL_WITHDRAW), replies=(Reply(ReplyKind.NOT_NOW),))
    named = which_of([plain(message.text)], len(context.contest_entries))
    chosen = [context.contest_entries[at] for at in named]
    return _taken_back(citizen, message, context, contest, chosen) if chosen else None


def press_entry(citizen: Citizen, message: IncomingMessage, context: MessageContext, entry_id: str) -> Decision:
    """They pressed the one that they want back, or all of them."""
    contest = context.contest
    if contest is None:
        return Decision(close_question(citizen, Asked.CALL_WITHDRAW))
    chosen = [entry for entry in context.contest_entries if entry_id in (entry.entry_id, EVERY_ENTRY)]
    return _taken_back(citizen, message, context, contest, chosen)


def left_of(reading: Reading, message: IncomingMessage) -> Reading:
    """What a message says beside taking an entry back; the same words must not unsubscribe or erase anybody."""
    sentences, rest = takes_back(message.text), rest_of(message.text)
    keeps = len(rest) >= SAYS_SOMETHING
    leaving = reading.leaving if reading.leaving and reading.leaving.is_sure and rest else None
    if not leaving and STOPS & {word for said in sentences for word in said.split()}:
        leaving = Leaving(is_sure=False)  # the same word may end both
    return replace(
        reading,
        leaving=leaving,
        joins=(),
        command=None,
        kind=reading.kind if keeps else Kind.NONE,
        sensitive=reading.sensitive if keeps else frozenset(),
        about_contest=False,
    )


def tell_arrival(
    citizen: Citizen, context: MessageContext, message: IncomingMessage, reading: Reading
) -> Decision | None:
    """They ask whether their picture has arrived; None where they ask after something else."""
    contest = context.contest
    asks = reading.command is Command.STATUS and not reading.case_number and asks_of_picture(message.text)
    if contest is None or not asks:
        return None
    count = len(context.contest_entries)
    kind = ReplyKind.CONTEST_ENTERED if count else ReplyKind.CONTEST_NONE
    return Decision(citizen, replies=(Reply(kind, contest=contest, count=count),))


def _finds_none(citizen: Citizen, message: IncomingMessage, contest: Contest) -> Decision:
    """A person looks for it."""
    waits = replace(citizen, conversation=add_message(citizen.conversation, message.at))
    return Decision(waits, replies=(Reply(ReplyKind.CONTEST_NONE, contest=contest),))


def _taken_back(
    citizen: Citizen,
    message: IncomingMessage,
    context: MessageContext,
    contest: Contest,
    chosen: Sequence[ContestEntry],
) -> Decision:
    """They take no part any more. Once it is over, the jury may have them, and staff hear of it."""
    closed = close_question(citizen, Asked.CALL_WITHDRAW)
    if contest.phase(message.at) is not ContestPhase.OPEN:
        closed = replace(closed, conversation=add_message(closed.conversation, message.at))
    left = len(context.contest_entries) - len(chosen)
    reply = Reply(ReplyKind.CONTEST_WITHDRAWN, contest=contest, count=left)
    return Decision(closed, replies=(reply,), contest_entries=tuple(map(withdrawn, chosen)))
