"""Tells a town's staff by mail that somebody waits, and counts need that nobody has looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from stadtdraht.domain.staff.errors import MailRefused
from stadtdraht.domain.staff.mail import Mail
from stadtdraht.domain.staff.notices import Told, due_notices, unseen_need
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.console.mails import say_notice

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Conversations
    from stadtdraht.ports.notices import Notices, UndeliveredAnswers
    from stadtdraht.ports.staff import Mails, Staff

UNDELIVERED_FOR: Final = timedelta(days=1)
OPENED_WITHIN: Final = timedelta(minutes=5)  # of office time; then need that nobody opened is an alarm


@dataclass(frozen=True, slots=True)
class RemindPorts:
    """What a reminder reads and sends. url: of the public address."""

    conversations: Conversations
    undelivered: UndeliveredAnswers
    staff: Staff
    notices: Notices
    mails: Mails
    url: str


@dataclass(frozen=True, slots=True)
class RemindResult:
    """What one look at a town found."""

    mails: int
    refused: int
    """Mails that did not go out."""
    unseen_need: int
    """Possible emergencies that nobody has opened in time."""
    nobody_for_need: bool
    """Somebody may be in need, and the town has nobody whom it could tell."""


def remind_staff(town: Town, now: datetime, ports: RemindPorts) -> RemindResult:
    """One look. A mail is sent, then written down: after a crash between, need is told twice rather than not at all."""
    listed = ports.conversations.waiting(town.id)
    undelivered = ports.undelivered.since(town.id, now - UNDELIVERED_FOR)
    told = ports.notices.of_town(town.id)
    found = due_notices(town, now, listed, undelivered, ports.staff.of_town(town.id), told)
    refused = 0
    for notice in found.notices:
        subject, text = say_notice(notice, town, f"{ports.url}/console/{town.id}/inbox")
        try:
            ports.mails.send(Mail(notice.to.email, subject, text))
        except MailRefused:  # it holds up nobody else's, and is tried again with the next look
            refused += 1
            continue
        before = told.get(notice.to.staff_id, Told())
        ports.notices.put(town.id, notice.to.staff_id, before.after(notice, now), now)
    unseen = unseen_need(town, now, listed, OPENED_WITHIN)
    return RemindResult(len(found.notices) - refused, refused, unseen, found.nobody_for_need)
