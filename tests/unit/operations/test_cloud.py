"""What AWS says of the stack's parts, and of its size against the towns that it carries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.domain.operations.cloud import (
    Alarm,
    EventSource,
    Limits,
    MailAccount,
    Schedule,
    SecretAge,
    Topic,
    limit_checks,
    rotation_check,
)
from stadtdraht.domain.operations.finding import Level, Remedy
from stadtdraht.domain.operations.queues import OF_NO_QUEUE, OF_WORK
from stadtdraht.usecases.operations.look_at_cloud import APP_SECRET, look_at_cloud
from tests.support.fakes.operations import FakeCloud, FakeQueues
from tests.support.fakes.secrets import FakeSecrets
from tests.support.town_office import TOWNS

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
WARNS = TOWNS["bocholt"]
LARGE = replace(WARNS, number=replace(WARNS.number, rate_mps=1_000))


def look(cloud=None, queues=None, towns=(WARNS,), secrets=("current",)):
    found = look_at_cloud(
        "rows",
        {APP_SECRET: "arn:app", "link keys": "arn:links"},
        list(towns),
        NOW,
        cloud=cloud or FakeCloud(changed_at=NOW),
        queues=queues or FakeQueues(),
        secrets=FakeSecrets(secrets),
    )
    return {it.what: it for it in found}


def test_where_all_is_well_every_line_says_so():
    assert [it for it in look().values() if it.level is not Level.OK] == []


def test_whatever_aws_refuses_is_a_line_with_its_own_text():
    found = look(FakeCloud(refuses="AccessDenied: not authorized to perform lambda:GetAccountSettings"))
    refused = [it for it in found.values() if it.level is Level.FAIL]
    assert len(refused) == 9
    assert all("AccessDenied" in it.found and it.remedy is Remedy.RIGHTS for it in refused)
    assert found["link keys"].level is Level.OK


@pytest.mark.parametrize(
    ("broken", "what", "level"),
    [
        ({"table": "INACCESSIBLE_ENCRYPTION_CREDENTIALS"}, "table rows", Level.FAIL),
        ({"sources": [EventSource("rows", "inbound-process", "Disabled")]}, "rows to inbound-process", Level.FAIL),
        ({"sources": [EventSource("answers", "its function", "gone")]}, "answers to its function", Level.FAIL),
        (
            {"sources": [EventSource("rows", "inbound-process", "Enabled", "PROBLEM: Function call failed")]},
            "rows to inbound-process",
            Level.WARN,
        ),
        ({"clock": [Schedule("CrisisReadiness", enabled=False)]}, "schedule CrisisReadiness", Level.FAIL),
        ({"told": [Topic("Urgent", 0, 1)]}, "alarms to Urgent", Level.WARN),
        ({"told": [Topic("Urgent", 0, 0)]}, "alarms to Urgent", Level.WARN),
        ({"bells": [Alarm("crisis-halted", ringing=True, silenced=False)]}, "alarms", Level.WARN),
        ({"bells": [Alarm("crisis-halted", ringing=False, silenced=True)]}, "silenced alarms", Level.WARN),
        ({"mails": MailAccount(may_send=False, to_anybody=True)}, "mail to staff", Level.FAIL),
        ({"mails": MailAccount(may_send=True, to_anybody=False)}, "mail to staff", Level.WARN),
        ({"mails": None}, "mail to staff", Level.WARN),
        ({"changed_at": NOW - timedelta(days=400)}, "link keys's age", Level.WARN),
        ({"changed_at": None}, "link keys's age", Level.WARN),
    ],
)
def test_each_part_that_is_off_gone_or_old_is_told_with_what_to_do(broken, what, level):
    found = look(FakeCloud(**({"changed_at": NOW} | broken)))[what]
    assert found.level is level
    assert found.remedy is not Remedy.NOTHING


@pytest.mark.parametrize("name", [*OF_WORK, *OF_NO_QUEUE])
def test_a_single_dead_letter_in_any_queue_is_told(name):
    found = look(queues=FakeQueues(dead={name: 1}))[f"queue {name}"]
    assert found.level is (Level.FAIL if name in {"crisis", "crisis_recheck", "inbound_stream"} else Level.WARN)
    assert "1 given up" in found.found
    assert found.remedy is not Remedy.NOTHING


def test_work_that_heaps_up_is_told():
    assert look(queues=FakeQueues(waiting={"answers": 5_000}))["queue answers"].level is Level.WARN


def test_two_app_secrets_are_a_rotation_that_ends_after_a_day():
    age = SecretAge(APP_SECRET, NOW - timedelta(days=5))
    assert list(rotation_check(["one"], age, NOW)) == []
    assert [it.level for it in rotation_check(["one", "two"], age, NOW)] == [Level.WARN]
    assert list(rotation_check(["one", "two"], SecretAge(APP_SECRET, NOW), NOW)) == []
    assert "former app secret" in look(FakeCloud(changed_at=NOW - timedelta(days=5)), secrets=("one", "two"))


@pytest.mark.parametrize(
    ("limits", "towns", "what", "level"),
    [
        (Limits(1_000, 770, 100, 4_000), [LARGE] * 9, "concurrency", Level.WARN),  # 96 each
        (Limits(330, 50, 100, 4_000), [LARGE], "concurrency", Level.FAIL),
        (Limits(1_000, 770, 7, 4_000), [LARGE], "crisis_senders", Level.FAIL),  # it has 8 lanes
        (Limits(1_000, 770, None, 4_000), [WARNS], "crisis_senders", Level.FAIL),
        (Limits(1_000, 770, 10, 4_000), [LARGE] * 2, "crisis_senders", Level.WARN),
        (Limits(1_000, 770, None, 4_000), [TOWNS["vreden"]], "crisis_senders", Level.OK),
        (Limits(1_000, 770, 100, 4_000), [LARGE], "table's throughput", Level.WARN),  # 1,000 x 4.05
        (Limits(1_000, 770, 100, 4_050), [LARGE], "table's throughput", Level.OK),
    ],
)
def test_what_aws_allows_is_held_against_the_largest_town_and_all_of_them(limits, towns, what, level):
    (found,) = [it for it in limit_checks(limits, towns) if it.what == what]
    assert found.level is level


def test_a_deployment_without_towns_is_large_enough():
    assert {it.level for it in limit_checks(Limits(1_000, 770, 100, None), [])} == {Level.OK}
