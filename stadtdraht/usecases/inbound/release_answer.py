"""An answer that somebody else lets out: asked for, released, sent back; never sent past a message that came since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import CAME_SINCE, Conversation, ListedConversation, ReleaseRequest, StaffAct
from stadtdraht.domain.errors import ToldToStaff, german
from stadtdraht.usecases.inbound.work_on_conversation import (
    CannotAnswer,
    Changed,
    StaffContext,
    WindowClosed,
    all_was_read,
    answered,
    change_conversation,
    may_answer,
    signed_text,
)

if TYPE_CHECKING:
    from datetime import datetime


REASON_CHARACTERS = 500


class NothingToRelease(ToldToStaff):
    """No answer waits for a release here (any more)."""

    def __init__(self, citizen_id: str) -> None:
        super().__init__(german("Hier wartet keine Antwort auf Freigabe"))
        self.citizen_id = citizen_id


class OwnAnswer(ToldToStaff):
    """Who asked for the release cannot be the one who gives it."""

    def __init__(self) -> None:
        super().__init__(german("Wer um Freigabe bittet, gibt nicht selbst frei"))


class StaleAnswer(ToldToStaff):
    """The citizen wrote since the answer was put forward: it went back to who wrote it, and nothing was sent."""

    def __init__(self, by: str) -> None:
        super().__init__(
            german("Seit {by} um Freigabe gebeten hat, kam noch eine Nachricht; die Antwort ging zurück"), by=by
        )
        self.by = by


def ask_release(
    staff: StaffContext, citizen_id: str, words: str, *, seen: datetime, of: str = "", of_id: str = "", press: str = ""
) -> None:
    """Puts an answer before somebody who may let it out. Their own draft stays with who wrote it until it is sent.

    of: who is asked, as shown; "" for whoever may. Raises CannotAnswer (the words do not fit), WindowClosed,
    TakenBySomebody, WroteMeanwhile, AlreadyDone. One that waited before is replaced.
    """
    signed_text(staff.town, words)

    def change(citizen: Citizen, it: Conversation) -> Changed:
        if not citizen.window_open(staff.now):
            raise WindowClosed(staff.town, citizen)
        may_answer(staff, it)
        all_was_read(it, seen)
        request = ReleaseRequest(words, staff.by, staff.by_id, of, of_id, staff.now, seen)
        return Changed(replace(it, release=request), note=staff.noted(StaffAct.ASKED_RELEASE, of))

    change_conversation(staff, citizen_id, change, press)


def release_answer(
    staff: StaffContext, citizen_id: str, *, press: str, asked_at: datetime | None = None, words: str | None = None
) -> str:
    """Sends it; returns the id of who wrote it. Whoever lets it out is somebody else than who asked.

    asked_at: of the answer that was read, so that no other one goes out in its place. words: as who lets it out changed
    it, with both wordings kept; None for as it was put forward. Raises NothingToRelease, OwnAnswer, WindowClosed,
    AlreadyDone, CannotAnswer (the changed words do not fit); StaleAnswer when the citizen wrote since: then it went
    back to who asked, as they had put it, which the history says.
    """
    stale: list[str] = []
    writer = ""

    def change(citizen: Citizen, it: Conversation) -> Changed:
        nonlocal writer
        request = _waiting(it, citizen_id, asked_at)
        writer = request.by_id
        if request.is_by(staff.by, staff.by_id):
            raise OwnAnswer
        if it.release_is_stale:
            stale.append(request.by)
            return Changed(replace(it, release=None), note=staff.noted(StaffAct.SENT_BACK, CAME_SINCE))
        if not citizen.window_open(staff.now):
            raise WindowClosed(staff.town, citizen)
        body = as_asked = signed_text(staff.town, request.words)
        if words is not None and words.strip() != request.words.strip():
            body = signed_text(staff.town, words)
        changed = "" if body is as_asked else str(as_asked["text"]["body"])
        return answered(staff, it, body, request.by, request.by_id, changed)

    change_conversation(staff, citizen_id, change, press)
    if stale:
        raise StaleAnswer(stale[-1])
    return writer


def send_back(staff: StaffContext, citizen_id: str, why: str, *, asked_at: datetime | None = None) -> None:
    """Gives it back to who wrote it, with a reason; who asked may take it back without one."""

    def change(_: Citizen, it: Conversation) -> Changed:
        request = _waiting(it, citizen_id, asked_at)
        if not why.strip() and not request.is_by(staff.by, staff.by_id):
            raise CannotAnswer("Wer eine Antwort zurückgibt, sagt, warum")
        if len(why) > REASON_CHARACTERS:
            raise CannotAnswer(
                "Ein Grund hat höchstens {most} Zeichen; dies sind {there}", most=REASON_CHARACTERS, there=len(why)
            )
        return Changed(replace(it, release=None), note=staff.noted(StaffAct.SENT_BACK, why.strip()))

    change_conversation(staff, citizen_id, change)


def releases_in(waiting: Sequence[ListedConversation]) -> Sequence[ListedConversation]:
    """What waits for a release, the oldest first."""
    found = [(it.conversation.release.asked_at, it) for it in waiting if it.conversation.release]
    return [it for _, it in sorted(found, key=lambda pair: (pair[0], pair[1].citizen_id))]


def _waiting(conversation: Conversation, citizen_id: str, asked_at: datetime | None) -> ReleaseRequest:
    request = conversation.release
    if request is None or (asked_at is not None and request.asked_at != asked_at):
        raise NothingToRelease(citizen_id)
    return request
