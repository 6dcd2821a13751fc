"""Which answer a request to the crisis page gets."""

from datetime import datetime

from functions.crisis.web import press, progress, screens, undo
from functions.crisis.web.desk import Desk
from functions.crisis.web.form import Request
from functions.crisis.web.context import Visit
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.observability import count
from stadtdraht.pages.responses import HttpAnswer, elsewhere
from stadtdraht.usecases.crisis.crisis_links import open_link


def answer(request: Request, now: datetime, desk: Desk) -> HttpAnswer:
    """HEAD and OPTIONS get nothing; a link that does not hold gets one calm page; GET shows; POST may press.

    A posted choice that is no press is answered by the next screen's address: Back and Reload stay harmless.
    """
    if request.method not in ("GET", "POST"):
        return screens.nothing()
    try:
        link, town = open_link(request.token, now, alerts=desk.alerts, signer=desk.signer, towns=desk.towns)
    except LinkNotValid as refused:
        count("CrisisLinkRefused", reason=refused.reason)
        return screens.not_valid(request)
    visit = Visit(request, link, town, now, desk)
    if request.undoes:
        return undo.answer(visit)
    if request.alert_id:
        return progress.answer(visit)
    if request.presses:
        return press.answer(visit)
    if request.method == "POST":
        return elsewhere(f"{visit.page_url}?{request.chosen}")
    return screens.next_screen(visit)
