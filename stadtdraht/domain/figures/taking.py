"""Who takes an offer, counted without keeping anybody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stadtdraht.domain.citizen import ConsentAct, ConsentEntry, Recipient
from stadtdraht.domain.figures.day import NOT_NAMED, OfferDay
from stadtdraht.domain.town import Offer, Town


@dataclass(frozen=True, slots=True)
class Stay:
    """How somebody stood to an offer over one day."""

    is_in: bool
    """As the day ended."""
    joined: bool = False
    left_at: datetime | None = None
    """When they took it back that day."""


def stay_of(entries: Sequence[ConsentEntry], offer: Offer, begins: datetime, ends: datetime) -> Stay:
    """From the ledger, in order of time: exact also for who left, came back, or did both since."""
    is_in, was_in, left_at = False, False, None
    for entry in entries:
        if entry.offer is not offer or entry.at >= ends:
            continue
        granted = entry.act is ConsentAct.GRANTED
        if entry.at < begins:
            was_in = granted
        elif is_in and not granted:
            left_at = entry.at
        is_in = granted
    came = is_in or left_at is not None
    return Stay(is_in, came and not was_in, left_at if not is_in else None)


@dataclass(slots=True)
class Taking:
    """Counts one offer's people."""

    town: Town
    people: int = 0
    joined: int = 0
    left: int = 0
    topics: Counter[str] = field(default_factory=Counter)
    districts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)

    def add(self, person: Recipient, stay: Stay) -> None:
        self.joined += stay.joined
        self.left += stay.left_at is not None
        if not stay.is_in:
            return
        self.people += 1
        self.topics.update(person.topics)
        self.districts[person.district or NOT_NAMED] += 1
        self.languages[person.language] += 1
        self.months[f"{person.since.astimezone(self.town.zone):%Y-%m}"] += 1

    def counted(self) -> OfferDay:
        of = (self.topics, self.districts, self.languages, self.months)
        return OfferDay(self.people, self.joined, self.left, *(dict(sorted(it.items())) for it in of))
