"""Port Citizens on the table: a turn is one transaction, so that a person is never half changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.broadcast.audience import audience_row, window_row
from stadtdraht.adapters.dynamodb.cases import case_changes
from stadtdraht.adapters.dynamodb.consultations import mark_rows
from stadtdraht.adapters.dynamodb.contests import acceptance_changes, entry_changes
from stadtdraht.adapters.dynamodb.inbound.answers import answer_row
from stadtdraht.adapters.dynamodb.inbound.conversations import (
    emptied,
    emptied_updates,
    note_row,
    press_row,
    same_text_row,
)
from stadtdraht.adapters.dynamodb.inbound.erasure import all_values, erase_rows
from stadtdraht.adapters.dynamodb.inbound.history import lines_of, message_of, message_row
from stadtdraht.adapters.dynamodb.inbound.lists import DynamoConversations, list_rows
from stadtdraht.adapters.dynamodb.inbound.names import led_to, looked_up, profile, until
from stadtdraht.adapters.dynamodb.inbound.profiles import profile_row
from stadtdraht.adapters.dynamodb.media import media_row
from stadtdraht.adapters.dynamodb.table import Item, Table, to_item
from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry, OfferConsent, Recipient, WireIdentity
from stadtdraht.domain.conversation import Line, ListedConversation, keep_last_heard
from stadtdraht.domain.identifiers import message_id, text_digest
from stadtdraht.domain.inbound.answer import AnswerRef
from stadtdraht.domain.inbound.named import Named
from stadtdraht.domain.inbound.turn import Committed, MergedCitizen, Overtaken, Repeated, Turn, TurnOutcome
from stadtdraht.domain.media.media import new_media
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.phone_numbers import one_spelling
from stadtdraht.domain.retention import LEFT_OFFER
from stadtdraht.domain.town import Offer

SENDERS_COUNTED = 4  # three others make a chain message
NEW = "attribute_not_exists(pk)"


@dataclass(frozen=True, slots=True)
class DynamoCitizens:
    """People of one town, with everything that belongs to them in one partition each."""

    table: Table
    pepper: bytes

    def find(self, town: str, identity: WireIdentity, at: datetime | None = None) -> Citizen | None:
        return led_to(town, identity, at, self.pepper, self.table.get)

    def look_up(self, town: str, identity: WireIdentity, at: datetime) -> Named:
        return looked_up(town, identity, at, self.pepper, self.table)

    def given_up_at(self, town: str, phone: str) -> datetime | None:
        return until(self.table.get(keys.identity(town, one_spelling(phone)), keys.IDENTITY))

    def get(self, town: str, citizen_id: str) -> Citizen | None:
        return profile(town, citizen_id, self.table.get)

    def commit(self, turn: Turn) -> TurnOutcome:
        town, citizen_id = turn.after.town, turn.after.citizen_id
        heard = turn.message and message_row(town, citizen_id, turn.message, is_for_staff=turn.is_for_staff)
        items = [self._put(heard, NEW)] if heard else []
        given_up, names = dict(turn.given_up), turn.identities
        items += self._changes(turn.before, turn.after, turn.entries, names, given_up=given_up, since=turn.since)
        items += self._beside(turn)
        items += [self._put(press_row(turn), NEW)] if turn.press else []
        to, wamid = turn.after.identity, turn.message.wamid if turn.message else ""
        items += [
            self._put(answer_row(answer, to, wamid, answer.ref.at, waited_since=turn.answers_since))
            for answer in turn.answers
        ]
        match self._failed(items):
            case None:
                return Committed(tuple(answer.ref for answer in turn.answers))
            case 0 if turn.message:
                return Repeated()
            case _:
                return Overtaken()

    def message(self, town: str, citizen_id: str, wamid: str) -> IncomingMessage | None:
        for who in (citizen_id, *self.merged_ids(town, citizen_id)):
            rows = self.table.query(keys.citizen(town, who), prefix=keys.MESSAGE, newest_first=True)
            every = (message_of(row) for row in rows)
            if found := next((it for it in every if message_id(it.wamid) == message_id(wamid)), None):
                return found
        return None

    def last_message(self, town: str, citizen_id: str) -> IncomingMessage | None:
        everyone = (citizen_id, *self.merged_ids(town, citizen_id))
        newest = [
            message_of(row)
            for who in everyone
            for row in self.table.query(keys.citizen(town, who), prefix=keys.MESSAGE, newest_first=True, limit=1)
        ]
        return max(newest, key=lambda it: it.at, default=None)

    def pressed(self, town: str, citizen_id: str, press: str) -> Sequence[AnswerRef] | None:
        row = self.table.get(keys.citizen(town, citizen_id), keys.press(text_digest(press)))
        return [AnswerRef(town, citizen_id, it) for it in row["answers"]] if row else None

    def senders_of(self, town: str, same_text: str, *, but: str) -> int:
        rows = self.table.query(keys.same_text(town, same_text), limit=SENDERS_COUNTED)
        return sum(row["sk"] != but for row in rows)

    def history(self, town: str, citizen_id: str) -> Sequence[Line]:
        return lines_of(self.rows(town, citizen_id))

    def waiting(self, town: str) -> Sequence[ListedConversation]:
        return DynamoConversations(self.table).waiting(town)

    def bring(self, before: Citizen | None, after: Citizen, entries: Sequence[ConsentEntry]) -> bool:
        items = [*self._changes(before, after, entries, (after.identity,))]
        at = after.last_word_at or datetime.fromtimestamp(0, UTC)
        return self._failed([*items, *map(self._put, list_rows(before, after, at))]) is None

    def bring_over(self, town: str, citizen_id: str) -> bool:
        """From the list of versions before 0.3 into the lists of now, as if they had stood in none; False when they
        changed meanwhile.
        """
        known = self.get(town, citizen_id)
        talk, message = known and known.conversation, self.last_message(town, citizen_id)
        if known and talk:
            after = replace(known, conversation=keep_last_heard(talk, message), version=known.version + 1)
            unlisted = replace(known, name="", conversation=None)
            if not isinstance(self.commit(Turn(unlisted, after)), Committed):
                return False
        self.table.delete_all([(keys.conversations(town), citizen_id)])
        return True

    def ledger(self, town: str, citizen_id: str) -> Sequence[ConsentEntry]:
        everyone = (citizen_id, *self.merged_ids(town, citizen_id))
        rows = [row for who in everyone for row in self.table.query(keys.citizen(town, who), prefix=keys.CONSENT)]
        return sorted(map(_entry, rows), key=lambda entry: (entry.at, entry.offer))

    def names(self, town: str, citizen_id: str) -> frozenset[str]:
        return all_values(self.rows(town, citizen_id))

    def merged_ids(self, town: str, citizen_id: str) -> Sequence[str]:
        rows = self.table.query(keys.citizen(town, citizen_id), prefix=keys.JOINED)
        others = [row["sk"].removeprefix(keys.JOINED) for row in rows]
        return [who for other in others for who in (other, *self.merged_ids(town, other))]

    def rows(self, town: str, citizen_id: str) -> Sequence[Mapping[str, Any]]:
        everyone = (citizen_id, *self.merged_ids(town, citizen_id))
        return [row for who in everyone for row in self.table.query(keys.citizen(town, who))]

    def erase(self, town: str, citizen_id: str) -> int:
        others = self.merged_ids(town, citizen_id)  # led to by the first one's rows, which therefore go last
        return sum(erase_rows(self.table, town, who) for who in (*others, citizen_id))

    def _beside(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """What a turn changes beside the person: their file, their report, their entry, what staff look at."""
        town, citizen_id, name = turn.after.town, turn.after.citizen_id, self.table.name
        if turn.message and turn.after.last_inbound_at == turn.message.at:
            yield self._put(window_row(town, citizen_id, turn.message.at))
        if turn.message and (media := new_media(turn.message, town, citizen_id)):
            yield self._put(media_row(media))
        if turn.merged:
            yield from self._merge(turn.merged, citizen_id, turn.at)
        if turn.case:
            yield from case_changes(name, turn.case)
        if turn.acceptance:
            yield from acceptance_changes(name, turn.acceptance)
        for entry in turn.contest_entries:
            yield from entry_changes(name, entry)
        yield from map(self._put, mark_rows(turn))
        if turn.note:
            yield self._put(note_row(town, citizen_id, turn.note))
        yield from map(self._put, list_rows(turn.before, turn.after, turn.at))
        if turn.same_text and turn.message:
            yield self._put(same_text_row(town, citizen_id, turn.same_text, turn.message.at))
        for at, wamid in turn.forget:
            if not turn.message or wamid != turn.message.wamid:
                yield self._put(emptied(turn.after, at, wamid))
            yield from (self._put(row) for row in emptied_updates(turn.after, at, wamid))
        yield from (self._put(media_row(file)) for file in turn.forgotten_files)

    def _merge(self, merged: MergedCitizen, into: str, at: datetime) -> Iterator[dict[str, Any]]:
        after = merged.after
        yield from self._changes(merged.before, after, (), ())
        yield from map(self._put, list_rows(merged.before, None, at))
        yield self._put({"pk": keys.citizen(after.town, into), "sk": keys.merged(after.citizen_id)})
        for case in merged.cases:
            yield from case_changes(self.table.name, case)

    def _changes(
        self,
        before: Citizen | None,
        after: Citizen,
        entries: Sequence[ConsentEntry],
        identities: Sequence[WireIdentity],
        *,
        given_up: Mapping[str, datetime] = MappingProxyType({}),
        since: datetime | None = None,
    ) -> Iterator[dict[str, Any]]:
        yield self._profile(before, after)
        told = {value for identity in (after.identity, *identities) for value in _values(identity)}
        new = sorted(told - set(_values(before.identity) if before else ()))
        ends = {one_spelling(value): keys.instant(at) for value, at in given_up.items()}
        for name in dict.fromkeys([*(one_spelling(value) for value in new), *ends]):
            begun = keys.instant(since) if since and name == one_spelling(after.identity.phone or "") else None
            leads = {"citizen_id": after.citizen_id, "until": ends.get(name), "since": begun}
            yield self._put({"pk": keys.identity(after.town, name), "sk": keys.IDENTITY, **leads})
        for value in new:  # the way back, so that erasing a person also finds the numbers they had before
            yield self._put({"pk": keys.citizen(after.town, after.citizen_id), "sk": keys.known_as(value)})
        for entry in entries:
            yield self._put(_entry_row(after, entry))
        for offer, consent in after.consents.items():
            was_in = before is not None and before.takes(offer)
            is_new = before is None or _shown(before, offer) != _shown(after, offer)
            if is_new and (consent.granted or was_in):  # who was never in leaves no mark
                yield self._put(_audience_row(after, offer, consent))

    def _profile(self, before: Citizen | None, after: Citizen) -> dict[str, Any]:
        if before is None:
            return self._put(profile_row(after), NEW)
        put = self._put(profile_row(after), "version = :before")
        put["Put"]["ExpressionAttributeValues"] = to_item({":before": before.version})
        return put

    def _put(self, row: Item, condition: str = "") -> dict[str, Any]:
        guard = {"ConditionExpression": condition} if condition else {}
        return {"Put": {"TableName": self.table.name, "Item": to_item(row), **guard}}

    def _failed(self, items: Sequence[dict[str, Any]]) -> int | None:
        """Commits; None, or the first item whose condition failed (the second, when others were at it too)."""
        try:
            self.table.client.transact_write_items(TransactItems=items)  # type: ignore[arg-type]
        except ClientError as error:
            if error.response["Error"]["Code"] == "TransactionConflictException":
                return 1
            if error.response["Error"]["Code"] != "TransactionCanceledException":
                raise
            reasons = [reason.get("Code") for reason in error.response.get("CancellationReasons", ())]
            if "ConditionalCheckFailed" in reasons:
                return reasons.index("ConditionalCheckFailed")
            if "TransactionConflict" in reasons:
                return 1
            raise
        return None


def _shown(citizen: Citizen, offer: Offer) -> tuple[Any, ...]:
    """What an audience row says of a citizen."""
    about = (citizen.identity, citizen.language, citizen.district, citizen.topics)
    return (citizen.consents.get(offer), *about)


def _audience_row(citizen: Citizen, offer: Offer, consent: OfferConsent) -> Item:
    """A recipient; or the mark of one who left, kept for a while so that a running broadcast can say why."""
    recipient = Recipient(
        citizen_id=citizen.citizen_id,
        identity=citizen.identity,
        since=consent.since,
        language=citizen.language,
        district=citizen.district,
        topics=citizen.topics,
        left_at=None if consent.granted else consent.at,
    )
    row = audience_row(citizen.town, offer, recipient)
    return row if consent.granted else {**row, "expires_at": _expiry(consent.at, LEFT_OFFER)}


def _entry_row(citizen: Citizen, entry: ConsentEntry) -> Item:
    return {
        "pk": keys.citizen(citizen.town, citizen.citizen_id),
        "sk": keys.consent(entry.at, entry.offer, entry.message_id),
        "act": str(entry.act),
        "wording_version": entry.wording_version,
        "how": entry.how,
    }


def _entry(row: Mapping[str, Any]) -> ConsentEntry:
    _, at, offer, message_id = row["sk"].split("#", 3)
    return ConsentEntry(
        Offer(offer), ConsentAct(row["act"]), keys.parse_instant(at), row["wording_version"], row["how"], message_id
    )


def _values(identity: WireIdentity) -> tuple[str, ...]:
    return tuple(value for value in (identity.user_id, identity.phone) if value)


def _expiry(at: datetime, kept: timedelta) -> int:
    return int((at + kept).timestamp())
