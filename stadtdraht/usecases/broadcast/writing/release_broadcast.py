"""From a draft to a newsletter that may go out: edited, linted, released by whoever may, within the town's promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, Item, NewsletterNotFit, Verb, demand
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions, options_of, released, rewritten
from stadtdraht.domain.broadcast.finding import NewsletterFinding
from stadtdraht.domain.broadcast.four_eyes import has_written, written
from stadtdraht.domain.broadcast.lint import lint
from stadtdraht.domain.broadcast.promise import PromiseBroken, TooOften, too_often
from stadtdraht.domain.broadcast.template_variables import template_for
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.load_broadcast import replace_stored
from stadtdraht.usecases.broadcast.writing.look_at_links import PATIENTLY_S, trouble_with_links

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts, Links

LOOKS_AT = 60  # newsletters: two a day for a month


class SecondPersonNeeded(StadtdrahtError):
    """The town wants a second pair of eyes."""

    def __init__(self, broadcast: Broadcast, town: Town) -> None:
        super().__init__(
            f"{town.name} wants a second person: {broadcast.created_by} wrote it, so somebody else releases it"
        )
        self.broadcast_id = broadcast.broadcast_id
        self.created_by = broadcast.created_by


def lint_with_links(
    broadcast: Broadcast, town: Town, now: datetime, *, links: Links | None, public_url: str
) -> tuple[NewsletterFinding, ...]:
    """Everything that keeps it from going out, dead links included; links None does not ask them."""
    found = lint(broadcast, town, links_in_message(broadcast, town, public_url), now)
    unsound = {(finding.item, finding.field) for finding in found}
    dead = trouble_with_links(broadcast.items, links, PATIENTLY_S, unsound) if links else ()
    return (*found, *(finding for finding, _ in dead))


def check_with_links(broadcast: Broadcast, town: Town, now: datetime, *, links: Links | None, public_url: str) -> None:
    """Raises NewsletterNotFit with every finding of `lint_with_links`, a line each."""
    if found := lint_with_links(broadcast, town, now, links=links, public_url=public_url):
        raise NewsletterNotFit.because(found)


def edit_draft(
    broadcast: Broadcast,
    town: Town,
    items: tuple[Item, ...],
    subject: str | None,
    by: Colleague,
    now: datetime,
    *,
    broadcasts: Broadcasts,
) -> Broadcast:
    """The draft with other items or another subject, stored; `by` has written it last.

    Raises NotADraft, NewsletterNotFit when no template has room, ChangedMeanwhile.
    """
    subject = broadcast.subject if subject is None else subject
    after = edited(broadcast, town, replace(options_of(broadcast), subject=subject), items, by, now)
    return replace_stored(broadcast, after, broadcasts)


def edited(
    broadcast: Broadcast, town: Town, options: DraftOptions, items: tuple[Item, ...], by: Colleague, now: datetime
) -> Broadcast:
    """The draft as somebody else would have it; nothing is stored. Raises NotADraft, NewsletterNotFit."""
    demand(broadcast, Verb.EDIT)
    same = [bool(it.image_url) for it in items] == [bool(it.image_url) for it in broadcast.items]
    template = broadcast.template if same else template_for(len(items), town, picture=bool(items[0].image_url))
    return written(rewritten(broadcast, town, replace(options, template=template), items), by, now)


def release_draft(
    broadcast: Broadcast,
    town: Town,
    by: Colleague,
    now: datetime,
    *,
    broadcasts: Broadcasts,
    links: Links | None,
    public_url: str,
) -> Broadcast:
    """Stored as released by `by`. Raises NotADraft, SecondPersonNeeded, NewsletterNotFit, ChangedMeanwhile."""
    after = released_by(broadcast, town, by, now)
    check_with_links(after, town, now, links=links, public_url=public_url)
    return replace_stored(broadcast, after, broadcasts)


def released_by(broadcast: Broadcast, town: Town, by: Colleague, now: datetime) -> Broadcast:
    """The draft as it would be after its release; nothing is stored. Raises NotADraft, SecondPersonNeeded."""
    demand(broadcast, Verb.RELEASE)
    if town.two_person_release and has_written(broadcast, by):
        raise SecondPersonNeeded(broadcast, town)
    return released(broadcast, by, now)


def promise_finding(
    broadcast: Broadcast, town: Town, at: datetime, now: datetime, broadcasts: Broadcasts
) -> TooOften | None:
    """What the town's promise says against this time.

    Reads the latest newsletters, and only where something is promised.
    """
    if town.promise is None:
        return None
    return too_often(broadcast, town, at, now, broadcasts.recent(town.id, LOOKS_AT))


def check_promise(broadcast: Broadcast, town: Town, at: datetime, now: datetime, broadcasts: Broadcasts) -> None:
    """Before a newsletter goes out or gets its time. Raises PromiseBroken."""
    if why := promise_finding(broadcast, town, at, now, broadcasts):
        raise PromiseBroken(why)
