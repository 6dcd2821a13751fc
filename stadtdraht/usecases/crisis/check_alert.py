"""„Ist das echt?“: what anybody may know about an alert, for people who got a forwarded copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import Alert, AlertValidity
from stadtdraht.domain.errors import UnknownTown
from stadtdraht.domain.town import Town
from stadtdraht.texts.alert_page import page_sentence
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.usecases.crisis.alert_wording import until

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.towns import Towns


@dataclass(frozen=True, slots=True)
class AlertCheckResult:
    """An alert of ours. Who pressed is nobody's business here; who warns is."""

    alert: Alert
    town: Town
    validity: AlertValidity
    followed_by: Alert | None = None


def first_sentences(checked: AlertCheckResult) -> tuple[tuple[str, str, str], ...]:
    """What the page says first, per further language of the town: its code, its own name, the sentence."""
    return tuple(
        (
            language,
            LANGUAGES[language].name,
            sentence.format(until=until(checked.alert.expires_at, checked.town, language)),
        )
        for language in checked.town.languages
        if (sentence := page_sentence(checked.validity, language))
    )


def check_alert(alert_id: str, now: datetime, *, alerts: Alerts, towns: Towns) -> AlertCheckResult | None:
    """None: we raised no such alert, or none that anybody got."""
    alert = alerts.get(alert_id)
    if alert is None or not alert.is_public(now):
        return None
    try:
        town = towns.get(alert.town)
    except UnknownTown:
        return None
    follower = alerts.get(alert.followed_by) if alert.followed_by else None
    return AlertCheckResult(
        alert, town, alert.validity(now), follower if follower and follower.is_public(now) else None
    )
