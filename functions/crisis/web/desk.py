"""Everything the crisis page works with, in one hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht import bootstrap
from stadtdraht.domain.delivery.slices import Purpose

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import AlertCounts, Alerts, Evidence, LatestReadiness, LinkSigner
    from stadtdraht.ports.delivery import Deliveries, SliceQueue, Slices
    from stadtdraht.ports.towns import Towns


@dataclass(frozen=True, slots=True)
class Desk:
    """Opening the page builds all of it, so that the press that follows finds everything warm."""

    alerts: Alerts
    towns: Towns
    signer: LinkSigner
    audience: Audience
    deliveries: Deliveries
    slices: Slices
    queue: SliceQueue
    evidence: Evidence
    latest_readiness: LatestReadiness
    counts: AlertCounts
    public_url: str


def desk() -> Desk:
    """The desk of the running function."""
    return Desk(
        alerts=bootstrap.alerts(),
        towns=bootstrap.towns(),
        signer=bootstrap.link_signer(),
        audience=bootstrap.audience(),
        deliveries=bootstrap.deliveries(),
        slices=bootstrap.slices(),
        queue=bootstrap.slice_queue(Purpose.CRISIS),
        evidence=bootstrap.evidence(),
        latest_readiness=bootstrap.latest_readiness(),
        counts=bootstrap.alert_counts(),
        public_url=bootstrap.settings().public_url,
    )
