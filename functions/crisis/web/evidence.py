"""What was done, into the evidence folder; it is done by then, and a folder that cannot be reached hinders nobody."""

from collections.abc import Iterator
from contextlib import contextmanager

from functions.crisis.web.context import Visit
from stadtdraht.observability import count, logger, where

log = logger("crisis-page")


@contextmanager
def kept_or_counted(visit: Visit) -> Iterator[None]:
    """Around whatever adds to the folder: an error is counted and logged, and goes no further."""
    try:
        yield
    except Exception as why:  # noqa: BLE001 - whatever it is, the officer sees what became of the alert
        count("CrisisEvidenceMissing")
        log.warning("evidence was not kept", town=visit.town.id, link_id=visit.link.link_id, why=where(why))
