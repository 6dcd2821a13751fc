"""Crisis links: made for one holder, opened by whoever has them, ended at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.links import CrisisLink, Holder, LinkMode
from stadtdraht.domain.errors import LinkNotValid, StadtdrahtError, UnknownTown
from stadtdraht.domain.town import Town
from stadtdraht.usecases.crisis.alert_wording import can_warn

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import CrisisLinks, Holders, LinkSigner
    from stadtdraht.ports.towns import Towns


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link as it is handed over. `url` is a secret."""

    link: CrisisLink
    url: str


class CannotWarn(StadtdrahtError):
    """A town without a template for warnings: whoever held its link would find out in an emergency."""

    def __init__(self, town_id: str) -> None:
        super().__init__(f"{town_id} cannot warn: its town file names no template for warnings")
        self.town_id = town_id


def make_link(
    town: Town,
    holder: str,
    expires_at: datetime,
    now: datetime,
    *,
    mode: LinkMode,
    link_id: str,
    pin_hash: str | None,
    public_url: str,
    links: CrisisLinks,
    holders: Holders,
    signer: LinkSigner,
) -> NewLink:
    """Makes a link for a holder. `pin_hash` is set where the PIN is new; a holder who has one keeps it otherwise.

    Times are cut to whole seconds, as the signed link says them. Raises CannotWarn.
    """
    if not can_warn(town):
        raise CannotWarn(town.id)
    link = CrisisLink(
        link_id,
        town.id,
        holder,
        mode,
        now.replace(microsecond=0),
        expires_at.replace(microsecond=0),
        signer.newest,
    )
    if pin_hash:
        holders.save(Holder(town.id, holder, pin_hash))
    links.save(link)
    return NewLink(link, f"{public_url}/crisis/{signer.mint(link)}")


def open_link(
    token: str, now: datetime, *, links: CrisisLinks, signer: LinkSigner, towns: Towns
) -> tuple[CrisisLink, Town]:
    """Who opens the page, and for which town. Raises LinkNotValid, with a reason that is never shown."""
    link = signer.verify(token, now)
    if links.get(link.town, link.link_id) != link:
        # Also one that another key signed than is stored with it: a leaked key opens only what it signed.
        raise LinkNotValid("revoked")
    try:
        return link, towns.get(link.town)
    except UnknownTown as gone:
        raise LinkNotValid("town") from gone


def revoke_links(
    town: str, *, links: CrisisLinks, link_id: str = "", holder: str = "", key_id: str = ""
) -> Sequence[CrisisLink]:
    """Ends at once one link, all of a holder, or all that a key signed: whichever is named. Returns those it ended."""
    named = [
        link
        for link in links.all(town)
        if (link_id and link.link_id == link_id)
        or (holder and link.holder == holder)
        or (key_id and link.key_id == key_id)
    ]
    return [link for link in named if links.revoke(town, link.link_id)]
