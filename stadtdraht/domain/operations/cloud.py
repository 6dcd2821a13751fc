"""What AWS says of the parts of a stack, and what is wrong with it.

Nothing here is expected by name: what the stack made has to be there, and on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from stadtdraht.domain.delivery.slices import lanes_for
from stadtdraht.domain.operations.cost import WRITES_PER_MESSAGE
from stadtdraht.domain.operations.finding import Finding, Remedy, fail, ok, warn
from stadtdraht.domain.town import Offer, Town

ON: Final = frozenset({"Enabled", "Enabling", "Creating", "Updating"})
WELL: Final = ("OK", "No records processed", "")
AT_ONCE_PER_LANE: Final = 12  # a sender, and webhooks of its statuses (docs/operations/scale.md)
OLD: Final = timedelta(days=365)
ROTATION_LASTS: Final = timedelta(days=2)
NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class EventSource:
    """What hands a queue's messages, or the table's stream, to a function."""

    source: str
    function: str
    state: str
    last_result: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Something that happens by itself at its hour."""

    name: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """Whom alarms of one urgency tell."""

    name: str
    confirmed: int
    pending: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm as it stands."""

    name: str
    ringing: bool
    silenced: bool


@dataclass(frozen=True, slots=True)
class SecretAge:
    """When a secret's value was last changed; None: AWS does not say."""

    name: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What this account may do at a time."""

    concurrent: int
    unreserved: int
    crisis_senders: int | None
    """Kept for the senders of warnings; None: none are."""
    table_writes_a_second: int | None
    """What the table carries at once; None: AWS does not say."""


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Whether SES sends for us."""

    may_send: bool
    to_anybody: bool
    """Out of the sandbox."""


def event_source_checks(sources: Iterable[EventSource]) -> Iterator[Finding]:
    """One line for all that are on, and one for each that is not."""
    on = 0
    for it in sources:
        what = f"{it.source} to {it.function}"
        if it.state not in ON:
            yield fail(what, f"{it.state}: nothing is handed on", Remedy.EVENT_SOURCE)
        elif it.last_result not in WELL:
            yield warn(what, it.last_result, Remedy.LOG, it.function)
        else:
            on += 1
    yield ok("event sources", f"{on} hand on")


def schedule_checks(schedules: Iterable[Schedule]) -> Iterator[Finding]:
    on = 0
    for it in schedules:
        if it.enabled:
            on += 1
        else:
            yield fail(f"schedule {it.name}", "off, or gone: what it starts does not happen", Remedy.SCHEDULE)
    yield ok("schedules", f"{on} on")


def topic_checks(topics: Iterable[Topic]) -> Iterator[Finding]:
    for it in topics:
        what = f"alarms to {it.name}"
        if it.pending:
            yield warn(what, f"{it.pending} not confirmed: they hear nothing", Remedy.CONFIRM)
        elif it.confirmed:
            yield ok(what, f"{it.confirmed} confirmed")
        else:
            yield warn(what, "nobody is told", Remedy.ALARM_MAIL)


def alarm_checks(alarms: Sequence[Alarm]) -> Iterator[Finding]:
    ringing = sorted(it.name for it in alarms if it.ringing)
    silenced = sorted(it.name for it in alarms if it.silenced)
    if ringing:
        yield warn("alarms", f"{_some(ringing)} ring", Remedy.RUNBOOK)
    if silenced:
        yield warn("silenced alarms", f"{_some(silenced)} tell nobody", Remedy.ENABLE_ALARMS)
    if not ringing and not silenced:
        yield ok("alarms", f"none of {len(alarms)} rings")


def secret_check(secret: SecretAge, now: datetime) -> Finding:
    what = f"{secret.name}'s age"
    if secret.changed_at is None:
        return warn(what, "AWS does not say", Remedy.RIGHTS)
    found = f"{(now - secret.changed_at).days} days"
    if now - secret.changed_at > OLD:
        return warn(what, found, Remedy.ROTATE)
    return ok(what, found)


def rotation_check(secrets: Sequence[str], secret: SecretAge, now: datetime) -> Iterator[Finding]:
    """A former app secret is in force for the day that a rotation takes, and not longer."""
    if len(secrets) > 1 and secret.changed_at and now - secret.changed_at > ROTATION_LASTS:
        found = f"{len(secrets)} in force for {(now - secret.changed_at).days} days"
        yield warn("former app secret", found, Remedy.END_ROTATION)


def limit_checks(limits: Limits, towns: Sequence[Town]) -> Iterator[Finding]:
    """Against the largest town, and against all of them warning in the same minute."""
    largest = max((it.number.rate_mps for it in towns), default=0)
    each = [AT_ONCE_PER_LANE * lanes_for(it.number.rate_mps) for it in towns]
    left = f"{limits.unreserved} of {limits.concurrent} are nobody's own"
    if limits.unreserved < max(each, default=0):
        yield fail("concurrency", f"{left}; a newsletter of the largest town takes {max(each)}", Remedy.CONCURRENCY)
    elif limits.unreserved < sum(each):
        yield warn("concurrency", f"{left}; newsletters of all towns take {sum(each)}", Remedy.CONCURRENCY)
    else:
        yield ok("concurrency", left)
    yield _senders(limits.crisis_senders, [it for it in towns if Offer.CRISIS in it.offers_of()])
    if limits.table_writes_a_second is not None:
        needed = round(largest * WRITES_PER_MESSAGE)
        found = f"{limits.table_writes_a_second} writes a second at once"
        if limits.table_writes_a_second < needed:
            yield warn("table's throughput", f"{found}; the largest town writes {needed}", Remedy.WARM_TABLE)
        else:
            yield ok("table's throughput", found)


def _senders(kept: int | None, towns: Sequence[Town]) -> Finding:
    lanes = [lanes_for(it.number.rate_mps) for it in towns]
    what = "crisis_senders"
    if not lanes:
        return ok(what, "no town warns")
    found = f"{kept or 0} for {sum(lanes)} lanes in {len(lanes)} towns"
    if (kept or 0) < max(lanes):
        return fail(what, found, Remedy.CRISIS_SENDERS)
    return warn(what, found, Remedy.CRISIS_SENDERS) if (kept or 0) < sum(lanes) else ok(what, found)


def mail_check(mail: MailAccount) -> Finding:
    what = "mail to staff"
    if not mail.may_send:
        return fail(what, "SES does not send for this account", Remedy.SES)
    if not mail.to_anybody:
        return warn(what, "only to confirmed addresses", Remedy.SANDBOX)
    return ok(what, "SES sends")


def _some(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
