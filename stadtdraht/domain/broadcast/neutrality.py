"""Before an election a town keeps its officials out of its newsletters.

Source: BVerfG, 2 March 1977, 2 BvE 1/76 (public bodies must not take part in a campaign); administrative courts hold
mayors to the same. How long before is not written down: towns say it in `election_quiet_days`.
"""

from datetime import date, datetime, timedelta

from stadtdraht.domain.town import Town


def election_ahead(town: Town, at: datetime) -> date | None:
    """The election whose quiet time this moment lies in, its day included; the nearest of several."""
    day = at.astimezone(town.zone).date()
    quiet = timedelta(town.election_quiet_days)
    return min((election for election in town.elections if election - quiet <= day <= election), default=None)
