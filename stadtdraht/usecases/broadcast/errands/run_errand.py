"""Does what a page asked for, and keeps what came of it, also why nothing did."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.errand import Errand, ErrandResult
from stadtdraht.domain.broadcast.plan_summary import plain_plan
from stadtdraht.domain.broadcast.promise import TooOften
from stadtdraht.domain.delivery.outcome import CAUSED_WITHIN
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.account import in_words
from stadtdraht.texts.staff.broadcast.newsletter_lint import promise_broken
from stadtdraht.texts.staff.console.newsletters import refused
from stadtdraht.texts.staff.language import reading
from stadtdraht.usecases.broadcast.errands.kept_report import plain_report
from stadtdraht.usecases.broadcast.load_broadcast import NoSuchBroadcast, load_broadcast
from stadtdraht.usecases.broadcast.planning.plan_broadcast import PlanPorts, plan_newsletter, summary_of
from stadtdraht.usecases.broadcast.reporting.broadcast_report import broadcast_report
from stadtdraht.usecases.broadcast.reporting.broadcast_status import is_settled
from stadtdraht.usecases.broadcast.reporting.unaccounted import unaccounted_people
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from stadtdraht.usecases.broadcast.sending.send_newsletter import blocked_by
from stadtdraht.usecases.broadcast.sending.send_test import send_test

if TYPE_CHECKING:
    from collections.abc import Callable

    from stadtdraht.ports.broadcast import Clicks, Errands
    from stadtdraht.ports.delivery import Controls, Slices
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.towns import Towns
    from stadtdraht.ports.whatsapp import GraphApi

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ErrandWork:
    """What errands read and, for a test, send by. citizens, graph: built when the errand needs them."""

    towns: Towns
    plan: PlanPorts
    slices: Slices
    clicks: Clicks
    controls: Controls
    errands: Errands
    citizens: Callable[[], Citizens]
    graph: Callable[[], GraphApi]
    public_url: str


async def run_errand(town_id: str, broadcast_id: str, errand: Errand, now: datetime, work: ErrandWork) -> ErrandResult:
    """Repeats nothing that is final. Raises NoSuchBroadcast, UnknownTown; what else is refused is its result."""
    broadcast = load_broadcast(broadcast_id, work.plan.broadcasts)
    if broadcast.town != town_id:
        raise NoSuchBroadcast(broadcast_id)
    town = work.towns.get(town_id)
    note = work.errands.get(broadcast_id, errand)
    if note.result and (note.result.final or (errand is Errand.TEST and not note.is_under_way(now))):
        return note.result  # an event may come twice, and nobody gets a test twice
    try:
        value, final = await _done(broadcast, town, errand, now, work)
        result = ErrandResult(now, broadcast.changed_at, value, final=final)
    except StadtdrahtError as why:
        said, in_english = _in_both(partial(refused, why))
        result = ErrandResult(now, broadcast.changed_at, trouble=said, trouble_in_english=in_english)
    work.errands.answer(broadcast_id, errand, result)
    return result


async def _done(
    broadcast: Broadcast, town: Town, errand: Errand, now: datetime, work: ErrandWork
) -> tuple[dict[str, Any], bool]:
    match errand:
        case Errand.PLAN:
            return _plan(broadcast, town, now, work), False
        case Errand.REPORT:
            return await _report(broadcast, town, now, work)
        case Errand.TEST:
            return await _test(broadcast, town, now, work), False


def _plan(broadcast: Broadcast, town: Town, now: datetime, work: ErrandWork) -> dict[str, Any]:
    held = blocked_by(broadcast, town, now, work.plan)
    said, in_english = _in_both(
        lambda: tuple(promise_broken(it) if isinstance(it, TooOften) else in_words(it) for it in held)
    )
    summary = summary_of(plan_newsletter(broadcast, town, now, work.plan), said)
    return plain_plan(replace(summary, held_by_in_english=in_english))


def _in_both(words: Callable[[], T]) -> tuple[T, T]:
    """In German and in English, since it is kept, and who reads it is known later."""

    def read_in(language: StaffLanguage) -> T:
        with reading(language):
            return words()

    return read_in(StaffLanguage.GERMAN), read_in(StaffLanguage.ENGLISH)


async def _report(broadcast: Broadcast, town: Town, now: datetime, work: ErrandWork) -> tuple[dict[str, Any], bool]:
    plan = work.plan
    lost = await unaccounted_people(
        Newsletter(broadcast, town), now, slices=work.slices, deliveries=plan.deliveries, audience=plan.audience
    )
    report = broadcast_report(
        broadcast,
        town,
        deliveries=plan.deliveries,
        audience=plan.audience,
        citizens=work.citizens(),
        slices=work.slices,
        clicks=work.clicks,
        lost=lost,
    )
    snapshots = work.slices.snapshots(broadcast.broadcast_id)
    moved_at = max((it.moved_at for it in snapshots if it.moved_at), default=broadcast.begun_at)
    resting = is_settled(broadcast, [it.progress.state for it in snapshots], lost)
    return plain_report(report), resting and now - moved_at >= CAUSED_WITHIN


async def _test(broadcast: Broadcast, town: Town, now: datetime, work: ErrandWork) -> dict[str, Any]:
    tried = await send_test(
        broadcast,
        town,
        town.testers,
        now,
        graph=work.graph(),
        controls=work.controls,
        public_url=work.public_url,
    )
    return {"tried": [asdict(it) for it in tried]}
