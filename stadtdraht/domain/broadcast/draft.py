"""A newsletter as it begins: a draft of one town, with the template that has room for its items."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastKind, BroadcastState, Item
from stadtdraht.domain.broadcast.template_variables import template_for
from stadtdraht.domain.identifiers import BROADCAST, new_cause
from stadtdraht.domain.town import Town


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What staff say of a newsletter beside its items."""

    subject: str = ""
    """What it is called; "": like its first item."""
    kind: BroadcastKind | None = None
    """None: as the number of items says."""
    topics: Iterable[str] = ()
    districts: Iterable[str] = ()
    languages: Iterable[str] = ()
    personal: bool = False
    """Signed with the town's persona."""
    template: str = ""
    """Its name; "": the one of the town that has room."""
    feed: str = ""
    """Address of the feed that the items are from."""


def draft(town: Town, items: tuple[Item, ...], options: DraftOptions, by: str, now: datetime, random: str) -> Broadcast:
    """Nothing is stored and nothing checked beyond the template. Raises NewsletterNotFit when none has room.

    random: the end of its id, as for `new_cause`.
    """
    usual = BroadcastKind.DIGEST if len(items) > 1 else BroadcastKind.SINGLE
    return Broadcast(
        broadcast_id=new_cause(town.id, BROADCAST, now, random),
        town=town.id,
        items=items,
        template=options.template or template_for(len(items), town, picture=bool(items[0].image_url)),
        state=BroadcastState.DRAFT,
        created_at=now,
        subject=options.subject,
        kind=options.kind or usual,
        topics=frozenset(options.topics),
        districts=frozenset(options.districts),
        languages=frozenset(options.languages),
        persona=town.persona if options.personal else "",
        created_by=by,
        feed=options.feed,
    )


def released(broadcast: Broadcast, by: str, now: datetime, starts_at: datetime | None = None) -> Broadcast:
    """Free to start, at once or at its time."""
    state = BroadcastState.SCHEDULED if starts_at else BroadcastState.RELEASED
    return replace(broadcast, state=state, released_by=by, released_at=now, starts_at=starts_at)
