"""Metrics in memory: values by minute, and the statistics that alarms and dashboards ask for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

MINUTE_S = 60
KEPT_S = 27 * 3600  # the longest that an alarm looks back, and an hour
MOST_VALUES = 2_000  # of a metric and minute that percentiles are taken from


@dataclass(frozen=True, slots=True, order=True)
class MetricKey:
    """Namespace, name and dimensions: CloudWatch adds nothing up over others."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, namespace: str, name: str, dimensions: Mapping[str, str] | None = None) -> "MetricKey":
        return cls(namespace, name, tuple(sorted((dimensions or {}).items())))


@dataclass(slots=True)
class _Minute:
    total: float = 0.0
    count: int = 0
    values: list[float] = field(default_factory=list)

    def add(self, value: float) -> None:
        self.total += value
        self.count += 1
        if len(self.values) < MOST_VALUES:
            self.values.append(value)


class Metrics:
    """Everything that was measured. Times are seconds since 1970."""

    def __init__(self) -> None:
        self._minutes: dict[MetricKey, dict[int, _Minute]] = defaultdict(dict)

    def add(self, key: MetricKey, at_s: float, value: float = 1.0) -> None:
        """One value."""
        minute = int(at_s // MINUTE_S)
        self._minutes[key].setdefault(minute, _Minute()).add(value)

    def statistic(self, key: MetricKey, name: str, begin_s: float, end_s: float) -> float | None:
        """`Sum`, `Maximum`, `Minimum`, `Average`, `SampleCount` or `p95` of begin <= time < end; None: no value."""
        minutes = self._minutes.get(key)
        if not minutes:
            return None
        inside = range(int(begin_s // MINUTE_S), ceil(end_s / MINUTE_S))
        found = [minutes[it] for it in inside if it in minutes]
        return _statistic(name, found) if found else None

    def of_name(self, namespace: str, name: str, dimension_names: Iterable[str]) -> Sequence[MetricKey]:
        """All metrics of this name that have exactly these dimensions, as a search finds them."""
        wanted = tuple(sorted(dimension_names))
        return sorted(
            key
            for key in self._minutes
            if (key.namespace, key.name, tuple(it for it, _ in key.dimensions)) == (namespace, name, wanted)
        )

    def forget_before(self, at_s: float) -> None:
        """Drop what is older."""
        oldest = int(at_s // MINUTE_S)
        for minutes in self._minutes.values():
            for minute in [it for it in minutes if it < oldest]:
                del minutes[minute]


def _statistic(name: str, minutes: Sequence[_Minute]) -> float:
    count = sum(it.count for it in minutes)
    match name:
        case "Sum":
            return sum(it.total for it in minutes)
        case "SampleCount":
            return float(count)
        case "Average":
            return sum(it.total for it in minutes) / count
        case "Maximum":
            return max(max(it.values) for it in minutes)
        case "Minimum":
            return min(min(it.values) for it in minutes)
        case _ if name.startswith("p"):
            values = sorted(value for it in minutes for value in it.values)
            return values[min(len(values) - 1, ceil(float(name[1:]) / 100 * len(values)) - 1)]
    raise ValueError(f"statistic {name}")
