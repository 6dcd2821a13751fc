"""Which member of staff is told by mail that somebody waits, and when. Mail leaves the system: it carries numbers only.

Who waits longer than some minutes of office time is news; need is news at once, day and night. What each person was
told is kept, so that nobody is told the same twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Self

from stadtdraht.domain.conversation import ListedConversation
from stadtdraht.domain.opening import hours_of, is_open, open_time
from stadtdraht.domain.staff.member import Member
from stadtdraht.domain.staff.roles import ANSWERS, Role
from stadtdraht.domain.town import Town

AFTER: Final = timedelta(minutes=10)  # of office time; the first minutes are for who is at the desk anyway
OTHERS_AFTER: Final = timedelta(minutes=30)  # then whoever else answers is told of a colleague's conversation
NOT_AGAIN_FOR: Final = timedelta(minutes=30)
WINDOW_ENDS_IN: Final = timedelta(hours=2)
NEED_MAILS: Final = 5  # to one person within NEED_WITHIN: each counts all who are in need, whatever it was sent for
NEED_WITHIN: Final = timedelta(minutes=5)
FAILED_APART: Final = timedelta(minutes=2)  # when Meta is down, all answers fail one after the other
NEED, WINDOW, FAILED = "need:", "window:", "failed:"
KEPT_FOR: Final = timedelta(days=2)  # what somebody was told; a window is over by then
HEARS_OF_NEED: Final = ANSWERS | {Role.CRISIS}


@dataclass(frozen=True, slots=True)
class Told:
    """What one person was told so far."""

    digest_at: datetime | None = None
    matters: Mapping[str, datetime] = field(default_factory=dict)
    """What was told at once, by a name of the matter, and when."""
    version: int = 0
    """How often it was written: who tells them something next shows it (`Notices.claim`)."""

    def knows(self, matter: str) -> bool:
        return matter in self.matters

    def mails_since(self, kind: str, at: datetime) -> int:
        """How many mails told them of such matters from then on."""
        return len({told for name, told in self.matters.items() if name.startswith(kind) and told > at})

    def after(self, notice: "Notice", now: datetime) -> Self:
        """As it stands when this has been told."""
        kept = {name: at for name, at in self.matters.items() if now - at < KEPT_FOR}
        told = kept | dict.fromkeys(notice.matters, now)
        return replace(self, digest_at=now if notice.waiting else self.digest_at, matters=told)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An answer of the town that did not arrive."""

    citizen_id: str
    message_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail to one person."""

    to: Member
    instead_of: str = ""
    """Name of the colleague who is away."""
    need: int = 0
    """Conversations that sound like an emergency and that nobody has opened."""
    windows: int = 0
    """People whom nobody has answered and to whom the town may soon not write freely."""
    undelivered: int = 0
    waiting: int = 0
    longest: timedelta = timedelta()
    """The longest of those waits, in office time."""
    matters: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.need or self.windows or self.undelivered or self.waiting)


@dataclass(frozen=True, slots=True)
class NoticesResult:
    """Whom to tell what. nobody_for_need: somebody may be in need, and the town has nobody whom it could tell."""

    notices: tuple[Notice, ...]
    nobody_for_need: bool = False


def due_notices(
    town: Town,
    now: datetime,
    listed: Sequence[ListedConversation],
    undelivered: Sequence[Undelivered],
    members: Sequence[Member],
    told: Mapping[str, Told],
) -> NoticesResult:
    """What to tell whom now. told: by staff id. A person is told with one mail what concerns them and what they do for
    others.
    """
    needs = [it for it in listed if it.is_need and it.conversation.unseen_need_since]
    here = [it for it in members if not it.is_away(now)]
    hear_of_need = [it for it in here if it.may(HEARS_OF_NEED)]
    notices = []
    for member in here:
        know = told.get(member.staff_id, Told())
        away = _away_for(member, members, now)
        notice = Notice(member, ", ".join(it.name for it in away))
        if member in hear_of_need:
            notice = _with_need(notice, needs, know, now)
        if member.mails and member.may(ANSWERS) and is_open(town, now):
            notice = _with_matters(notice, now, listed, undelivered, know)
            notice = _with_digest(notice, town, now, listed, know, [it.staff_id for it in away])
        if not notice.is_empty:
            notices.append(notice)
    return NoticesResult(tuple(notices), bool(needs) and not hear_of_need)


def unseen_need(town: Town, now: datetime, listed: Iterable[ListedConversation], after: timedelta) -> int:
    """How many flagged conversations nobody of the staff has opened for so long, in office time."""
    since = [it.conversation.unseen_need_since for it in listed]
    return sum(open_time(town, it, now) > after for it in since if it)


def _with_need(notice: Notice, needs: Sequence[ListedConversation], know: Told, now: datetime) -> Notice:
    if know.mails_since(NEED, now - NEED_WITHIN) >= NEED_MAILS:
        return notice
    found = {f"{NEED}{it.citizen_id}:{it.conversation.unseen_need_since:%Y%m%d%H%M%S}" for it in needs}
    new = sorted(it for it in found if not know.knows(it))
    return replace(notice, need=len(found) if new else 0, matters=(*notice.matters, *new))


def _with_matters(
    notice: Notice,
    now: datetime,
    listed: Sequence[ListedConversation],
    undelivered: Sequence[Undelivered],
    know: Told,
) -> Notice:
    ending = (
        it for it in listed if it.waiting_since and now < it.window_until <= now + WINDOW_ENDS_IN and not it.is_chain
    )
    windows = [name for it in ending if not know.knows(name := f"{WINDOW}{it.citizen_id}:{it.window_until:%Y%m%d%H}")]
    failed = [name for it in undelivered if not know.knows(name := f"{FAILED}{it.message_id}")]
    if know.mails_since(FAILED, now - FAILED_APART):
        failed = []
    matters = (*notice.matters, *windows, *failed)
    return replace(notice, windows=len(windows), undelivered=len(failed), matters=matters)


def _with_digest(
    notice: Notice, town: Town, now: datetime, listed: Sequence[ListedConversation], know: Told, away: Sequence[str]
) -> Notice:
    if know.digest_at and now - know.digest_at < NOT_AGAIN_FOR:
        return notice
    at_least = timedelta() if _has_just_opened(town, now) else AFTER
    waits = list(_waits(notice.to, town, now, listed, away, at_least))
    return replace(notice, waiting=len(waits), longest=max(waits, default=timedelta()))


def _waits(
    member: Member,
    town: Town,
    now: datetime,
    listed: Sequence[ListedConversation],
    away: Sequence[str],
    at_least: timedelta,
) -> Iterator[timedelta]:
    for it in listed:
        if it.waiting_since is None:
            continue
        waits = open_time(town, it.waiting_since, now)
        holder = it.conversation.assigned_to_id
        is_theirs = not it.assigned_to or holder == member.staff_id or holder in away
        if waits >= (at_least if is_theirs else OTHERS_AFTER):
            yield waits


def _away_for(member: Member, members: Sequence[Member], now: datetime) -> list[Member]:
    """Whose deputy they are at this moment."""
    return [it for it in members if it.is_away(now) and it.absence and it.absence.deputy_id == member.staff_id]


def _has_just_opened(town: Town, now: datetime) -> bool:
    """The morning's mail names whoever wrote in the night."""
    local = now.astimezone(town.zone)
    return any(opens <= local < opens + AFTER for opens, _ in hours_of(town, local.date()))
