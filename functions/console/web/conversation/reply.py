"""The box below the thread: a field while the town may write freely, else what is left to do."""

from dataclasses import dataclass

from functions.console.web.colleagues import everybody, signs_as
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Conversation, ReleaseRequest
from stadtdraht.domain.identifiers import text_digest
from stadtdraht.domain.staff.roles import ANSWERS
from stadtdraht.domain.whatsapp.message_limits import TEXT_CHARACTERS
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.console.people import say_writes
from stadtdraht.texts.staff.console.talk import Window
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.inbound.work_on_conversation import signature_of


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the field, and what is said about it."""

    text: str = ""
    is_given: bool = False
    """Whether the page says what stands there, whatever the browser has kept."""
    alert: str = ""
    """Why nothing was sent."""
    error: str = ""
    """What is wrong with the words."""
    anyway: bool = False
    """Whether the next press also answers for a colleague who has the conversation."""
    again: bool = False
    """Whether the next press sends what was held back."""
    saved: str = ""
    """When it was kept."""
    releases: bool = False
    """Whether the words are a colleague's, to be let out."""


@dataclass(frozen=True, slots=True)
class Reply:
    """As the page shows it. state: open, closed, never, none for whom the line alone answered, read for whoever may not
    write; where an answer waits for a release, `release` for whoever may let it out and `asked` for who wrote it.
    """

    state: str
    window: Window
    press: str
    seen: str
    text: str
    is_given: bool
    alert: str
    error: str
    anyway: bool
    most: int
    signature: str
    hint: str
    send_words: str
    saved: str = ""
    request: ReleaseRequest | None = None
    asked_words: str = ""
    """Such as "heute 10:39"."""

    @property
    def was(self) -> str:
        """A sign of the colleague's words, by which it is known whether they were changed."""
        return text_digest(self.request.words.strip()) if self.request else ""

    @property
    def most_words(self) -> str:
        return grouped(self.most)


def reply(visit: Visit, citizen: Citizen, typed: Typed) -> Reply:
    """What this member of staff can do about this person now."""
    talk, window = citizen.conversation, Window.of(visit.town, citizen.last_inbound_at, visit.now)
    request = talk.release if talk else None
    state = _state(visit, window, talk, typed)
    # What somebody lets out for a colleague is signed by the town alone.
    signature = signature_of(visit.town, "" if state == "release" else signs_as(visit))
    return Reply(
        state,
        window,
        visit.press(),
        talk.last_at.isoformat() if talk else "",
        request.words if request and state == "release" and not typed.releases else typed.text,
        typed.is_given,
        typed.alert,
        typed.error,
        typed.anyway,
        TEXT_CHARACTERS - (len(f"\n\n_{signature}_") if signature else 0),
        signature,
        say_writes(citizen.language),
        say("Trotzdem senden") if typed.again else say("Senden"),
        typed.saved,
        request,
        say_moment(visit.town, request.asked_at, visit.now) if request else "",
    )


def without_signature(visit: Visit, words: str) -> str:
    """What was typed of an answer as it went out, whoever of the town signed it."""
    typed, _, last = words.rpartition("\n\n")
    names = ("", *(it.name for it in everybody(visit)))
    signatures = {f"_{it}_" for name in names if (it := signature_of(visit.town, name))}
    return typed if last in signatures else words


def _state(visit: Visit, window: Window, talk: Conversation | None, typed: Typed) -> str:
    if not visit.may(ANSWERS):
        return "read"
    if window.until is None:
        return "never"
    if talk is None:
        return "none"
    request = talk.release
    if not window.is_open:
        return "closed"
    if request is None or "own" in visit.query or (visit.request.posts and not typed.releases):
        return "open"
    return "asked" if request.is_by(visit.by, visit.member.staff_id) else "release"
