"""Options that several commands take: for which town, who does it, and when."""

import getpass
from datetime import datetime
from typing import Annotated

import typer

from stadtdraht.cli.output import refuse
from stadtdraht.domain.local_time import NotALocalTime, moment
from stadtdraht.domain.town import Town

TownOption = Annotated[str, typer.Option("--town", help="Kennung der Stadt, wie in `town list` (id of the town)")]


def operator(by: str = "") -> str:
    """Who does it: as --by says, else the operating system's user."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "unnamed"


def later(at: str, town: Town, now: datetime, option: str = "--at") -> datetime:
    """The moment in UTC that was typed in the town's own time; ends the command when it is none, or past."""
    try:
        when = moment(at, town.zone)
    except NotALocalTime as why:
        refuse(f"{option} {why}")
    if when <= now:
        refuse(f"{option} {at}: Diese Zeit ist in {town.timezone} schon vorbei")
    return when
