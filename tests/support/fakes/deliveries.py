"""Outcome and status rows in memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.delivery.delivery import Outcome, OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.identifiers import town_of

Row = tuple[str, int, OutcomeKind | Status, str]


@dataclass
class FakeDeliveries:
    outcomes: dict[tuple[str, str, int], Outcome] = field(default_factory=dict)
    statuses: list[tuple[str, Row]] = field(default_factory=list)
    statuses_in_full: list[tuple[str, DeliveryRow]] = field(default_factory=list)

    async def record(self, town: str, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            self.outcomes[_key(outcome)] = outcome

    async def mark_unknown(self, town: str, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        new = [outcome for outcome in outcomes if _key(outcome) not in self.outcomes]
        await self.record(town, new)
        return new

    async def rows_of(self, town: str, cause: str, citizen_ids: Sequence[str]) -> Sequence[Row]:
        return [row for row in self.rows(town, cause) if row[0] in citizen_ids]

    async def known(self, town: str, cause: str, after: str, upto: str) -> frozenset[str]:
        return frozenset(who for of, who, _ in self.outcomes if of == cause and after < who <= upto)

    def rows(self, town: str, cause: str) -> Iterator[Row]:
        rows: list[Row] = [
            (who, attempt, outcome.kind, outcome.reason)
            for (of, who, attempt), outcome in self.outcomes.items()
            if of == cause
        ]
        rows += [row for of, row in self.statuses if of == cause]
        rows += [(it.citizen_id, it.attempt, it.kind, it.reason) for of, it in self.statuses_in_full if of == cause]
        yield from sorted(rows, key=lambda row: row[0])

    def in_full(self, town: str, cause: str) -> Iterator[DeliveryRow]:
        rows = [
            DeliveryRow(who, attempt, outcome.kind, outcome.at, outcome.reason, route=outcome.route)
            for (of, who, attempt), outcome in self.outcomes.items()
            if of == cause
        ]
        rows += [row for of, row in self.statuses_in_full if of == cause]
        yield from sorted(rows, key=lambda row: row.citizen_id)

    def of_people(self, town: str, citizen_ids: Sequence[str]) -> Mapping[str, Sequence[DeliveryRow]]:
        causes = {cause for cause, *_ in self.outcomes} | {cause for cause, _ in self.statuses_in_full}
        newest_first = sorted((it for it in causes if town_of(it) == town), reverse=True)
        rows = {
            cause: [it for it in self.in_full(town, cause) if it.citizen_id in citizen_ids] for cause in newest_first
        }
        return {cause: found for cause, found in rows.items() if found}


def _key(outcome: Outcome) -> tuple[str, str, int]:
    return outcome.key.cause, outcome.key.citizen_id, outcome.key.attempt
