"""What staff do with a conversation: answer it, give it to somebody, write a note, close it, take a flag away."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Conversation, Flag, StaffAct, mark_answered, remove_flag
from stadtdraht.domain.errors import StadtdrahtError, ToldToStaff, german
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.turn import CaseChange, Note, Overtaken, Turn
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


class CannotAnswer(ToldToStaff):
    """The words cannot go out; the text says why and what is left."""


WINDOW_CLOSED = german(
    "{town} darf nur innerhalb von 24 Stunden nach einer Nachricht frei schreiben; die letzte kam am "
    "{last:%d.%m.%Y um %H:%M} Uhr."
)
NEVER_WROTE = german("{town} darf nur innerhalb von 24 Stunden nach einer Nachricht frei schreiben; bisher kam keine.")


class WindowClosed(CannotAnswer):
    """WhatsApp takes no free words for this person now."""

    def __init__(self, town: Town, citizen: Citizen) -> None:
        at = citizen.last_inbound_at
        sentence = WINDOW_CLOSED if at else NEVER_WROTE
        super().__init__(sentence, town=town.name, last=at.astimezone(town.zone) if at else None)
        self.town_id = town.id
        self.citizen_id = citizen.citizen_id


class TakenBySomebody(ToldToStaff):
    """A colleague has it."""

    def __init__(self, colleague: str) -> None:
        super().__init__(german("{colleague} hat dieses Gespräch"), colleague=colleague)
        self.colleague = colleague


class WroteMeanwhile(ToldToStaff):
    """Somebody else's answer went out first."""


class AlreadyDone(ToldToStaff):
    """The same form was posted before: it was done then, and nothing is done now."""

    def __init__(self, citizen_id: str) -> None:
        super().__init__(german("Das ist schon gesendet"))
        self.citizen_id = citizen_id


@dataclass(frozen=True, slots=True)
class StaffContext:
    """Who works, when, and with what."""

    town: Town
    by: str
    """The name that is shown."""
    now: datetime
    citizens: Citizens
    queue: AnswerQueue
    by_id: str = ""
    """Their id; "" for whoever works by the command line."""
    signs_as: str = ""
    """The name that citizens read below what they answer; "" where the town alone signs."""
    stands_in_for: Callable[[], frozenset[str]] = frozenset
    """Ids of colleagues who are away and whose deputy they are; asked only where it matters."""

    def noted(self, act: StaffAct, text: str = "") -> Note:
        """That it was done, for the conversation's history."""
        return Note(self.now, self.by, text, act, self.by_id)


@dataclass(frozen=True, slots=True)
class Changed:
    """A conversation after an act of staff, the words that go out with it, and what is written down of it."""

    conversation: Conversation
    body: Mapping[str, Any] | None = None
    """Of the message that goes out."""
    note: Note | None = None
    written_by: str = ""
    """Who wrote it; "" for who acts."""
    written_by_id: str = ""
    put_forward: str = ""
    """What they had written, signed, where who acts changed it."""
    case: CaseChange | None = None
    """A report that came of it, and that what the person writes next belongs to."""


def answer(
    staff: StaffContext,
    citizen_id: str,
    words: str,
    *,
    press: str,
    written_by: str = "",
    seen: datetime | None = None,
    anyway: bool = False,
) -> None:
    """Sends the town's own words, signed; the conversation waits no longer.

    press: a nonce of the form or command, so that the same answer goes out once; the second time raises AlreadyDone.
    written_by: who wrote them, where it is not who lets them out.
    seen: `last_at` as the writer saw it. anyway: also where a colleague has it, who is told by TakenBySomebody
    otherwise, so that nobody is answered twice. Raises CannotAnswer when the service window is closed or the text does
    not fit, and WroteMeanwhile when `seen` is given and the citizen has written since (the answer may no longer fit).
    """
    body = signed_text(staff.town, words, staff.signs_as)

    def change(citizen: Citizen, conversation: Conversation) -> Changed:
        if not citizen.window_open(staff.now):
            raise WindowClosed(staff.town, citizen)
        if not anyway:
            may_answer(staff, conversation)
        all_was_read(conversation, seen)
        return answered(staff, conversation, body, written_by)

    change_conversation(staff, citizen_id, change, press)


def signature_of(town: Town, name: str = "") -> str:
    """What stands below an answer: as the town signs, behind the name of whoever wants theirs there."""
    return ", ".join(filter(None, (name.replace("_", " "), town.persona)))  # between underscores, as WhatsApp slants


def signed_text(town: Town, words: str, name: str = "") -> Mapping[str, Any]:
    """The message with these words, signed. Raises CannotAnswer where they do not fit."""
    signature = signature_of(town, name)
    text = f"{words}\n\n_{signature}_" if signature else words
    if not words.strip():
        raise CannotAnswer("Eine Antwort braucht Worte")
    if (too_many := len(text) - TEXT_CHARACTERS) > 0:
        raise CannotAnswer(
            "Sagen Sie es in höchstens {most} Zeichen; dies sind {there}", most=len(words) - too_many, there=len(words)
        )
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def may_answer(staff: StaffContext, conversation: Conversation) -> None:
    """Raises TakenBySomebody where a colleague has it, unless they are away and who acts is their deputy."""
    if not conversation.assigned_to or conversation.is_of(staff.by, staff.by_id):
        return
    if conversation.assigned_to_id not in staff.stands_in_for():
        raise TakenBySomebody(conversation.assigned_to)


def all_was_read(conversation: Conversation, seen: datetime | None) -> None:
    """Raises WroteMeanwhile where the citizen wrote since; the words may no longer fit. seen: None asks nothing."""
    if seen and conversation.last_at > seen:
        raise WroteMeanwhile(
            "Seit Sie gelesen haben, kam noch eine Nachricht. Lesen Sie sie zuerst, und antworten Sie dann"
        )


def answered(
    staff: StaffContext,
    conversation: Conversation,
    body: Mapping[str, Any],
    written_by: str = "",
    written_by_id: str = "",
    put_forward: str = "",
) -> Changed:
    """The conversation after an answer: nobody waits, and it is whose who answered, unless somebody has it."""
    after = mark_answered(conversation, staff.now)
    if conversation.assigned_to:
        return Changed(after, body, None, written_by, written_by_id, put_forward)
    taken = replace(after, assigned_to=staff.by, assigned_to_id=staff.by_id)
    noted = staff.noted(StaffAct.ASSIGNED, staff.by)
    return Changed(taken, body, noted, written_by, written_by_id, put_forward)


def assign(staff: StaffContext, citizen_id: str, to: str, to_id: str = "", *, had: str | None = None) -> None:
    """Gives it to somebody; "" to nobody.

    had: `Conversation.had_by` as whoever gives it had read it; TakenBySomebody where a colleague took it since.
    """
    done = staff.noted(StaffAct.ASSIGNED, to)

    def change(_: Citizen, it: Conversation) -> Changed:
        if had is not None and it.had_by not in ("", had):
            may_answer(staff, it)
        return Changed(replace(it, assigned_to=to, assigned_to_id=to_id), note=done)

    change_conversation(staff, citizen_id, change)


def close(staff: StaffContext, citizen_id: str, *, seen: datetime | None = None) -> None:
    """Nobody has to answer any more. seen: as for `answer`, so that nothing is closed that nobody has read."""
    _close(staff, citizen_id, staff.noted(StaffAct.CLOSED), seen)


def telephoned(staff: StaffContext, citizen_id: str, words: str, *, seen: datetime | None, press: str) -> None:
    """It was settled by telephone: said in a note with these words, and closed, both or neither."""
    _close(staff, citizen_id, staff.noted(StaffAct.NOTE, words), seen, press)


def _close(staff: StaffContext, citizen_id: str, noted: Note, seen: datetime | None, press: str = "") -> None:
    def change(_: Citizen, it: Conversation) -> Changed:
        all_was_read(it, seen)
        return Changed(it.closed(), note=noted)

    change_conversation(staff, citizen_id, change, press)


def unflag(staff: StaffContext, citizen_id: str, flag: Flag, *, seen: datetime | None = None) -> None:
    """Takes a flag away; what was taken for a chain message waits for an answer after all. seen: as for `answer`."""
    done = staff.noted(StaffAct.UNFLAGGED, flag)

    def change(_: Citizen, it: Conversation) -> Changed:
        all_was_read(it, seen)
        return Changed(remove_flag(it, flag), note=done)

    change_conversation(staff, citizen_id, change)


def note(staff: StaffContext, citizen_id: str, text: str, *, press: str = "") -> None:
    """Writes beside the conversation what only staff read. Raises CannotAnswer for a note without words.

    press: a nonce of the form, so that it is written once; the second time raises AlreadyDone.
    """
    if not text.strip():
        raise CannotAnswer("Eine Notiz braucht Worte")
    written = staff.noted(StaffAct.NOTE, text)
    change_conversation(staff, citizen_id, lambda _, it: Changed(it, note=written), press)


def change_conversation(
    staff: StaffContext,
    citizen_id: str,
    change: Callable[[Citizen, Conversation], Changed],
    press: str = "",
) -> None:
    """Stores what staff did, with the message that goes out with it. The same press does it once.

    Raises NoSuchConversation, AlreadyDone, WroteMeanwhile, and what `change` raises.
    """

    def attempt(number: int) -> bool | Overtaken:
        done_before = staff.citizens.pressed(staff.town.id, citizen_id, press) if press else None
        if done_before is not None:
            staff.queue.put(done_before)  # whoever pressed first may have died before this
            raise AlreadyDone(citizen_id)
        citizen = staff.citizens.get(staff.town.id, citizen_id)
        if citizen is None or citizen.conversation is None:
            raise NoSuchConversation(citizen_id)
        done = change(citizen, citizen.conversation)
        talk = citizen.dialogue
        dialogue = replace(talk, last_case=done.case.after.number) if done.case else talk
        version = citizen.version + 1
        after = replace(citizen, conversation=done.conversation, dialogue=dialogue, version=version)
        answers = (
            (_answer(staff, citizen_id, done, press or f"{staff.now.isoformat()}\n{number}"),) if done.body else ()
        )
        turn = Turn(citizen, after, answers=answers, note=done.note, case=done.case, press=press)
        return store_turn(turn, staff.citizens, staff.queue) or Overtaken()

    if isinstance(until_stored(attempt), Overtaken):
        raise WroteMeanwhile("Jemand anderes ändert dieses Gespräch gerade. Sehen Sie noch einmal nach")


def _answer(staff: StaffContext, citizen_id: str, done: Changed, name: str) -> Answer:
    ref = AnswerRef.new(staff.town.id, citizen_id, staff.now, f"{staff.by}\n{name}\n{json.dumps(done.body)}")
    by, by_id = (done.written_by, done.written_by_id) if done.written_by else (staff.by, staff.by_id)
    return Answer(ref, done.body or {}, by, staff.by, by_id, staff.by_id, done.put_forward)
