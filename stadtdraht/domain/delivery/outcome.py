"""What became of a newsletter: the fate of one person from their rows, and sums of fates. Pure; reads nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime, timedelta
from operator import add

from stadtdraht.domain.citizen import ConsentAct, ConsentEntry
from stadtdraht.domain.delivery.delivery import OutcomeKind, State, Status, state_of
from stadtdraht.domain.town import Offer

CAUSED_WITHIN = timedelta(hours=24)  # a STOP so soon after a delivery counts as caused by it
ARRIVED = (Status.DELIVERED, Status.READ, Status.PLAYED)  # an open chat reports only that it was read
SEEN = (Status.READ, Status.PLAYED)
CHARGED = "regular"  # pricing.type of what Meta bills; the others are free. Meta, status webhook, 2026-09-11


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One row about one delivery in full: our outcome, or a status of Meta's."""

    citizen_id: str
    attempt: int
    kind: OutcomeKind | Status
    at: datetime
    reason: str = ""
    """Meta's code as text, or ours."""
    pricing_category: str = ""
    """As Meta said, like `pricing_type`; "" where it said nothing."""
    pricing_type: str = ""
    route: str = ""
    """As in Outcome."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One delivered message as Meta priced it; category and type are "" when no status of it carried a price."""

    category: str
    type: str

    @property
    def billed(self) -> bool:
        return self.type == CHARGED


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one person. Each time is the first of its kind, None when it never came."""

    citizen_id: str
    state: State
    accepted_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    ended_at: datetime | None
    """When it failed."""
    reason: str
    """Why it failed, is unknown or was not sent; "" otherwise."""
    charges: tuple[Charge, ...]
    """One for each message that arrived."""


def fate_of(rows: Sequence[DeliveryRow]) -> Fate:
    """The fate of the one person whom all these rows are about; there is at least one row."""
    state = state_of([row.kind for row in rows])
    decisive = min((row for row in rows if state_of([row.kind]) is state), key=lambda row: (row.attempt, row.at))
    lost = state in (State.FAILED, State.REFUSED, State.UNKNOWN, State.NOT_SENT)
    attempts = sorted({row.attempt for row in rows if row.kind in ARRIVED})
    return Fate(
        citizen_id=rows[0].citizen_id,
        state=state,
        accepted_at=_first(row for row in rows if row.kind is OutcomeKind.ACCEPTED or isinstance(row.kind, Status)),
        delivered_at=_first(row for row in rows if row.kind in ARRIVED),
        read_at=_first(row for row in rows if row.kind in SEEN),
        ended_at=decisive.at if state in (State.FAILED, State.REFUSED) else None,
        reason=decisive.reason if lost else "",
        charges=tuple(_charge([row for row in rows if row.attempt == attempt]) for attempt in attempts),
    )


def _first(rows: Iterable[DeliveryRow]) -> datetime | None:
    return min((row.at for row in rows), default=None)


def _charge(rows: Sequence[DeliveryRow]) -> Charge:
    """The price stands on `sent` and on one of delivered and read; the one that came with the arrival decides."""
    priced = [row for row in rows if row.pricing_type]
    best = next((row for row in priced if row.kind in ARRIVED), priced[0] if priced else None)
    return Charge(best.pricing_category, best.pricing_type) if best else Charge("", "")


@dataclass(frozen=True, slots=True)
class DeliveryFigures:
    """People by how far their message came; accepted, sent, delivered and read each include the later ones."""

    planned: int = 0
    """Whom it is for; in the report of a newsletter, whoever has a row."""
    accepted: int = 0
    """Meta took it, whatever became of it."""
    sent: int = 0
    delivered: int = 0
    read: int = 0
    failed: int = 0
    """Refused at once, or reported as failed later."""
    unknown: int = 0
    """Sent without a clear answer, and no status yet."""
    not_sent: int = 0
    """Certainly nothing went out."""

    @classmethod
    def from_states(cls, planned: int, states: Counter[State], accepted: int) -> "DeliveryFigures":
        """From people by the state of their delivery; `accepted`: those of them whose message Meta took."""
        arrived = states[State.DELIVERED] + states[State.READ]
        return DeliveryFigures(
            planned=planned,
            accepted=accepted,
            sent=states[State.SENT] + arrived,
            delivered=arrived,
            read=states[State.READ],
            failed=states[State.FAILED] + states[State.REFUSED],
            unknown=states[State.UNKNOWN],
            not_sent=states[State.NOT_SENT],
        )

    def __add__(self, other: "DeliveryFigures") -> "DeliveryFigures":
        return DeliveryFigures(*map(add, astuple(self), astuple(other)))


@dataclass(slots=True)
class Hour:
    """What first happened in one hour: people by when each of it came."""

    accepted: int = 0
    delivered: int = 0
    read: int = 0
    failed: int = 0


@dataclass(slots=True)
class Tally:
    """Sums of fates."""

    by_hour: dict[datetime, Hour] = field(default_factory=dict)
    """By the beginning of the hour in UTC."""
    by_reason: Counter[tuple[str, str]] = field(default_factory=Counter)
    """People by ("failed", "unknown" or "not_sent"; reason)."""
    _states: dict[str, Counter[State]] = field(default_factory=dict)
    _accepted: Counter[str] = field(default_factory=Counter)

    @property
    def by_district(self) -> dict[str, DeliveryFigures]:
        """Of everybody with a row, by the district's id."""
        return {it: self.in_district(it, states.total()) for it, states in self._states.items()}

    @property
    def total(self) -> DeliveryFigures:
        """Of everybody with a row."""
        return sum(self.by_district.values(), DeliveryFigures())

    def in_district(self, district: str, planned: int) -> DeliveryFigures:
        """`planned`: people of the district whom it is for."""
        return DeliveryFigures.from_states(planned, self._states.get(district, Counter()), self._accepted[district])

    def add(self, fate: Fate, district: str) -> None:
        self._states.setdefault(district, Counter())[fate.state] += 1
        self._accepted[district] += fate.accepted_at is not None
        if fate.accepted_at:
            self._hour(fate.accepted_at).accepted += 1
        if fate.delivered_at:
            self._hour(fate.delivered_at).delivered += 1
        if fate.read_at:
            self._hour(fate.read_at).read += 1
        if fate.ended_at:
            self._hour(fate.ended_at).failed += 1
        match fate.state:
            case State.FAILED | State.REFUSED:
                self.by_reason["failed", fate.reason] += 1
            case State.UNKNOWN:
                self.by_reason["unknown", fate.reason] += 1
            case State.NOT_SENT:
                self.by_reason["not_sent", fate.reason] += 1

    def _hour(self, at: datetime) -> Hour:
        return self.by_hour.setdefault(at.astimezone(UTC).replace(minute=0, second=0, microsecond=0), Hour())


def left_because_of(delivered_at: datetime, ledger: Iterable[ConsentEntry]) -> bool:
    """Whether this person took the news back within a day of the delivery, by the time of their own message."""
    return any(
        entry.offer is Offer.NEWS
        and entry.act is ConsentAct.WITHDRAWN
        and delivered_at <= entry.at < delivered_at + CAUSED_WITHIN
        for entry in ledger
    )
