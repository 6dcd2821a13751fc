"""Two citizens who turn out to be one person: they wrote under a new number before WhatsApp reported the change.

The first one goes on, with what the other agreed to, asked and waits for; what the other said stays where it is stored
and is read together. Source: Meta, system messages, 2026-08-11.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from stadtdraht.domain.cases.case import Case
from stadtdraht.domain.citizen import Citizen, OfferConsent
from stadtdraht.domain.conversation import Conversation
from stadtdraht.domain.dialogue import Dialogue
from stadtdraht.domain.inbound.turn import CaseChange, MergedCitizen

CASES_MOVED = 20  # the newest; a transaction takes 100 rows, and each case has three


@dataclass(frozen=True, slots=True)
class CitizenPair:
    """`first` goes on; `second` is who the new number was taken for."""

    first: Citizen
    second: Citizen

    def merged(self) -> Citizen:
        """Who they are together, at the first one's version: the latest word counts in everything."""
        first, second = self.first, self.second
        current = {**second.consents, **first.consents}
        consents = {
            offer: consent.followed_by(said) if (said := second.consents.get(offer)) else consent
            for offer, consent in current.items()
        }
        seen = [at for at in (first.last_inbound_at, second.last_inbound_at) if at]
        return replace(
            first,
            name=second.name or first.name,
            language=second.language if second.consents or second.name else first.language,
            district=second.district or first.district,
            topics=second.topics or first.topics,
            consents=consents,
            dialogue=first.dialogue.joined(second.dialogue),
            conversation=_talk(first.conversation, second.conversation),
            last_inbound_at=max(seen, default=None),
        )

    def retired(self, at: datetime, cases: Sequence[Case]) -> MergedCitizen:
        """The second one without anything that still acts; their newest cases are the first one's from now on."""
        second, first = self.second, self.first
        ended = {offer: OfferConsent(granted=False, at=max(at, it.at)) for offer, it in second.consents.items()}
        talk = second.conversation
        quiet = (
            replace(talk, waiting_since=None, flags=frozenset(), unseen_need_since=None, release=None) if talk else None
        )
        after = replace(
            second,
            consents=ended,
            dialogue=Dialogue(),
            conversation=quiet,
            version=second.version + 1,
        )
        moved = [
            CaseChange(case, replace(case, citizen_id=first.citizen_id, version=case.version + 1))
            for case in cases[:CASES_MOVED]
        ]
        return MergedCitizen(second, after, tuple(moved))


def _talk(first: Conversation | None, second: Conversation | None) -> Conversation | None:
    if first is None or second is None:
        return first or second
    waiting = [at for at in (first.waiting_since, second.waiting_since) if at]
    noted = [at for at in (first.noted_at, second.noted_at) if at]
    unseen = [at for at in (first.unseen_need_since, second.unseen_need_since) if at]
    heard = [it for it in (first.last, second.last) if it]
    return Conversation(
        opened_at=min(first.opened_at, second.opened_at),
        last_at=max(first.last_at, second.last_at),
        waiting_since=min(waiting, default=None),
        noted_at=max(noted, default=None),
        assigned_to=first.assigned_to or second.assigned_to,
        flags=first.flags | second.flags,
        assigned_to_id=(first if first.assigned_to else second).assigned_to_id,
        last=max(heard, key=lambda it: it.at, default=None),
        case=second.case or first.case,
        unseen_need_since=min(unseen, default=None),
        release=first.release or second.release,
    )
