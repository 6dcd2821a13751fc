"""What a press leaves in the evidence folder: who, when, with which link, and what was raised or refused."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import Alert, AlreadyRaised, Raised
from stadtdraht.domain.crisis.evidence import (
    PIN_LOCKED,
    PIN_REFUSED,
    PRESSED_AGAIN,
    RAISED,
    UNDONE,
    fingerprint,
    folder_of_month,
)
from stadtdraht.domain.crisis.links import CrisisLink
from stadtdraht.usecases.crisis.raise_alert import PressOutcome

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import Alerts, Evidence


def note_undo(alert: Alert, link: CrisisLink, now: datetime, *, evidence: Evidence) -> None:
    """Adds to the folder of the alert that was taken back, and of the one that therefore holds on."""
    who = _who(link)
    evidence.append(link.town, alert.alert_id, UNDONE, now, who)
    if alert.follows:
        evidence.append(link.town, alert.follows, UNDONE, now, {**who, "undone": alert.alert_id})


def note_press(outcome: PressOutcome, link: CrisisLink, now: datetime, *, alerts: Alerts, evidence: Evidence) -> None:
    """Adds to the alert's folder; a refused PIN, which belongs to no alert, to the town's folder of the month.

    What else was rejected (a choice, the typed name) was corrected by the same hand and is no event.
    """
    who = _who(link)
    match outcome:
        case Raised(alert_id):
            alert = alerts.get(alert_id)
            evidence.append(link.town, alert_id, RAISED, now, {**who, **(facts_of(alert) if alert else {})})
            if alert and alert.follows:
                evidence.append(link.town, alert.follows, str(alert.kind), now, {**who, "followed_by": alert_id})
        case AlreadyRaised(alert_id):
            evidence.append(link.town, alert_id, PRESSED_AGAIN, now, who)
        case _ if outcome.field == "pin":
            what = PIN_LOCKED if outcome.locks else PIN_REFUSED
            evidence.append(link.town, folder_of_month(now), what, now, who)


def _who(link: CrisisLink) -> dict[str, str]:
    return {"holder": link.holder, "link_id": link.link_id, "key_id": link.key_id, "mode": str(link.mode)}


def facts_of(alert: Alert) -> dict[str, str]:
    """What was raised, in words that a folder keeps; the wording itself by its fingerprint."""
    return {
        "scenario": alert.scenario,
        **({"kind": str(alert.kind), "follows": alert.follows} if alert.follows else {}),
        "districts": ",".join(sorted(alert.districts)),
        **({"detail": alert.detail} if alert.detail else {}),
        "issuer": alert.issuer,
        "expires_at": alert.expires_at.isoformat(timespec="seconds"),
        **({"sends_at": alert.sends_at.isoformat(timespec="milliseconds")} if alert.sends_at else {}),
        "languages": ",".join(sorted(alert.wording)),
        "wording": fingerprint(alert.wording),
    }
