"""Looks at everything that a warning of one town needs, and keeps the lamp for those who ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import LinkMode
from stadtdraht.domain.crisis.readiness import TOKEN_REFUSED, Lamp, Pinged, Seen, Waiting, lamp_of
from stadtdraht.domain.delivery.slices import lanes_for
from stadtdraht.domain.errors import NoSecret
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account import MetaRefused, NumberFacts

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import Alerts, CrisisQueues, CrisisSender, Lamps, LinkSigner
    from stadtdraht.ports.whatsapp import AccountOf, Standings

DRILLS_LOOKED_AT = 5  # one that was taken back is none


@dataclass(frozen=True, slots=True)
class Shared:
    """What is the same for all towns; looked at once. None: they cannot be read."""

    waiting: Waiting | None
    senders: Pinged


@dataclass(frozen=True, slots=True)
class Gauges:
    """The ports of a look."""

    account_of: AccountOf
    standings: Standings
    alerts: Alerts
    signer: LinkSigner
    lamps: Lamps


def look_at_shared(towns: Sequence[Town], queues: CrisisQueues, sender: CrisisSender) -> Shared:
    """The ping also keeps as many senders warm as an alert of any one of these towns needs at once. Neither raises."""
    lanes = max((lanes_for(town.number.rate_mps) for town in towns), default=1)
    return Shared(queues.waiting(), sender.ping(lanes))


def look_at_lamp(town: Town, shared: Shared, now: datetime, gauges: Gauges) -> Lamp:
    """Asks Meta one thing, reads five, and writes one row."""
    number, refusal = _number(town, gauges.account_of)
    standing = gauges.standings.get(town.id)
    drills = gauges.alerts.recent(town.id, LinkMode.DRILL, DRILLS_LOOKED_AT)
    links = [link for link in gauges.alerts.links(town.id) if link.mode is LinkMode.LIVE]
    seen = Seen(
        number=number,
        refusal=refusal,
        standing=standing,
        audience=standing.crisis_audience if standing else None,
        waiting=shared.waiting,
        senders=shared.senders,
        key_ids=tuple(gauges.signer.key_ids),
        links=links,
        last_drill=next((drill for drill in drills if not drill.undone_at), None),
        notices=gauges.standings.notices(town.id),
    )
    lamp = lamp_of(town, seen, now)
    gauges.lamps.save(town.id, lamp)
    return lamp


def _number(town: Town, account_of: AccountOf) -> tuple[NumberFacts | None, str]:
    try:
        return account_of(town.id).number(town.number.phone_number_id), ""
    except NoSecret:
        return None, TOKEN_REFUSED
    except MetaRefused as why:
        return None, TOKEN_REFUSED if why.is_of_the_token else f"Meta did not answer (code {why.code})"
