"""Reads how a town stands at Meta, and keeps it for those who send."""

from datetime import datetime

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.standing import TownStanding, Trouble, blocking
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.whatsapp_account import Limit, limit_of
from stadtdraht.ports import Audience, Standings, WhatsAppAccount


class TemplateNotAsApproved(StadtdrahtError):
    """A newsletter would go out in a form that the town did not approve, or not at all."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        told = "; ".join(f"{it}: {it.advice}" for it in troubles)
        super().__init__(f"{told}. Then `stadtdraht template sync`, and send again")
        self.troubles = troubles


def look_at_meta(
    town: Town, now: datetime, *, account: WhatsAppAccount, standings: Standings, audience: Audience
) -> TownStanding:
    """Also counts who takes warnings, where Meta sets a limit. Raises MetaRefused; what was seen before then stays."""
    number = account.number(town.number.phone_number_id)
    limit = limit_of(number.portfolio_limit) or Limit(town.number.portfolio_limit)
    standing = TownStanding(
        seen_at=now,
        number=number,
        templates=tuple(account.templates(town.number.waba_id)),
        crisis_audience=None if limit.people is None else _warned(town, audience),
    )
    standings.save(town.id, standing)
    return standing


def _warned(town: Town, audience: Audience) -> int:
    if Offer.CRISIS not in town.offers_of():
        return 0
    return sum(person.left_at is None for person in audience.scan(town.id, Offer.CRISIS))


def check_template(town: Town, template: str, *, standings: Standings) -> None:
    """Raises TemplateNotAsApproved. Nobody has looked yet: nothing is known against it."""
    if found := blocking(town, template, standings.get(town.id)):
        raise TemplateNotAsApproved(found)
