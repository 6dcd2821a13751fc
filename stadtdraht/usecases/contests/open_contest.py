"""Opens and closes a contest. The clock does the rest: nothing has to run for it to begin or end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.contests.contest import REMINDER_BEFORE, Contest, ContestForm, ContestPhase
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.retention import CONVERSATION
from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Town
from stadtdraht.domain.understanding.exact_words import Meaning, understand

if TYPE_CHECKING:
    from stadtdraht.ports.contests import ContestReminders, Contests

TITLE_CHARACTERS = 60
KEYWORD_CHARACTERS = (3, 30)
ENTRIES_PER_PERSON = (1, 20)
LONGEST = timedelta(days=366)
KEPT_AT_MOST = timedelta(days=2 * 365)  # after its end; longer is no contest any more but an archive


class ContestNotFit(StadtdrahtError):
    """The contest as drafted cannot be opened. flaws: each with what its sentence needs."""

    def __init__(self, text: str, flaws: Mapping[str, Mapping[str, object]]) -> None:
        super().__init__(text)
        self.flaws = flaws


class ContestsOverlap(StadtdrahtError):
    """A town has one open contest at a time, so that a photo without words still has one place to go."""

    def __init__(self, other: Contest, town: Town) -> None:
        ends = other.ends_at.astimezone(town.zone)
        super().__init__(
            f"“{other.title}” ({other.id}) is open until {ends:%Y-%m-%d %H:%M}, "
            "and a town has one open contest at a time"
        )
        self.contest_id = other.id


class ContestMissing(StadtdrahtError):
    """No contest of that id."""

    def __init__(self, contest_id: str) -> None:
        super().__init__(f"there is no contest “{contest_id}”")
        self.contest_id = contest_id


class ContestChanged(StadtdrahtError):
    """Somebody else changed the contest meanwhile."""

    def __init__(self, contest_id: str) -> None:
        super().__init__(f"somebody else changed {contest_id} just now; look at it and decide again")
        self.contest_id = contest_id


def open_contest(
    contest: Contest, town: Town, now: datetime, *, contests: Contests, reminders: ContestReminders
) -> None:
    """Stores the contest, and has people reminded a day before its end.

    Raises ContestNotFit, ContestsOverlap, ContestChanged.
    """
    _check(contest, town, now)
    for other in contests.all(town.id):
        if other.overlaps(contest):
            raise ContestsOverlap(other, town)
    if not contests.save(None, contest):
        raise ContestChanged(contest.id)
    remind_at = contest.closes_at - REMINDER_BEFORE
    if remind_at > max(now, contest.opens_at):  # a contest of a day or less reminds of itself
        reminders.at(contest, remind_at)


def close_contest(contest: Contest, now: datetime, *, contests: Contests, reminders: ContestReminders) -> Contest:
    """Ends the contest now, or calls it off before it opens. Raises ContestNotFit when it is over; ContestChanged."""
    if contest.phase(now) not in (ContestPhase.PLANNED, ContestPhase.OPEN):
        raise ContestNotFit(f"{contest.id} is over already", {"over": {"contest_id": contest.id}})
    closed = replace(contest, closed_at=now, version=contest.version + 1)
    if not contests.save(contest, closed):
        raise ContestChanged(contest.id)
    reminders.cancel(contest.id)
    return closed


def _check(contest: Contest, town: Town, now: datetime) -> None:
    """Raises ContestNotFit with what is wrong, in words."""
    keyword = plain(contest.keyword)
    fewest, most = ENTRIES_PER_PERSON
    shortest, longest = KEYWORD_CHARACTERS
    title_fits = 0 < len(contest.title) <= TITLE_CHARACTERS and not any(sign in contest.title for sign in "*{}\n")
    taken = understand(contest.keyword, town).meaning is not Meaning.OTHER
    open_for, kept_until = contest.closes_at - contest.opens_at, contest.opens_at + CONVERSATION
    checks: tuple[tuple[str, bool, str, Mapping[str, object]], ...] = (
        (
            "title",
            title_fits,
            f"a title has 1 to {TITLE_CHARACTERS} characters and no * or {{ }}",
            {"most": TITLE_CHARACTERS},
        ),
        (
            "keyword_length",
            shortest <= len(keyword) <= longest,
            f"a keyword has {shortest} to {longest} letters or digits",
            {"fewest": shortest, "most": longest},
        ),
        (
            "keyword_taken",
            not taken,
            f"the keyword “{contest.keyword}” means something else already",
            {"keyword": contest.keyword},
        ),
        (
            "over_before_it_begins",
            contest.closes_at > max(now, contest.opens_at),
            "it would be over before it begins",
            {},
        ),
        (
            "too_long",
            open_for <= LONGEST,
            f"it would be open for more than {LONGEST.days} days",
            {"most": LONGEST.days},
        ),
        (
            "deleted_before_it_ends",
            contest.delete_at > contest.closes_at,
            "entries would be deleted before it ends",
            {},
        ),
        (
            "photos_kept",
            contest.form is not ContestForm.PHOTO or contest.delete_at <= kept_until,
            f"photos are kept for {CONVERSATION.days} days, so the day of deletion lies within them",
            {"most": CONVERSATION.days},
        ),
        (
            "entries_kept",
            contest.delete_at <= contest.closes_at + KEPT_AT_MOST,
            f"entries are kept for {KEPT_AT_MOST.days} days at most",
            {"most": KEPT_AT_MOST.days},
        ),
        ("terms", contest.terms_url.startswith("https://"), "the terms need an address that begins with https://", {}),
        (
            "entries_per_person",
            fewest <= contest.entries_per_person <= most,
            f"a person may send {fewest} to {most} entries",
            {"fewest": fewest, "most": most},
        ),
    )
    if found := {flaw: (text, facts) for flaw, fits, text, facts in checks if not fits}:
        text = "; ".join(text for text, _ in found.values())
        raise ContestNotFit(text, {flaw: facts for flaw, (_, facts) in found.items()})
