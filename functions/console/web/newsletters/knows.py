"""What every page of a newsletter asks first: which one, who looks, what is known of plan, test and report."""

from functions.console.web.visit import Values, Visit
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.errand import Errand
from stadtdraht.domain.broadcast.plan_summary import PlanSummary, plan_summary
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.texts.staff.language import say
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
        "trouble": words.trouble_words(result),
        "at": words.ago(result.at, visit.town, visit.now) if result else "",
        "outdated": bool(result and result.about != broadcast.changed_at),
        "rows": _rows(summary) if summary else [],
        "warnings": _warnings(summary) if summary else [],
    }


def _rows(plan: PlanSummary) -> list[tuple[str, str, str]]:
    """What, the figure, and what to know of it."""
    other = say("{people} davon lesen eine andere Sprache", people=words.few(plan.other_language))
    cost = say("etwa {amount}", amount=words.euros(plan.cost_eur))
    return [
        (say("Menschen"), grouped(plan.planned), other if plan.other_language else ""),
        (say("Kosten"), cost, words.per_person(plan)),
        (
            say("Dauer"),
            words.lasts(plan.last_after_s),
            words.half_words(plan.median_after_s) if plan.last_after_s >= words.MINUTE_S else "",
        ),
    ]


def _warnings(plan: PlanSummary) -> list[str]:
    found = [f"{it}." for it in words.held_words(plan)]
    if not plan.planned:
        found.append(say("So bekommt ihn niemand. Wählen Sie andere Themen, Ortsteile oder Sprachen."))
    if not plan.possible or (plan.days or 0) > 1:
        found.append(words.limit_words(plan))
    if plan.without_price:
        abroad = words.people(plan.without_price)
        found.append(say("Für {people} im Ausland steht kein Preis in unserer Liste.", people=abroad))
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
        "trouble": words.trouble_words(result),
        "outdated": bool(result and result.about != broadcast.changed_at),
        "testers": len(visit.town.testers),
    }
