"""This week's issue of a weekly newsletter: made once, however often its schedule fires."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions
from stadtdraht.domain.broadcast.feed import FeedNotRead, NothingNew
from stadtdraht.domain.broadcast.weekly import due, issue_id
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.writing.draft_from_feed import draft_from_feed
from stadtdraht.usecases.broadcast.writing.release_broadcast import lint_with_links, promise_finding

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts, Feeds, Links


@dataclass(frozen=True, slots=True)
class IssueResult:
    """This week's issue, and whether it goes out."""

    broadcast: Broadcast | None
    """None: there is none this week."""
    why: str = ""
    """What kept it from going out; "": nothing did."""

    @property
    def may_start(self) -> bool:
        """Whether it goes out now; else it waits as a draft for somebody to mend or release it."""
        return self.broadcast is not None and self.broadcast.state is not BroadcastState.DRAFT


def weekly_issue(
    series: Broadcast,
    town: Town,
    now: datetime,
    *,
    broadcasts: Broadcasts,
    feeds: Feeds,
    links: Links,
    public_url: str,
) -> IssueResult:
    """The first issue is what was released. Later ones of a feed's series are its newest stories, of any other the same
    again. Where a town wants a second person, fresh stories wait for one.
    """
    if series.state is not BroadcastState.SCHEDULED:
        return IssueResult(None, f"{series.broadcast_id} is {series.state}")
    at = due(series.starts_at or series.goes_at, town.zone, now)
    if stored := broadcasts.get(issue_id(series, at)):
        return _as_stored(stored)
    fresh = bool(series.feed) and at != series.starts_at
    try:
        made = _fresh(series, town, at, broadcasts, feeds, public_url) if fresh else _as_released(series, at)
    except (FeedNotRead, NothingNew) as none:
        # Nothing is new, too, when the schedule fired twice and the other one has just taken the stories.
        stored = broadcasts.get(issue_id(series, at))
        return _as_stored(stored) if stored else IssueResult(None, str(none))
    found = lint_with_links(made, town, now, links=links, public_url=public_url)
    why = "\n".join(str(finding) for finding in found)
    if too_often := promise_finding(made, town, at, now, broadcasts):
        why = f"{why}\n{too_often}".strip()
    if fresh and town.two_person_release:
        why = f"{why}\na second person has to release it".strip()
    if why:
        made = replace(made, state=BroadcastState.DRAFT, released_by="", released_by_id="", released_at=None)
    if not broadcasts.create(made):  # the schedule fired twice, and the other one was faster
        stored = broadcasts.get(made.broadcast_id)
        return IssueResult(stored, why)
    return IssueResult(made, why)


def _as_stored(issue: Broadcast) -> IssueResult:
    return IssueResult(issue, "" if issue.state is not BroadcastState.DRAFT else "it waits as a draft")


def _as_released(series: Broadcast, at: datetime) -> Broadcast:
    return replace(
        series,
        broadcast_id=issue_id(series, at),
        state=BroadcastState.RELEASED,
        created_at=at,
        released_at=at,
        starts_at=at,
        repeat="",
        series=series.broadcast_id,
    )


def _fresh(
    series: Broadcast, town: Town, at: datetime, broadcasts: Broadcasts, feeds: Feeds, public_url: str
) -> Broadcast:
    entries, latest = feeds.read(series.feed), broadcasts.recent(town.id)
    most, by = len(series.items), Colleague(f"weekly {series.broadcast_id}")
    drafted = draft_from_feed(entries, latest, town, DraftOptions(feed=series.feed), most, by, at, "", public_url)
    again = _as_released(series, at)
    return replace(
        again,
        items=drafted.items,
        template=drafted.template,
        created_by=by.name,
        created_by_id="",
        writer_ids=frozenset(),
        changed_at=at,
    )
