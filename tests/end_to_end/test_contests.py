"""A contest is opened, reminded of in the function that its schedule starts, and closed, on the whole system."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb.contests import DynamoContests
from stadtdraht.adapters.dynamodb.table import Table

pytestmark = pytest.mark.system

DAY = timedelta(days=1)


def day(at):
    return f"{at:%Y-%m-%d}"


@pytest.fixture
def contest_id(system):
    now = datetime.now(UTC)
    until = ("--until", f"{day(now + 30 * DAY)} 18:00", "--delete-on", day(now + 90 * DAY))
    asked = ("--title", "Brücken der Stadt", "--keyword", "Brückenfoto", "--terms", "https://www.arnsberg.de/foto")
    opened = system.stadtdraht("contest", "open", "--town", "arnsberg", *asked, *until)["call_id"]
    yield opened
    assert system.stadtdraht("contest", "close", opened)["phase"] == "late"


def test_the_reminder_is_scheduled_and_its_function_may_do_what_it_does(system, contest_id):
    scheduler = system.client("scheduler")
    settings = system.run["settings"]
    schedule = scheduler.get_schedule(Name=contest_id, GroupName=settings["CALL_SCHEDULER_GROUP"])
    contest = DynamoContests(Table(system.client("dynamodb"), settings["TABLE_NAME"])).get("arnsberg", contest_id)
    assert schedule["ScheduleExpression"] == f"at({contest.closes_at - DAY:%Y-%m-%dT%H:%M:%S})"
    target = schedule["Target"]
    answer = system.client("lambda").invoke(FunctionName=target["Arn"], Payload=target["Input"])
    assert "FunctionError" not in answer
    assert json.loads(answer["Payload"].read()) == {"reminded": 0}
