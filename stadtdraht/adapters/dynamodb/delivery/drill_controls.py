"""Port Controls for drills: reads like the real one, and takes no number from the newsletters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.delivery.slices import Control

if TYPE_CHECKING:
    from stadtdraht.ports.delivery import Controls


@dataclass(frozen=True, slots=True)
class DrillControls:
    """A drill sends nothing over the wire, so that nobody has to make room for it."""

    controls: Controls

    async def read(self, town: str, phone_number_id: str) -> Control:
        return await self.controls.read(town, phone_number_id)

    def stop(self, town: str, phone_number_id: str, cause: str, *, stopped: bool) -> None:
        self.controls.stop(town, phone_number_id, cause, stopped=stopped)

    async def lease_for_crisis(self, town: str, phone_number_id: str, holder: str, until: datetime) -> None:
        """Holds nothing."""

    async def give_back(self, town: str, phone_number_id: str, holder: str, now: datetime) -> None:
        """Has nothing to give back."""
