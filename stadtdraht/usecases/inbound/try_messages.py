"""Tries what the line would understand and answer, in memory: by the rules of the product, nothing stored or sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from stadtdraht.domain.cases.case import Case, CaseKind, CaseState
from stadtdraht.domain.citizen import Citizen, OfferConsent, WireIdentity
from stadtdraht.domain.contests.contest import Contest, ContestAcceptance, ContestEntry, ContestForm
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.free_wording import alert_from_wording
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.inbound.decision import UserInput, decide, read_input
from stadtdraht.domain.inbound.question_rules import repeated
from stadtdraht.domain.inbound.reply import Decision, MessageContext, ReplyKind
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding.ears import Ears
from stadtdraht.domain.understanding.reading import Because
from stadtdraht.usecases.inbound.load_context import InboundPorts, load_context
from stadtdraht.usecases.inbound.render_reply import ReplyContext, render_reply

CITIZEN = "0" * 20
SOME_PHONE = "491710000000"
BEFORE = timedelta(minutes=1)  # when what is given was so
EARLIER_CASE, EARLIER_MESSAGE = "0001", "wamid.earlier"
ASKS_WHETHER = frozenset({ReplyKind.STOP_ASK, ReplyKind.CONTEST_ASK})


@dataclass(frozen=True, slots=True)
class Given:
    """What is so before the first message; `asked` as the contract says it: "consent:news", "rate"."""

    takes: tuple[Offer, ...] = ()
    name: str = ""
    language: str = "de"
    asked: str = ""
    contest: bool = False
    closed_case: bool = False
    live_alert: str = ""


@dataclass(frozen=True, slots=True)
class TriedTurn:
    """What one message would do."""

    said: UserInput
    decision: Decision
    citizen: Citizen
    bodies: Sequence[Mapping[str, Any]]
    """As the Cloud API would get them, in the order of `decision.replies`."""
    is_sure: bool
    waits: bool
    """Whether somebody has to read it."""
    case: Case | None
    """The report that it opened or was added to."""


@dataclass
class Trial:
    """One conversation with a town, kept in memory."""

    town: Town
    ears: Ears
    context: ReplyContext
    citizen: Citizen
    memory: Memory
    met: bool
    shown: Sequence[Mapping[str, Any]] = ()
    """The last answers, whose buttons may be pressed."""
    pepper: bytes = b"trial"

    @classmethod
    def begin(cls, town: Town, ears: Ears, given: Given, at: datetime, context: ReplyContext) -> Trial:
        """Raises ValueError for a question that there is none of."""
        at -= BEFORE
        memory = Memory(town, given, at)
        consents = {offer: OfferConsent(granted=True, at=at - timedelta(days=1)) for offer in given.takes}
        citizen = Citizen(
            CITIZEN, town.id, WireIdentity(phone=SOME_PHONE), given.name, given.language, consents=consents
        )
        if question := _question(town, given, at):
            held = (EARLIER_MESSAGE,) if question.asked is Asked.CALL_TERMS else ()
            citizen = replace(citizen, dialogue=replace(citizen.dialogue, question=question, held_entries=held))
            if question.asked is Asked.RATE:
                citizen = replace(citizen, dialogue=replace(citizen.dialogue, last_case=question.about))
        if given.closed_case:
            citizen = replace(citizen, dialogue=replace(citizen.dialogue, last_case=memory.number(EARLIER_CASE)))
        return cls(town, ears, context, citizen, memory, met=bool(given.takes or given.asked or given.closed_case))

    def hear(self, message: IncomingMessage) -> TriedTurn:
        """The next message of this person."""
        town = self.town
        said = read_input(town, self.citizen, message, self.ears)
        town = town.at(message.at)
        context = load_context(town, self.citizen, message, said, self.memory.ports(self.pepper), is_new=not self.met)
        decision = self._numbered(decide(town, self.citizen, message, context, said), message.at)
        before, after = self.citizen, decision.after
        self.memory.keep(message, decision)
        self.citizen, self.met = after, True
        bodies = self.shown = [render_reply(reply, town, after, self.context) for reply in decision.replies]
        case = decision.case.after if decision.case and not _is_merely_rated(decision.case) else None
        kinds = {reply.kind for reply in decision.replies}
        is_sure = not kinds & ASKS_WHETHER and not any(reply.maybe_need for reply in decision.replies)
        waits = _waits_longer(before, after) or case is not None
        return TriedTurn(said, decision, after, bodies, is_sure, waits, case)

    def button(self, title: str, at: datetime) -> str:
        """Id of the button of that title: of the last answers, else of the question that stands open; "" for none."""
        bodies = self.shown
        if not bodies and (question := self.citizen.dialogue.asks(at)):
            context = MessageContext(
                contest=self.memory.current(self.town.id, at), case=self.memory.get(self.town.id, question.about)
            )
            again = repeated(context, question)
            bodies = [render_reply(again, self.town, self.citizen, self.context)] if again else []
        return next((it for body in bodies for it, name in pressable(body) if name.casefold() == title.casefold()), "")

    def explain(self, message: IncomingMessage) -> Sequence[Because]:
        """Why the text of a message would be understood as it would; to be asked before it is heard."""
        question = self.citizen.dialogue.asks(message.at)
        takes = [offer for offer in Offer if self.citizen.takes(offer)]
        return self.ears.explain(message.text, self.town, asked=question.asked if question else "", takes=takes)

    def _numbered(self, decision: Decision, at: datetime) -> Decision:
        if decision.case is None or decision.case.after.number:
            return decision
        return decision.numbered(self.memory.next_number(self.town.id, at.year), ())


def _is_merely_rated(change: CaseChange) -> bool:
    """Whether nothing was added that anybody has to read."""
    before, after = change.before, change.after
    return before is not None and replace(after, rating=before.rating, version=before.version) == before


def _waits_longer(before: Citizen, after: Citizen) -> bool:
    was = before.conversation.last_at if before.conversation else None
    now = after.conversation
    return now is not None and now.waiting_since is not None and now.last_at != was


def _question(town: Town, given: Given, at: datetime) -> Question | None:
    if not given.asked:
        return None
    kind, _, about = given.asked.partition(":")
    try:
        asked = Asked(kind)
    except ValueError:
        raise ValueError(f"there is no question “{kind}”; there are {', '.join(Asked)}") from None
    missing = tuple(text.offer for text in town.offers if text.offer not in given.takes)
    offers: tuple[Offer, ...] = ()
    if asked is Asked.CONSENT:
        offers = (Offer(about),) if about else missing
    elif asked is Asked.NAME:
        offers = tuple(offer for offer in town.name_required_for if offer in missing) or missing
    named = {Asked.CALL_TERMS: CONTEST_ID, Asked.RATE: f"{at.year}-{EARLIER_CASE}", Asked.FORGET: EARLIER_MESSAGE}
    return Question(asked, at, offers=offers, about=named.get(asked, ""))


CONTEST_ID = "fotowettbewerb"


class Memory:
    """What would be stored, and the reads that a decision needs."""

    def __init__(self, town: Town, given: Given, at: datetime) -> None:
        self._year = at.year
        self._messages: dict[str, IncomingMessage] = {}
        self._cases: dict[str, Case] = {}
        self._entries: dict[str, ContestEntry] = {}
        self._accepted: ContestAcceptance | None = None
        self._contest = _some_contest(town, at) if given.contest or given.asked == Asked.CALL_TERMS else None
        self._alert = alert_from_wording(given.live_alert, town, at) if given.live_alert else None
        if given.closed_case or given.asked == Asked.RATE:
            closed = _closed_case(town, self.number(EARLIER_CASE), at)
            self._cases[closed.number] = closed
        if given.asked in (Asked.CALL_TERMS, Asked.FORGET):
            self._messages[EARLIER_MESSAGE] = IncomingMessage(EARLIER_MESSAGE, at, "image", media_id="1")

    def ports(self, pepper: bytes) -> InboundPorts:
        """Itself in each place: load_context asks no more than what stands here."""
        here = cast("Any", self)
        return InboundPorts(here, here, here, here, here, here, here, here, pepper)

    def number(self, count: str) -> str:
        return f"{self._year}-{count}"

    def keep(self, message: IncomingMessage, decision: Decision) -> None:
        self._messages[message.wamid] = message
        if decision.case:
            self._cases[decision.case.after.number] = decision.case.after
        self._entries |= {entry.wamid: entry for entry in decision.contest_entries}
        self._accepted = decision.acceptance or self._accepted

    def next_number(self, town: str, year: int) -> str:
        del town
        return f"{year}-{len(self._cases) + int(EARLIER_CASE) + 1:04}"

    def get(self, town: str, number: str = "") -> Any:
        """A case by town and number; an alert by its id alone, of which none is linked here."""
        return self._cases.get(number) if number else None

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Case]:
        return list(reversed(self._cases.values()))

    def of(self, town: str, citizen_ids: Sequence[str]) -> Sequence[Any]:
        return ()

    def merged_ids(self, town: str, citizen_id: str) -> Sequence[str]:
        return ()

    def senders_of(self, town: str, compared: str, *, but: str) -> int:
        return 0

    def message(self, town: str, citizen_id: str, wamid: str) -> IncomingMessage | None:
        return self._messages.get(wamid)

    def current(self, town: str, at: datetime) -> Contest | None:
        return self._contest

    def accepted(self, town: str, contest_id: str, citizen_id: str) -> ContestAcceptance | None:
        return self._accepted

    def entries_of(self, town: str, contest_id: str, citizen_id: str) -> Sequence[ContestEntry]:
        return [entry for entry in self._entries.values() if not entry.withdrawn]

    def open_at(self, town: str, at: datetime) -> None:
        """No consultation is held."""

    def recent(self, town: str, *, limit: int) -> Sequence[Alert]:
        return (self._alert,) if self._alert else ()


def _some_contest(town: Town, at: datetime) -> Contest:
    return Contest(
        CONTEST_ID,
        town.id,
        "Fotowettbewerb",
        ContestForm.PHOTO,
        "Fotowettbewerb",
        opens_at=at - timedelta(days=7),
        closes_at=at + timedelta(days=7),
        delete_at=at + timedelta(days=60),
        terms_url=f"{town.website}/fotowettbewerb",
        terms_version="1",
    )


def _closed_case(town: Town, number: str, at: datetime) -> Case:
    yesterday = at - timedelta(days=1)
    return Case(
        town.id,
        number,
        CITIZEN,
        CaseKind.HINT,
        opened_at=yesterday - timedelta(days=5),
        due_at=yesterday,
        last_added_at=yesterday - timedelta(days=5),
        description="Die Straßenlampe ist kaputt.",
        state=CaseState.CLOSED,
        over_at=yesterday,
    )


def pressable(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(id, title) of each button and row of an answer."""
    action = body.get("interactive", {}).get("action", {})
    for button in action.get("buttons", ()):
        yield button["reply"]["id"], button["reply"]["title"]
    for section in action.get("sections", ()):
        for row in section["rows"]:
            yield row["id"], row["title"]
