"""The page of one newsletter is the one that its state asks for."""

from functions.console.web.answers import not_found
from functions.console.web.newsletters.draft import show_draft
from functions.console.web.newsletters.knows import its_broadcast, who
from functions.console.web.newsletters.release import show_release
from functions.console.web.newsletters.report import show_report
from functions.console.web.newsletters.running import show_running
from functions.console.web.visit import Visit
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.four_eyes import has_written
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_state


def show(visit: Visit) -> HttpResponse:
    """Of a draft that waits, whoever may release it sees the release first."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    if broadcast.state is BroadcastState.DRAFT:
        decides = broadcast.asked is not None and not has_written(broadcast, who(visit))
        return (
            show_release(visit, broadcast) if decides and not visit.query.get("edit") else show_draft(visit, broadcast)
        )
    if broadcast_state(broadcast, visit.adapters.slices) is BroadcastState.FINISHED:
        return show_report(visit, broadcast)
    return show_running(visit, broadcast)
