"""Port GraphApi for drills: takes every message as Meta would, and no wire leads from here to anyone."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stadtdraht.domain.delivery.delivery import Accepted, SendOutcome

DRILL_WAMID = "drill."


@dataclass(frozen=True, slots=True)
class RecordingGraph:
    """The record is the delivery's outcome row: its wamid begins with "drill." and comes from the delivery key."""

    async def send(self, town: str, phone_number_id: str, body: Mapping[str, Any]) -> SendOutcome:
        marks = f"{town}:{phone_number_id}:{body.get('biz_opaque_callback_data', '')}"
        return Accepted(DRILL_WAMID + hashlib.sha256(marks.encode()).hexdigest()[:24])
