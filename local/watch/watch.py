"""One machine's watch: definitions of a template, what was measured, and what would ring."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from local.watch.definitions import Definitions, Filter
from local.watch.evaluating import Judged, judge
from local.watch.log_lines import points_in
from local.watch.metrics import KEPT_S, MetricKey, Metrics


class Watch:
    """Knows no clock: whoever calls it says when."""

    def __init__(self, since_s: float, template: Mapping[str, Any] | None = None) -> None:
        """since_s: when measuring begins, or began."""
        self.since_s = since_s
        self.metrics = Metrics()
        self.definitions = Definitions()
        self._filters: dict[str, list[Filter]] = {}
        if template:
            self.define(template)

    def define(self, template: Mapping[str, Any]) -> None:
        """Watch what this synthesized template watches."""
        self.definitions = Definitions.of(template)
        by_group: dict[str, list[Filter]] = defaultdict(list)
        for it in self.definitions.filters:
            by_group[it.log_group].append(it)
        self._filters = dict(by_group)

    def read_line(self, log_group: str, line: str, now_s: float) -> None:
        """Take in a line of a function's log, or of the API's."""
        for key, at_s, value in points_in(line, self._filters.get(log_group, []), now_s):
            self.metrics.add(key, at_s, value)

    def measure(
        self, namespace: str, name: str, value: float, at_s: float, dimensions: Mapping[str, str] | None = None
    ) -> None:
        """Take in a value of a metric that AWS itself measures."""
        self.metrics.add(MetricKey.of(namespace, name, dimensions), at_s, value)

    def judge(self, now_s: float) -> tuple[Judged, ...]:
        """The state of every alarm."""
        self.metrics.forget_before(now_s - KEPT_S)
        return judge(self.definitions, self.metrics, now_s, self.since_s)
