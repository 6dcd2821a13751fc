"""Follows a stored message up: who wrote, what follows, everything put down at once, answers handed on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stadtdraht.domain.answer import Answer, AnswerRef
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.decision import decide
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.identifiers import citizen_id
from stadtdraht.domain.inbox import UNROUTED, InboxUpdate
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Town
from stadtdraht.domain.turn import Committed, Overtaken, Repeated, Turn
from stadtdraht.ports import AnswerQueue, Answers, Citizens, Towns
from stadtdraht.usecases.read_message import identity_in, message_in, previous_identity_in
from stadtdraht.usecases.word_reply import word_reply

TRIES = 5  # against others who change the same citizen at the same moment


class KeepsChanging(StadtdrahtError):
    """The citizen changed at every try; the queue brings the message again."""


def follow_up(
    update: InboxUpdate,
    *,
    towns: Towns,
    citizens: Citizens,
    answers: Answers,
    queue: AnswerQueue,
    pepper: bytes,
    public_url: str,
) -> int:
    """Returns how many answers were handed on. Harmless to repeat: a repetition only hands on what nobody has claimed.

    Raises KeepsChanging, UnknownTown, and ValueError for a message that names nobody.
    """
    if update.town == UNROUTED:
        return 0
    town = towns.get(update.town)
    raw = json.loads(update.raw)
    identity = identity_in(raw)
    message = message_in(raw, update.at, update.key)
    for _ in range(TRIES):
        turn = _turn(town, raw, identity, message, citizens, pepper, public_url)
        match citizens.commit(turn):
            case Committed(answers=refs):
                queue.put(refs)
                return len(refs)
            case Repeated():
                refs = tuple(answers.pending(town.id, turn.after.citizen_id, message.wamid))
                queue.put(refs)
                return len(refs)
            case Overtaken():
                continue
    raise KeepsChanging(f"message {hashlib.sha256(message.wamid.encode()).hexdigest()[:12]}")


def _turn(
    town: Town,
    raw: Mapping[str, Any],
    identity: WireIdentity,
    message: IncomingMessage,
    citizens: Citizens,
    pepper: bytes,
    public_url: str,
) -> Turn:
    before = citizens.find(town.id, identity)
    if before is None and (previous := previous_identity_in(raw)):
        before = citizens.find(town.id, previous)
    citizen = before or Citizen(citizen_id(pepper, town.id, identity), town.id, identity)
    known = WireIdentity(identity.user_id or citizen.identity.user_id, identity.phone or citizen.identity.phone)
    decision = decide(town, replace(citizen, identity=known), message, is_new=before is None)
    after = replace(decision.after, version=citizen.version + 1)
    bodies = [word_reply(reply, town, after, public_url) for reply in decision.replies]
    refs = [AnswerRef(town.id, after.citizen_id, _answer_id(message, number)) for number in range(len(bodies))]
    return Turn(
        before=before,
        after=after,
        message=message,
        entries=decision.entries,
        answers=tuple(Answer(ref, body) for ref, body in zip(refs, bodies, strict=True)),
        identities=(known,),
    )


def _answer_id(message: IncomingMessage, number: int) -> str:
    """Sorts by time; the same whoever computes it."""
    name = hashlib.sha256(f"{message.wamid}\n{number}".encode()).hexdigest()[:12]
    return f"{int(message.at.timestamp())}-{name}-{number}"
