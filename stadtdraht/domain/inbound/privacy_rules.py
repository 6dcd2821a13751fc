"""What a person asks to be deleted: all of theirs, or one message. While a procedure needs it, the truth instead."""

from dataclasses import replace

from stadtdraht.domain.cases.case import forget_message
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.dialogue import Asked, Question
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
    return Decision(closed, replies=(Reply(ReplyKind.FORGOTTEN),), case=case, forget=_gone(context))


def forget_revoked(citizen: Citizen, context: MessageContext) -> Decision:
    """They deleted a message on their phone for everybody."""
    return Decision(citizen, forget=() if context.on_hold else _gone(context))


def _gone(context: MessageContext) -> tuple[Forget, ...]:
    message = context.to_delete
    return (Forget(message.at, message.wamid),) if message else ()
