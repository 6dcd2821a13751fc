"""`stadtdraht crisis drill` and `drills`: exercise the whole path now, and see how the last ones went."""

import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import operator
from stadtdraht.cli.output import REFUSED, AsJson, give, refuse, table
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.identifiers import new_random
from stadtdraht.domain.town import Town
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.crisis import drills as words
from stadtdraht.texts.staff.moments import NONE
from stadtdraht.usecases.crisis.alert_wording import can_warn
from stadtdraht.usecases.crisis.evidence_figures import figures_of
from stadtdraht.usecases.crisis.run_drills import DrillPlan, run_drills

LOOKS_EVERY_S = 1.0
SHOWN = 12

pause: Callable[[float], None] = time.sleep


@connected
def drill(
    adapters: Adapters,
    town_id: Annotated[str, typer.Option("--town", help="Kennung der Stadt, wie in `town list` (id of the town)")] = "",
    every: Annotated[
        bool,
        typer.Option("--all", help="Alle Städte, die warnen können, im selben Augenblick (every town that can warn)"),
    ] = False,
    scenario: Annotated[
        str, typer.Option(help="Welches Ereignis; sonst jeden Monat ein anderes (which scenario)")
    ] = "",
    by: Annotated[
        str, typer.Option(metavar="NAME", help="Wer übt; sonst Ihr Anmeldename (who drills; else your login name)")
    ] = "",
    wait_s: Annotated[
        int, typer.Option("--wait", min=0, max=3600, help="So viele Sekunden auf das Ende warten (seconds to wait)")
    ] = 60,
    as_json: AsJson = False,
) -> None:
    """Jetzt den ganzen Weg einer Warnung üben, auf den echten Warteschlangen. An WhatsApp geht nichts. (drill the
    whole path)
    """
    if bool(town_id) is every:
        refuse(words.NAME_ONE)
    if scenario and scenario not in SCENARIOS:
        refuse(words.NO_SCENARIO.format(known=", ".join(SCENARIOS)))
    towns = adapters.towns.all() if every else [adapters.towns.get(town_id)]
    able = {one.id: one for one in towns if can_warn(one)}
    if not able:
        refuse(words.NOBODY_ABLE)
    results = run_drills(
        list(able.values()),
        DrillPlan(secrets.token_hex(6), datetime.now(UTC), by.strip() or operator(), scenario),
        alerts=adapters.alerts,
        queue=adapters.crisis_queue,
        evidence=adapters.evidence,
        new_random=new_random,
        public_url=adapters.settings.public_url,
    )
    alerts = [(able[one.town], found) for one in results if (found := adapters.alerts.get(one.alert_id))]
    _wait(adapters, [alert for _, alert in alerts], wait_s)
    reports = [_report(adapters, alert, town) for town, alert in alerts]
    failed = [{"town": one.town, "why": one.failed} for one in results if one.failed]

    def show(out: Console) -> None:
        if reports:
            out.print(table(words.HEAD, map(_row, reports)))
        for one in failed:
            out.print(words.NOT_DRILLED.format_map(one))

    give({"drills": reports, "failed": failed}, as_json=as_json, show=show)
    if failed:
        raise typer.Exit(REFUSED)


@connected
def drills(
    adapters: Adapters,
    town_id: Annotated[str, typer.Option("--town", help="Nur diese Stadt (only this town)")] = "",
    as_json: AsJson = False,
) -> None:
    """Übungen mit ihren Zeiten, die neueste zuerst: nach der Uhr, von Hand und mit Link. (drills with their times)"""
    towns = [adapters.towns.get(town_id)] if town_id else adapters.towns.all()
    found = [(alert, town) for town in towns for alert in adapters.alerts.recent(town.id, LinkMode.DRILL, limit=SHOWN)]
    found.sort(key=lambda pair: pair[0].raised_at, reverse=True)
    reports = [_report(adapters, alert, town) for alert, town in found]
    without = sorted({town.id for town in towns if can_warn(town)} - {town.id for _, town in found})

    def show(out: Console) -> None:
        out.print(table(words.HEAD, map(_row, reports), nothing=words.NONE_YET))
        if without:
            out.print(words.NEVER.format(towns=", ".join(without), first=without[0]))

    give({"drills": reports, "never_drilled": without}, as_json=as_json, show=show)


def _wait(adapters: Adapters, alerts: list[Alert], wait_s: int) -> None:
    """Until every lane is done, or the time is over."""
    left_s = float(wait_s)
    while left_s > 0 and not all(_is_finished(adapters, alert) for alert in alerts):
        pause(LOOKS_EVERY_S)
        left_s -= LOOKS_EVERY_S


def _is_finished(adapters: Adapters, alert: Alert) -> bool:
    return all(progress.state == "done" for _, progress in adapters.slices.all(alert.alert_id))


def _report(adapters: Adapters, alert: Alert, town: Town) -> dict[str, Any]:
    figures = figures_of(
        alert,
        datetime.now(UTC),
        alerts=adapters.alerts,
        audience=adapters.audience,
        deliveries=adapters.deliveries,
    ).counts
    return {
        "alert_id": alert.alert_id,
        "town": town.id,
        "raised_at": alert.raised_at.astimezone(town.zone).isoformat(timespec="milliseconds"),
        "by": alert.holder,
        "scenario": alert.scenario,
        "planned": figures["planned"],
        "accepted": figures["accepted"],
        "finished": _is_finished(adapters, alert),
        "undone": alert.undone_at is not None,
        **{f"{name}_accepted_ms": figures.get(f"{name}_accepted_ms") for name in ("first", "half", "last")},
    }


def _how_far(report: dict[str, Any]) -> object:
    if report["undone"]:
        return words.TAKEN_BACK
    return report["accepted"] if report["finished"] else f"{report['accepted']} …"


def _row(report: dict[str, Any]) -> tuple[object, ...]:
    times = (report[f"{name}_accepted_ms"] for name in ("first", "half", "last"))
    return (
        report["alert_id"],
        f"{datetime.fromisoformat(report['raised_at']):%d.%m.%Y, %H:%M:%S}",
        report["by"],
        SCENARIOS[report["scenario"]].name if report["scenario"] in SCENARIOS else report["scenario"],
        report["planned"],
        _how_far(report),
        *(NONE if ms is None else f"{ms / 1000:.1f}".replace(".", ",") for ms in times),
    )
