"""`stadtdraht inbox follow-up`: stored messages that were never followed up are handed on again."""

import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import USAGE, AsJson, give, refuse, table
from stadtdraht.domain.local_time import NotALocalTime, moment
from stadtdraht.domain.retention import UPDATE_AS_IT_CAME
from stadtdraht.domain.town import Town
from stadtdraht.usecases.inbound.follow_up_stored import follow_up_stored

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
HEAD = ("Stadt", "angesehen", "weitergegeben", "nicht lesbar")
Since = Annotated[
    str,
    typer.Option(
        "--since",
        help="Ab wann sie geschrieben wurden: 90m, 6h, 2d, oder eine Zeit wie 2026-11-30T08:00 (since when)",
    ),
]


@connected
def follow_up(
    adapters: Adapters,
    since: Since,
    town_id: Annotated[str, typer.Option("--town", help="Nur diese Stadt (only this town)")] = "",
    as_json: AsJson = False,
) -> None:
    """Nachrichten, die gespeichert sind und auf die nie etwas folgte, noch einmal weitergeben. (follow up again)

    Mehrmals schadet nicht; was nicht mehr in der Zeit liegt, wird nicht beantwortet. (harmless to repeat)
    """
    towns = [adapters.towns.get(town_id)] if town_id else adapters.towns.all()
    now = datetime.now(UTC)
    done = {
        town.id: follow_up_stored(
            town.id,
            _moment(since, town, now),
            inbox=adapters.inbox,
            citizens=adapters.citizens,
            answers=adapters.answers,
            retries=adapters.retry_queue,
        )
        for town in towns
    }
    rows = [(town, it.looked_at, it.handed_on, it.unreadable) for town, it in done.items()]
    give(
        [{"town": town, **asdict(it)} for town, it in done.items()],
        as_json=as_json,
        show=lambda out: out.print(table(HEAD, rows, nothing="Es ist keine Stadt eingerichtet.")),
    )


def _moment(typed: str, town: Town, now: datetime) -> datetime:
    """A span back from now, or a time by the town's clock; no farther than updates are kept."""
    if span := re.fullmatch(r"(\d{1,5})([mhd])", typed.strip()):
        at = now - int(span[1]) * UNITS[span[2]]
    else:
        try:
            at = moment(typed, town.zone)
        except NotALocalTime as why:
            refuse(f"--since {why}, oder eine Spanne wie 6h", USAGE)
    if not now - UPDATE_AS_IT_CAME <= at <= now:
        refuse(
            f"--since {typed}: möglich sind die letzten {UPDATE_AS_IT_CAME.days} Tage, so lange sind sie gespeichert"
        )
    return at
