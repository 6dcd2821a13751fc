"""Puts a localised template into the local AWS and tells what came of it."""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from local.aws.account import REGION, LocalAccount
from local.aws.environments import Function
from local.aws.event_sources import EventSource, event_source
from local.aws.template import HostedFunction, LocalTemplate

WITHIN_S = 120
POLL_EVERY_S = 0.2
UNRESERVED_CONCURRENCY = 10  # environments a function may have here; the account's share on AWS is far larger
TEMPLATE_BUCKET = "stadtdraht-local-templates"
FINGERPRINT_TAG = "stadtdraht:template"
USABLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}


class DeployFailed(Exception):
    """The local AWS refused the stack; the text lists what failed and why."""


@dataclass(frozen=True)
class Deployment:
    """What stands in the local AWS."""

    outputs: dict[str, str]
    physical_ids: dict[str, str]  # by logical id
    types: dict[str, str]  # by logical id
    functions: tuple[Function, ...]
    event_sources: tuple[EventSource, ...]

    def of_type(self, resource_type: str) -> list[str]:
        """The physical ids of every resource of a CloudFormation type."""
        return [self.physical_ids[name] for name, it in self.types.items() if it == resource_type]

    @property
    def api_id(self) -> str:
        """The HTTP API."""
        return self.of_type("AWS::ApiGatewayV2::Api")[0]

    @property
    def table(self) -> str:
        """The table's name."""
        tables = self.of_type("AWS::DynamoDB::GlobalTable") + self.of_type("AWS::DynamoDB::Table")
        return tables[0]


def deploy(stack: str, template: LocalTemplate, account: LocalAccount) -> Deployment:
    """Create or update the stack, wait for it, and set what the local CloudFormation drops.

    Blocking. Does nothing but read when this very template stands already. Raises `DeployFailed`.
    """
    cloudformation = account.client("cloudformation")
    fingerprint = hashlib.sha256(template.body.encode()).hexdigest()
    stored = _describe(cloudformation, stack)
    if stored and stored["StackStatus"] not in USABLE:
        cloudformation.delete_stack(StackName=stack)
        _wait(cloudformation, stack, gone=True)
        stored = None
    if not stored or not _is_current(stored, fingerprint):
        _put(cloudformation, account, stack, template, fingerprint, update=bool(stored))
        stored = _wait(cloudformation, stack)
    summaries = [
        summary
        for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
        for summary in page["StackResourceSummaries"]
    ]
    physical_ids = {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in summaries}
    _set_time_to_live(account, template.time_to_live, physical_ids)
    functions = _functions(account, template.functions, physical_ids)
    return Deployment(
        outputs={it["OutputKey"]: it["OutputValue"] for it in (stored or {}).get("Outputs", [])},
        physical_ids=physical_ids,
        types={it["LogicalResourceId"]: it["ResourceType"] for it in summaries},
        functions=functions,
        event_sources=_event_sources(account, functions),
    )


def _describe(cloudformation: Any, stack: str) -> Mapping[str, Any] | None:
    try:
        described: Mapping[str, Any] = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError:
        return None
    return None if described["StackStatus"] == "DELETE_COMPLETE" else described


def _is_current(stored: Mapping[str, Any], fingerprint: str) -> bool:
    complete = stored["StackStatus"] != "UPDATE_ROLLBACK_COMPLETE"
    return complete and {"Key": FINGERPRINT_TAG, "Value": fingerprint} in stored.get("Tags", [])


def _put(
    cloudformation: Any,
    account: LocalAccount,
    stack: str,
    template: LocalTemplate,
    fingerprint: str,
    *,
    update: bool,
) -> None:
    s3 = account.client("s3")
    try:
        s3.head_bucket(Bucket=TEMPLATE_BUCKET)
    except ClientError:
        s3.create_bucket(Bucket=TEMPLATE_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    key = f"{stack}/{fingerprint}.json"
    s3.put_object(Bucket=TEMPLATE_BUCKET, Key=key, Body=template.body.encode())
    put = cloudformation.update_stack if update else cloudformation.create_stack
    try:
        put(
            StackName=stack,
            TemplateURL=f"{account.endpoint}/{TEMPLATE_BUCKET}/{key}",
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            Tags=[{"Key": FINGERPRINT_TAG, "Value": fingerprint}],
        )
    except ClientError as refused:
        raise DeployFailed(f"The local AWS refused the template: {refused}") from refused


def _wait(cloudformation: Any, stack: str, *, gone: bool = False) -> Mapping[str, Any] | None:
    end = time.monotonic() + WITHIN_S
    while time.monotonic() < end:
        described = _describe(cloudformation, stack)
        if gone and described is None:
            return None
        if described and not described["StackStatus"].endswith("_IN_PROGRESS"):
            if gone or described["StackStatus"] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
                return described
            break
        time.sleep(POLL_EVERY_S)
    raise DeployFailed(_why(cloudformation, stack))


def _why(cloudformation: Any, stack: str) -> str:
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    failures = [
        f"{it['LogicalResourceId']} ({it['ResourceType']}): {it.get('ResourceStatusReason', '')}"
        for it in events
        if it["ResourceStatus"].endswith("FAILED")
    ]
    return "The local AWS could not deploy the stack:\n" + "\n".join(reversed(failures))


def _set_time_to_live(account: LocalAccount, wanted: Mapping[str, str], physical_ids: Mapping[str, str]) -> None:
    dynamodb = account.client("dynamodb")
    for logical_id, attribute in wanted.items():
        table = physical_ids[logical_id]
        status = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["TimeToLiveStatus"]
        if status == "DISABLED":
            dynamodb.update_time_to_live(
                TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": attribute}
            )


def _functions(
    account: LocalAccount, hosted: tuple[HostedFunction, ...], physical_ids: Mapping[str, str]
) -> tuple[Function, ...]:
    client = account.client("lambda")
    deployed = {
        it["FunctionName"]: it for page in client.get_paginator("list_functions").paginate() for it in page["Functions"]
    }
    functions = []
    for function in hosted:
        settings = deployed[physical_ids[function.logical_id]]
        name = settings["FunctionName"]
        if function.reserved_concurrency is not None:
            client.put_function_concurrency(
                FunctionName=name, ReservedConcurrentExecutions=function.reserved_concurrency
            )
        functions.append(
            Function(
                logical_id=function.logical_id,
                name=name,
                arn=settings["FunctionArn"],
                handler=settings["Handler"],
                timeout_s=function.timeout_s,
                memory_mb=settings.get("MemorySize", 128),
                variables=_variables(settings),
                role_arn=settings["Role"],
                concurrency=function.reserved_concurrency or UNRESERVED_CONCURRENCY,
                reserved=function.reserved_concurrency is not None,
                log_group=settings.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{name}",
            )
        )
    return tuple(functions)


def _variables(settings: Mapping[str, Any]) -> dict[str, str]:
    """What Lambda sets for this function beside the variables that every function has."""
    variables: dict[str, str] = dict(settings.get("Environment", {}).get("Variables", {}))
    variables.pop("MINISTACK_LAMBDA_PROXY_URL", None)
    logging = settings.get("LoggingConfig", {})
    if logging.get("LogFormat") == "JSON":
        variables["AWS_LAMBDA_LOG_FORMAT"] = "JSON"
        variables["AWS_LAMBDA_LOG_LEVEL"] = logging.get("ApplicationLogLevel", "INFO")
    return variables


def _event_sources(account: LocalAccount, functions: tuple[Function, ...]) -> tuple[EventSource, ...]:
    by_arn = {function.arn: function.logical_id for function in functions}
    pages = account.client("lambda").get_paginator("list_event_source_mappings").paginate()
    mappings = [mapping for page in pages for mapping in page["EventSourceMappings"]]
    return tuple(
        event_source(mapping, by_arn[mapping["FunctionArn"]])
        for mapping in mappings
        if mapping["FunctionArn"] in by_arn
    )
