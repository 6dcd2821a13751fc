"""What answering one request to the crisis page takes: the ports, and what a valid link says about the request."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from functions.crisis.web.form import Request
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.crisis.links import CrisisLink
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.crisis import AlertCounts, Alerts, CrisisLinks, Evidence, Holders, LatestReadiness, LinkSigner
    from stadtdraht.ports.delivery import Deliveries, SliceQueue, Slices
    from stadtdraht.ports.towns import Towns


@dataclass(frozen=True, slots=True)
class PagePorts:
    """Everything the page works with. Opening it builds all of it, so that the press that follows finds it warm."""

    alerts: Alerts
    links: CrisisLinks
    holders: Holders
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


def page_ports(adapters: Adapters) -> PagePorts:
    return PagePorts(
        alerts=adapters.alerts,
        links=adapters.crisis_links,
        holders=adapters.holders,
        towns=adapters.towns,
        signer=adapters.link_signer(),
        audience=adapters.audience,
        deliveries=adapters.deliveries,
        slices=adapters.slices,
        queue=adapters.crisis_queue,
        evidence=adapters.evidence,
        latest_readiness=adapters.latest_readiness,
        counts=adapters.alert_counts,
        public_url=adapters.settings.public_url,
    )


@dataclass(frozen=True, slots=True)
class PageContext:
    """One request with a link that holds: for which town, and when. Made from no other."""

    request: Request
    link: CrisisLink
    town: Town
    now: datetime
    ports: PagePorts

    @property
    def page_url(self) -> str:
        """Path of the page; it holds the token and goes nowhere but back to this browser."""
        return f"/crisis/{self.request.token}"

    def undo_key(self, alert_id: str) -> str:
        """Given to the hand that pressed, with the alert's address: whoever only opens the link takes nothing back."""
        return self.ports.signer.mark(self.link, f"undo {alert_id}")

    @property
    def has_undo_key(self) -> bool:
        """Whether this request came with the key of the alert that it names."""
        given, ours = self.request.one("undo"), self.undo_key(self.request.alert_id)
        return hmac.compare_digest(given.encode(), ours.encode())
