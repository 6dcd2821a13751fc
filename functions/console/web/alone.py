"""Parts of a page that fail alone: what one of them cannot read leaves the others standing."""

from collections.abc import Callable
from typing import TypeVar

from stadtdraht.observability import count, error_place, logger

log = logger("console-office")
T = TypeVar("T")


def read_alone(town: str, name: str, read: Callable[[], T], otherwise: T) -> T:
    """What `read` finds; `otherwise` where it fails, which is counted and logged with the name of the part."""
    try:
        return read()
    except Exception as why:  # noqa: BLE001 - each part fails alone
        count("ConsoleCardFailed")
        log.error("part failed", town=town, card=name, why=error_place(why))  # noqa: TRY400
        return otherwise
