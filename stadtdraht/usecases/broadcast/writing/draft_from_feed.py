"""A draft from the town's own feed: its newest stories that no newsletter had, cut so that the message fits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions, draft
from stadtdraht.domain.broadcast.feed import FeedEntry, items_of, shorter
from stadtdraht.domain.broadcast.template_variables import too_long_by
from stadtdraht.domain.town import Town


def links_told(latest: Sequence[Broadcast]) -> frozenset[str]:
    """Links of newsletters that went out or will; a draft has told nobody anything."""
    return frozenset(
        item.link for broadcast in latest if broadcast.state is not BroadcastState.DRAFT for item in broadcast.items
    )


def draft_from_feed(
    entries: Sequence[FeedEntry],
    latest: Sequence[Broadcast],
    town: Town,
    options: DraftOptions,
    most: int,
    by: Colleague,
    now: datetime,
    random: str,
    public_url: str,
) -> Broadcast:
    """Not stored. latest: newsletters whose links are not told again. Raises NothingNew, NewsletterNotFit."""
    items = items_of(entries, most, links_told(latest), town, now)
    return fitted(draft(town, items, options, by, now, random), town, public_url)


def fitted(broadcast: Broadcast, town: Town, public_url: str) -> Broadcast:
    """With teasers short enough for the template, as far as cutting helps."""
    template = town.template(broadcast.template)
    over = too_long_by(template, broadcast, town, links_in_message(broadcast, town, public_url)) if template else 0
    return replace(broadcast, items=shorter(broadcast.items, over)) if over else broadcast
