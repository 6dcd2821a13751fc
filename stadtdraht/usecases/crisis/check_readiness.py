"""Checks everything that a warning of one town needs, and keeps the result for those who ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.crisis.observed import TOKEN_REFUSED, Observed, QueueDepth, WarmSenders
from stadtdraht.domain.crisis.readiness import Readiness, judge_readiness
from stadtdraht.domain.delivery.slices import lanes_for
from stadtdraht.domain.errors import NoSecret
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account import MetaRefused, NumberFacts

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import Alerts, CrisisLinks, CrisisQueues, CrisisSender, LatestReadiness, LinkSigner
    from stadtdraht.ports.whatsapp import AccountOf, AccountSnapshots

DRILLS_LOOKED_AT = 5  # one that was taken back is none


@dataclass(frozen=True, slots=True)
class SharedState:
    """What is the same for all towns, observed once for all of them."""

    queues: QueueDepth | None
    """None: they cannot be read."""
    senders: WarmSenders


@dataclass(frozen=True, slots=True)
class ReadinessPorts:
    """What checking one town reads, and where the result is kept."""

    account_of: AccountOf
    snapshots: AccountSnapshots
    alerts: Alerts
    links: CrisisLinks
    signer: LinkSigner
    latest: LatestReadiness


def observe_shared(towns: Sequence[Town], queues: CrisisQueues, sender: CrisisSender) -> SharedState:
    """The ping also keeps as many senders warm as an alert of any one of these towns needs at once. Neither raises."""
    lanes = max((lanes_for(town.number.rate_mps) for town in towns), default=1)
    return SharedState(queues.depth(), sender.ping(lanes))


def check_readiness(town: Town, shared: SharedState, now: datetime, ports: ReadinessPorts) -> Readiness:
    """Asks Meta one thing, reads five, and writes one row."""
    number, refusal = _number(town, ports.account_of)
    snapshot = ports.snapshots.get(town.id)
    drills = ports.alerts.recent(town.id, LinkMode.DRILL, DRILLS_LOOKED_AT)
    observed = Observed(
        number=number,
        refusal=refusal,
        snapshot=snapshot,
        audience=snapshot.crisis_audience if snapshot else None,
        queues=shared.queues,
        senders=shared.senders,
        key_ids=tuple(ports.signer.key_ids),
        links=[link for link in ports.links.all(town.id) if link.mode is LinkMode.LIVE],
        last_drill=next((drill for drill in drills if not drill.undone_at), None),
        notices=ports.snapshots.notices(town.id),
    )
    readiness = judge_readiness(town, observed, now)
    ports.latest.save(town.id, readiness)
    return readiness


def _number(town: Town, account_of: AccountOf) -> tuple[NumberFacts | None, str]:
    try:
        return account_of(town.id).number(town.number.phone_number_id), ""
    except NoSecret:
        return None, TOKEN_REFUSED
    except MetaRefused as why:
        return None, TOKEN_REFUSED if why.is_of_the_token else str(why.code)
