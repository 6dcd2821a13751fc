"""The figures of an evidence folder: counted from the rows, and kept as facts beyond them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.evidence import DISTRICT_FACT, ROUTE_FACT
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.usecases.crisis.count_alert import tally_alert
from stadtdraht.usecases.crisis.follow_alert import chain_of

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Deliveries

MS = 1000
REASONS = ("failed ", "unknown ", "not_sent ")


@dataclass(frozen=True, slots=True)
class EvidenceFigures:
    """counts: people by name and by "way warnung", and times from the press in ms. reasons: people by "failed 131026".

    by_district: by id, "" for people who named none or are gone.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    by_district: Mapping[str, DeliveryFigures] = field(default_factory=dict)

    def facts(self) -> dict[str, str]:
        """As an entry keeps them: a district's figures are one fact, "planned 10, accepted 9, …"."""
        return {
            **{name: str(count) for name, count in {**self.counts, **self.reasons}.items()},
            **{f"{DISTRICT_FACT}{of}": _said(counted) for of, counted in self.by_district.items()},
        }


def figures_in(facts: Mapping[str, str]) -> EvidenceFigures:
    """The reverse of `facts`; an entry of an older version names no districts."""
    districts = {name: value for name, value in facts.items() if name.startswith(DISTRICT_FACT)}
    others = {name: int(value) for name, value in facts.items() if name not in districts}
    reasons = {name: count for name, count in others.items() if name.startswith(REASONS)}
    return EvidenceFigures(
        counts={name: count for name, count in others.items() if name not in reasons},
        reasons=reasons,
        by_district={name.removeprefix(DISTRICT_FACT): _heard(value) for name, value in districts.items()},
    )


def figures_of(
    alert: Alert, now: datetime, *, alerts: Alerts, audience: Audience, deliveries: Deliveries
) -> EvidenceFigures:
    """Counted now, in one pass."""
    tally = tally_alert(alert, audience=audience, deliveries=deliveries, before=chain_of(alert, alerts))
    count = tally.count(now)
    return EvidenceFigures(
        counts={
            **asdict(count.total),
            "resent": count.resent,
            **_times(alert, tally.accepted_at),
            **_by_route(tally.by_route),
        },
        reasons=_by_reason(tally.tally.by_reason),
        by_district=count.by_district,
    )


def _said(counted: DeliveryFigures) -> str:
    return ", ".join(f"{name} {people}" for name, people in asdict(counted).items())


def _heard(said: str) -> DeliveryFigures:
    return DeliveryFigures(
        **{name: int(people) for name, _, people in (one.partition(" ") for one in said.split(", "))}
    )


def _times(alert: Alert, accepted_at: Sequence[datetime]) -> dict[str, int]:
    accepted = sorted(accepted_at)
    if not accepted:
        return {}
    moments = {"first": accepted[0], "half": accepted[(len(accepted) - 1) // 2], "last": accepted[-1]}
    since = alert.takes_effect_at
    return {f"{name}_accepted_ms": max(0, round((at - since).total_seconds() * MS)) for name, at in moments.items()}


def _by_route(by_route: Mapping[str, int]) -> dict[str, int]:
    return {f"{ROUTE_FACT}{route}": people for route, people in sorted(by_route.items())}


def _by_reason(reasons: Counter[tuple[str, str]]) -> dict[str, int]:
    return {f"{what} {code}": count for (what, code), count in sorted(reasons.items())}
