"""`stadtdraht crisis list`: the alerts of a town with their ids, which every other command asks for."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption
from stadtdraht.cli.output import AsJson, give, local_time, table
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.texts.follow_ups import LABELS
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.crisis.alert_state import state
from stadtdraht.texts.staff.crisis.evidence import MODES
from stadtdraht.usecases.crisis.alert_wording import district_names

HEAD = ("Kennung", "Ereignis", "Art", "Stand", "ausgelöst", "gilt bis", "wo")
SHOWN = 20


@connected
def list_alerts(
    adapters: Adapters,
    town_id: TownOption,
    drills: Annotated[
        bool, typer.Option("--drills", help="Die von Übungen statt von Warnungen (drills instead)")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Wie viele, die neuesten zuerst (how many)")] = SHOWN,
    as_json: AsJson = False,
) -> None:
    """Die Warnungen einer Stadt, die neueste zuerst: Kennung, Ereignis, Art, Stand, Zeiten. (the alerts of a town)"""
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    found = adapters.alerts.recent(town.id, LinkMode.DRILL if drills else LinkMode.LIVE, limit)
    rows = [
        (
            it.alert_id,
            _name(it),
            LABELS.get(it.kind, MODES["drill"] if drills else "Warnung"),
            state(it, now),
            local_time(it.raised_at, town),
            local_time(it.ends_at, town),
            " – ".join(filter(None, (district_names(town, sorted(it.districts)), it.detail))),
        )
        for it in found
    ]

    def show(out: Console) -> None:
        made = table(HEAD, rows, nothing=f"{town.name}: noch keine {'Übung' if drills else 'Warnung'}.")
        if isinstance(made, Table):
            made.columns[0].min_width = max(len(row[0]) for row in rows)  # it is there to be copied
        out.print(made)

    give([_described(it, now) for it in found], as_json=as_json, show=show)


def _name(alert: Alert) -> str:
    return SCENARIOS[alert.scenario].name if alert.scenario in SCENARIOS else alert.scenario


def _described(alert: Alert, now: datetime) -> dict[str, object]:
    return {
        "alert_id": alert.alert_id,
        "mode": str(alert.mode),
        "scenario": alert.scenario,
        "kind": str(alert.kind),
        "state": state(alert, now),
        "raised_at": alert.raised_at.isoformat(),
        "ends_at": alert.ends_at.isoformat(),
        "districts": sorted(alert.districts),
        "detail": alert.detail,
        "follows": alert.follows,
        "followed_by": alert.followed_by,
        "holder": alert.holder,
    }
