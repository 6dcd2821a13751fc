"""One valid request to the crisis page: what was asked, with which link, for which town, and when."""

from dataclasses import dataclass
from datetime import datetime

from functions.crisis.desk import Desk
from functions.crisis.form import Request
from stadtdraht.domain.alert import CrisisLink
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
