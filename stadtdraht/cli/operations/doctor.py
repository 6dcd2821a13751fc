"""`stadtdraht doctor`: what is missing before citizens notice, from outside in."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import typer

from stadtdraht.adapters.aws.refusals import refusals_told, telling
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.operations.advice import advice_for
from stadtdraht.cli.output import REFUSED, AsJson, give, local_time, table
from stadtdraht.domain.crisis.readiness import Level as Lamp
from stadtdraht.domain.crisis.readiness import Readiness
from stadtdraht.domain.operations.finding import Finding, Level, Remedy, fail, ok, warn
from stadtdraht.domain.town import Offer, Town
from stadtdraht.settings import Settings
from stadtdraht.usecases.crisis.check_readiness import check_readiness, observe_shared
from stadtdraht.usecases.operations.look import looked
from stadtdraht.usecases.operations.look_at_address import WEBHOOK, look_at_address
from stadtdraht.usecases.operations.look_at_cloud import APP_SECRET, look_at_cloud
from stadtdraht.usecases.operations.look_at_meta import MetaPorts, look_at_app, look_at_town


@connected
def doctor(adapters: Adapters, as_json: AsJson = False) -> None:
    """Look at a deployment from outside in: address, webhooks, Meta, towns, AWS. Fails when something does not work."""
    findings = list(_all(adapters, datetime.now(UTC)))
    count = {level: sum(it.level is level for it in findings) for level in Level}
    rows = [(it.level, it.what, it.found, advice_for(it)) for it in findings]
    values = [_value(it) for it in findings]
    give(
        {"well": not count[Level.FAIL], "counts": count, "findings": values},
        as_json=as_json,
        show=lambda out: out.print(
            table(("", "what", "found", "what to do"), rows),
            f"\n{count[Level.OK]} ok, {count[Level.WARN]} to look at, {count[Level.FAIL]} that do not work",
        ),
    )
    if count[Level.FAIL]:
        raise typer.Exit(REFUSED)


def _value(it: Finding) -> dict[str, Any]:
    well = it.level is not Level.FAIL
    return {"what": it.what, "level": it.level, "well": well, "found": it.found, "advice": advice_for(it)}


def _all(adapters: Adapters, now: datetime) -> Iterator[Finding]:
    settings, secrets = adapters.settings, telling(adapters.secrets)
    yield from look_at_address(settings.public_url, adapters.public_address, secrets, client=settings.webhook_client)
    towns: list[Town] = []
    yield from looked("towns", lambda: _towns(adapters, towns), Remedy.RIGHTS)
    callback = settings.webhook_url or f"{settings.public_url}{WEBHOOK}"
    ports = MetaPorts(adapters.meta_app, secrets, adapters.account, telling(adapters.account_snapshots))
    app, findings = look_at_app(settings.graph_api_version, callback, towns, now, ports)
    yield from findings
    for town in towns:
        yield from look_at_town(town, app, callback, now, ports)
        if Offer.CRISIS in town.offers_of():
            yield from looked(f"{town.id}: ready lamp", partial(_lamp, adapters, town), Remedy.RIGHTS)
    yield from look_at_cloud(
        settings.table_name,
        _rotated(settings, towns),
        towns,
        now,
        cloud=adapters.cloud,
        queues=adapters.queues,
        secrets=secrets,
    )


def _towns(adapters: Adapters, found: list[Town]) -> Iterator[Finding]:
    towns = telling(adapters.towns)
    found += towns.all()
    if found:
        yield ok("towns", ", ".join(town.id for town in found))
    else:
        yield warn("towns", "none is set up", Remedy.FIRST_TOWN)
    for town in found:
        if not towns.is_listed(town):
            what = f"{town.id}: directory"
            yield fail(what, "what is written to its number or account does not reach it", Remedy.APPLY_TOWN, town.id)


def _rotated(settings: Settings, towns: Sequence[Town]) -> dict[str, str]:
    shared = {APP_SECRET: settings.meta_app_secret_id, "link keys": settings.link_keys_secret_id}
    return shared | {f"{town.id}: access token": f"{settings.town_secret_prefix}{town.id}" for town in towns}


def _lamp(adapters: Adapters, town: Town) -> Iterator[Finding]:
    with refusals_told():
        yield _readiness(adapters, town)


def _readiness(adapters: Adapters, town: Town) -> Finding:
    """What the last look found; `crisis ready` looks again. A town that nobody has looked at yet was set up a moment
    ago, before the clock of crisis-readiness came round: then this is the first look.
    """
    what, now = f"{town.id}: ready lamp", datetime.now(UTC)
    readiness = adapters.latest_readiness.get(town.id) or _first_look(adapters, town, now)
    if readiness.stale(now):
        seen = f"not looked at since {local_time(readiness.checked_at, town)}"
        return fail(what, seen, Remedy.LAMP_STOPPED, town.id)
    failing = ", ".join(f"{check.name} {check.level}" for check in readiness.checks if not check.passed)
    found = f"{readiness.level}{f': {failing}' if failing else ''}"
    if readiness.level is Lamp.GREEN:
        return ok(what, found)
    return (fail if readiness.level is Lamp.RED else warn)(what, found, Remedy.LAMP, town.id)


def _first_look(adapters: Adapters, town: Town, now: datetime) -> Readiness:
    shared = observe_shared([town], adapters.crisis_queues, adapters.crisis_sender)
    return check_readiness(town, shared, now, adapters.readiness_ports())
