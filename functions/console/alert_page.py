"""The public page „Ist das echt?“ of one alert: what it said, who warns, until when; or that we know nothing of it."""

from collections import OrderedDict
from datetime import datetime, timedelta

from stadtdraht import bootstrap
from stadtdraht.pages.render import render
from stadtdraht.usecases.alert_wording import district_names, until
from stadtdraht.usecases.check_alert import Checked, check_alert, said_in
from stadtdraht.usecases.preview_alert import pictures_of

FRESH_FOR = timedelta(seconds=2)  # a rush on one alert costs each process one reading in so long
PAGES_KEPT = 50
_kept: OrderedDict[str, tuple[datetime, int, str]] = OrderedDict()


def alert_page(alert_id: str, now: datetime) -> tuple[int, str]:
    """Status and page. An alert that we did not raise is 404, with the advice not to pass it on."""
    if (kept := _kept.get(alert_id)) and now < kept[0] + FRESH_FOR:
        return kept[1:]
    status, page = shown(check_alert(alert_id, now, alerts=bootstrap.alerts(), towns=bootstrap.towns()))
    _kept[alert_id] = (now, status, page)
    _kept.move_to_end(alert_id)
    while len(_kept) > PAGES_KEPT:
        _kept.popitem(last=False)
    return status, page


def shown(checked: Checked | None) -> tuple[int, str]:
    """Status and page of what was found."""
    if checked is None:
        return 404, render("crisis/unknown_alert.html")
    alert, town = checked.alert, checked.town
    return 200, render(
        "crisis/check.html",
        town=town,
        alert=alert,
        standing=checked.standing,
        said=said_in(checked),
        pictures=pictures_of(alert, town),
        place=district_names(town, sorted(alert.districts)),
        raised_at=until(alert.raised_at, town, "de"),
        expires_at=until(alert.expires_at, town, "de"),
    )
