"""Port Schedule on EventBridge Scheduler: one schedule per broadcast, gone when it has fired."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stadtdraht.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient


@dataclass(frozen=True, slots=True)
class EventBridgeSchedule:
    """Times are UTC on the wire; a schedule that fires twice starts nothing twice."""

    client: "EventBridgeSchedulerClient"
    settings: Settings

    def at(self, broadcast_id: str, town: str, when: datetime) -> None:
        self.client.create_schedule(
            Name=broadcast_id,
            GroupName=self.settings.scheduler_group,
            ScheduleExpression=f"at({when.astimezone(UTC):%Y-%m-%dT%H:%M:%S})",
            ScheduleExpressionTimezone="UTC",
            FlexibleTimeWindow={"Mode": "OFF"},
            ActionAfterCompletion="DELETE",
            Target={
                "Arn": self.settings.broadcast_start_function,
                "RoleArn": self.settings.scheduler_role_arn,
                "Input": json.dumps({"town": town, "broadcast_id": broadcast_id}),
            },
        )

    def cancel(self, broadcast_id: str) -> None:
        try:
            self.client.delete_schedule(Name=broadcast_id, GroupName=self.settings.scheduler_group)
        except self.client.exceptions.ResourceNotFoundException:
            return  # it has fired, or there was none
