"""An alert's evidence folder, opened: the chain, whether it is whole, and the figures counted from the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.evidence import FIGURES, RAISED, EvidenceEntry, broken_at, fingerprint
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.retention import DELIVERY
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.usecases.crisis.evidence_figures import EvidenceFigures, figures_in, figures_of

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import Alerts, Evidence
    from stadtdraht.ports.delivery import Deliveries

FOLLOWED_AMONG = 100  # the town's newest alerts


@dataclass(frozen=True, slots=True)
class Failure:
    """People whose message did not arrive for one reason."""

    what: str
    """One of "failed", "unknown" or "not_sent"."""
    code: str
    why: str
    people: int


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """An alert's folder, read and checked; its fields are the names in JSON."""

    entries: tuple[EvidenceEntry, ...]
    broken_at: int | None
    """Place of the first entry that does not fit; None for a whole chain."""
    begun: bool
    """The chain says who raised this alert."""
    wording_kept: bool
    """Its words are those that were raised."""
    figures: Mapping[str, int]
    """Counts by name, and times until acceptance in ms, from the end of the time to undo the press."""
    by_district: Mapping[str, DeliveryFigures]
    """By the district's id, "" for people who named none or are gone."""
    failures: tuple[Failure, ...]
    follow_ups: tuple[Alert, ...]
    """Alerts that change, end or repeat this one, oldest first."""
    figures_at: datetime | None
    """When they were counted: now, or, once the rows are gone, when the folder kept them; None: never."""

    @property
    def whole(self) -> bool:
        """Whether everything in it holds together."""
        return self.broken_at is None and self.begun and self.wording_kept

    @property
    def last_seal(self) -> str:
        """What to file with a print: it shows later whether the end was cut off."""
        return self.entries[-1].seal if self.entries else ""


def open_folder(
    alert: Alert,
    now: datetime,
    *,
    alerts: Alerts,
    evidence: Evidence,
    audience: Audience,
    deliveries: Deliveries,
) -> EvidenceFolder:
    """Reads everything. Once the alert is over, new figures are kept in the folder: rows end after 90 days."""
    entries = tuple(evidence.entries(alert.town, alert.alert_id))
    gone = now > alert.raised_at + DELIVERY
    kept = next((entry for entry in reversed(entries) if entry.what == FIGURES), None)
    figures = EvidenceFigures()
    figures_at: datetime | None = None
    if not gone:
        figures = figures_of(alert, now, alerts=alerts, audience=audience, deliveries=deliveries)
        figures_at = now
        facts = figures.facts()
        if alert.over(now) and broken_at(alert.town, alert.alert_id, entries) is None and facts != _facts(kept):
            kept = evidence.append(alert.town, alert.alert_id, FIGURES, now, facts)
            entries = (*entries, kept)
    elif kept:
        figures, figures_at = figures_in(kept.facts), kept.at
    raised = next((entry for entry in entries if entry.what == RAISED), None)
    return EvidenceFolder(
        entries=entries,
        broken_at=broken_at(alert.town, alert.alert_id, entries),
        begun=raised is not None,
        wording_kept=raised is not None and raised.facts.get("wording") == fingerprint(alert.wording),
        figures=figures.counts,
        by_district=figures.by_district,
        failures=tuple(
            Failure(what, code, why_not(code) if code else "Ohne Angabe.", count)
            for name, count in figures.reasons.items()
            for what, _, code in [name.partition(" ")]
        ),
        follow_ups=_followed_by(alert, alerts),
        figures_at=figures_at,
    )


def _followed_by(alert: Alert, alerts: Alerts) -> tuple[Alert, ...]:
    """Also those that follow what follows it."""
    chain, later_alerts = {alert.alert_id}, []
    for later in reversed(alerts.recent(alert.town, alert.mode, limit=FOLLOWED_AMONG)):
        if later.follows in chain:
            chain.add(later.alert_id)
            later_alerts.append(later)
    return tuple(later_alerts)


def _facts(entry: EvidenceEntry | None) -> Mapping[str, str]:
    return entry.facts if entry else {}
