"""What a person asks to be deleted: all of theirs, or one message. While a procedure needs it, the truth instead."""

from dataclasses import replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.inbound.consent_rules import end_dialogue, leave_offers
from stadtdraht.domain.inbound.reply import Decision, Forget, MessageContext, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Town


def ask_to_erase(citizen: Citizen, context: MessageContext) -> Decision:
    """LÖSCHEN: they are asked whether they mean it, now or once it may be done."""
    return Decision(citizen, replies=(Reply(ReplyKind.ERASE_ASK_HELD if context.on_hold else ReplyKind.ERASE_ASK),))


def erase(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """They mean it. Where it has to wait, they get nothing more from now on."""
    if not context.on_hold:
        erased = Reply(ReplyKind.ERASED, by_one_name=citizen.takes_nothing_by_one_name)
        return Decision(end_dialogue(citizen), replies=(erased,), erase=True)
    left = leave_offers(town, citizen, message, ())
    return replace(left, replies=(Reply(ReplyKind.ERASE_HELD),), erase=True)


def forget(citizen: Citizen, context: MessageContext) -> Decision:
    """They pressed „Nachricht löschen“; what is gone already is confirmed as gone."""
    if context.on_hold:
        return Decision(citizen, replies=(Reply(ReplyKind.FORGET_HELD),))
    return Decision(citizen, replies=(Reply(ReplyKind.FORGOTTEN),), forget=_gone(context))


def forget_revoked(citizen: Citizen, context: MessageContext) -> Decision:
    """They deleted a message on their phone for everybody."""
    return Decision(citizen, forget=() if context.on_hold else _gone(context))


def _gone(context: MessageContext) -> tuple[Forget, ...]:
    message = context.to_delete
    return (Forget(message.at, message.wamid),) if message else ()
