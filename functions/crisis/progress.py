"""The progress page of an alert: figures of this moment, for everyone who holds a link of the town."""

from dataclasses import asdict

from functions.crisis import screens
from functions.crisis.visit import Visit
from stadtdraht.domain.alert import Alert, LinkMode
from stadtdraht.pages.answers import HttpAnswer, as_json, html
from stadtdraht.pages.render import render
from stadtdraht.texts.follow_ups import LABELS
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.usecases.alert_status import alert_status, complete
from stadtdraht.usecases.alert_wording import district_names, until
from stadtdraht.usecases.by_district import named
from stadtdraht.usecases.follow_alert import chain_of
from stadtdraht.usecases.preview_alert import pictures_of


def answer(visit: Visit) -> HttpAnswer:
    """Shows the alert; hands forgotten slices to the queue again, which changes nothing where none was forgotten."""
    desk = visit.desk
    alert = desk.alerts.get(visit.request.alert_id)
    if alert is None or alert.town != visit.town.id or alert.mode is not visit.link.mode:
        return screens.not_valid(visit.request)
    complete(alert, visit.now, slices=desk.slices, queue=desk.queue)
    status = alert_status(
        alert,
        visit.now,
        audience=desk.audience,
        deliveries=desk.deliveries,
        slices=desk.slices,
        before=chain_of(alert, desk.alerts),
        counts=desk.counts,
    )
    if visit.request.wants_json:
        by_district = named(asdict(status)["by_district"], visit.town)
        return as_json(200, {"alert_id": alert.alert_id, **asdict(status), "by_district": by_district})
    page = render(
        "crisis/progress.html",
        town=visit.town,
        drill=alert.mode is LinkMode.DRILL,
        alert=alert,
        status=status,
        by_district=named(status.by_district, visit.town) if visit.town.districts else {},
        running_for=screens.seconds(status.running_for_s),
        scenario=SCENARIOS[alert.scenario],
        label=LABELS.get(alert.kind, ""),
        follower=_label_of(desk.alerts.get(alert.followed_by)) if alert.followed_by else "",
        place=district_names(visit.town, sorted(alert.districts)),
        raised_at=until(alert.raised_at, visit.town, "de"),
        expires_at=until(alert.expires_at, visit.town, "de"),
        pictures=pictures_of(alert, visit.town),
        page_url=visit.page_url,
    )
    return html(200, page)


def _label_of(alert: Alert | None) -> str:
    return LABELS[alert.kind] if alert else ""
