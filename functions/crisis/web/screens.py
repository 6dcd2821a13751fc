"""The screens on the way to an alert: what happened, where and how long, what goes out. None of them acts."""

from datetime import datetime, timedelta
from typing import Any

from babel.numbers import format_currency

from functions.crisis.web.context import PageContext
from functions.crisis.web.form import WHOLE_TOWN, Request
from functions.crisis.web.readiness_strip import strip_of
from stadtdraht.domain.crisis.alert import ENDS, UNDO, VALID_FOR_MIN, Alert, AlertKind
from stadtdraht.domain.crisis.detail import MAX_CHARACTERS
from stadtdraht.domain.crisis.follow_up_audience import BY_ROWS
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.pages.render import render
from stadtdraht.pages.responses import HttpResponse, as_json, html, see_other
from stadtdraht.texts.follow_ups import LABELS
from stadtdraht.texts.languages import german_name
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.usecases.crisis.alert_wording import district_names, issuer_of, until, worded_languages
from stadtdraht.usecases.crisis.follow_alert import follow_up_recipients
from stadtdraht.usecases.crisis.lint_alert import lint_choices
from stadtdraht.usecases.crisis.preview_alert import preview
from stadtdraht.usecases.crisis.raise_alert import (
    Rejected,
    expected_words,
    first_rejection,
    followed_alert,
    validity_minutes,
)

VALIDITIES_MIN = (30, 60, 180, 360, 480, 720)
RUNNING_SHOWN = 3
NO_PLACE = "Bitte kreuzen Sie an, wo die Warnung gilt: im ganzen Stadtgebiet oder in einzelnen Ortsteilen."
UNAVAILABLE = 503
TOO_LATE = 409  # it is being sent already
SCREEN_OF = {
    "scenario": "scenario",
    "districts": "place",
    "detail": "place",
    "valid_for_min": "place",
    "languages": "place",
}


def nothing() -> HttpResponse:
    """HEAD and OPTIONS: an empty answer that does not even say whether the link is good."""
    return html(200, "")


def not_valid(request: Request) -> HttpResponse:
    """One page for every reason, and no word about which."""
    return as_json(404, {"error": "not found"}) if request.wants_json else html(404, render("crisis/not_valid.html"))


def try_again(request: Request) -> HttpResponse:
    """Something of ours did not answer: what is certain, and what to do. Nobody knows yet whose link this is."""
    if request.wants_json:
        return as_json(UNAVAILABLE, {"error": "try again", "text": "Send it again with the same Idempotency-Key."})
    page_url = f"/crisis/{request.token}"
    back = f"{page_url}/{request.alert_id}" if request.alert_id else f"{page_url}?{request.chosen}"
    page = render("crisis/try_again.html", undoes=request.undoes, pressed=request.presses, back=back)
    return html(UNAVAILABLE, page)


def next_screen(context: PageContext, rejected: Rejected | None = None, status: int = 200) -> HttpResponse:
    """The first decision that is open or was rejected, with what was chosen so far; `step` leads back to one."""
    request = context.request
    if request.kind is not AlertKind.ALERT:
        return _what_follows(context, rejected, status)
    step, shown = _step(context, rejected, request.one("scenario"))
    if step == "scenario":
        return _what_happened(context, shown, status)
    if step == "place":
        return _where_and_how_long(context, shown, status)
    return _what_goes_out(context, shown, status)


def _what_follows(context: PageContext, rejected: Rejected | None, status: int) -> HttpResponse:
    """An end goes straight to the last screen; an update asks where and how long first."""
    request = context.request
    before = followed_alert(request.kind, request.one("follows"), context.link, context.ports.alerts)
    if before is None:
        return not_valid(request)
    if before.followed_by:
        not_sent = "?not_sent=1" if rejected else ""
        return see_other(f"{context.page_url}/{before.followed_by}{not_sent}")
    if request.kind is not AlertKind.UPDATE:
        return _what_goes_out(context, rejected, status, before)
    step, shown = _step(context, rejected, before.scenario, before)
    if step == "place":
        return _where_and_how_long(context, shown, status, before)
    return _what_goes_out(context, shown, status, before)


def _step(
    context: PageContext, rejected: Rejected | None, scenario: str, before: Alert | None = None
) -> tuple[str, Rejected | None]:
    """Which screen, and what it says is wrong; a field that was not asked for yet is no mistake."""
    request = context.request
    if rejected and rejected.field in SCREEN_OF:
        return SCREEN_OF[rejected.field], rejected
    wrong = first_rejection(
        lint_choices(
            scenario,
            request.districts,
            request.valid_for_min,
            request.several("languages"),
            context.town,
            _detail(request, before),
        )
    )
    on_the_way = rejected is None and (wrong is None or SCREEN_OF[wrong.field] == "place")
    if on_the_way and context.town.districts and not request.names_a_place:
        wrong = Rejected("districts", NO_PLACE)
    if wrong is None or request.one("step") == "scenario":
        return request.one("step"), rejected
    # A box that nobody ticked is not posted: the place was asked for where the time beside it came.
    asked = "valid_for_min" if wrong.field == "districts" else wrong.field
    return SCREEN_OF[wrong.field], rejected or (wrong if asked in request.fields else None)


def _what_happened(context: PageContext, rejected: Rejected | None, status: int) -> HttpResponse:
    return _screen(
        context, "crisis/what.html", status, rejected, scenarios=SCENARIOS.values(), running=_running(context)
    )


def _where_and_how_long(
    context: PageContext, rejected: Rejected | None, status: int, before: Alert | None = None
) -> HttpResponse:
    request = context.request
    scenario = SCENARIOS[before.scenario if before else request.one("scenario")]
    holds_min = int((before.expires_at - context.now).total_seconds() // 60) if before else 0
    proposed_min = holds_min if holds_min in VALID_FOR_MIN else scenario.valid_for_min
    chosen_min = request.valid_for_min if request.valid_for_min in VALID_FOR_MIN else proposed_min
    minutes = sorted({*VALIDITIES_MIN, chosen_min, proposed_min})
    same_place = (sorted(before.districts) or [WHOLE_TOWN]) if before else ()
    return _screen(
        context,
        "crisis/where.html",
        status,
        rejected,
        scenario=scenario,
        before=before,
        kind=request.kind,
        chosen_districts=request.several("districts") or same_place,
        whole_town=WHOLE_TOWN,
        detail=_detail(request, before),
        detail_characters=MAX_CHARACTERS,
        holds_min=holds_min,
        validities=[(one, _duration(one), _clock(context.now + timedelta(minutes=one), context)) for one in minutes],
        chosen_min=chosen_min,
        languages=[(one, german_name(one)) for one in worded_languages(context.town) if one != "de"],
        chosen_languages=request.several("languages") or context.town.languages,
    )


def _what_goes_out(
    context: PageContext, rejected: Rejected | None, status: int, before: Alert | None = None
) -> HttpResponse:
    request, town, ports = context.request, context.town, context.ports
    kind, languages = request.kind if before else AlertKind.ALERT, request.several("languages")
    is_fixed = kind in BY_ROWS
    scenario = before.scenario if before else request.one("scenario")
    districts = tuple(sorted(before.districts)) if before and is_fixed else request.districts
    detail = before.detail if before and is_fixed else _detail(request, before)
    valid_for_min = validity_minutes(kind, before, context.now) if before and is_fixed else request.valid_for_min
    shown = preview(
        town,
        scenario,
        districts,
        valid_for_min,
        languages,
        context.now,
        audience=ports.audience,
        public_url=ports.public_url,
        kind=kind,
        hearers=follow_up_recipients(
            kind, before, alerts=ports.alerts, audience=ports.audience, deliveries=ports.deliveries
        )
        if before and is_fixed
        else None,
        detail=detail,
    )
    unfit = first_rejection(shown.lint.errors)
    if unfit and not rejected and unfit.field == "districts" and not is_fixed:
        return _where_and_how_long(context, unfit, status, before)
    rejected = rejected or unfit
    return _screen(
        context,
        "crisis/confirm.html",
        status,
        rejected,
        preview=shown,
        scenario=SCENARIOS[scenario],
        before=before,
        kind=kind,
        label=LABELS.get(kind, ""),
        running=_running(context),
        districts=districts or (WHOLE_TOWN,),
        detail=detail,
        languages=languages,
        valid_for_min=valid_for_min,
        place=district_names(town, districts),
        valid_until=until(context.now + timedelta(minutes=valid_for_min), town, "de"),
        issuer=issuer_of(town),
        last_after=seconds(shown.last_after_s),
        cost=format_currency(shown.cost_eur, "EUR", locale="de"),
        undo_s=UNDO.seconds,
        first_after=seconds(UNDO.seconds + shown.first_after_s),
        last_at=_clock(context.now + UNDO + timedelta(seconds=shown.last_after_s), context),
        expected=expected_words(context.link, town),
        confirm=request.one("confirm"),
    )


def _detail(request: Request, before: Alert | None) -> str:
    """As it was given, else as it holds."""
    if request.detail is None:
        return before.detail if before else ""
    return request.detail


def _screen(context: PageContext, template: str, status: int, rejected: Rejected | None, **values: Any) -> HttpResponse:
    page = render(
        template,
        town=context.town,
        drill=context.link.mode is LinkMode.DRILL,
        nonce=_nonce(context, rejected),
        readiness_strip=strip_of(context),
        rejected=rejected,
        page_url=context.page_url,
        **values,
    )
    return html(status, page)


def _running(context: PageContext) -> list[dict[str, str]]:
    """Alerts that hold now, so that nobody raises one twice for want of knowing."""
    return [
        {
            "url": f"{context.page_url}/{alert.alert_id}",
            "label": SCENARIOS[alert.scenario].label,
            "ends": LABELS[alert.kind] if alert.kind in ENDS else "",
            "where": alert.detail,
            "since": _clock(alert.takes_effect_at, context),
        }
        for alert in context.ports.alerts.recent(context.town.id, context.link.mode, RUNNING_SHOWN)
        if not alert.over(context.now)
    ]


def _nonce(context: PageContext, rejected: Rejected | None) -> str:
    """A fresh nonce for each view; a press that was rejected keeps its own, unless that is what was wrong."""
    carried = context.request.one("nonce") if rejected is None or rejected.field != "nonce" else ""
    try:
        context.ports.signer.check_nonce(context.link, carried, context.now)
    except LinkNotValid:
        return context.ports.signer.new_nonce(context.link, context.now)
    return carried


def _clock(at: datetime, context: PageContext) -> str:
    return f"{at.astimezone(context.town.zone):%H:%M}"


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} Minuten"
    return ("1 Stunde" if hours == 1 else f"{hours} Stunden") + (f" {rest} Minuten" if rest else "")


def seconds(seconds: int) -> str:
    return f"{seconds} Sekunden" if seconds < 120 else f"{round(seconds / 60)} Minuten"  # noqa: PLR2004
