"""Plays a short day in the four towns, so that there is something to look at."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local.system import System


def play(system: "System") -> None:
    """Let sample people write and the towns publish. Blocking; ends early when `system.stopping` is set."""
