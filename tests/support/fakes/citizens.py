"""People and answers in memory; a turn is put down whole or not at all, as on the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stadtdraht.domain.citizen import Citizen, ConsentEntry, WireIdentity
from stadtdraht.domain.conversation import SERVICE_WINDOW, Line, LinePage, ListedConversation, RecentPage, with_quotes
from stadtdraht.domain.delivery.delivery import Accepted, Halted, NotSent, Refused, SendOutcome
from stadtdraht.domain.identifiers import citizen_id, message_id
from stadtdraht.domain.inbound.answer import Answer, AnswerClaim, AnswerRef, Send, Settled, Wait
from stadtdraht.domain.inbound.named import Named
from stadtdraht.domain.inbound.turn import Committed, Note, Overtaken, Repeated, Turn, TurnOutcome
from stadtdraht.domain.media.media import Media
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.phone_numbers import masked, one_spelling
from stadtdraht.domain.text import plain
from tests.support.fakes.cases import FakeCases
from tests.support.fakes.consultations import FakeConsultations
from tests.support.fakes.contests import FakeContests

LOOK_AGAIN_S = 30
ATTEMPTS = 2


@dataclass
class StoredAnswer:
    answer: Answer
    to: WireIdentity
    message_id: str
    progress: str = "waiting"
    attempt: int = 0
    claimed_at: datetime | None = None


@dataclass
class FakeCitizens:
    pepper: bytes = b"pepper"
    people: dict[tuple[str, str], Citizen] = field(default_factory=dict)
    identities: dict[tuple[str, str], str] = field(default_factory=dict)
    given_up: dict[tuple[str, str], datetime] = field(default_factory=dict)
    since: dict[tuple[str, str], datetime] = field(default_factory=dict)
    messages: dict[tuple[str, str, str, datetime], IncomingMessage] = field(default_factory=dict)
    entries: dict[tuple[str, str], list[ConsentEntry]] = field(default_factory=dict)
    stored: dict[AnswerRef, StoredAnswer] = field(default_factory=dict)
    same: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    notes: dict[tuple[str, str], list[Note]] = field(default_factory=dict)
    presses: dict[tuple[str, str, str], tuple[AnswerRef, ...]] = field(default_factory=dict)
    joins: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    cases: FakeCases = field(default_factory=FakeCases)
    contests: FakeContests = field(default_factory=FakeContests)
    forgotten_files: list[Media] = field(default_factory=list)
    consultations: FakeConsultations = field(default_factory=FakeConsultations)

    def find(self, town: str, identity: WireIdentity, at: datetime | None = None) -> Citizen | None:
        for value in identity.spelt:
            known = self.identities.get((town, value))
            found = self.get(town, known) if known and self._leads((town, value), at) else None
            if found and (value == identity.user_id or identity.may_be(found.identity)):
                return found
        found = self.get(town, citizen_id(self.pepper, town, identity))
        return found if found and set(found.identity.spelt) & set(identity.spelt) else None

    def look_up(self, town: str, identity: WireIdentity, at: datetime) -> Named:
        new_id = citizen_id(self.pepper, town, identity)
        given_up_at = self.given_up_at(town, identity.phone) if identity.phone else None
        return Named(self.find(town, identity, at), "" if self.get(town, new_id) else new_id, given_up_at)

    def _leads(self, name: tuple[str, str], at: datetime | None) -> bool:
        until, since = self.given_up.get(name), self.since.get(name)
        return until is None if at is None else (until is None or at <= until) and (since is None or at > since)

    def given_up_at(self, town: str, phone: str) -> datetime | None:
        return self.given_up.get((town, one_spelling(phone)))

    def get(self, town: str, citizen_id: str) -> Citizen | None:
        return self.people.get((town, citizen_id))

    def commit(self, turn: Turn) -> TurnOutcome:
        town, who = turn.after.town, turn.after.citizen_id
        if turn.message and (town, who, turn.message.wamid, turn.message.at) in self.messages:
            return Repeated()
        standing = self.cases.get(town, turn.case.after.number) if turn.case else None
        if turn.case and (standing and standing.version) != (turn.case.before and turn.case.before.version):
            return Overtaken()
        if turn.merged and self.people.get((town, turn.merged.before.citizen_id)) != turn.merged.before:
            return Overtaken()
        if turn.press and (town, who, turn.press) in self.presses:
            return Overtaken()
        if not self._store(turn.before, turn.after, turn.entries, turn.identities):
            return Overtaken()
        if turn.press:
            self.presses[town, who, turn.press] = tuple(answer.ref for answer in turn.answers)
        if turn.since:
            self.since[town, one_spelling(turn.after.identity.phone or "")] = turn.since
        for value, at in turn.given_up:
            self.identities[town, one_spelling(value)] = who
            self.given_up[town, one_spelling(value)] = at
        if turn.message:
            self.messages[town, who, turn.message.wamid, turn.message.at] = turn.message
        for answer in turn.answers:
            wamid = turn.message.wamid if turn.message else ""
            self.stored[answer.ref] = StoredAnswer(answer, turn.after.identity, wamid)
        self._store_beside(turn)
        return Committed(tuple(answer.ref for answer in turn.answers))

    def message(self, town: str, citizen_id: str, wamid: str) -> IncomingMessage | None:
        whose = self._all_of(town, citizen_id)
        mine = [
            it
            for (of, who, name, _), it in self.messages.items()
            if of == town and who in whose and message_id(name) == message_id(wamid)
        ]
        return max(mine, key=lambda it: it.at, default=None)

    def last_message(self, town: str, citizen_id: str) -> IncomingMessage | None:
        whose = self._all_of(town, citizen_id)
        mine = [it for (of, who, *_), it in self.messages.items() if of == town and who in whose]
        return max(mine, key=lambda it: it.at, default=None)

    def pressed(self, town: str, citizen_id: str, press: str) -> Sequence[AnswerRef] | None:
        return self.presses.get((town, citizen_id, press))

    def senders_of(self, town: str, same_text: str, *, but: str) -> int:
        return len(self.same.get((town, same_text), set()) - {but})

    def waiting(self, town: str) -> Sequence[ListedConversation]:
        return [it for it in self.listed(town) if it.conversation.needs_staff]

    def listed(self, town: str) -> Sequence[ListedConversation]:
        """Everybody with a conversation who was not taken for another person."""
        taken = {other for (of, _), others in self.joins.items() if of == town for other in others}
        return [
            ListedConversation(
                it.citizen_id,
                it.name,
                masked(it.identity.phone) if it.identity.phone else "",
                it.language,
                max(it.last_inbound_at or talk.last_at, talk.last_at) + SERVICE_WINDOW,
                talk,
            )
            for (of, _), it in self.people.items()
            if of == town and (talk := it.conversation) and it.citizen_id not in taken
        ]

    def _store_beside(self, turn: Turn) -> None:
        town, who = turn.after.town, turn.after.citizen_id
        if turn.merged:
            self.people[town, turn.merged.after.citizen_id] = turn.merged.after
            self.joins.setdefault((town, who), []).append(turn.merged.after.citizen_id)
            for change in turn.merged.cases:
                self.cases.put(change)
        if turn.case:
            self.cases.put(turn.case)
        if turn.acceptance:
            self.contests.accept(turn.acceptance)
        self.consultations.mark(turn)
        for entry in turn.contest_entries:
            self.contests.enter(entry)
        if turn.note:
            self.notes.setdefault((town, who), []).append(turn.note)
        if turn.same_text:
            self.same.setdefault((town, turn.same_text), set()).add(who)
        self.forgotten_files += turn.forgotten_files
        for at, wamid in turn.forget:
            if (town, who, wamid, at) in self.messages and not (turn.message and turn.message.wamid == wamid):
                self.messages[town, who, wamid, at] = IncomingMessage(wamid, at, "forgotten")

    def bring(self, before: Citizen | None, after: Citizen, entries: Sequence[ConsentEntry]) -> bool:
        return self._store(before, after, entries, (after.identity,))

    def ledger(self, town: str, citizen_id: str) -> Sequence[ConsentEntry]:
        found = [entry for who in self._all_of(town, citizen_id) for entry in self.entries.get((town, who), [])]
        return sorted(found, key=lambda it: (it.at, it.offer))

    def names(self, town: str, citizen_id: str) -> frozenset[str]:
        whose = self._all_of(town, citizen_id)
        return frozenset(name for (of, name), who in self.identities.items() if of == town and who in whose)

    def merged_ids(self, town: str, citizen_id: str) -> Sequence[str]:
        direct = self.joins.get((town, citizen_id), [])
        return [who for other in direct for who in (other, *self.merged_ids(town, other))]

    def rows(self, town: str, citizen_id: str) -> Sequence[Mapping[str, Any]]:
        whose = self._all_of(town, citizen_id)
        found: list[Mapping[str, Any]] = [{"sk": "PROFILE"} for who in whose if (town, who) in self.people]
        found += [{"sk": f"MESSAGE#{wamid}"} for of, who, wamid, _ in self.messages if of == town and who in whose]
        return found

    def erase(self, town: str, citizen_id: str) -> int:
        gone = len(self.rows(town, citizen_id))
        for other in self.joins.pop((town, citizen_id), []):
            self.erase(town, other)
        self.people.pop((town, citizen_id), None)
        self.entries.pop((town, citizen_id), None)
        self.identities = {key: who for key, who in self.identities.items() if (key[0], who) != (town, citizen_id)}
        self.given_up = {key: at for key, at in self.given_up.items() if key in self.identities}
        self.messages = {key: it for key, it in self.messages.items() if key[:2] != (town, citizen_id)}
        self.stored = {ref: it for ref, it in self.stored.items() if (ref.town, ref.citizen_id) != (town, citizen_id)}
        return gone

    def history(self, town: str, citizen_id: str) -> Sequence[Line]:
        whose = self._all_of(town, citizen_id)
        mine = [it for (of, who, *_), it in self.messages.items() if of == town and who in whose]
        return with_quotes(
            Line(
                it.at,
                "citizen",
                it.kind,
                it.as_read,
                "",
                message_id(it.wamid),
                message_id(it.in_reply_to),
                latitude=it.latitude,
                longitude=it.longitude,
                place_name=it.place_name,
            )
            for it in mine
        )

    def _all_of(self, town: str, citizen_id: str) -> Sequence[str]:
        return [citizen_id, *self.merged_ids(town, citizen_id)]

    def _store(
        self,
        before: Citizen | None,
        after: Citizen,
        entries: Sequence[ConsentEntry],
        identities: Sequence[WireIdentity],
    ) -> bool:
        key = (after.town, after.citizen_id)
        standing = self.people.get(key)
        if (standing.version if standing else None) != (before.version if before else None):
            return False
        self.people[key] = after
        self.entries.setdefault(key, []).extend(entries)
        for identity in (after.identity, *identities):
            for value in set(identity.names) - set(before.identity.names if before else ()):
                self.identities[after.town, value] = after.citizen_id
                self.given_up.pop((after.town, value), None)
        return True


@dataclass
class FakeConversations:
    citizens: FakeCitizens

    def waiting(self, town: str) -> Sequence[ListedConversation]:
        return self.citizens.waiting(town)

    def recent(self, town: str, now: datetime, *, before: str = "", limit: int = 50) -> RecentPage:
        places = {f"{it.conversation.last_at.isoformat()}#{it.citizen_id}": it for it in self.citizens.listed(town)}
        before = before if before in places else ""
        left = sorted((place for place in places if not before or place < before), reverse=True)
        return RecentPage(tuple(places[it] for it in left[:limit]), left[:limit][-1] if len(left) > limit else "")

    def lines(self, town: str, ids: Sequence[str], *, before: datetime | None = None, limit: int = 50) -> LinePage:
        mine = [it for it in self.citizens.history(town, ids[0]) if before is None or it.at < before]
        if len(mine) <= limit:
            return LinePage(tuple(mine))
        oldest = mine[-limit:][0].at
        return LinePage(tuple(it for it in mine if it.at >= oldest), oldest)

    def named(self, town: str, prefix: str, *, limit: int = 20) -> Sequence[str]:
        wanted = plain(prefix)
        ends = [
            (f"{' '.join(words[number:])}#{it.citizen_id}", it.citizen_id)
            for (of, _), it in self.citizens.people.items()
            if of == town and wanted
            for words in [plain(it.name).split()]
            for number in range(len(words))
        ]
        return list(dict.fromkeys(who for end, who in sorted(ends) if end.startswith(wanted)))[:limit]


@dataclass
class FakeAnswers:
    citizens: FakeCitizens
    reported: set[AnswerRef] = field(default_factory=set)

    def pending(self, town: str, citizen_id: str, message_id: str) -> Sequence[AnswerRef]:
        return [
            ref
            for ref, it in self.citizens.stored.items()
            if (ref.town, ref.citizen_id, it.message_id, it.progress) == (town, citizen_id, message_id, "waiting")
        ]

    def unsettled(self, town: str, citizen_id: str) -> bool:
        mine = [it for ref, it in self.citizens.stored.items() if (ref.town, ref.citizen_id) == (town, citizen_id)]
        return any(it.progress != "done" for it in mine)

    def claim(self, ref: AnswerRef, now: datetime) -> AnswerClaim:
        row = self.citizens.stored.get(ref)
        if row is None or row.progress == "done":
            return Settled()
        if row.progress == "claimed" and row.claimed_at:
            age_s = (now - row.claimed_at).total_seconds()
            if ref in self.reported or (age_s >= LOOK_AGAIN_S and row.attempt >= ATTEMPTS):
                row.progress = "done"
                return Settled()
            if age_s < LOOK_AGAIN_S:
                return Wait(int(LOOK_AGAIN_S - age_s) + 1)
        row.progress, row.attempt, row.claimed_at = "claimed", row.attempt + 1, now
        return Send(row.answer, row.to.user_id, row.to.phone, row.attempt)

    def record(self, ref: AnswerRef, attempt: int, outcome: SendOutcome, now: datetime) -> None:
        row = self.citizens.stored.get(ref)
        if row is None or row.attempt != attempt:
            return
        match outcome:
            case Accepted() | Refused():
                row.progress = "done"
            case NotSent() | Halted():
                row.progress, row.attempt = "waiting", attempt - 1
