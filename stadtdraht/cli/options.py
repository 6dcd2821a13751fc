"""What the commands for newsletters share: who types, when it is to go, and the end of an id."""

import getpass
from datetime import datetime

from stadtdraht.cli.output import refuse
from stadtdraht.domain.local_time import NotALocalTime, moment
from stadtdraht.domain.town import Town


def operator() -> str:
    """Who types, when --by does not say: the operating system's user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "unnamed"


def later(at: str, town: Town, now: datetime, option: str = "--at") -> datetime:
    """The moment in UTC that was typed in the town's own time; ends the command when it is none, or past."""
    try:
        when = moment(at, town.zone)
    except NotALocalTime as why:
        refuse(f"{option} {why}")
    if when <= now:
        refuse(f"{option} {at}: this time is over in {town.timezone}")
    return when
