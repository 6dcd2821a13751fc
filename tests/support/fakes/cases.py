"""Cases in memory. `put` stands for what a citizen's transaction stores."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

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
        names = [it.name for it in fields(OpenCase)]
        mine = [case for case in self._newest_first(town) if not case.state.is_over]
        return [OpenCase(**{name: getattr(case, name) for name in names}) for case in reversed(mine)]

    def of_year(self, town: str, year: int) -> Iterator[Case]:
        return (case for case in self._newest_first(town) if year_of(case.number) == year)

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Case]:
        return [case for case in self._newest_first(town) if case.citizen_id == citizen_id]

    def events(self, town: str, number: str) -> Sequence[CaseEvent]:
        return list(self.done.get((town, number), ()))

    def _newest_first(self, town: str) -> list[Case]:
        return [case for (of, _), case in sorted(self.found.items(), reverse=True) if of == town]
