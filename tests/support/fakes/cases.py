"""Cases in memory. `put` stands for what a citizen's transaction stores."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from itertools import islice

from stadtdraht.domain.cases.case import Case, CaseEvent, OpenCase, number_of, year_of
from stadtdraht.domain.inbound.turn import CaseChange


@dataclass
class FakeCases:
    found: dict[tuple[str, str], Case] = field(default_factory=dict)
    done: dict[tuple[str, str], list[CaseEvent]] = field(default_factory=dict)
    counted: dict[tuple[str, int], int] = field(default_factory=dict)

    def put(self, change: CaseChange) -> bool:
        """False when somebody was faster."""
        before, after = change.before, change.after
        standing = self.get(after.town, after.number)
        if (standing.version if standing else None) != (before.version if before else None):
            return False
        self.found[after.town, after.number] = after
        if after.latest and (before is None or before.latest != after.latest):
            self.done.setdefault((after.town, after.number), []).append(after.latest)
        return True

    def get(self, town: str, number: str) -> Case | None:
        return self.found.get((town, number))

    def next_number(self, town: str, year: int) -> str:
        self.counted[town, year] = self.counted.get((town, year), 0) + 1
        return number_of(year, self.counted[town, year])

    def open(self, town: str) -> Sequence[OpenCase]:
        return [_listed(case) for case in reversed(self._newest_first(town)) if not case.state.is_over]

    def lately(self, town: str, since: datetime) -> Sequence[OpenCase]:
        mine = reversed(self._newest_first(town))
        return [_listed(it) for it in mine if not it.over_at or (it.over_at >= since and not it.merged_into)]

    def of_year(self, town: str, year: int, *, after: str = "", limit: int | None = None) -> Iterator[Case]:
        mine = (case for case in self._newest_first(town) if year_of(case.number) == year)
        return islice((case for case in mine if not after or case.number < after), limit)

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Case]:
        return [case for case in self._newest_first(town) if case.citizen_id == citizen_id]

    def events(self, town: str, number: str) -> Sequence[CaseEvent]:
        return list(self.done.get((town, number), ()))

    def _newest_first(self, town: str) -> list[Case]:
        return [case for (of, _), case in sorted(self.found.items(), reverse=True) if of == town]


def _listed(case: Case) -> OpenCase:
    return OpenCase(**{it.name: getattr(case, it.name) for it in fields(OpenCase)})
