"""One valid request to the crisis page: what was asked, with which link, for which town, and when."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from functions.crisis.web.desk import Desk
from functions.crisis.web.form import Request
from stadtdraht.domain.crisis.alert import CrisisLink
from stadtdraht.domain.town import Town


@dataclass(frozen=True, slots=True)
class Visit:
    """Only made from a link that holds."""

    request: Request
    link: CrisisLink
    town: Town
    now: datetime
    desk: Desk

    @property
    def page_url(self) -> str:
        """Path of the page; it holds the token and goes nowhere but back to this browser."""
        return f"/crisis/{self.request.token}"

    def undo_key(self, alert_id: str) -> str:
        """Given to the hand that pressed, with the alert's address: whoever only opens the link takes nothing back."""
        return self.desk.signer.mark(self.link, f"undo {alert_id}")

    @property
    def has_undo_key(self) -> bool:
        """Whether this request came with the key of the alert that it names."""
        given, ours = self.request.one("undo"), self.undo_key(self.request.alert_id)
        return hmac.compare_digest(given.encode(), ours.encode())
