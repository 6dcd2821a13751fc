"""What staff see and keep beside a conversation: their draft, who else reads it, that need was opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Conversation, StaffAct
from stadtdraht.domain.inbound.desk import Draft, Reader
from stadtdraht.domain.text import read_part
from stadtdraht.usecases.inbound.work_on_conversation import (
    Changed,
    NoSuchConversation,
    StaffContext,
    change_conversation,
)

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Desk


def save_draft(
    staff: StaffContext, citizen_id: str, words: str, desk: Desk, *, form: str = "", is_sent: bool = False
) -> None:
    """Keeps what was typed for seven days, for who typed it and this person; "" puts it away.

    form: nonce of the form that a script keeps by itself: once it `is_sent`, what of it comes late is not kept.
    Raises NoSuchConversation, so that nothing is kept of somebody who was erased meanwhile.
    """
    if staff.citizens.get(staff.town.id, citizen_id) is None:
        raise NoSuchConversation(citizen_id)
    desk.save_draft(Draft(staff.town.id, citizen_id, staff.by_id, read_part(words), staff.now, form, is_sent))


def look_at(staff: StaffContext, citizen_id: str, desk: Desk) -> Sequence[Reader]:
    """Says that somebody has the conversation open, and who else has; for a minute at a time."""
    desk.look(Reader(staff.town.id, citizen_id, staff.by_id, staff.by, staff.now))
    return [it for it in desk.readers(staff.town.id, staff.now, citizen_id) if it.staff_id != staff.by_id]


def who_reads(town_id: str, now: datetime, desk: Desk, *, but: str = "") -> dict[str, Sequence[str]]:
    """Names of who reads what, by citizen id, for a list. but: id of who asks."""
    found: dict[str, list[str]] = {}
    for reader in desk.readers(town_id, now):
        if reader.staff_id != but:
            found.setdefault(reader.citizen_id, []).append(reader.name)
    return {citizen_id: sorted(names) for citizen_id, names in found.items()}


def open_conversation(staff: StaffContext, citizen_id: str) -> None:
    """Somebody has opened it: a cry for help that nobody had seen is seen from now on, and by whom is noted, once.

    Writes nothing where there is none. Raises NoSuchConversation, and WroteMeanwhile when it keeps changing.
    """
    known = staff.citizens.get(staff.town.id, citizen_id)
    if known is None or known.conversation is None or known.conversation.unseen_need_since is None:
        return

    def change(_: Citizen, it: Conversation) -> Changed:
        return Changed(replace(it, unseen_need_since=None), note=staff.noted(StaffAct.OPENED))

    change_conversation(staff, citizen_id, change)
