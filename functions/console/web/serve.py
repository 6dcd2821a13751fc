"""From a request to a page: the door first, then who may see what, then the page."""

import hmac
from datetime import datetime

from functions.console.routes import ROUTES, Route
from functions.console.web import answers, door
from functions.console.web.assets import ASSETS, asset
from functions.console.web.request import Request
from functions.console.web.town_adapters import of_town
from functions.console.web.visit import Visit
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.errors import UnknownTown
from stadtdraht.domain.staff.session import Session
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.language import reading


def serve(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    """The answer to any request of the console, in the language of whoever asks."""
    with reading(request.language):
        return _answer(request, now, adapters)


def _answer(request: Request, now: datetime, adapters: Adapters) -> HttpResponse:
    if request.route == ASSETS:
        return answers.compressed(asset(request.path.get("name", "")), request)
    if (step := door.STEPS.get(request.route)) is not None:
        return answers.compressed(step(request, now, adapters), request)
    if (route := ROUTES.get(request.route)) is None:
        return answers.compressed(answers.not_found(), request)
    session = door.session_of(request, now, adapters, is_part=route.is_part)
    if session is None:
        return door.without_session(request, adapters)
    if request.posts and not _is_own_form(request, session):
        return answers.compressed(answers.not_from_our_pages(), request)
    return answers.compressed(_page(route, request, session, now, adapters), request)


def _page(route: Route, request: Request, session: Session, now: datetime, adapters: Adapters) -> HttpResponse:
    """A town that one has no role in, and a page that the role does not see, are as if they were not there."""
    town_id = request.path.get("town", "")
    towns = adapters.staff.towns_of(session.staff_id)
    member = adapters.staff.get(town_id, session.staff_id) if town_id in towns else None
    if member is None or not member.may(route.roles):
        return answers.not_found()
    limited = of_town(town_id, adapters)
    try:
        town = limited.towns.get(town_id)
    except UnknownTown:
        return answers.not_found()
    others = tuple(it for it in towns if it != town_id)
    with reading(member.language or request.language):
        answer = route.load()(Visit(request, town, member, session, now, limited, others))
    return answers.with_files_from(adapters.settings.media_origin, answer)


def _is_own_form(request: Request, session: Session) -> bool:
    shown = request.form.get("csrf")
    return request.is_from_our_pages and hmac.compare_digest(shown.encode(), session.csrf.encode())
