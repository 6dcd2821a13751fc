"""Reads how a town stands at Meta, and keeps it for those who send."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.whatsapp.account import AccountSnapshot, Limit, limit_of
from stadtdraht.domain.whatsapp.account_events import notices_in_force
from stadtdraht.domain.whatsapp.account_problems import AccountTrouble, account_troubles, troubles_holding_back
from stadtdraht.domain.whatsapp.template_drift import TemplateTrouble, troubles_blocking

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience
    from stadtdraht.ports.whatsapp import AccountSnapshots, WhatsAppAccount


class TemplateNotAsApproved(StadtdrahtError):
    """A newsletter would go out in a form that the town did not approve, dearer than planned, or not at all."""

    def __init__(self, town_id: str, troubles: tuple[TemplateTrouble | AccountTrouble, ...]) -> None:
        super().__init__("; ".join(map(str, troubles)))
        self.town_id = town_id
        self.troubles = troubles


def take_account_snapshot(
    town: Town, now: datetime, *, account: WhatsAppAccount, snapshots: AccountSnapshots, audience: Audience
) -> AccountSnapshot:
    """Also counts who takes warnings, where Meta sets a limit. Raises MetaRefused; what was seen before then stays."""
    number = account.number(town.number.phone_number_id)
    limit = limit_of(number.portfolio_limit) or Limit(town.number.portfolio_limit)
    snapshot = AccountSnapshot(
        seen_at=now,
        number=number,
        templates=tuple(account.templates(town.number.waba_id)),
        crisis_audience=None if limit.people is None else _warned(town, audience),
    )
    snapshots.save(town.id, snapshot)
    return snapshot


def _warned(town: Town, audience: Audience) -> int:
    if Offer.CRISIS not in town.offers_of():
        return 0
    return sum(person.left_at is None for person in audience.scan(town.id, Offer.CRISIS))


def troubles_of_newsletter(
    town: Town, template: str, now: datetime, *, snapshots: AccountSnapshots
) -> tuple[TemplateTrouble | AccountTrouble, ...]:
    """What is wrong with a newsletter's template, or with the account it would go out from; nothing unless looked."""
    snapshot = snapshots.get(town.id)
    account = account_troubles(town, snapshot, snapshots.notices(town.id), now)
    return (*troubles_blocking(town, template, snapshot), *troubles_holding_back(account, town, template))


def check_template(town: Town, template: str, now: datetime, *, snapshots: AccountSnapshots) -> None:
    """Raises TemplateNotAsApproved. Nobody has looked yet: nothing is known against it."""
    if found := troubles_of_newsletter(town, template, now, snapshots=snapshots):
        raise TemplateNotAsApproved(town.id, found)


def known_account_troubles(town: Town, now: datetime, *, snapshots: AccountSnapshots) -> tuple[AccountTrouble, ...]:
    """What is known against the account and its number, as seen last and as Meta told by event."""
    return account_troubles(town, snapshots.get(town.id), snapshots.notices(town.id), now)


def settle_notices(town: Town, now: datetime, *, snapshots: AccountSnapshots) -> int:
    """Somebody saw at Meta that what it told is over; what it tells from now on counts again. Returns how much."""
    told = notices_in_force(snapshots.notices(town.id))
    snapshots.add_notices(town.id, [replace(it, told_at=now, over=True) for it in told])
    return len(told)
