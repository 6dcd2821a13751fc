"""From a draft to a newsletter that may go out: changed, looked through, released by whoever may."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState, Item, NewsletterNotFit
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.draft import released
from stadtdraht.domain.broadcast.lint import Problem, check, problems_of
from stadtdraht.domain.broadcast.template_variables import template_for
from stadtdraht.domain.broadcast.weekly import same_every_week
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts, Links

AT_ONCE = 10  # two addresses for each of five items


class NotADraft(StadtdrahtError):
    """Only a draft can be changed or released."""

    def __init__(self, broadcast: Broadcast) -> None:
        super().__init__(f"{broadcast.broadcast_id} is no draft any more: it is {broadcast.state}")


class SecondPersonNeeded(StadtdrahtError):
    """The town wants a second pair of eyes."""

    def __init__(self, broadcast: Broadcast, town: Town) -> None:
        super().__init__(
            f"{town.name} wants a second person: {broadcast.created_by} wrote it, so somebody else releases it with "
            f"`stadtdraht broadcast release {broadcast.broadcast_id} --by NAME`"
        )


class NotReleased(StadtdrahtError):
    """It may not start, or not in this way."""

    def __init__(self, broadcast: Broadcast) -> None:
        draft = broadcast.state is BroadcastState.DRAFT
        then = f"; release it first: `stadtdraht broadcast release {broadcast.broadcast_id}`" if draft else " already"
        super().__init__(f"{broadcast.broadcast_id} is {broadcast.state}{then}")


class ChangedMeanwhile(StadtdrahtError):
    """Somebody else changed it at the same moment."""

    def __init__(self, broadcast_id: str) -> None:
        super().__init__(f"{broadcast_id} was changed by somebody else just now; look at it again and repeat")


def look_through(
    broadcast: Broadcast, town: Town, now: datetime, *, links: Links | None, public_url: str
) -> tuple[Problem, ...]:
    """Everything that keeps it from going out, dead links included; links None does not ask them."""
    found = problems_of(broadcast, town, links_in_message(broadcast, town, public_url), now)
    unsound = {(problem.item, problem.field) for problem in found}
    dead = _dead(broadcast.items, unsound, links) if links else ()
    return (*found, *dead)


def _dead(items: tuple[Item, ...], unsound: set[tuple[int, str]], links: Links) -> Iterable[Problem]:
    asked = [
        (number, field, address)
        for number, item in enumerate(items, start=1)
        for field, address in (("link", item.link), ("image", item.image_url))
        if address and (number, field) not in unsound
    ]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        troubles = list(threads.map(links.trouble, [address for *_, address in asked]))
    return [
        Problem(number, field, f"{address} {trouble}")
        for (number, field, address), trouble in zip(asked, troubles, strict=True)
        if trouble
    ]


def change(
    broadcast: Broadcast, town: Town, items: tuple[Item, ...], subject: str | None, by: str, *, broadcasts: Broadcasts
) -> Broadcast:
    """The draft with other items or another subject, stored; `by` has written it last. Raises NotADraft,
    NewsletterNotFit when no template has room, ChangedMeanwhile.
    """
    if broadcast.state is not BroadcastState.DRAFT:
        raise NotADraft(broadcast)
    same = [bool(it.image_url) for it in items] == [bool(it.image_url) for it in broadcast.items]
    after = replace(
        broadcast,
        items=items,
        subject=broadcast.subject if subject is None else subject,
        template=broadcast.template if same else template_for(len(items), town, picture=bool(items[0].image_url)),
        created_by=by,
    )
    if not broadcasts.replace(broadcast, after):
        raise ChangedMeanwhile(broadcast.broadcast_id)
    return after


def release(
    broadcast: Broadcast,
    town: Town,
    by: str,
    now: datetime,
    *,
    broadcasts: Broadcasts,
    links: Links | None,
    public_url: str,
) -> Broadcast:
    """Stored as released by `by`. Raises NotADraft, SecondPersonNeeded, NewsletterNotFit, ChangedMeanwhile."""
    if broadcast.state is not BroadcastState.DRAFT:
        raise NotADraft(broadcast)
    if town.two_person_release and _same(broadcast.created_by, by):
        raise SecondPersonNeeded(broadcast, town)
    after = released(broadcast, by, now)
    if found := look_through(after, town, now, links=links, public_url=public_url):
        raise NewsletterNotFit("\n".join(str(problem) for problem in found))
    if not broadcasts.replace(broadcast, after):
        raise ChangedMeanwhile(broadcast.broadcast_id)
    return after


def put_off(
    broadcast: Broadcast,
    town: Town,
    starts_at: datetime,
    repeat: str,
    now: datetime,
    *,
    broadcasts: Broadcasts,
    public_url: str,
) -> Broadcast:
    """A released one gets its time, or another one. repeat: "" or WEEKLY. Raises NotReleased, NewsletterNotFit for
    what is over by then, ChangedMeanwhile.
    """
    if broadcast.state not in (BroadcastState.RELEASED, BroadcastState.SCHEDULED) or broadcast.lanes:
        raise NotReleased(broadcast)
    after = replace(broadcast, state=BroadcastState.SCHEDULED, starts_at=starts_at, repeat=repeat)
    check(after, town, links_in_message(after, town, public_url), now)
    if repeat and not same_every_week(starts_at, town.zone):
        raise NewsletterNotFit("twice a year there is no such hour, or two, on the night of the clocks; take another")
    if not broadcasts.replace(broadcast, after):
        raise ChangedMeanwhile(broadcast.broadcast_id)
    return after


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
