"""The newsletters of a town, page by page and in a calendar. Reads no row of a delivery."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.calendar import Calendar, calendar
from stadtdraht.domain.broadcast.errand import Errand
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.errands.kept_report import kept_report
from stadtdraht.usecases.broadcast.reporting.broadcast_status import is_finished, left_behind

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts, Errands
    from stadtdraht.ports.delivery import Slices
    from stadtdraht.usecases.broadcast.reporting.broadcast_report import BroadcastReport

PAGE = 20
SIDE_BY_SIDE = 8  # newsletters whose rows are read at a time
LOOKS_AT = 40  # for the calendar: ten a week


@dataclass(frozen=True, slots=True)
class ListedNewsletter:
    """One line of the list."""

    broadcast: Broadcast
    state: BroadcastState
    """FINISHED when its slices are all done."""
    report: BroadcastReport | None = None
    """As it was counted last; None: nobody did."""
    left_behind: int | None = None
    """About how many people nobody sends it to any more, though it runs; None: it is on its way, or does not run."""


@dataclass(frozen=True, slots=True)
class NewsletterList:
    """One page of them."""

    rows: Sequence[ListedNewsletter]
    calendar: Calendar
    more: str
    """Id behind which the next page begins; "" on the last."""
    latest: Broadcast | None = None
    """Which went out last."""


def newsletter_list(
    town: Town, behind: str, now: datetime, *, broadcasts: Broadcasts, slices: Slices, errands: Errands
) -> NewsletterList:
    """behind: id of the last one of the page before; "" begins."""
    latest = list(broadcasts.recent(town.id, LOOKS_AT))
    known = {it.broadcast_id for it in latest}
    series = {it.series for it in latest if it.series} - known  # begun long ago, and still going on
    latest += [it for one in sorted(series) if (it := broadcasts.get(one))]
    last = broadcasts.get(behind) if behind else None
    own = last if last and last.town == town.id else None
    page = (broadcasts.recent(town.id, PAGE + 1, own) if own else latest)[: PAGE + 1]
    asked = {it.broadcast_id: it for it in (*latest, *page[:PAGE])}
    with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        listed = threads.map(lambda it: _listed(it, town, now, slices, errands), asked.values())
        stands = dict(zip(asked, listed, strict=True))
    finished = frozenset(the_id for the_id, it in stands.items() if it.state is BroadcastState.FINISHED)
    left = frozenset(the_id for the_id, it in stands.items() if it.left_behind is not None)
    rows = [stands[it.broadcast_id] for it in page[:PAGE]]
    begun = [it for it in latest if it.has_begun]
    return NewsletterList(
        rows,
        calendar(latest, finished, left, town, now),
        page[PAGE - 1].broadcast_id if len(page) > PAGE else "",
        max(begun, key=lambda it: it.begun_at, default=None),
    )


def _listed(broadcast: Broadcast, town: Town, now: datetime, slices: Slices, errands: Errands) -> ListedNewsletter:
    if not broadcast.has_begun:
        return ListedNewsletter(broadcast, broadcast.state)
    result = errands.get(broadcast.broadcast_id, Errand.REPORT).result
    report = kept_report(result.value) if result and result.value else None
    if result and result.final and report and report.state == BroadcastState.FINISHED:
        return ListedNewsletter(broadcast, BroadcastState.FINISHED, report)
    snapshots = slices.snapshots(broadcast.broadcast_id)
    if is_finished(broadcast, [it.progress.state for it in snapshots]):
        return ListedNewsletter(broadcast, BroadcastState.FINISHED, report)
    return ListedNewsletter(broadcast, broadcast.state, report, left_behind(broadcast, town, snapshots, now))
