"""What every page of a newsletter asks first: which one, who looks, what is known of plan, test and report."""

from functions.console.web.visit import Values, Visit
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.errand import Errand
from stadtdraht.domain.broadcast.plan_summary import PlanSummary, plan_summary
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.usecases.broadcast.errands.ask_errand import ErrandPorts, latest_plan


def its_broadcast(visit: Visit) -> Broadcast | None:
    """The newsletter that the address names, of this town; None for any other."""
    found = visit.adapters.broadcasts.get(visit.path.get("id", ""))
    return found if found and found.town == visit.town.id else None


def who(visit: Visit) -> Colleague:
    """The visitor, as newsletters know their people."""
    return Colleague(visit.by, visit.member.staff_id)


def errand_ports(visit: Visit) -> ErrandPorts:
    return ErrandPorts(visit.adapters.errands, visit.adapters.errand_runner)


def plan_of(visit: Visit, broadcast: Broadcast) -> Values:
    """What the plan said last, how old that is, and whether another one is on its way."""
    note = latest_plan(broadcast, visit.now, errand_ports(visit))
    result = note.result
    summary = plan_summary(result.value) if result and result.value else None
    return {
        "summary": summary,
        "under_way": note.is_under_way(visit.now),
        "trouble": result.trouble if result else "",
        "at": words.ago(result.at, visit.town, visit.now) if result else "",
        "outdated": bool(result and result.about != broadcast.changed_at),
        "rows": _rows(summary) if summary else [],
        "warnings": _warnings(summary) if summary else [],
    }


def _rows(plan: PlanSummary) -> list[tuple[str, str, str]]:
    """What, the figure, and what to know of it."""
    other = f"{words.few(plan.other_language)} davon lesen eine andere Sprache" if plan.other_language else ""
    half = f"die Hälfte hat ihn nach {words.lasts(plan.median_after_s).removeprefix('etwa ')}"
    cost = f"etwa {words.euros(plan.cost_eur)}"
    return [
        ("Menschen", words.number(plan.planned), other),
        ("Kosten", cost, words.per_person(plan)),
        ("Dauer", words.lasts(plan.last_after_s), half if plan.planned > 1 else ""),
    ]


def _warnings(plan: PlanSummary) -> list[str]:
    found = [f"{it}." for it in plan.held_by]
    if not plan.planned:
        found.append("So bekommt ihn niemand. Wählen Sie andere Themen, Ortsteile oder Sprachen.")
    if not plan.possible or (plan.days or 0) > 1:
        found.append(words.limit_words(plan))
    if plan.without_price:
        found.append(f"Für {words.people(plan.without_price)} im Ausland steht kein Preis in unserer Liste.")
    return found


def test_of(visit: Visit, broadcast: Broadcast) -> Values:
    """When it was tried last, on whom, and what failed."""
    note = visit.adapters.errands.get(broadcast.broadcast_id, Errand.TEST)
    result = note.result
    tried = result.value.get("tried", ()) if result else ()
    failed = [f"{it['name']}: {why_not(it['reason'])}" for it in tried if not it["accepted"]]
    return {
        "under_way": note.is_under_way(visit.now),
        "at": words.ago(result.at, visit.town, visit.now) if result and tried else "",
        "count": len(tried),
        "failed": failed,
        "trouble": result.trouble if result else "",
        "outdated": bool(result and result.about != broadcast.changed_at),
        "testers": len(visit.town.testers),
    }
