"""Hands stored messages on again that were never followed up: what a position of the table's stream was lost for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.errors import NotOurs
from stadtdraht.domain.inbound.inbox import UpdateKind
from stadtdraht.usecases.inbound.parse_message import identity_in, message_in, raw_in

if TYPE_CHECKING:
    from datetime import datetime

    from stadtdraht.domain.inbound.inbox import InboxPlace, InboxUpdate
    from stadtdraht.ports.inbound import Answers, Citizens, Inbox, RetryQueue


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What became of the stored updates of a town."""

    looked_at: int
    handed_on: int
    unreadable: int
    """Which no try can follow up, and somebody has to read."""


def follow_up_stored(
    town: str, since: datetime, *, inbox: Inbox, citizens: Citizens, answers: Answers, retries: RetryQueue
) -> HandedOn:
    """Oldest first. Harmless to repeat, also for what is under way: a message counts once, and an answer that is no
    longer in its time is not sent. `since`: when WhatsApp says that it was written.
    """
    looked_at = unreadable = 0
    still_open: list[InboxPlace] = []
    for update in sorted(inbox.since(town, since), key=lambda it: it.at):
        looked_at += 1
        try:
            is_open = _is_open(update, citizens, answers)
        except NotOurs:
            unreadable += 1
            continue
        if is_open:
            still_open.append((town, update.shard, update.kind, update.key))
    retries.put(still_open)
    return HandedOn(looked_at, len(still_open), unreadable)


def _is_open(update: InboxUpdate, citizens: Citizens, answers: Answers) -> bool:
    """Whether something is still to follow from it. Raises NotOurs."""
    if not (raw := raw_in(update)):
        return False  # emptied: nothing follows from it any more
    if update.kind is UpdateKind.NAMES:
        return True  # emptied as soon as it was followed up
    message = message_in(raw, update.at, update.key)
    person = citizens.find(update.town, identity_in(raw), message.at)
    if person is None:
        return update.kind is UpdateKind.MESSAGE  # of a choice by nobody whom we know, nothing follows
    if citizens.message(update.town, person.citizen_id, message.wamid) is None:
        return True
    return bool(answers.pending(update.town, person.citizen_id, message.wamid))
