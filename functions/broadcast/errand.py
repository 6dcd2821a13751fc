"""What pages of newsletters ask for and do not wait for: a plan, a report, a test for colleagues."""

from datetime import UTC, datetime
from typing import Any

from functions.asked import named
from functions.logged import logged
from functions.refusals import ReportingGraph
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.broadcast.errand import Errand
from stadtdraht.domain.errors import NotOurs
from stadtdraht.observability import logger
from stadtdraht.usecases.broadcast.errands.run_errand import ErrandWork, run_errand
from stadtdraht.usecases.broadcast.planning.plan_broadcast import PlanPorts

log = logger("broadcast-errand")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    town, broadcast_id, errand = named(event, "town"), named(event, "broadcast_id"), _errand(event)
    done = adapters.run(run_errand(town, broadcast_id, errand, datetime.now(UTC), _work(adapters)))
    refused = bool(done.trouble)
    log.info("errand", town=town, cause=broadcast_id, errand=str(errand), refused=refused, final=done.final)
    return {"refused": refused, "final": done.final}


def _errand(event: dict[str, Any]) -> Errand:
    try:
        return Errand(named(event, "errand"))
    except ValueError as unknown:
        raise NotOurs("the event’s errand is none of ours") from unknown


def _work(adapters: Adapters) -> ErrandWork:
    plan = PlanPorts(
        adapters.broadcasts, adapters.audience, adapters.alerts, adapters.deliveries, adapters.account_snapshots
    )
    return ErrandWork(
        towns=adapters.towns,
        plan=plan,
        slices=adapters.slices,
        clicks=adapters.clicks,
        controls=adapters.controls,
        errands=adapters.errands,
        citizens=lambda: adapters.citizens,
        graph=lambda: ReportingGraph(adapters.graph, log),
        public_url=adapters.settings.public_url,
    )
