"""An alert as the sender needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stadtdraht.domain.alert import Alert
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.town import Offer, Town
from stadtdraht.usecases.alert_message import alert_message


@dataclass(frozen=True, slots=True)
class AlertToSend:
    """One alert of one town, to everyone with the crisis consent in its districts."""

    alert: Alert
    town: Town
    offer: Offer = Offer.CRISIS

    @property
    def released_at(self) -> datetime:
        return self.alert.raised_at

    def reaches(self, recipient: Recipient) -> bool:
        return self.alert.reaches(recipient)

    def over(self, now: datetime) -> bool:
        return self.alert.over(now)

    def body(self, recipient: Recipient, attempt: int) -> Mapping[str, Any]:
        return alert_message(self.alert, self.town, recipient, attempt)
