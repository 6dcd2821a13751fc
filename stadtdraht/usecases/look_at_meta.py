"""Reads how a town stands at Meta, and keeps it for those who send."""

from datetime import datetime

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.standing import TownStanding, Trouble, blocking
from stadtdraht.domain.town import Town
from stadtdraht.ports import Standings, WhatsAppAccount


class TemplateNotAsApproved(StadtdrahtError):
    """A newsletter would go out in a form that the town did not approve, or not at all."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        told = "; ".join(f"{it}: {it.advice}" for it in troubles)
        super().__init__(f"{told}. Then `stadtdraht template sync`, and send again")
        self.troubles = troubles


def look_at_meta(town: Town, now: datetime, *, account: WhatsAppAccount, standings: Standings) -> TownStanding:
    """Raises MetaRefused; what was seen before then stays."""
    standing = TownStanding(
        seen_at=now,
        number=account.number(town.number.phone_number_id),
        templates=tuple(account.templates(town.number.waba_id)),
    )
    standings.save(town.id, standing)
    return standing


def check_template(town: Town, template: str, *, standings: Standings) -> None:
    """Raises TemplateNotAsApproved. Nobody has looked yet: nothing is known against it."""
    if found := blocking(town, template, standings.get(town.id)):
        raise TemplateNotAsApproved(found)
