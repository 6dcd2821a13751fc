"""What the town says to people of a contest by itself: the reminder before its end, and the word to a winner.

Both are free-form, so they go only to people whose service window is open; nobody pays for a template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.contests.contest import Contest, ContestEntry, ContestPhase
from stadtdraht.domain.conversation import LEFT_OF_WINDOW
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.turn import Overtaken, Turn
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.message_limits import TEXT_CHARACTERS
from stadtdraht.texts.contests import word_contest
from stadtdraht.texts.replies import or_in_ours
from stadtdraht.usecases.inbound.store_turn import store_turn, until_stored

if TYPE_CHECKING:
    from stadtdraht.ports.contests import Contests
    from stadtdraht.ports.inbound import AnswerQueue, Citizens


class NotToldWinner(StadtdrahtError):
    """The word to a winner cannot go out."""


class WinnerOutOfReach(NotToldWinner):
    """WhatsApp no longer lets the town write to the winner."""

    def __init__(self, entry: ContestEntry) -> None:
        super().__init__(
            f"the service window of who sent {entry.entry_id} is closed: WhatsApp lets the town write freely within "
            "24 hours of a person's last message"
        )
        self.contest_id = entry.contest_id
        self.entry_id = entry.entry_id


def remind(
    contest: Contest, town: Town, now: datetime, *, contests: Contests, citizens: Citizens, queue: AnswerQueue
) -> int:
    """Reminds, once each, everybody who agreed to the terms and may still send something; returns how many.

    Harmless to repeat: marked first, so that a crash leaves somebody without a reminder and nobody with two.
    """
    if contest.phase(now) is not ContestPhase.OPEN:
        return 0
    sent = Counter(entry.citizen_id for entry in contests.entries(town.id, contest.id))
    reminded = 0
    for agreed in contests.acceptances(town.id, contest.id):
        citizen = citizens.get(town.id, agreed.citizen_id)
        may = partial(_may_be_reminded, since=agreed.at, now=now)
        count = sent[agreed.citizen_id]
        if citizen is None or count >= contest.entries_per_person or not may(citizen):
            continue
        if contests.mark_reminded(contest, citizen.citizen_id):
            words = _reminder(contest, town, citizen.language, count)
            reminded += _tell(citizen, words, f"{contest.id} reminder", now, may, citizens=citizens, queue=queue)
    return reminded


def _reminder(contest: Contest, town: Town, language: str, count: int) -> str:
    """In our words where nothing can fill the town's own, whose answers say so to operators."""
    words, _ = or_in_ours(lambda its: word_contest("call_reminder", contest, its, language, count=count), town)
    return words


def tell_winner(
    entry: ContestEntry, words: str, by: str, now: datetime, *, citizens: Citizens, queue: AnswerQueue
) -> None:
    """Sends the town's own words to who sent the entry; `by` wrote them. Raises NotToldWinner."""
    if not 0 < len(words) <= TEXT_CHARACTERS:
        raise NotToldWinner(f"say it in 1 to {TEXT_CHARACTERS} characters")
    citizen = citizens.get(entry.town, entry.citizen_id)
    if citizen is None:
        raise NotToldWinner(f"the person behind {entry.entry_id} was erased")
    may = partial(_can_be_reached, now=now)
    cause = f"{entry.contest_id} {entry.entry_id} winner"
    if not _tell(citizen, words, cause, now, may, by=by, citizens=citizens, queue=queue):
        raise WinnerOutOfReach(entry)


def _can_be_reached(citizen: Citizen, now: datetime) -> bool:
    return citizen.window_open(now + LEFT_OF_WINDOW)


def _may_be_reminded(citizen: Citizen, since: datetime, now: datetime) -> bool:
    """Who left an offer after they agreed to take part does not want to hear from us unasked."""
    left = any(not consent.granted and consent.at >= since for consent in citizen.consents.values())
    return _can_be_reached(citizen, now) and not left


def _tell(
    citizen: Citizen,
    words: str,
    cause: str,
    now: datetime,
    may: Callable[[Citizen], bool],
    *,
    by: str = "",
    citizens: Citizens,
    queue: AnswerQueue,
) -> bool:
    """Hands one message to the door out; False when the person may not, or no longer, be told."""
    ref = AnswerRef.new(citizen.town, citizen.citizen_id, now, cause)
    answer = Answer(ref, {"type": "text", "text": {"body": words, "preview_url": False}}, by, by)

    def attempt(number: int) -> bool | Overtaken:
        current = citizens.get(citizen.town, citizen.citizen_id) if number else citizen
        if current is None or not may(current):
            return False
        turn = Turn(current, replace(current, version=current.version + 1), answers=(answer,))
        return store_turn(turn, citizens, queue) or Overtaken()

    return until_stored(attempt) is True
