"""A newsletter as it begins: a draft of one town, with the template that has room for its items."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastKind, BroadcastState, Item
from stadtdraht.domain.broadcast.colleague import Colleague
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


def draft(
    town: Town, items: tuple[Item, ...], options: DraftOptions, by: Colleague, now: datetime, random: str
) -> Broadcast:
    """Nothing is stored and nothing checked beyond the template. Raises NewsletterNotFit when none has room.

    random: the end of its id, as for `new_cause`.
    """
    template = options.template or template_for(len(items), town, picture=bool(items[0].image_url))
    blank = Broadcast(
        broadcast_id=new_cause(town.id, BROADCAST, now, random),
        town=town.id,
        items=items,
        template=template,
        state=BroadcastState.DRAFT,
        created_at=now,
        created_by=by.name,
        created_by_id=by.staff_id,
        writer_ids=frozenset({by.staff_id} - {""}),
        changed_at=now,
    )
    return rewritten(blank, town, replace(options, template=template), items)


def released(broadcast: Broadcast, by: Colleague, now: datetime, starts_at: datetime | None = None) -> Broadcast:
    """Free to start, at once or at its time."""
    return replace(
        broadcast,
        state=BroadcastState.SCHEDULED if starts_at else BroadcastState.RELEASED,
        released_by=by.name,
        released_by_id=by.staff_id,
        released_at=now,
        starts_at=starts_at,
        asked=None,
        sent_back=None,
    )


def options_of(broadcast: Broadcast) -> DraftOptions:
    """What was said of it beside its items."""
    return DraftOptions(
        subject=broadcast.subject,
        kind=broadcast.kind,
        topics=broadcast.topics,
        districts=broadcast.districts,
        languages=broadcast.languages,
        personal=bool(broadcast.persona),
        template=broadcast.template,
        feed=broadcast.feed,
    )


def rewritten(broadcast: Broadcast, town: Town, options: DraftOptions, items: tuple[Item, ...]) -> Broadcast:
    """The same newsletter with other items and options; the template must be named."""
    return replace(
        broadcast,
        items=items,
        subject=options.subject,
        kind=options.kind or _usual_kind(items),
        topics=frozenset(options.topics),
        districts=frozenset(options.districts),
        languages=frozenset(options.languages),
        persona=town.persona if options.personal else "",
        template=options.template,
        feed=options.feed,
    )


def _usual_kind(items: tuple[Item, ...]) -> BroadcastKind:
    return BroadcastKind.DIGEST if len(items) > 1 else BroadcastKind.SINGLE
