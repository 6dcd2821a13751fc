"""Opens and closes a call for replies. The clock does the rest: nothing has to run for it to begin or end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.contests.contest import REMINDER_BEFORE, Call, CallForm, CallPhase
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.understanding import Meaning, understand
from stadtdraht.domain.retention import CONVERSATION
from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.contests import CallReminders, Calls

TITLE_CHARACTERS = 60
KEYWORD_CHARACTERS = (3, 30)
ENTRIES_PER_PERSON = (1, 20)
LONGEST = timedelta(days=366)
KEPT_AT_MOST = timedelta(days=2 * 365)  # after its end; longer is no contest any more but an archive


class CallNotFit(StadtdrahtError):
    """The call as drafted cannot be opened."""


class CallOverlaps(StadtdrahtError):
    """A town has one open call at a time, so that a photo without words still has one place to go."""

    def __init__(self, other: Call, town: Town) -> None:
        ends = other.ends_at.astimezone(town.zone)
        super().__init__(
            f"“{other.title}” ({other.id}) is open until {ends:%Y-%m-%d %H:%M}, and a town has one open call at a "
            f"time; take another time, or first `stadtdraht call close {other.id}`"
        )


class CallMissing(StadtdrahtError):
    """No call of that id."""

    def __init__(self, call_id: str) -> None:
        super().__init__(f"there is no call “{call_id}”; `stadtdraht call list --town …` shows those that are")


class CallChanged(StadtdrahtError):
    """Somebody else changed the call meanwhile."""

    def __init__(self, call_id: str) -> None:
        super().__init__(f"somebody else changed {call_id} just now; look at it and decide again")


def open_call(call: Call, town: Town, now: datetime, *, calls: Calls, reminders: CallReminders) -> None:
    """Stores the call, and has people reminded a day before its end. Raises CallNotFit, CallOverlaps, CallChanged."""
    _check(call, town, now)
    for other in calls.all(town.id):
        if other.overlaps(call):
            raise CallOverlaps(other, town)
    if not calls.save(None, call):
        raise CallChanged(call.id)
    remind_at = call.closes_at - REMINDER_BEFORE
    if remind_at > max(now, call.opens_at):  # a call of a day or less reminds of itself
        reminders.at(call, remind_at)


def close_call(call: Call, now: datetime, *, calls: Calls, reminders: CallReminders) -> Call:
    """Ends the call now, or calls it off before it opens. Raises CallNotFit when it is over, and CallChanged."""
    if call.phase(now) not in (CallPhase.PLANNED, CallPhase.OPEN):
        raise CallNotFit(f"{call.id} is over already")
    closed = replace(call, closed_at=now, version=call.version + 1)
    if not calls.save(call, closed):
        raise CallChanged(call.id)
    reminders.cancel(call.id)
    return closed


def _check(call: Call, town: Town, now: datetime) -> None:
    """Raises CallNotFit with what is wrong, in words."""
    keyword = plain(call.keyword)
    fewest, most = ENTRIES_PER_PERSON
    shortest, longest = KEYWORD_CHARACTERS
    wrong = {
        f"a title has 1 to {TITLE_CHARACTERS} characters and no * or {{ }}": not 0 < len(call.title) <= TITLE_CHARACTERS
        or any(sign in call.title for sign in "*{}\n"),
        f"a keyword has {shortest} to {longest} letters or digits": not shortest <= len(keyword) <= longest,
        f"the keyword “{call.keyword}” means something else already": understand(call.keyword, town).meaning
        is not Meaning.OTHER,
        "it would be over before it begins": call.closes_at <= max(now, call.opens_at),
        f"it would be open for more than {LONGEST.days} days": call.closes_at - call.opens_at > LONGEST,
        "entries would be deleted before it ends": call.delete_at <= call.closes_at,
        f"photos are kept for {CONVERSATION.days} days, so the day of deletion lies within them": (
            call.form is CallForm.PHOTO and call.delete_at > call.opens_at + CONVERSATION
        ),
        f"entries are kept for {KEPT_AT_MOST.days} days at most": call.delete_at > call.closes_at + KEPT_AT_MOST,
        "the terms need an address that begins with https://": not call.terms_url.startswith("https://"),
        f"a person may send {fewest} to {most} entries": not fewest <= call.entries_per_person <= most,
    }
    found = [what for what, is_so in wrong.items() if is_so]
    if found:
        raise CallNotFit("; ".join(found))
