"""Ports Schedule and CallReminders on EventBridge Scheduler: one per start, gone when it has fired, or weekly."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from stadtdraht.domain.broadcast.errand import Errand
from stadtdraht.domain.contests.contest import Contest
from stadtdraht.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MARGIN = timedelta(minutes=1)  # before the first time, so that this one counts


@dataclass(frozen=True, slots=True)
class EventBridgeSchedule:
    """Times are UTC on the wire; a schedule that fires twice starts nothing twice."""

    client: "EventBridgeSchedulerClient"
    settings: Settings

    def at(self, broadcast_id: str, town: str, when: datetime, portion: int = 0) -> None:
        start = {"town": town, "broadcast_id": broadcast_id}
        name = f"{broadcast_id}-{portion}" if portion else broadcast_id
        try:
            _once(self._group, name, when, self.settings.broadcast_start_function, start)
        except self.client.exceptions.ConflictException:
            if not portion:
                raise

    def weekly(self, broadcast_id: str, town: str, first: datetime, zone: ZoneInfo) -> None:
        start = {"town": town, "broadcast_id": broadcast_id}
        wall = first.astimezone(zone)
        when = When(f"cron({wall.minute} {wall.hour} ? * {WEEKDAYS[wall.weekday()]} *)", zone.key, first - MARGIN)
        _put(self._group, broadcast_id, when, self.settings.broadcast_start_function, start)

    def report(self, broadcast_id: str, town: str, when: datetime) -> None:
        errand = {"town": town, "broadcast_id": broadcast_id, "errand": Errand.REPORT.value}
        name = f"{broadcast_id}-r{int(when.timestamp())}"
        with suppress(self.client.exceptions.ConflictException):
            _once(self._group, name, when, self.settings.broadcast_errand_function, errand)

    def cancel(self, broadcast_id: str) -> None:
        _never(self._group, broadcast_id)

    @property
    def _group(self) -> "Group":
        return Group(self.client, self.settings.scheduler_group, self.settings.scheduler_role_arn)


@dataclass(frozen=True, slots=True)
class EventBridgeContestReminders:
    """As above, for the reminder of a contest; a reminder that fires twice reminds nobody twice."""

    client: "EventBridgeSchedulerClient"
    settings: Settings

    def at(self, contest: Contest, when: datetime) -> None:
        remind = {"town": contest.town, "call_id": contest.id}
        _once(self._group, contest.id, when, self.settings.call_remind_function, remind)

    def cancel(self, contest_id: str) -> None:
        _never(self._group, contest_id)

    @property
    def _group(self) -> "Group":
        return Group(self.client, self.settings.call_scheduler_group, self.settings.call_scheduler_role_arn)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of schedules, and the role that may start what they start."""

    client: "EventBridgeSchedulerClient"
    name: str
    role_arn: str


@dataclass(frozen=True, slots=True)
class When:
    """An expression of the scheduler in its zone, and from when on it counts; None: at once."""

    expression: str
    zone: str = "UTC"
    since: datetime | None = None


def _once(group: Group, name: str, when: datetime, function: str, event: Mapping[str, str]) -> None:
    _put(group, name, When(f"at({when.astimezone(UTC):%Y-%m-%dT%H:%M:%S})"), function, event)


def _put(group: Group, name: str, when: When, function: str, event: Mapping[str, str]) -> None:
    since: dict[str, Any] = {"StartDate": when.since} if when.since else {}
    group.client.create_schedule(
        Name=name,
        GroupName=group.name,
        ScheduleExpression=when.expression,
        ScheduleExpressionTimezone=when.zone,
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE",
        Target={"Arn": function, "RoleArn": group.role_arn, "Input": json.dumps(event)},
        **since,
    )


def _never(group: Group, name: str) -> None:
    try:
        group.client.delete_schedule(Name=name, GroupName=group.name)
    except group.client.exceptions.ResourceNotFoundException:
        return  # it has fired, or there was none
