"""How a look goes on when one part of a deployment cannot be asked: that is a finding like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.operations.finding import Finding, Remedy, fail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def looked(what: str, look: Callable[[], Iterable[Finding]], remedy: Remedy, about: str = "") -> Iterator[Finding]:
    """What `look` finds; what keeps it from looking becomes a line, with its remedy."""
    try:
        yield from look()
    except StadtdrahtError as why:
        yield fail(what, str(why), remedy, about)
