"""What starts a function that no queue feeds: a schedule's event, or a command's.

One that is not of our form ends in an error: nothing else lets Lambda keep it with what was given up, where an alarm
waits (infra/blocks/given_up.py).
"""

from collections.abc import Mapping
from typing import Any

from stadtdraht.domain.errors import NotOurs

LONGEST = 500  # characters


def named(event: Mapping[str, Any], name: str) -> str:
    """A text of the event that must be there. Raises NotOurs."""
    value = event.get(name) if isinstance(event, Mapping) else None
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST or not value.isprintable():
        raise NotOurs(f"the event names no “{name}”")
    return value
