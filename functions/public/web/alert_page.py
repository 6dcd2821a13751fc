"""The public page „Ist das echt?“ of one alert: what it said, who warns, until when; or that we know nothing of it."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from stadtdraht.bootstrap import Adapters
from stadtdraht.pages.cap import cap_of
from stadtdraht.pages.render import render
from stadtdraht.texts.follow_ups import LABELS
from stadtdraht.usecases.crisis.alert_wording import district_names, until
from stadtdraht.usecases.crisis.check_alert import AlertCheckResult, check_alert, first_sentences
from stadtdraht.usecases.crisis.preview_alert import pictures_of

FRESH_FOR = timedelta(seconds=2)  # a rush on one alert costs each process one reading in so long
ANSWERS_KEPT = 50
Answer = tuple[int, str]
_kept: OrderedDict[tuple[str, str], tuple[datetime, Answer]] = OrderedDict()


def alert_page(alert_id: str, now: datetime, adapters: Adapters) -> Answer:
    """Status and page. An alert that we did not raise is 404, with the advice not to pass it on."""
    return _fresh("page", alert_id, now, shown, adapters)


def alert_cap(alert_id: str, now: datetime, adapters: Adapters) -> Answer:
    """Status and CAP message; 404 and "" for an alert that we did not raise."""
    return _fresh("cap", alert_id, now, partial(_in_cap, adapters=adapters), adapters)


def _fresh(
    form: str, alert_id: str, now: datetime, made: Callable[[AlertCheckResult | None], Answer], adapters: Adapters
) -> Answer:
    key = (form, alert_id)
    if (kept := _kept.get(key)) and now < kept[0] + FRESH_FOR:
        return kept[1]
    answer = made(check_alert(alert_id, now, alerts=adapters.alerts, towns=adapters.towns))
    _kept[key] = (now, answer)
    _kept.move_to_end(key)
    while len(_kept) > ANSWERS_KEPT:
        _kept.popitem(last=False)
    return answer


def _in_cap(checked: AlertCheckResult | None, adapters: Adapters) -> Answer:
    if checked is None:
        return 404, ""
    followed = adapters.alerts.get(checked.alert.follows)
    return 200, cap_of(checked.alert, checked.town, adapters.settings.public_url, followed)


def shown(checked: AlertCheckResult | None) -> Answer:
    """Status and page of what was found."""
    if checked is None:
        return 404, render("crisis/unknown_alert.html")
    alert, town = checked.alert, checked.town
    return 200, render(
        "crisis/check.html",
        town=town,
        alert=alert,
        validity=checked.validity,
        said=first_sentences(checked),
        pictures=pictures_of(alert, town),
        place=district_names(town, sorted(alert.districts)),
        raised_at=until(alert.raised_at, town, "de"),
        expires_at=until(alert.expires_at, town, "de"),
        ends_at=until(alert.ends_at, town, "de"),
        follower=LABELS[checked.followed_by.kind] if checked.followed_by else "",
    )
