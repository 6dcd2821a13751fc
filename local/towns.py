"""Sets up the towns of `towns/` in a running local system."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from local.system import System


def set_up_towns(system: "System") -> dict[str, Any]:  # noqa: ARG001
    """Apply every town file. Blocking. Returns what `run.json` says about them: towns, console, crisis."""
    return {}
