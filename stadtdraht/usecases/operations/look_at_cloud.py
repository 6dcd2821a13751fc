"""At AWS: is every part of the stack there, on, and large enough for the towns that it carries."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from stadtdraht.domain.operations.cloud import (
    alarm_checks,
    event_source_checks,
    limit_checks,
    mail_check,
    rotation_check,
    schedule_checks,
    secret_check,
    topic_checks,
)
from stadtdraht.domain.operations.finding import Finding, Remedy, fail, ok, warn
from stadtdraht.domain.operations.queues import queue_checks
from stadtdraht.usecases.operations.look import looked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from stadtdraht.domain.town import Town
    from stadtdraht.ports.operations import Cloud, Queues
    from stadtdraht.ports.towns import Secrets

RIGHTS = Remedy.RIGHTS
APP_SECRET = "app secret"  # noqa: S105 - the name of a check
OPERABLE = frozenset({"ACTIVE", "UPDATING"})


def look_at_cloud(
    table: str,
    secret_ids: Mapping[str, str],
    towns: Sequence[Town],
    now: datetime,
    *,
    cloud: Cloud,
    queues: Queues,
    secrets: Secrets,
) -> Iterator[Finding]:
    """`secret_ids`: of secrets that are rotated, by what they are called in a finding."""
    yield from looked(f"table {table}", lambda: _table(table, cloud), RIGHTS)
    yield from looked("queues", lambda: queue_checks(queues.all()), RIGHTS)
    yield from looked("event sources", lambda: event_source_checks(cloud.event_sources()), RIGHTS)
    yield from looked("schedules", lambda: schedule_checks(cloud.schedules()), RIGHTS)
    yield from looked("alarms", lambda: alarm_checks(cloud.alarms()), RIGHTS)
    yield from looked("alarms' topics", lambda: topic_checks(cloud.topics()), RIGHTS)
    yield from looked("limits", lambda: limit_checks(cloud.limits(), towns), RIGHTS)
    yield from looked("mail to staff", lambda: _mail(cloud), RIGHTS)
    yield from looked("link keys", lambda: [ok("link keys", f"{len(secrets.link_keys())} in force")], RIGHTS)
    yield from looked("pepper", lambda: [ok("pepper", f"{len(secrets.pepper())} bytes")], RIGHTS)
    for name, secret_id in secret_ids.items():
        yield from looked(f"{name}'s age", partial(_secret, name, secret_id, now, cloud, secrets), RIGHTS)


def _table(table: str, cloud: Cloud) -> Iterator[Finding]:
    status, what = cloud.table_status(), f"table {table}"
    yield ok(what, status) if status in OPERABLE else fail(what, status, RIGHTS)


def _mail(cloud: Cloud) -> Iterator[Finding]:
    mail = cloud.mail()
    yield mail_check(mail) if mail else warn("mail to staff", "none is sent", Remedy.MAIL_SENDER)


def _secret(name: str, secret_id: str, now: datetime, cloud: Cloud, secrets: Secrets) -> Iterator[Finding]:
    age = cloud.secret_age(name, secret_id)
    yield secret_check(age, now)
    if name == APP_SECRET:
        yield from rotation_check(secrets.app_secrets(), age, now)
