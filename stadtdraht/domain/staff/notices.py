"""Which member of staff is told by mail that somebody waits, and when. Mail leaves the system: it carries numbers only.

Who waits longer than some minutes of office time is news. At once and at any hour is told what cannot wait: need,
windows that end, answers that did not arrive. What each person was told is kept, so that nobody is told the same twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Self

from stadtdraht.domain.conversation import ListedConversation
from stadtdraht.domain.opening import hours_of, is_open, open_time
from stadtdraht.domain.staff.member import Member, stands_in_for
from stadtdraht.domain.staff.roles import ANSWERS, Role
from stadtdraht.domain.town import Town

AFTER: Final = timedelta(minutes=10)  # of office time; the first minutes are for who is at the desk anyway
OTHERS_AFTER: Final = timedelta(minutes=30)  # then whoever else answers is told of a colleague's conversation
NOT_AGAIN_FOR: Final = timedelta(minutes=30)
WINDOW_ENDS_IN: Final = timedelta(hours=2)
NEED_MAILS: Final = 5  # to one person within NEED_WITHIN: each counts all who are in need, whatever it was sent for
NEED_WITHIN: Final = timedelta(minutes=5)
FAILED_APART: Final = timedelta(minutes=2)  # when Meta is down, all answers fail one after the other
FAILED_APART_AT_NIGHT: Final = timedelta(minutes=30)  # and nobody is there to answer anew
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
    overnight: int = 0
    """How many of them wrote while nobody was there, in the first mail after the doors open."""
    matters: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.need or self.windows or self.undelivered or self.waiting)


@dataclass(frozen=True, slots=True)
class NoticesResult:
    """Whom to tell what."""

    notices: tuple[Notice, ...]
    need_falls_to: frozenset[str] | None = None
    """Staff ids of those who hear of need, perhaps of none; None when nobody is in need."""
    nobody_on_duty: bool = False
    """Somebody has waited for long in office time, and everybody who answers is away."""


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
        away = stands_in_for(member.staff_id, members, now)
        notice = Notice(member, ", ".join(it.name for it in away))
        if member in hear_of_need:
            notice = _with_need(notice, needs, know, now)
        if member.mails and member.may(ANSWERS):
            notice = _with_matters(notice, town, now, listed, undelivered, know)
            if is_open(town, now):
                others = _of_others(members, now) - {member.staff_id, *(it.staff_id for it in away)}
                notice = _with_digest(notice, town, now, listed, know, others)
        if not notice.is_empty:
            notices.append(notice)
    falls_to = frozenset(it.staff_id for it in hear_of_need) if needs else None
    return NoticesResult(tuple(notices), falls_to, _is_left_alone(town, now, listed, members))


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
    town: Town,
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
    apart = FAILED_APART if is_open(town, now) else FAILED_APART_AT_NIGHT
    if know.mails_since(FAILED, now - apart):
        failed = []
    matters = (*notice.matters, *windows, *failed)
    return replace(notice, windows=len(windows), undelivered=len(failed), matters=matters)


def _with_digest(
    notice: Notice,
    town: Town,
    now: datetime,
    listed: Sequence[ListedConversation],
    know: Told,
    others: frozenset[str],
) -> Notice:
    """others: staff ids of colleagues whose conversations are news only later."""
    if know.digest_at and now - know.digest_at < NOT_AGAIN_FOR:
        return notice
    opened = _just_opened(town, now)
    waits = list(_waits(town, now, listed, others, timedelta() if opened else AFTER))
    overnight = sum(opened is not None and _wrote_before(town, since, opened) for since, _ in waits)
    longest = max((it for _, it in waits), default=timedelta())
    return replace(notice, waiting=len(waits), longest=longest, overnight=overnight)


def _waits(
    town: Town, now: datetime, listed: Sequence[ListedConversation], others: frozenset[str], at_least: timedelta
) -> Iterator[tuple[datetime, timedelta]]:
    """Since when, and how much office time that is."""
    for it in listed:
        if it.waiting_since is None:
            continue
        waits, holder = open_time(town, it.waiting_since, now), it.conversation.assigned_to_id
        is_others = bool(it.assigned_to) and (not holder or holder in others)
        if waits >= (OTHERS_AFTER if is_others else at_least):
            yield it.waiting_since, waits


def _of_others(members: Sequence[Member], now: datetime) -> frozenset[str]:
    """Staff ids of those who look after what is theirs: they are there, or their deputy is. What was given to anybody
    else, who is away or gone, is nobody's.
    """
    here = {it.staff_id for it in members if not it.is_away(now)}
    looked_after = (it.staff_id in here or (it.absence and it.absence.deputy_id in here) for it in members)
    return frozenset(it.staff_id for it, is_so in zip(members, looked_after, strict=True) if is_so)


def _is_left_alone(town: Town, now: datetime, listed: Sequence[ListedConversation], members: Sequence[Member]) -> bool:
    """Never in a town whose staff do not work here at all."""
    answers = [it for it in members if it.may(ANSWERS)]
    if not answers or not is_open(town, now) or not all(it.is_away(now) for it in answers):
        return False
    return any(it.waiting_since and open_time(town, it.waiting_since, now) >= OTHERS_AFTER for it in listed)


def _just_opened(town: Town, now: datetime) -> datetime | None:
    """When the doors opened, in the minutes after: that mail names whoever wrote in the night."""
    local = now.astimezone(town.zone)
    return next((opens for opens, _ in hours_of(town, local.date()) if opens <= local < opens + AFTER), None)


def _wrote_before(town: Town, since: datetime, opened: datetime) -> bool:
    """Whether they began to wait between the last closing and this opening."""
    return since < opened and not open_time(town, since, opened)
