"""Port Cloud: what AWS says of the stack's parts, each found by the stack itself."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stadtdraht.adapters.aws.refusals import said_by_aws
from stadtdraht.domain.operations.cloud import (
    Alarm,
    EventSource,
    Limits,
    MailAccount,
    Schedule,
    SecretAge,
    Topic,
)
from stadtdraht.settings import Settings

NAMED_AT_ONCE = 100  # alarms in one request
PENDING = "PendingConfirmation"


@dataclass(frozen=True, slots=True)
class AwsCloud:
    """`client`: from the name of a service to its client."""

    client: Callable[[str], Any]
    settings: Settings
    _resources: list[Mapping[str, Any]] = field(default_factory=list, repr=False)

    @said_by_aws
    def table_status(self) -> str:
        return str(self._table()["TableStatus"])

    @said_by_aws
    def event_sources(self) -> Sequence[EventSource]:
        ask = self.client("lambda")
        found = []
        for uuid, logical_id in self._made("AWS::Lambda::EventSourceMapping"):
            try:
                it = ask.get_event_source_mapping(UUID=uuid)
            except ask.exceptions.ResourceNotFoundException:
                found.append(EventSource(_plain(logical_id), "its function", "gone"))
                continue
            source, function = _name(it["EventSourceArn"]), _name(it["FunctionArn"])
            found.append(EventSource(source, function, it["State"], it.get("LastProcessingResult") or ""))
        return found

    @said_by_aws
    def schedules(self) -> Sequence[Schedule]:
        pages = self.client("scheduler").get_paginator("list_schedules").paginate()
        state = {it["Name"]: it["State"] for page in pages for it in page["Schedules"]}
        made = self._made("AWS::Scheduler::Schedule")
        return [Schedule(_plain(logical_id), state.get(name) == "ENABLED") for name, logical_id in made]

    @said_by_aws
    def topics(self) -> Sequence[Topic]:
        pager = self.client("sns").get_paginator("list_subscriptions_by_topic")
        found = []
        for arn, logical_id in self._made("AWS::SNS::Topic"):
            told = [it for page in pager.paginate(TopicArn=arn) for it in page["Subscriptions"]]
            pending = sum(it["SubscriptionArn"] == PENDING for it in told)
            found.append(Topic(_plain(logical_id), len(told) - pending, pending))
        return found

    @said_by_aws
    def alarms(self) -> Sequence[Alarm]:
        """Of both kinds; a composite one is asked for by name as any other."""
        kinds = ["MetricAlarm", "CompositeAlarm"]
        names = [name for kind in ("Alarm", "CompositeAlarm") for name, _ in self._made(f"AWS::CloudWatch::{kind}")]
        found: list[Mapping[str, Any]] = []
        for at in range(0, len(names), NAMED_AT_ONCE):
            these = names[at : at + NAMED_AT_ONCE]
            asked = {"AlarmNames": these, "AlarmTypes": kinds, "MaxRecords": NAMED_AT_ONCE}
            answer = self.client("cloudwatch").describe_alarms(**asked)
            found += [*answer["MetricAlarms"], *answer.get("CompositeAlarms", ())]
        ours = f"Stadtdraht-{self.settings.stage}-"
        return [
            Alarm(it["AlarmName"].removeprefix(ours), it["StateValue"] == "ALARM", not it["ActionsEnabled"])
            for it in found
        ]

    @said_by_aws
    def secret_age(self, name: str, secret_id: str) -> SecretAge:
        it = self.client("secretsmanager").describe_secret(SecretId=secret_id)
        return SecretAge(name, it.get("LastChangedDate") or it.get("CreatedDate"))

    @said_by_aws
    def limits(self) -> Limits:
        ask = self.client("lambda")
        account = ask.get_account_settings()["AccountLimit"]
        kept = ask.get_function_concurrency(FunctionName=self.settings.crisis_send_function)
        warm = self._table().get("WarmThroughput") or {}
        return Limits(
            concurrent=account["ConcurrentExecutions"],
            unreserved=account["UnreservedConcurrentExecutions"],
            crisis_senders=kept.get("ReservedConcurrentExecutions"),
            table_writes_a_second=warm.get("WriteUnitsPerSecond") or None,
        )

    @said_by_aws
    def mail(self) -> MailAccount | None:
        if not self.settings.mail_sender:
            return None
        it = self.client("sesv2").get_account()
        return MailAccount(bool(it.get("SendingEnabled")), bool(it.get("ProductionAccessEnabled")))

    def _table(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.client("dynamodb").describe_table(TableName=self.settings.table_name)["Table"]
        return found

    def _made(self, kind: str) -> list[tuple[str, str]]:
        """Physical and logical id of what the stack made of this kind; the stack is read once."""
        if not self._resources:
            pages = self.client("cloudformation").get_paginator("list_stack_resources")
            for page in pages.paginate(StackName=f"Stadtdraht-{self.settings.stage}"):
                self._resources.extend(page["StackResourceSummaries"])
        found = [it for it in self._resources if it["ResourceType"] == kind]
        return [(it["PhysicalResourceId"], it["LogicalResourceId"]) for it in found]


def _plain(logical_id: str) -> str:
    """Without the eight digits that CDK puts behind a name."""
    return re.sub("[0-9A-F]{8}$", "", logical_id)


def _name(arn: str) -> str:
    """The last part that says something: of a queue and a function their name, of a stream its table."""
    of_table, is_stream, _ = arn.partition("/stream/")
    return of_table.rpartition("/")[2] if is_stream else arn.rpartition(":")[2]
