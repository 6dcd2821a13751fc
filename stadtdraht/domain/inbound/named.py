"""What the names of somebody who writes lead to."""

from dataclasses import dataclass
from datetime import datetime

from stadtdraht.domain.citizen import Citizen


@dataclass(frozen=True, slots=True)
class Named:
    """Read at once, since every message needs it."""

    citizen: Citizen | None
    """Whom they lead to."""
    new_id: str
    """That of somebody new with these names; "" when whoever had the number before them has it."""
    given_up_at: datetime | None
    """When whoever had the number reported another one; None where nobody did, or somebody has it since."""
