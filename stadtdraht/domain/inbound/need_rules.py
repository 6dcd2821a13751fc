"""Need: who has to be called is said first, whatever else a message says, and staff see it before anything else."""

from collections.abc import Mapping
from dataclasses import replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Flag, add_message
from stadtdraht.domain.inbound.consent_rules import leave
from stadtdraht.domain.inbound.reply import Decision, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Mode, Town
from stadtdraht.domain.understanding.reading import Need, Reading

_ANSWERS: Mapping[Need, tuple[ReplyKind, Flag]] = {
    Need.EMERGENCY: (ReplyKind.EMERGENCY, Flag.EMERGENCY),
    Need.VIOLENCE: (ReplyKind.VIOLENCE, Flag.VIOLENCE),
    Need.DESPAIR: (ReplyKind.DESPAIR, Flag.DESPAIR),
}


def answer_need(town: Town, citizen: Citizen, message: IncomingMessage, reading: Reading) -> Decision:
    """It is sure. In every town alike, also a one-way one: no number, no offers, no question."""
    kind, flag = _ANSWERS[reading.need]
    after = replace(citizen, conversation=add_message(citizen.conversation, message.at, flag))
    answered = Decision(after, replies=(Reply(kind),))
    if reading.leaving and reading.leaving.is_sure:
        return answered.and_then(leave(town, after, message, reading.leaving))
    return answered


def led_by_maybe(town: Town, decision: Decision) -> Decision:
    """It is not sure: the first answer begins with whom to call. Where there would be none, there is one for it."""
    first = Reply(ReplyKind.COURTESY if town.mode is Mode.ONE_WAY else ReplyKind.NOTED)
    replies = decision.replies or (first,)
    return replace(decision, replies=(replace(replies[0], maybe_need=True), *replies[1:]))
