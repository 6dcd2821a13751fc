"""Follows a stored message up: who wrote, what follows, everything put down at once, work handed on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.cases.near import nearby
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Conversation, keep_last_heard
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.concern_rules import leave_to_staff
from stadtdraht.domain.inbound.decision import decide, read_input
from stadtdraht.domain.inbound.inbox import UNROUTED, InboxUpdate, UpdateKind
from stadtdraht.domain.inbound.named import Named
from stadtdraht.domain.inbound.reply import Decision, Reply
from stadtdraht.domain.inbound.turn import Committed, Overtaken, Repeated, Turn
from stadtdraht.domain.media.media import forgotten_media
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Town
from stadtdraht.domain.understanding.ears import Ears
from stadtdraht.texts.replies import or_in_ours
from stadtdraht.usecases.inbound.erased_senders import is_forgotten, is_of_erased
from stadtdraht.usecases.inbound.find_sender import find_sender
from stadtdraht.usecases.inbound.join_names import join_names
from stadtdraht.usecases.inbound.load_context import InboundPorts, load_context, same_text_of
from stadtdraht.usecases.inbound.parse_message import identity_in, message_in, raw_in, tells_its_time, whole_names_in
from stadtdraht.usecases.inbound.render_reply import ReplyContext, render_reply
from stadtdraht.usecases.inbound.store_turn import KeepsChanging, until_stored

if TYPE_CHECKING:
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.inbound import AnswerQueue, Answers
    from stadtdraht.ports.media import MediaQueue
    from stadtdraht.ports.notices import Reminders
    from stadtdraht.ports.privacy import ErasureQueue
    from stadtdraht.ports.towns import TownSettings


@dataclass(frozen=True, slots=True)
class QueuePorts:
    """Where work goes that follows from a message. Every queue takes the same thing twice without harm."""

    answers: AnswerQueue
    media: MediaQueue
    erasures: ErasureQueue
    reminders: Reminders


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What became of a message."""

    answers: int
    """How many were handed on."""
    rule_error: Exception | None = None
    """What a rule raised, so that staff have to read the message."""
    wording_error: Exception | None = None
    """What the town's own wording raised, so that the person got ours."""


# What a mistake in a rule raises; what a table or queue raises is none of these, and is tried again.
RULE_ERRORS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)


def handle_message(
    update: InboxUpdate,
    *,
    towns: TownSettings,
    ports: InboundPorts,
    answers: Answers,
    queues: QueuePorts,
    reply_context: ReplyContext,
    ears: Ears,
) -> FollowedUp:
    """Harmless to repeat: a repetition only hands on what nobody has claimed.

    Raises KeepsChanging, UnknownTown, and NotOurs for what names nobody or cannot be read.
    """
    if update.town == UNROUTED:
        return FollowedUp(0)
    town = towns.get(update.town)
    if not (raw := raw_in(update)):
        return FollowedUp(0)  # emptied since it was handed on
    if update.kind is UpdateKind.NAMES:
        join_names(town.id, identity_in(raw), update.at, ports, queues.erasures)
        ports.inbox.forget(update)  # the profile has them now; or nobody is there to have them
        return FollowedUp(0)
    message = message_in(raw, update.at, update.key)
    first = ports.citizens.look_up(town.id, identity_in(raw), message.at)
    if is_of_erased(town.id, raw, message.at, first.citizen, ports):
        ports.inbox.forget(update)
        return FollowedUp(0)
    if update.kind is UpdateKind.PREFERENCE and not first.citizen:
        return FollowedUp(0)

    changed = whole_names_in(raw)
    for told in changed:  # whoever was two under the names of before, or of now, is one first
        join_names(town.id, told, message.at, ports, queues.erasures)

    def attempt(number: int) -> FollowedUp | Overtaken:
        is_fresh = not (number or changed)
        named = first if is_fresh else ports.citizens.look_up(town.id, identity_in(raw), message.at)
        if number and is_of_erased(town.id, raw, message.at, named.citizen, ports):  # the erasure was what overtook it
            ports.inbox.forget(update)
            return FollowedUp(0)
        turn, erase, *errors = _turn(town, raw, message, named, ports, reply_context, ears)
        person, repeats = turn.after.citizen_id, False
        match ports.citizens.commit(turn):
            case Committed(answers=refs):
                pass
            case Repeated():
                repeats = True
                refs = tuple(answers.pending(town.id, person, message.wamid))
                if is_forgotten(town.id, person, message.wamid, ports):
                    ports.inbox.forget(update)
            case Overtaken() as faster:
                return faster
        if message.media_id:
            queues.media.put(town.id, person, message.wamid)
        for file in turn.forgotten_files:  # whoever fetches files deletes them, too
            queues.media.put(town.id, person, file.wamid)
        if erase:
            queues.erasures.put(town.id, person, message.at)
        queues.answers.put(refs)
        if _is_new_need(turn) or (repeats and _is_unseen_need(turn.after)):
            queues.reminders.start(town.id)
        return FollowedUp(len(refs), *errors)

    if isinstance(handed_on := until_stored(attempt), Overtaken):
        raise KeepsChanging(f"message {hashlib.sha256(message.wamid.encode()).hexdigest()[:12]}")
    return handed_on


def _is_new_need(turn: Turn) -> bool:
    return _is_unseen_need(turn.after) and not (turn.before and _is_unseen_need(turn.before))


def _is_unseen_need(citizen: Citizen) -> bool:
    """Whether they sound in need, and nobody of the staff has looked."""
    return citizen.conversation is not None and citizen.conversation.unseen_need_since is not None


def _turn(
    town: Town,
    raw: Mapping[str, Any],
    message: IncomingMessage,
    named: Named,
    ports: InboundPorts,
    reply_context: ReplyContext,
    ears: Ears,
) -> tuple[Turn, bool, Exception | None, Exception | None]:
    """The turn, whether the person wants to be erased, and what a rule and the town's own wording raised."""
    sender = find_sender(town.id, raw, message.at, named, ports)
    before, citizen = sender.before, sender.citizen
    if not tells_its_time(raw, message.at):  # then only its wamid says that it was followed up before
        earlier = ports.citizens.message(town.id, citizen.citizen_id, message.wamid)
        message = replace(message, at=earlier.at) if earlier else message
    rule_error = None
    try:
        decision = _decision(town, citizen, message, ports, ears, is_new=before is None)
    except RULE_ERRORS as why:  # nobody is left without an answer for a mistake of ours, and no try would mend it
        decision, rule_error = leave_to_staff(town, citizen, message), why
    town, decision = town.at(message.at), _numbered(decision, town, ports.cases)
    kept = message if decision.keeps_place else replace(message, latitude="", longitude="", place_name="")
    after = replace(decision.after, conversation=_listed(citizen, decision, kept), version=citizen.version + 1)
    words = partial(_bodies, decision.replies, after, reply_context)
    bodies, wording_error = or_in_ours(words, town)
    refs = [
        AnswerRef.new(town.id, after.citizen_id, message.at, message.wamid, number) for number in range(len(bodies))
    ]
    turn = Turn(
        before=before,
        after=after,
        message=kept,
        entries=decision.entries,
        answers=tuple(Answer(ref, body) for ref, body in zip(refs, bodies, strict=True)),
        identities=sender.names,
        given_up=sender.given_up,
        since=sender.since,
        case=decision.case,
        contest_entries=decision.contest_entries,
        acceptance=decision.acceptance,
        forget=tuple((it.at, it.wamid) for it in decision.forget)
        + (() if decision.keeps_place else ((message.at, message.wamid),)),
        forgotten_files=tuple(
            file
            for it in decision.forget
            if it.message and (file := forgotten_media(it.message, town.id, after.citizen_id))
        ),
        same_text=same_text_of(town, message, ports.pepper) if decision.same_text else "",
        merged=sender.merged,
    )
    return turn, decision.erase, rule_error, wording_error


def _listed(citizen: Citizen, decision: Decision, message: IncomingMessage) -> Conversation | None:
    """The conversation with what lists show of it beside what a rule decided."""
    talk = decision.after.conversation
    if talk is None:
        return None
    belongs = talk != citizen.conversation
    talk = keep_last_heard(talk, message if belongs else None, [it.wamid for it in decision.forget])
    return replace(talk, case=decision.case.after.number) if decision.case else talk


def _bodies(replies: Sequence[Reply], citizen: Citizen, context: ReplyContext, town: Town) -> list[Mapping[str, Any]]:
    return [render_reply(reply, town, citizen, context) for reply in replies]


def _decision(
    town: Town, citizen: Citizen, message: IncomingMessage, ports: InboundPorts, ears: Ears, *, is_new: bool
) -> Decision:
    said = read_input(town, citizen, message, ears)  # who leaves a topic that is over is understood
    town = town.at(message.at)
    context = load_context(town, citizen, message, said, ports, is_new=is_new)
    return decide(town, citizen, message, context, said)


def _numbered(decision: Decision, town: Town, cases: Cases) -> Decision:
    """A new case gets its number, and whatever case gets a pin the open ones close by: most people are asked for it
    after their words. A crash after this leaves a gap, never a number twice.
    """
    if decision.case is None:
        return decision
    before, after = decision.case.before, decision.case.after
    has_new_pin = after.place.latitude is not None and (before is None or before.place != after.place)
    near = nearby(after, cases.open(town.id)) if has_new_pin else after.near
    if after.number:
        return decision.beside(near)
    return decision.numbered(cases.next_number(town.id, after.opened_at.astimezone(town.zone).year), near)
