"""Taking a press back: only by the hand that pressed, and only while nothing was sent."""

from functions.crisis.web import progress, screens
from functions.crisis.web.evidence import kept_or_counted
from functions.crisis.web.context import Visit
from stadtdraht.observability import count, logger
from stadtdraht.pages.responses import HttpAnswer, as_json, elsewhere
from stadtdraht.usecases.crisis.record_press import note_undo

log = logger("crisis-page")


def answer(visit: Visit) -> HttpAnswer:
    """Takes it back, and shows what became of it; a repeat shows the same."""
    alert = progress.alert_of(visit)
    if alert is None or not visit.has_undo_key:
        return screens.not_valid(visit.request)
    undone = visit.desk.alerts.undo(alert, visit.now)
    log.info("crisis undo", town=visit.town.id, link_id=visit.link.link_id, mode=visit.link.mode, undone=undone)
    if undone:
        count("CrisisUndone", mode=visit.link.mode)
        with kept_or_counted(visit):
            note_undo(alert, visit.link, visit.now, evidence=visit.desk.evidence)
    now_it_is = undone or (progress.alert_of(visit) or alert).undone_at is not None
    if visit.request.wants_json:
        return as_json(200 if now_it_is else screens.TOO_LATE, {"alert_id": alert.alert_id, "undone": now_it_is})
    if now_it_is:
        return elsewhere(f"{visit.page_url}/{alert.alert_id}")
    return progress.answer(visit, too_late=True)
