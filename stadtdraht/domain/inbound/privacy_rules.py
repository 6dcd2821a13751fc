"""What a person asks to be deleted: all of theirs, or one message. While a procedure needs it, the truth instead."""

from dataclasses import replace

from stadtdraht.domain.cases.case import forget_message
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.contests.contest import withdrawn
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.consent_rules import ask, close_question, leave_offers
from stadtdraht.domain.inbound.reply import Decision, Forget, MessageContext, Reply, ReplyKind
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Town

HELD = "held"


def ask_to_erase(citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """LÖSCHEN: they are asked whether they mean it, now or once it may be done."""
    question = Question(Asked.ERASE, message.at, about=HELD if context.on_hold else "")
    kind = ReplyKind.ERASE_ASK_HELD if context.on_hold else ReplyKind.ERASE_ASK
    return Decision(ask(citizen, question), replies=(Reply(kind),))


def show_data(citizen: Citizen, message: IncomingMessage) -> Decision:
    """AUSKUNFT: what is known, and whether they want all of it as a file."""
    return Decision(ask(citizen, Question(Asked.EXPORT, message.at)), replies=(Reply(ReplyKind.MY_DATA),))


def give_file(citizen: Citizen) -> Decision:
    return Decision(close_question(citizen, Asked.EXPORT), replies=(Reply(ReplyKind.DATA_LINK),))


def erase(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """They mean it. Where it has to wait, they get nothing more from now on."""
    if not context.on_hold:
        erased = Reply(ReplyKind.ERASED, by_one_name=citizen.takes_nothing_by_one_name)
        return Decision(ask(citizen, None), replies=(erased,), erase=True)
    left = leave_offers(town, citizen, message, ())
    return replace(left, replies=(Reply(ReplyKind.ERASE_HELD),), erase=True)


def forget(citizen: Citizen, context: MessageContext) -> Decision:
    """They want a message deleted, also from the report made of it; what is gone already is confirmed as gone."""
    closed = close_question(citizen, Asked.FORGET)
    if context.on_hold:
        return Decision(closed, replies=(Reply(ReplyKind.FORGET_HELD),))
    stored, message, case = context.case, context.to_delete, None
    if stored and message and stored.citizen_id == citizen.citizen_id:
        after = forget_message(stored, message)
        case = CaseChange(stored, after) if after != stored else None
    return replace(_forgotten(closed, context), replies=(Reply(ReplyKind.FORGOTTEN),), case=case)


def forget_revoked(citizen: Citizen, context: MessageContext) -> Decision:
    """They deleted a message on their phone for everybody."""
    return Decision(citizen) if context.on_hold else _forgotten(citizen, context)


def _forgotten(citizen: Citizen, context: MessageContext) -> Decision:
    """The message with its file; a photo that took part in a contest does so no more."""
    if not (message := context.to_delete):
        return Decision(citizen)
    entries = (it for it in context.contest_entries if message_id(it.wamid) == message_id(message.wamid))
    gone = Forget(message.at, message.wamid, message)
    return Decision(citizen, forget=(gone,), contest_entries=tuple(map(withdrawn, entries)))
