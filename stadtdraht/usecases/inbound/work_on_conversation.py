"""What staff do with a conversation: answer it, give it to somebody, write a note, close it, take a flag away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Conversation, Flag, StaffAct, mark_answered, remove_flag
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.turn import Note, Overtaken, Turn
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.message_limits import TEXT_CHARACTERS
from stadtdraht.usecases.inbound.store_turn import store_turn, until_stored

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import AnswerQueue, Citizens


class NoSuchConversation(StadtdrahtError):
    """The person is not known, or never wrote."""

    def __init__(self, citizen_id: str) -> None:
        super().__init__(f"there is no conversation with {citizen_id}")
        self.citizen_id = citizen_id


class CannotAnswer(StadtdrahtError):
    """The words cannot go out; the text says why and what is left."""


class WindowClosed(CannotAnswer):
    """WhatsApp takes no free words for this person now."""

    def __init__(self, town: Town, citizen: Citizen) -> None:
        at = citizen.last_inbound_at
        last = f"die letzte kam am {at.astimezone(town.zone):%d.%m.%Y um %H:%M} Uhr" if at else "bisher kam keine"
        super().__init__(f"{town.name} darf nur innerhalb von 24 Stunden nach einer Nachricht frei schreiben; {last}.")
        self.town_id = town.id
        self.citizen_id = citizen.citizen_id


class TakenBySomebody(StadtdrahtError):
    """A colleague has it."""

    def __init__(self, colleague: str) -> None:
        super().__init__(f"{colleague} has this conversation")
        self.colleague = colleague


class WroteMeanwhile(StadtdrahtError):
    """Somebody else's answer went out first."""


@dataclass(frozen=True, slots=True)
class StaffContext:
    """Who works, when, and with what."""

    town: Town
    by: str
    now: datetime
    citizens: Citizens
    queue: AnswerQueue

    def noted(self, act: StaffAct, text: str = "") -> Note:
        """That it was done, for the conversation's history."""
        return Note(self.now, self.by, text, act)


@dataclass(frozen=True, slots=True)
class Changed:
    """A conversation after an act of staff, the words that go out with it, and what is written down of it."""

    conversation: Conversation
    words: str = ""
    note: Note | None = None


def answer(
    staff: StaffContext,
    citizen_id: str,
    words: str,
    *,
    written_by: str = "",
    seen: datetime | None = None,
    anyway: bool = False,
) -> None:
    """Sends the town's own words, signed as the town does; the conversation waits no longer.

    written_by: who wrote them, where it is not who lets them out.
    seen: `last_at` as the writer saw it. anyway: also where a colleague has it, who is told by TakenBySomebody
    otherwise, so that nobody is answered twice. Raises CannotAnswer when the service window is closed or the text does
    not fit, and WroteMeanwhile when `seen` is given and the citizen has written since (the answer may no longer fit).
    """
    text = f"{words}\n\n_{staff.town.persona}_" if staff.town.persona else words
    if not words.strip():
        raise CannotAnswer("Eine Antwort braucht Worte")
    if (too_many := len(text) - TEXT_CHARACTERS) > 0:
        raise CannotAnswer(f"Sagen Sie es in höchstens {len(words) - too_many} Zeichen; dies sind {len(words)}")

    def change(citizen: Citizen, conversation: Conversation) -> Changed:
        if not citizen.window_open(staff.now):
            raise WindowClosed(staff.town, citizen)
        if conversation.assigned_to not in ("", staff.by) and not anyway:
            raise TakenBySomebody(conversation.assigned_to)
        if seen and conversation.last_at > seen:
            raise WroteMeanwhile(
                "Seit Sie gelesen haben, kam noch eine Nachricht. Lesen Sie sie zuerst, und antworten Sie dann"
            )
        after = replace(mark_answered(conversation, staff.now), assigned_to=conversation.assigned_to or staff.by)
        return Changed(after, text, None if conversation.assigned_to else staff.noted(StaffAct.ASSIGNED, staff.by))

    _change(staff, citizen_id, change, written_by or staff.by)


def assign(staff: StaffContext, citizen_id: str, to: str) -> None:
    """Gives it to somebody; "" to nobody."""
    done = staff.noted(StaffAct.ASSIGNED, to)
    _change(staff, citizen_id, lambda _, it: Changed(replace(it, assigned_to=to), note=done))


def close(staff: StaffContext, citizen_id: str) -> None:
    """Nobody has to answer any more."""
    done = staff.noted(StaffAct.CLOSED)

    def change(_: Citizen, it: Conversation) -> Changed:
        return Changed(replace(it, waiting_since=None, flags=frozenset(), assigned_to=""), note=done)

    _change(staff, citizen_id, change)


def unflag(staff: StaffContext, citizen_id: str, flag: Flag) -> None:
    """Takes a flag away; what was taken for a chain message waits for an answer after all."""
    done = staff.noted(StaffAct.UNFLAGGED, flag)
    _change(staff, citizen_id, lambda _, it: Changed(remove_flag(it, flag), note=done))


def note(staff: StaffContext, citizen_id: str, text: str) -> None:
    """Writes beside the conversation what only staff read. Raises CannotAnswer for a note without words."""
    if not text.strip():
        raise CannotAnswer("Eine Notiz braucht Worte")
    _change(staff, citizen_id, lambda _, it: Changed(it, note=staff.noted(StaffAct.NOTE, text)))


def _change(
    staff: StaffContext,
    citizen_id: str,
    change: Callable[[Citizen, Conversation], Changed],
    written_by: str = "",
) -> None:
    def attempt(number: int) -> bool | Overtaken:
        citizen = staff.citizens.get(staff.town.id, citizen_id)
        if citizen is None or citizen.conversation is None:
            raise NoSuchConversation(citizen_id)
        done = change(citizen, citizen.conversation)
        after = replace(citizen, conversation=done.conversation, version=citizen.version + 1)
        answers = (_answer(staff, citizen_id, done.words, number, written_by),) if done.words else ()
        turn = Turn(citizen, after, answers=answers, note=done.note)
        return store_turn(turn, staff.citizens, staff.queue) or Overtaken()

    if isinstance(until_stored(attempt), Overtaken):
        raise WroteMeanwhile("Jemand anderes ändert dieses Gespräch gerade. Sehen Sie noch einmal nach")


def _answer(staff: StaffContext, citizen_id: str, words: str, number: int, written_by: str) -> Answer:
    ref = AnswerRef.new(staff.town.id, citizen_id, staff.now, f"{staff.by}\n{staff.now.isoformat()}\n{words}\n{number}")
    return Answer(ref, {"type": "text", "text": {"body": words, "preview_url": False}}, written_by, staff.by)
