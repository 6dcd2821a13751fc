"""An alert's evidence folder, opened: the chain, whether it is whole, and the figures counted from the rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from stadtdraht.domain.alert import Alert
from stadtdraht.domain.evidence import FIGURES, RAISED, Entry, broken_at, fingerprint
from stadtdraht.domain.report import Fate, Tally, fate_of
from stadtdraht.domain.retention import DELIVERY
from stadtdraht.ports import Alerts, Audience, Deliveries, Evidence, Slices
from stadtdraht.texts.delivery_reasons import why_not
from stadtdraht.usecases.alert_status import alert_status

COUNTED = ("planned", "accepted", "sent", "delivered", "read", "failed", "unknown", "not_sent", "resent")
MS = 1000
FOLLOWED_AMONG = 100  # the town's newest alerts


@dataclass(frozen=True, slots=True)
class Failure:
    """People whose message did not arrive for one reason. what: "failed", "unknown" or "not_sent"."""

    what: str
    code: str
    why: str
    people: int


@dataclass(frozen=True, slots=True)
class Folder:
    """broken_at: place of the first entry that does not fit; None for a whole chain.

    begun: the chain says who raised this alert. wording_kept: its words are those that were raised.
    follow_ups: alerts that change or end this one, oldest first.
    figures: counts by name, and the times from press to acceptance in ms where anything was accepted.
    figures_at: when they were counted: now, or, once the rows are gone, when the folder kept them; None: never.
    """

    entries: tuple[Entry, ...]
    broken_at: int | None
    begun: bool
    wording_kept: bool
    figures: Mapping[str, int]
    failures: tuple[Failure, ...]
    follow_ups: tuple[Alert, ...]
    figures_at: datetime | None

    @property
    def whole(self) -> bool:
        """Whether everything in it holds together."""
        return self.broken_at is None and self.begun and self.wording_kept

    @property
    def last_seal(self) -> str:
        """What to file with a print: it shows later whether the end was cut off."""
        return self.entries[-1].seal if self.entries else ""


def open_folder(
    alert: Alert,
    now: datetime,
    *,
    alerts: Alerts,
    evidence: Evidence,
    audience: Audience,
    deliveries: Deliveries,
    slices: Slices,
) -> Folder:
    """Reads everything. Once the alert is over, new figures are kept in the folder: rows end after 90 days."""
    entries = tuple(evidence.entries(alert.town, alert.alert_id))
    gone = now > alert.raised_at + DELIVERY
    kept = next((entry for entry in reversed(entries) if entry.what == FIGURES), None)
    figures: Mapping[str, int] = {}
    figures_at: datetime | None = None
    if not gone:
        figures = figures_of(alert, now, audience=audience, deliveries=deliveries, slices=slices)
        figures_at = now
        facts = {name: str(count) for name, count in figures.items()}
        if alert.over(now) and broken_at(alert.town, alert.alert_id, entries) is None and facts != _facts(kept):
            kept = evidence.append(alert.town, alert.alert_id, FIGURES, now, facts)
            entries = (*entries, kept)
    elif kept:
        figures, figures_at = {name: int(count) for name, count in kept.facts.items()}, kept.at
    raised = next((entry for entry in entries if entry.what == RAISED), None)
    return Folder(
        entries=entries,
        broken_at=broken_at(alert.town, alert.alert_id, entries),
        begun=raised is not None,
        wording_kept=raised is not None and raised.facts.get("wording") == fingerprint(alert.wording),
        figures={name: count for name, count in figures.items() if " " not in name},
        failures=tuple(
            Failure(what, code, why_not(code) if code else "Ohne Angabe.", count)
            for name, count in figures.items()
            for what, space, code in [name.partition(" ")]
            if space
        ),
        follow_ups=_followed_by(alert, alerts),
        figures_at=figures_at,
    )


def _followed_by(alert: Alert, alerts: Alerts) -> tuple[Alert, ...]:
    """Also those that follow what follows it."""
    chain, found = {alert.alert_id}, []
    for later in reversed(alerts.recent(alert.town, alert.mode, limit=FOLLOWED_AMONG)):
        if later.follows in chain:
            chain.add(later.alert_id)
            found.append(later)
    return tuple(found)


def _facts(entry: Entry | None) -> Mapping[str, str]:
    return entry.facts if entry else {}


def figures_of(
    alert: Alert, now: datetime, *, audience: Audience, deliveries: Deliveries, slices: Slices
) -> dict[str, int]:
    """Counts by name, times in ms, and "failed 131026" for people by reason."""
    status = alert_status(alert, now, audience=audience, deliveries=deliveries, slices=slices)
    rows = groupby(deliveries.in_full(alert.town, alert.alert_id), key=lambda row: row.citizen_id)
    fates = [fate_of(list(of)) for _, of in rows]
    reasons = Tally()
    for fate in fates:
        reasons.add(fate, "")
    return {
        **{name: getattr(status, name) for name in COUNTED},
        **_times(alert, fates),
        **_by_reason(reasons.by_reason),
    }


def _times(alert: Alert, fates: Sequence[Fate]) -> dict[str, int]:
    accepted = sorted(fate.accepted_at for fate in fates if fate.accepted_at)
    if not accepted:
        return {}
    moments = {"first": accepted[0], "half": accepted[(len(accepted) - 1) // 2], "last": accepted[-1]}
    return {f"{name}_accepted_ms": round((at - alert.raised_at).total_seconds() * MS) for name, at in moments.items()}


def _by_reason(reasons: Counter[tuple[str, str]]) -> dict[str, int]:
    return {f"{what} {code}": count for (what, code), count in sorted(reasons.items())}
