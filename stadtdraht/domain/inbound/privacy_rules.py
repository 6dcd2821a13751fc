"""What a person asks to be deleted: all of theirs, or one message. While a procedure needs it, the truth instead."""

from dataclasses import replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.inbound.consent_rules import calm, leave
from stadtdraht.domain.inbound.reply import Decision, Forget, Reply, ReplyKind, Situation
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Town


def ask_to_erase(citizen: Citizen, situation: Situation) -> Decision:
    """LÖSCHEN: they are asked whether they mean it, now or once it may be done."""
    return Decision(citizen, replies=(Reply(ReplyKind.ERASE_ASK_HELD if situation.on_hold else ReplyKind.ERASE_ASK),))


def erase(town: Town, citizen: Citizen, message: IncomingMessage, situation: Situation) -> Decision:
    """They mean it. Where it has to wait, they get nothing more from now on."""
    if not situation.on_hold:
        return Decision(calm(citizen), replies=(Reply(ReplyKind.ERASED),), erase=True)
    left = leave(town, citizen, message, ())
    return replace(left, replies=(Reply(ReplyKind.ERASE_HELD),), erase=True)


def forget(citizen: Citizen, situation: Situation) -> Decision:
    """They pressed „Nachricht löschen“; what is gone already is confirmed as gone."""
    if situation.on_hold:
        return Decision(citizen, replies=(Reply(ReplyKind.FORGET_HELD),))
    return Decision(citizen, replies=(Reply(ReplyKind.FORGOTTEN),), forget=_gone(situation))


def taken_back(citizen: Citizen, situation: Situation) -> Decision:
    """They deleted a message on their phone for everybody."""
    return Decision(citizen, forget=() if situation.on_hold else _gone(situation))


def _gone(situation: Situation) -> tuple[Forget, ...]:
    held = situation.held
    return (Forget(held.at, held.wamid),) if held else ()
