"""A newsletter that was released: planned, on its way, stopped; with its figures some seconds old."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from functions.console.web.answers import not_found
from functions.console.web.newsletters.figures import big_of, reasons_of
from functions.console.web.newsletters.knows import errand_ports, its_broadcast, who
from functions.console.web.newsletters.phone import phone
from functions.console.web.newsletters.times import next_start, schedule_ports, typed_time, why_not_then
from functions.console.web.page import page, part
from functions.console.web.visit import Values, Visit
from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState, Finished, StateForbids
from stadtdraht.domain.broadcast.promise import PromiseBroken
from stadtdraht.domain.broadcast.slicing import had_their_turn, lasts_s
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.broadcast.errands.ask_errand import latest_report
from stadtdraht.usecases.broadcast.errands.kept_report import kept_report
from stadtdraht.usecases.broadcast.planning.plan_broadcast import PlanPorts
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_state, left_behind
from stadtdraht.usecases.broadcast.sending.send_newsletter import SendPorts
from stadtdraht.usecases.broadcast.sending.stop_and_resume import (
    NewsletterOver,
    ResumesLate,
    RunPorts,
    check_resumable,
    resume_newsletter,
    stop_newsletter,
)
from stadtdraht.usecases.broadcast.writing.schedule_newsletter import Timing, schedule_newsletter

HELD = (BroadcastState.STOPPED, BroadcastState.HALTED)
BEGINS_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Moves:
    """The form for another hour."""

    day: str
    hour: str
    error: str = ""
    too_often: bool = False
    """Whether only the town's promise stands in the way."""

    @classmethod
    def of(cls, visit: Visit, broadcast: Broadcast) -> Self:
        """As it is now."""
        local = (next_start(visit, broadcast) or visit.now).astimezone(visit.town.zone)
        return cls(f"{local:%Y-%m-%d}", f"{local:%H:%M}")

    @classmethod
    def typed(cls, visit: Visit, error: str, *, too_often: bool) -> Self:
        """With why it was not taken."""
        return cls(visit.form.get("day"), visit.form.get("hour"), error, too_often)


def show_running(
    visit: Visit,
    broadcast: Broadcast,
    *,
    error: str = "",
    late: str = "",
    moves: Moves | None = None,
    status: int = 200,
) -> HttpResponse:
    """error: why a press did nothing. late: since when it was held, where somebody has to say that it goes on."""
    is_planned = broadcast.state is BroadcastState.SCHEDULED and broadcast.starts_at is not None
    shown = _values(visit, broadcast)
    return page(
        visit,
        "newsletters/running.html",
        broadcast.title,
        here="newsletters",
        status=status,
        **shown,
        error=error,
        late=late,
        moves=moves or (Moves.of(visit, broadcast) if is_planned else None),
        step=4,
        phone=phone(visit, broadcast),
    )


def show_part(visit: Visit) -> HttpResponse:
    """Its progress, for the script that renews it; the report stands on a page of its own, so that one is gone."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    if broadcast_state(broadcast, visit.adapters.slices) is BroadcastState.FINISHED:
        note = latest_report(broadcast, visit.now, errand_ports(visit), is_over=True)
        again = visit.query.get("again") == "1"  # the page shows an older count already
        if note.is_under_way(visit.now) if again else note.result is None:
            return part(visit, "newsletters/counting.html", broadcast=broadcast, again=again)
        return not_found()  # so the script loads the page anew, and finds the report
    return part(visit, "newsletters/progress.html", **_values(visit, broadcast), late="")


def stop(visit: Visit) -> HttpResponse:
    """A second press finds it stopped, and changes nothing."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    here = f"newsletters/{broadcast.broadcast_id}"
    try:
        if broadcast.state not in HELD:
            stop_newsletter(broadcast.broadcast_id, visit.now, _run_ports(visit))
    except Finished:
        return visit.to(f"{here}?done=over-already")
    except StateForbids:
        return visit.to(here)
    return visit.to(f"{here}?done=stopped")


def resume(visit: Visit) -> HttpResponse:
    """Where it was held for hours, only with a word that it still holds true."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    here, the_id = f"newsletters/{broadcast.broadcast_id}", broadcast.broadcast_id
    try:
        if broadcast.state in HELD or _is_stuck(visit, broadcast) or _left(visit, broadcast) is not None:
            although = visit.form.get("late") == "1"
            resume_newsletter(the_id, visit.now, _run_ports(visit), although_late=although)
    except ResumesLate as late:
        return show_running(visit, broadcast, late=late.since, status=409)
    except StateForbids:
        return visit.to(here)
    except StadtdrahtError as why:
        return show_running(visit, broadcast, error=why_not_then(why, broadcast), status=422)
    return visit.to(f"{here}?done=resumed")


def move(visit: Visit) -> HttpResponse:
    """Another hour for one that is planned; it stays released."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    if broadcast.state is not BroadcastState.SCHEDULED:  # of a draft, this would be its release
        return visit.to(f"newsletters/{broadcast.broadcast_id}")
    try:
        timing, ports = Timing(typed_time(visit), broadcast.repeat), schedule_ports(visit)
        beyond = visit.form.get("beyond") == "1"
        schedule_newsletter(broadcast.broadcast_id, timing, who(visit), visit.now, ports, beyond_promise=beyond)
    except StateForbids:
        return visit.to(f"newsletters/{broadcast.broadcast_id}")
    except StadtdrahtError as why:
        too_often = isinstance(why, PromiseBroken)
        return show_running(
            visit, broadcast, moves=Moves.typed(visit, why_not_then(why, broadcast), too_often=too_often), status=422
        )
    return visit.to(f"newsletters/{broadcast.broadcast_id}?done=moved")


def _values(visit: Visit, broadcast: Broadcast) -> Values:
    town, now = visit.town, visit.now
    begun, held = broadcast.has_begun, broadcast.state in HELD
    slices = visit.adapters.slices.snapshots(broadcast.broadcast_id) if begun else ()
    turns = had_their_turn(((it.work_slice, it.progress) for it in slices), broadcast.planned)
    # Just resumed, it is on its way, though no sender has taken up a slice yet.
    left = None if visit.query.get("done") == "resumed" else left_behind(broadcast, town, slices, now)
    note = latest_report(broadcast, now, errand_ports(visit)) if begun else None
    result = note.result if note else None
    report = kept_report(result.value) if result and result.value else None
    left_s = lasts_s(broadcast.planned - turns, town.number.rate_mps)
    return {
        "broadcast": broadcast,
        "state": broadcast.state,
        "held": held,
        "still": left is not None,
        "left": words.people(left) if left else "",
        "over": _over(visit, broadcast) if left is not None else "",
        "stuck": _is_stuck(visit, broadcast),
        "begun": begun,
        "weekly": bool(broadcast.repeat),
        "sub": _sub(visit, broadcast),
        "turns": turns,
        "sent": say(
            "{turns} von {planned} waren an der Reihe", turns=grouped(turns), planned=grouped(broadcast.planned)
        ),
        "at_turn": grouped(turns),
        "ends": _ends(broadcast, left_s) if left is None else "",
        "stands": say("Stand {time} Uhr", time=words.clock(now, town)),
        "starts": _starts(visit, broadcast),
        "next_at": words.day_and_hour(broadcast.next_at, town) if broadcast.next_at and not held else "",
        "halted": why_not(str(broadcast.halted_by)) if broadcast.halted_by else "",
        "big": big_of(report) if report else [],
        "counted": words.clock(result.at, town) if report and result else "",
        "reasons": reasons_of(report) if report else [],
    }


def _starts(visit: Visit, broadcast: Broadcast) -> str:
    at = next_start(visit, broadcast)
    if at is None:
        return ""
    return words.when(at, broadcast.repeat, visit.town, has_begun=at != broadcast.starts_at)


def _is_stuck(visit: Visit, broadcast: Broadcast) -> bool:
    """Whether it should have begun, and has not: the start failed, and its alarm told who operates this."""
    waits = broadcast.state in (BroadcastState.RELEASED, BroadcastState.SCHEDULED) and not broadcast.repeat
    return waits and not broadcast.has_begun and visit.now - broadcast.goes_at >= BEGINS_WITHIN


def _left(visit: Visit, broadcast: Broadcast) -> int | None:
    snapshots = visit.adapters.slices.snapshots(broadcast.broadcast_id)
    return left_behind(broadcast, visit.town, snapshots, visit.now)


def _over(visit: Visit, broadcast: Broadcast) -> str:
    """Since when nothing of it goes out any more, whoever resumes it; "" while it may."""
    try:
        check_resumable(broadcast, visit.town, visit.now, slices=visit.adapters.slices)
    except NewsletterOver as why:
        return why_not_then(why, broadcast)
    except StateForbids:
        return ""  # meanwhile it ended: the next look finds its report
    return ""


def _sub(visit: Visit, broadcast: Broadcast) -> str:
    parts = [say("geschrieben von {name}", name=broadcast.created_by or say("der Stadt"))]
    if broadcast.released_by:
        parts.append(say("freigegeben von {name}", name=broadcast.released_by))
    people = ", ".join(parts)
    if broadcast.state in HELD and broadcast.held_at:
        held = say("angehalten seit {since}", since=words.ago(broadcast.held_at, visit.town, visit.now))
        return f"{held} · {people}"
    if broadcast.has_begun:
        begun = say("begonnen {at}", at=words.ago(broadcast.begun_at, visit.town, visit.now))
        return f"{begun} · {people}"
    return people


def _ends(broadcast: Broadcast, left_s: float) -> str:
    """How much longer; without a clock, which would change with every look."""
    if broadcast.state is not BroadcastState.RUNNING or not broadcast.has_begun:
        return ""
    return say("noch {time}", time=words.lasts(round(left_s))) if left_s >= 1 else say("gleich fertig")


def _run_ports(visit: Visit) -> RunPorts:
    it = visit.adapters
    plan = PlanPorts(it.broadcasts, it.audience, it.alerts, it.deliveries, it.account_snapshots)
    send = SendPorts(it.towns, plan, it.schedule, it.background_starter, it.settings.public_url)
    return RunPorts(send, it.slices, it.newsletter_queue, it.controls)
