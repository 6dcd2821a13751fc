"""Drills without a hand: the whole path of an alert, on a town's own queues and people, without a wire to WhatsApp."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import Raised, Trigger
from stadtdraht.domain.crisis.evidence import PRESSED_AGAIN, RAISED
from stadtdraht.domain.crisis.links import CrisisLink, LinkMode
from stadtdraht.domain.town import Town
from stadtdraht.texts.scenarios import NEED_DETAIL, SCENARIOS
from stadtdraht.texts.staff.crisis.alert_lint import sentence
from stadtdraht.usecases.crisis.alert_wording import can_warn
from stadtdraht.usecases.crisis.lint_alert import lint_words
from stadtdraht.usecases.crisis.raise_alert import DRILL_WORD, Press, alert_slices, build_trigger
from stadtdraht.usecases.crisis.record_press import facts_of

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import Alerts, Evidence
    from stadtdraht.ports.delivery import SliceQueue

DRILL_VALID_MIN = 30
AT_ONCE = 16  # towns side by side: 200 of them begin within a second or two
MONTHS = 12


@dataclass(frozen=True, slots=True)
class DrillResult:
    """What became of a town's drill."""

    town: str
    alert_id: str = ""
    begun: bool = False
    """By this call; False where the same drill had begun before."""
    failed: str = ""
    """Why none began."""


@dataclass(frozen=True, slots=True)
class DrillPlan:
    """What is drilled."""

    name: str
    """One drill of this name and day begins at the most, however often it is asked for."""
    at: datetime
    by: str
    scenario: str = ""


def prepare(town: Town, plan: DrillPlan, *, random: str, public_url: str) -> Trigger:
    """All that needs thinking; what is left for the moment itself is one transaction and one batch."""
    scenario = plan.scenario or scenario_of(plan.at)
    what = Press(
        scenario=scenario,
        detail=DRILL_WORD if scenario in NEED_DETAIL else "",
        districts=(),
        valid_for_min=DRILL_VALID_MIN,
        languages=(),
        pin="",
        confirm=DRILL_WORD,
        spends=(f"drill-{plan.at:%Y%m%d}-{plan.name}",),
        pin_mark="",
    )
    until = plan.at + timedelta(minutes=DRILL_VALID_MIN)
    nobodys = CrisisLink("", town.id, plan.by, LinkMode.DRILL, plan.at, until, "")
    return build_trigger(what, nobodys, town, plan.at, random=random, public_url=public_url)


def run_drills(
    towns: Sequence[Town],
    plan: DrillPlan,
    *,
    alerts: Alerts,
    queue: SliceQueue,
    evidence: Evidence,
    new_random: Callable[[], str],
    public_url: str,
    until_then: Callable[[], None] = lambda: None,
) -> tuple[DrillResult, ...]:
    """Prepares all, waits, begins all at once. A town that fails hinders no other.

    until_then: returns when it is time.
    """
    able = [town for town in towns if can_warn(town)]
    triggers = [prepare(town, plan, random=new_random(), public_url=public_url) for town in able]
    until_then()

    def begin(town: Town, trigger: Trigger) -> DrillResult:
        if wrong := lint_words(town, trigger.alert.wording).errors:
            return DrillResult(town.id, failed=sentence(wrong[0]))  # as a press would be refused
        try:
            return _begin(town, trigger, alerts=alerts, queue=queue, evidence=evidence)
        except Exception as why:  # noqa: BLE001 - whatever it is, the other towns drill
            return DrillResult(town.id, failed=type(why).__name__)

    with ThreadPoolExecutor(AT_ONCE) as hands:
        return tuple(hands.map(begin, able, triggers))


def scenario_of(at: datetime) -> str:
    """Another case each month, so that over two years every wording is drilled."""
    known = list(SCENARIOS)
    return known[(at.year * MONTHS + at.month) % len(known)]


def _begin(town: Town, trigger: Trigger, *, alerts: Alerts, queue: SliceQueue, evidence: Evidence) -> DrillResult:
    """As a press does: what an earlier call left half done is handed over again, which changes nothing otherwise."""
    outcome = alerts.raise_once(trigger)
    current = alerts.get(outcome.alert_id) or trigger.alert
    begun = isinstance(outcome, Raised)
    queue.put([(work_slice, 0) for work_slice in alert_slices(current, town)])
    who = {"holder": trigger.alert.holder, "mode": str(LinkMode.DRILL)}
    evidence.append(
        current.town,
        current.alert_id,
        RAISED if begun else PRESSED_AGAIN,
        trigger.alert.raised_at,
        {**who, **(facts_of(current) if begun else {})},
    )
    return DrillResult(current.town, current.alert_id, begun)
