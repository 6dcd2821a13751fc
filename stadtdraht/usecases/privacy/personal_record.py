"""Everything that is stored about one person, under whichever of their names it lies. Art. 15 and 20 GDPR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.cases.case import Case, CaseEvent
from stadtdraht.domain.citizen import Citizen, ConsentEntry
from stadtdraht.domain.contests.contest import Contest, ContestAcceptance, ContestEntry
from stadtdraht.domain.conversation import Line
from stadtdraht.domain.delivery.outcome import DeliveryRow, Fate, fate_of
from stadtdraht.domain.identifiers import ALERT, DRILL, kind_of
from stadtdraht.domain.inbound.words_of_templates import in_words
from stadtdraht.domain.town import Town
from stadtdraht.usecases.privacy.whole_person import whole_person

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.contests import Contests
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Deliveries
    from stadtdraht.ports.inbound import Citizens

INNER = frozenset({"pk", "version", "expires_at", "held_end", "dialogue", "dialogue_data"})  # how we keep it, not what
WAYS = frozenset({"case", "entry", "terms"})  # rows that only lead to what is given out whole
OF_OTHERS = (
    "town",
    "citizen_id",
    "version",
    "assigned_to",
    "near",
    "duplicates",
    "latest",
)  # of a case
OF_STAFF = ("staff_id", "press")  # of what they did to it


@dataclass(frozen=True, slots=True)
class RecordPorts:
    """Where what is stored about people lies."""

    citizens: Citizens
    cases: Cases
    contests: Contests
    broadcasts: Broadcasts
    alerts: Alerts
    deliveries: Deliveries


@dataclass(frozen=True, slots=True)
class ReportedCase:
    """A report of theirs and what was done to it, in order of time."""

    case: Case
    events: tuple[CaseEvent, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """What they sent to a contest, what of it came late or was taken back included, and their yes to its terms."""

    contest: Contest
    entries: tuple[ContestEntry, ...]
    acceptance: ContestAcceptance | None


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A newsletter or warning that was addressed to them."""

    cause: str
    title: str
    rows: tuple[DeliveryRow, ...]

    @property
    def is_drill(self) -> bool:
        """Whether it was only exercised: nothing went out."""
        return kind_of(self.cause) == DRILL

    @property
    def fate(self) -> Fate:
        return fate_of(self.rows)


@dataclass(frozen=True, slots=True)
class PersonalRecord:
    """All of one person."""

    citizen: Citizen
    ids: tuple[str, ...]
    """Theirs first, then those of everybody who turned out to be them."""
    rows: Sequence[Mapping[str, Any]]
    ledger: Sequence[ConsentEntry]
    lines: Sequence[Line]
    """Messages both ways and staff's notes."""
    cases: tuple[ReportedCase, ...]
    contests: tuple[Participation, ...]
    sent: tuple[SentMessage, ...]

    def data(self) -> list[Mapping[str, Any]]:
        """For programs: one object for each thing that is stored, told apart by `kind`."""
        own = [outer for row in self.rows if (outer := _outer(row))["kind"] not in WAYS]
        reports = [_case_data(it) for it in self.cases]
        entries = [_plain("contest entry", it.wamid, it) for took in self.contests for it in took.entries]
        terms = [_plain("contest terms", it.contest_id, it) for took in self.contests if (it := took.acceptance)]
        return [*own, *reports, *entries, *terms, *(_sent_data(it) for it in self.sent)]


def personal_record(town: Town, citizen_id: str, ports: RecordPorts) -> PersonalRecord | None:
    """None when the person is not known (any more). `citizen_id` may be any of theirs."""
    ids = whole_person(town.id, citizen_id, ports.citizens)
    citizen = ports.citizens.get(town.id, ids[0])
    if citizen is None:
        return None
    cases = {case.number: case for each in ids for case in ports.cases.of_citizen(town.id, each)}
    sent = ports.deliveries.of_people(town.id, ids)
    return PersonalRecord(
        citizen=citizen,
        ids=ids,
        rows=ports.citizens.rows(town.id, ids[0]),
        ledger=ports.citizens.ledger(town.id, ids[0]),
        lines=list(in_words(ports.citizens.history(town.id, ids[0]), town)),
        cases=tuple(ReportedCase(case, tuple(ports.cases.events(town.id, number))) for number, case in cases.items()),
        contests=tuple(it for contest in ports.contests.all(town.id) if (it := _part_in(contest, ids, ports.contests))),
        sent=tuple(SentMessage(cause, _title(cause, ports), tuple(rows)) for cause, rows in sent.items()),
    )


def _part_in(contest: Contest, ids: Sequence[str], contests: Contests) -> Participation | None:
    in_time = [entry for who in ids for entry in contests.entries_of(contest.town, contest.id, who)]
    aside = [entry for who in ids for entry in contests.set_aside_of(contest.town, contest.id, who)]
    said = (contests.accepted(contest.town, contest.id, who) for who in ids)
    acceptance = next(filter(None, said), None)
    return Participation(contest, (*in_time, *aside), acceptance) if in_time or aside or acceptance else None


def _title(cause: str, ports: RecordPorts) -> str:
    """As the town called it; its id where it is gone."""
    if kind_of(cause) in (ALERT, DRILL):
        alert = ports.alerts.get(cause)
        return alert.wording_for("de")[1]["was"] if alert else cause
    broadcast = ports.broadcasts.get(cause)
    return broadcast.title if broadcast else cause


def _outer(row: Mapping[str, Any]) -> Mapping[str, Any]:
    kind, _, rest = row["sk"].partition("#")
    return {"kind": kind.lower(), "key": rest, **{k: v for k, v in row.items() if k not in INNER and k != "sk"}}


def _plain(kind: str, key: str, value: ContestEntry | ContestAcceptance) -> Mapping[str, Any]:
    return {"kind": kind, "key": key, **{name: it for name, it in asdict(value).items() if name not in OF_OTHERS}}


def _case_data(reported: ReportedCase) -> Mapping[str, Any]:
    """Without who of the staff did it."""
    events = [
        {name: value for name, value in asdict(it).items() if name not in OF_STAFF}
        | {"by": "town" if it.by else "citizen"}
        for it in reported.events
    ]
    values = {name: it for name, it in asdict(reported.case).items() if name not in OF_OTHERS}
    values |= {"kind": "case", "case_kind": reported.case.kind}
    return {"key": reported.case.number, **values, "events": events}


def _sent_data(sent: SentMessage) -> Mapping[str, Any]:
    rows = [{"what": str(it.kind), "at": it.at, "attempt": it.attempt, "reason": it.reason} for it in sent.rows]
    return {"kind": "delivery", "key": sent.cause, "title": sent.title, "drill": sent.is_drill, "rows": rows}
