"""What Meta tells of a town's account by event alone: no later look would find it.

Events come late, twice and in any order, so each notice stands for one matter and the newest by Meta's own time holds.
Source: Meta, webhooks account_update, account_alerts and template_category_update, 2026-09.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

LONGEST = 200  # characters of Meta's own words
TELLS: Final = frozenset({"account_alerts", "account_update", "template_category_update"})
GONE, BACK = (
    ("ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED"),
    (
        "ACCOUNT_RECONNECTED",
        "PARTNER_ADDED",
        "PARTNER_APP_INSTALLED",
    ),
)


class Matter(StrEnum):
    """What a notice is about."""

    RESTRICTION = "restriction"
    DISABLED = "disabled"
    VIOLATION = "violation"
    GONE = "gone"
    ALERT = "alert"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Notice:
    """One event's word on one matter."""

    matter: Matter
    subject: str
    """Which one of its matter: a kind of restriction, of violation or of alert, or "template (language)"."""
    told_at: datetime
    """Meta's time of the event."""
    found: str = ""
    """As Meta says it."""
    until: datetime | None = None
    """When a restriction ends, or a category changes; None: Meta named no time."""
    over: bool = False
    """Whether it tells that the matter is settled."""


def notices_of(field: str, value: Any, told_at: datetime) -> tuple[Notice, ...]:
    """What an event of one of these fields tells; nothing for other fields, and for events that only inform.

    Raises nothing: a form that is not known tells nothing here, and is kept as it came.
    """
    if field not in TELLS or not isinstance(value, Mapping):
        return ()
    read = {"account_alerts": _alert, "account_update": _update, "template_category_update": _category}[field]
    return tuple(read(value, told_at))


def notices_in_force(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The newest of each matter and subject, without what is settled; oldest first."""
    newest: dict[tuple[Matter, str], Notice] = {}
    for it in notices:
        before = newest.get((it.matter, it.subject))
        if before is None or (it.told_at, it.over) >= (before.told_at, before.over):
            newest[it.matter, it.subject] = it
    return tuple(sorted((it for it in newest.values() if not it.over), key=lambda it: (it.told_at, it.subject)))


def _update(value: Mapping[str, Any], told_at: datetime) -> Iterator[Notice]:
    event = _text(value.get("event"))
    restrictions = value.get("restriction_info")
    for it in restrictions if event == "ACCOUNT_RESTRICTION" and isinstance(restrictions, list) else ():
        if isinstance(it, Mapping) and (kind := _text(it.get("restriction_type"))):
            yield Notice(Matter.RESTRICTION, kind, told_at, kind, _time(it.get("expiration")))
    if event == "ACCOUNT_VIOLATION":
        kind = _text(_part(value, "violation_info").get("violation_type"))
        yield Notice(Matter.VIOLATION, kind, told_at, kind)
    if event == "DISABLED_UPDATE":
        ban = _part(value, "ban_info")
        state, day = _text(ban.get("waba_ban_state")), _text(ban.get("waba_ban_date"))
        yield Notice(Matter.DISABLED, "", told_at, f"{state} {day}".strip(), over=state == "REINSTATE")
    if event in (*GONE, *BACK):
        yield Notice(Matter.GONE, "", told_at, event, over=event in BACK)


def _alert(value: Mapping[str, Any], told_at: datetime) -> Iterator[Notice]:
    """Those that only inform (a badge was granted) are no matter for anybody."""
    told = _part(value, "alert_info") or value
    kind, severity = _text(told.get("alert_type")), _text(told.get("alert_severity"))
    if kind and severity in ("CRITICAL", "WARNING"):
        found = f"{severity} {kind}: {_text(told.get('alert_description'))}".rstrip(": ")
        over = _text(told.get("alert_status")) not in ("", "ACTIVE")
        yield Notice(Matter.ALERT, kind, told_at, found[:LONGEST], over=over)


def _category(value: Mapping[str, Any], told_at: datetime) -> Iterator[Notice]:
    """Announced a day before, with the category that Meta thinks right; then told again when it is done."""
    name = _text(value.get("message_template_name"))
    language = _text(value.get("message_template_language")).replace("-", "_")
    now, right = _text(value.get("new_category")), _text(value.get("correct_category"))
    if name and now:
        until = _time(value.get("category_update_timestamp"))
        over = right in ("", now)
        yield Notice(Matter.CATEGORY, f"{name} ({language})", told_at, f"{now} to {right}", until, over=over)


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = value.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(value: Any) -> str:
    return value[:LONGEST] if isinstance(value, str) else ""


def _time(value: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
