"""An alert of ours as a CAP 1.2 message."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from stadtdraht.domain.crisis.alert import ENDS, Alert, AlertKind
from stadtdraht.domain.crisis.cap import ANY_CASE, CLASS_OF
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.town import Town
from stadtdraht.pages.render import render
from stadtdraht.usecases.crisis.alert_wording import district_names

LANGUAGE_TAGS = {"de-easy": "de-x-leicht"}  # BCP 47 has no other way to say it
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0 cannot carry them
CHANGES = {AlertKind.UPDATE: "Update", AlertKind.ALL_CLEAR: "Update", AlertKind.FALSE_ALARM: "Cancel"}


def cap_of(alert: Alert, town: Town, public_url: str, followed: Alert | None = None) -> str:
    """The XML text. followed: the alert that this one changes or ends; without it nothing is referred to."""
    filed, ends = CLASS_OF.get(alert.scenario, ANY_CASE), alert.kind in ENDS
    sender = f"{town.id}@{urlsplit(public_url).hostname}"
    return render(
        "crisis/cap.xml",
        alert=alert,
        sender=sender,
        status="Actual" if alert.mode is LinkMode.LIVE else "Exercise",
        type=CHANGES.get(alert.kind, "Alert") if followed else "Alert",
        sent=moment(alert.raised_at, town),
        references=f"{sender},{followed.alert_id},{moment(followed.raised_at, town)}" if followed else "",
        filed=filed,
        response="AllClear" if ends else filed.response,
        urgency="Past" if ends else filed.urgency,
        expires=moment(alert.expires_at, town),
        place=_clean(district_names(town, sorted(alert.districts))),
        detail=_clean(alert.detail),
        web=f"{public_url}/a/{alert.alert_id}",
        contact=_clean(town.imprint.phone),
        words=[
            (LANGUAGE_TAGS.get(language, language), {name: _clean(part) for name, part in parts.items()})
            for language, parts in alert.wording.items()
        ],
    )


def moment(at: datetime, town: Town) -> str:
    """As CAP wants it: whole seconds and an offset in digits, never Z."""
    return at.astimezone(town.zone).isoformat(timespec="seconds")


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)
