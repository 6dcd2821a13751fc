"""Port Schedule: one suite for the fake and for EventBridge Scheduler on the local AWS."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.aws.scheduler import EventBridgeSchedule
from stadtdraht.settings import Settings
from tests.support.builders.delivery import CAUSE
from tests.support.fakes.schedule import FakeSchedule

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).replace(second=0, microsecond=0)


class InMemory(FakeSchedule):
    def waiting(self):
        return sorted(self.hours.values())


class OnEventBridge(EventBridgeSchedule):
    def waiting(self):
        found = self.client.list_schedules(GroupName=self.settings.scheduler_group)["Schedules"]
        details = (self.client.get_schedule(Name=it["Name"], GroupName=self.settings.scheduler_group) for it in found)
        expressions = (it["ScheduleExpression"].removeprefix("at(").removesuffix(")") for it in details)
        return sorted(datetime.fromisoformat(it).replace(tzinfo=UTC) for it in expressions)


@pytest.fixture(params=["fake", pytest.param("local_aws", marks=pytest.mark.local_aws)])
def schedule(request):
    if request.param == "fake":
        return InMemory()
    client, group = request.getfixturevalue("local_aws").client("scheduler"), f"test-{uuid.uuid4().hex[:12]}"
    client.create_schedule_group(Name=group)
    arn = "arn:aws:{}:eu-central-1:000000000000:{}"
    settings = Settings(
        scheduler_group=group,
        scheduler_role_arn="arn:aws:iam::000000000000:role/scheduler",
        broadcast_start_function=arn.format("lambda", "function:start"),
    )
    return OnEventBridge(client, settings)


def test_a_broadcast_waits_for_its_hour_until_it_is_cancelled(schedule):
    schedule.at(CAUSE, "bocholt", TOMORROW)
    assert schedule.waiting() == [TOMORROW]
    schedule.cancel(CAUSE)
    schedule.cancel(CAUSE)
    assert schedule.waiting() == []


def test_asking_again_for_the_same_portion_changes_nothing_and_another_one_stands_beside_it(schedule):
    later = TOMORROW + timedelta(days=1)
    for _ in range(2):
        schedule.at(CAUSE, "bocholt", TOMORROW, int(TOMORROW.timestamp()))
    assert schedule.waiting() == [TOMORROW]
    schedule.at(CAUSE, "bocholt", later, int(later.timestamp()))
    assert schedule.waiting() == [TOMORROW, later]
