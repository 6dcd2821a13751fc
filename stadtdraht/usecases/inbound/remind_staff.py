"""Tells a town's staff by mail that somebody waits, and counts need that nobody has looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from stadtdraht.domain.staff.errors import MailRefused
from stadtdraht.domain.staff.mail import Mail
from stadtdraht.domain.staff.notices import Notice, Told, due_notices, unseen_need
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.console.mails import say_notice

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Conversations
    from stadtdraht.ports.notices import Notices, UndeliveredAnswers
    from stadtdraht.ports.staff import Mails, Staff

UNDELIVERED_FOR: Final = timedelta(days=1)
OPENED_WITHIN: Final = timedelta(minutes=5)  # of office time; then need that nobody opened is an alarm
LOOKS, PAUSE_S = 5, 1.0  # a mail takes a tenth of a second


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
    """What looking at a town found."""

    mails: int
    refused: int
    """Mails that did not go out."""
    left: int
    """People whom another look, at the same time, was about to tell something; it may not know all that is new."""
    unseen_need: int
    """Possible emergencies that nobody has opened in time."""
    nobody_for_need: bool
    """Somebody may be in need, and nobody of the town could be told: there is nobody, or no mail went out to them."""
    nobody_on_duty: bool
    """Somebody has waited for long in office time, and everybody who answers is away."""


def remind_staff(
    town: Town, ports: RemindPorts, *, clock: Callable[[], datetime], wait: Callable[[float], None]
) -> RemindResult:
    """Looks, and looks again while somebody else tells the same people: what is new to both is told by one of them.

    A mail is sent, then written down: after a crash between, need is told twice rather than not at all.
    """
    mails, refused = 0, set[str]()
    for turn in range(LOOKS):
        if turn:
            wait(PAUSE_S)
        now, left = clock(), 0
        listed = ports.conversations.waiting(town.id)
        undelivered = ports.undelivered.since(town.id, now - UNDELIVERED_FOR)
        told = ports.notices.of_town(town.id)
        found = due_notices(town, now, listed, undelivered, ports.staff.of_town(town.id), told)
        for notice in found.notices:
            who = notice.to.staff_id
            if who in refused:  # tried again with the next look of the clock; it holds up nobody else's
                continue
            if (claimed := ports.notices.claim(town.id, who, told.get(who, Told()), now)) is None:
                left += 1
            elif _tell(town, notice, claimed, now, ports):
                mails += 1
            else:
                refused.add(who)
        if not left:
            break
    unseen = unseen_need(town, now, listed, OPENED_WITHIN)
    nobody_for_need = found.need_falls_to is not None and found.need_falls_to <= refused
    return RemindResult(mails, len(refused), left, unseen, nobody_for_need, found.nobody_on_duty)


def _tell(town: Town, notice: Notice, claimed: Told, now: datetime, ports: RemindPorts) -> bool:
    """Whether the mail went out."""
    subject, text = say_notice(notice, town, f"{ports.url}/console/{town.id}/inbox")
    try:
        ports.mails.send(Mail(notice.to.email, subject, text))
    except MailRefused:
        ports.notices.put(town.id, notice.to.staff_id, claimed, now)
        return False
    ports.notices.put(town.id, notice.to.staff_id, claimed.after(notice, now), now)
    return True
