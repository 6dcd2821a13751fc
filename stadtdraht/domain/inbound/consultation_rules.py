"""While a consultation is open, whoever writes joins its queue, and is told so beside the usual answer."""

from dataclasses import replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.consultations.consultation import QueueMark
from stadtdraht.domain.conversation import Conversation
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.inbound.turn import Turn
from stadtdraht.domain.message import IncomingMessage

OF_NEED = frozenset(
    {ReplyKind.EMERGENCY, ReplyKind.VIOLENCE, ReplyKind.DESPAIR}
)  # beside which nobody speaks of places
INSTEAD = frozenset({ReplyKind.OUT_OF_HOURS})  # somebody is there


def joined(done: Decision, before: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """The decision with the place in the queue, told once to each person; without one for who waits for nobody."""
    talk, now = done.after.conversation, context.consultation
    if talk is None or talk == before.conversation or talk.last_at != message.at or not talk.waiting_since:
        return done
    if now is None:  # of one that is over, nobody is in the queue
        return _in_queue(done, talk, "") if talk.consultation else done
    held = now.consultation
    if talk.consultation == held.id or any(reply.kind in OF_NEED for reply in done.replies):
        return done
    place = Reply(ReplyKind.CONSULTATION_PLACE, name=held.host, count=now.ahead + 1, at=held.closes_at)
    others = tuple(reply for reply in done.replies if reply.kind not in INSTEAD)
    return _in_queue(replace(done, replies=(place, *others)), talk, held.id)


def _in_queue(done: Decision, talk: Conversation, consultation_id: str) -> Decision:
    return replace(done, after=replace(done.after, conversation=replace(talk, consultation=consultation_id)))


def marks_of(turn: Turn) -> tuple[tuple[str, QueueMark], ...]:
    """What a turn leaves behind in the queues of consultations, each with the consultation's id."""
    before, after = turn.before.conversation if turn.before else None, turn.after.conversation
    was_in, is_in = _queue_of(before), _queue_of(after)
    if was_in == is_in:
        return ()
    marks = []
    if was_in and before:
        is_answered = turn.answers_since is not None
        marks.append((was_in, QueueMark(turn.at, came=False, is_answered=is_answered, since=before.waiting_since)))
    if is_in:
        is_first = before is None or before.consultation != is_in
        marks.append((is_in, QueueMark(turn.at, came=True, is_first=is_first)))
    return tuple(marks)


def _queue_of(talk: Conversation | None) -> str:
    return talk.consultation if talk and talk.waiting_since else ""
