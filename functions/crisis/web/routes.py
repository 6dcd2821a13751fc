"""Which response a request to the crisis page gets."""

from datetime import datetime

from functions.crisis.web import press, progress, screens
from functions.crisis.web.context import PageContext, PagePorts
from functions.crisis.web.form import Request
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.observability import logger
from stadtdraht.pages.responses import HttpResponse, see_other
from stadtdraht.usecases.crisis.crisis_links import open_link

log = logger("crisis-page")


def respond(request: Request, now: datetime, ports: PagePorts) -> HttpResponse:
    """HEAD and OPTIONS get nothing; a link that does not hold gets one calm page; GET shows; POST may press.

    A posted choice that is no press is answered by the next screen's address: Back and Reload stay harmless.
    """
    if request.method not in ("GET", "POST"):
        return screens.nothing()
    try:
        link, town = open_link(request.token, now, links=ports.links, signer=ports.signer, towns=ports.towns)
    except LinkNotValid as refused:
        log.info("crisis link refused", reason=refused.reason)
        return screens.not_valid(request)
    context = PageContext(request, link, town, now, ports)
    if request.undoes:
        return press.respond_to_undo(context)
    if request.alert_id:
        return progress.respond(context)
    if request.presses:
        return press.respond(context)
    if request.method == "POST":
        return see_other(f"{context.page_url}?{request.chosen}")
    return screens.next_screen(context)
