"""The progress page of an alert: figures of this moment, for everyone who holds a link of the town."""

from dataclasses import asdict
from math import ceil
from typing import Any

from functions.crisis.web import screens
from functions.crisis.web.context import PageContext
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.pages.render import render
from stadtdraht.pages.responses import HttpResponse, as_json, html
from stadtdraht.texts.follow_ups import LABELS
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.usecases.crisis.alert_status import alert_status, requeue_waiting_slices
from stadtdraht.usecases.crisis.alert_wording import district_names, until
from stadtdraht.usecases.crisis.follow_alert import chain_of
from stadtdraht.usecases.crisis.preview_alert import pictures_of
from stadtdraht.usecases.delivery.by_district import name_districts

RELOADS_EVERY_S = 5  # where somebody asked for it; a big alert is counted less often (domain/crisis/alert_count.py)


def alert_of(context: PageContext) -> Alert | None:
    """The alert that the address names, where this link has to do with it."""
    alert = context.ports.alerts.get(context.request.alert_id)
    return alert if alert and (alert.town, alert.mode) == (context.town.id, context.link.mode) else None


def respond(context: PageContext, *, too_late: bool = False) -> HttpResponse:
    """Shows the alert; hands forgotten slices to the queue again, which changes nothing where none was forgotten.

    too_late: somebody just tried to take it back.
    """
    ports, alert = context.ports, alert_of(context)
    if alert is None:
        return screens.not_valid(context.request)
    requeue_waiting_slices(alert, context.now, slices=ports.slices, queue=ports.queue)
    status = alert_status(
        alert,
        context.now,
        audience=ports.audience,
        deliveries=ports.deliveries,
        slices=ports.slices,
        before=chain_of(alert, ports.alerts),
        counts=ports.counts,
    )
    if context.request.wants_json:
        by_district = name_districts(asdict(status)["by_district"], context.town)
        about = {"alert_id": alert.alert_id, "undone": alert.undone_at is not None}
        return as_json(200, {**about, **asdict(status), "by_district": by_district})
    undo = _undo(alert, context)
    by_itself = context.request.one("live") == "1" and not (status.over or undo)
    page = render(
        "crisis/progress.html",
        town=context.town,
        drill=alert.mode is LinkMode.DRILL,
        alert=alert,
        status=status,
        halted=f"WhatsApp nimmt gerade nichts an. {why_not(str(status.halted_by))}" if status.halted_by else "",
        by_district=name_districts(status.by_district, context.town) if context.town.districts else {},
        running_for=screens.seconds(status.running_for_s),
        scenario=SCENARIOS[alert.scenario],
        label=LABELS.get(alert.kind, ""),
        follower=_label_of(ports.alerts.get(alert.followed_by)) if alert.followed_by else "",
        place=district_names(context.town, sorted(alert.districts)),
        raised_at=until(alert.raised_at, context.town, "de"),
        expires_at=until(alert.expires_at, context.town, "de"),
        pictures=pictures_of(alert, context.town),
        page_url=context.page_url,
        too_late=too_late,
        not_sent="not_sent" in context.request.fields,
        undo=undo,
        by_itself=by_itself,
        every_s=RELOADS_EVERY_S,
    )
    if undo:  # what the page says is over then: it turns into progress, and goes on by itself
        then = f"{context.page_url}/{alert.alert_id}?live=1"
        return html(200, page, again_after_s=undo["left_s"] + 1, again_at=then)
    return html(screens.TOO_LATE if too_late else 200, page, again_after_s=RELOADS_EVERY_S if by_itself else 0)


def _undo(alert: Alert, context: PageContext) -> dict[str, Any] | None:
    """Until when it can be taken back, and with what by whoever pressed; None: it cannot."""
    if alert.sends_at is None or not alert.can_be_undone(context.now):
        return None
    at = alert.sends_at.astimezone(context.town.zone)
    left_s = ceil((alert.sends_at - context.now).total_seconds())
    return {
        "at": f"{at:%H:%M:%S}",
        "left_s": left_s,
        "key": context.request.one("undo") if context.has_undo_key else "",
    }


def _label_of(alert: Alert | None) -> str:
    return LABELS[alert.kind] if alert else ""
