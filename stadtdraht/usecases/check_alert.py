"""„Ist das echt?“: what anybody may know about an alert, for people who got a forwarded copy."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.alert import Alert, LinkMode
from stadtdraht.domain.errors import UnknownTown
from stadtdraht.domain.town import Town
from stadtdraht.ports import Alerts, Towns


class Standing(StrEnum):
    """What the page says first."""

    VALID = "valid"
    OVER = "over"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Checked:
    """An alert of ours. Who pressed is nobody's business here; who warns is."""

    alert: Alert
    town: Town
    standing: Standing


def check_alert(alert_id: str, now: datetime, *, alerts: Alerts, towns: Towns) -> Checked | None:
    """None: we raised no such alert."""
    alert = alerts.get(alert_id)
    if alert is None:
        return None
    try:
        town = towns.get(alert.town)
    except UnknownTown:
        return None
    if alert.mode is LinkMode.DRILL:
        return Checked(alert, town, Standing.DRILL)
    return Checked(alert, town, Standing.OVER if alert.over(now) else Standing.VALID)
