"""The template as the local AWS can take it: what it cannot do is left out, what it misreads is respelt.

Every change is a line in docs/operations/local-vs-aws.md. Nothing else differs from what goes to AWS.
"""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LEFT_OUT_TYPES = {"AWS::CloudWatch::CompositeAlarm", "AWS::CDK::Metadata", "AWS::Logs::QueryDefinition"}
LEFT_OUT_SECTIONS = ("Rules", "Parameters", "Conditions")
COLD_START_ALLOWANCE_S = 60  # MiniStack's own timer runs while our environment still starts
ASKED_FOR_INSTEAD = {  # what MiniStack asks for, where AWS asks for the key
    **{f"sqs:{it}": f"sqs:{it}Batch" for it in ("SendMessage", "DeleteMessage", "ChangeMessageVisibility")},
    "lambda:GetEventSourceMapping": "lambda:ListEventSourceMappings",
    "lambda:GetFunctionConcurrency": "lambda:PutFunctionConcurrency",
}
OF_SCHEDULE_GROUP = re.compile(r":schedule/[^/]+/")
STUB = "def handler(event, context):\n    raise RuntimeError('This function runs in the Lambda host')\n"
CORS_KEYS = {
    "AllowOrigins": "allowOrigins",
    "AllowMethods": "allowMethods",
    "AllowHeaders": "allowHeaders",
    "ExposeHeaders": "exposeHeaders",
    "AllowCredentials": "allowCredentials",
    "MaxAge": "maxAge",
}

Template = dict[str, Any]


@dataclass(frozen=True)
class HostedFunction:
    """A function whose handler runs in the Lambda host."""

    logical_id: str
    timeout_s: float
    reserved_concurrency: int | None


@dataclass(frozen=True)
class LocalTemplate:
    """The template to deploy, and what has to be done beside it."""

    body: str
    functions: tuple[HostedFunction, ...]
    time_to_live: dict[str, str]  # table's logical id -> attribute


def localise(synthesized: Template, *, host: str) -> LocalTemplate:
    """The local copy of a template. `host` is the Lambda host's base URL."""
    template = copy.deepcopy(synthesized)
    for section in LEFT_OUT_SECTIONS:
        template.pop(section, None)
    resources = template["Resources"]
    _allow_plain_http(resources)
    _allow_other_names(resources)
    _allow_schedules(resources)
    _allow_mails(resources)
    left_out = {name for name, resource in resources.items() if _is_left_out(resource)}
    for name in left_out:
        del resources[name]
    for resource in resources.values():
        _forget_dependencies(resource, left_out)
    functions = [
        _host(name, resource["Properties"], host) for name, resource in resources.items() if _is_hosted(resource)
    ]
    for resource in resources.values():
        _respell(resource)
    secrets = {name for name, it in resources.items() if it["Type"] == "AWS::SecretsManager::Secret"}
    template = _mend_references(template, secrets, left_out)
    return LocalTemplate(
        json.dumps(template, sort_keys=True), tuple(functions), dict(_time_to_live(template["Resources"]))
    )


def _is_left_out(resource: Template) -> bool:
    properties = resource.get("Properties", {})
    metric_math = resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in properties
    emptied = "PolicyDocument" in properties and not properties["PolicyDocument"].get("Statement")
    return resource["Type"] in LEFT_OUT_TYPES or metric_math or emptied or "Condition" in resource


def _allow_plain_http(resources: Template) -> None:
    """Drop `Deny unless TLS`: the local endpoint speaks HTTP."""
    for resource in resources.values():
        document = resource.get("Properties", {}).get("PolicyDocument")
        if isinstance(document, dict):
            document["Statement"] = [it for it in document.get("Statement", []) if not _demands_tls(it)]


def _allow_other_names(resources: Template) -> None:
    """One permission covers a call and its batch on AWS; MiniStack asks for some calls by another name."""
    for resource in resources.values():
        for statement in resource.get("Properties", {}).get("PolicyDocument", {}).get("Statement", []):
            actions = statement.get("Action", [])
            actions = [actions] if isinstance(actions, str) else actions
            instead = [ASKED_FOR_INSTEAD[action] for action in actions if action in ASKED_FOR_INSTEAD]
            if instead:
                statement["Action"] = [*actions, *instead]
            if "logs:StartQuery" in actions:  # MiniStack asks whether it may be done with anything
                statement["Resource"] = "*"


def _allow_schedules(resources: Template) -> None:
    """MiniStack takes every schedule for one of the group `default` when it asks whether a role may make it."""
    for resource in resources.values():
        for statement in resource.get("Properties", {}).get("PolicyDocument", {}).get("Statement", []):
            on = statement.get("Resource")
            named = on if isinstance(on, list) else [on]
            in_groups = [it for it in named if isinstance(it, str) and OF_SCHEDULE_GROUP.search(it)]
            if in_groups:
                in_default = {OF_SCHEDULE_GROUP.sub(":schedule/default/", it) for it in in_groups}
                statement["Resource"] = [*named, *sorted(in_default)]


def _allow_mails(resources: Template) -> None:
    """MiniStack asks whether a role may send mail at all, and not from which identity."""
    for resource in resources.values():
        for statement in resource.get("Properties", {}).get("PolicyDocument", {}).get("Statement", []):
            if statement.get("Action") == "ses:SendEmail":
                statement["Resource"] = "*"


def _demands_tls(statement: Template) -> bool:
    return statement.get("Effect") == "Deny" and "aws:SecureTransport" in json.dumps(statement.get("Condition", {}))


def _forget_dependencies(resource: Template, left_out: set[str]) -> None:
    depends_on = resource.get("DependsOn", [])
    kept = [it for it in ([depends_on] if isinstance(depends_on, str) else depends_on) if it not in left_out]
    resource.pop("DependsOn", None)
    if kept:
        resource["DependsOn"] = kept


def _is_hosted(resource: Template) -> bool:
    """Python functions with an asset are ours; inline code is CDK's own and stays with MiniStack."""
    properties = resource.get("Properties", {})
    return (
        resource["Type"] == "AWS::Lambda::Function"
        and str(properties.get("Runtime", "")).startswith("python")
        and "ZipFile" not in properties["Code"]
    )


def _host(logical_id: str, properties: Template, host: str) -> HostedFunction:
    timeout_s = properties.get("Timeout", 3)
    properties["Code"] = {"ZipFile": STUB}
    properties["Timeout"] = min(timeout_s + COLD_START_ALLOWANCE_S, 900)
    variables = properties.setdefault("Environment", {}).setdefault("Variables", {})
    variables["MINISTACK_LAMBDA_PROXY_URL"] = f"{host}/invoke/{logical_id}"
    return HostedFunction(logical_id, float(timeout_s), properties.get("ReservedConcurrentExecutions"))


def _respell(resource: Template) -> None:
    properties = resource.get("Properties", {})
    match resource["Type"]:
        case "AWS::ApiGatewayV2::Api" if "CorsConfiguration" in properties:
            cors = properties["CorsConfiguration"]
            properties["CorsConfiguration"] = {CORS_KEYS.get(key, key): value for key, value in cors.items()}
        case "AWS::Lambda::EventSourceMapping":
            properties["Enabled"] = False  # the host polls it
        case _:
            return


def _mend_references(node: Any, secrets: set[str], left_out: set[str]) -> Any:
    """`Ref` of a secret is its name here and its ARN on AWS; a reference to what was left out is its name."""
    match node:
        case {"Ref": str(name)} if len(node) == 1 and name in secrets:
            return {"Fn::GetAtt": [name, "Id"]}
        case {"Ref": str(name)} if len(node) == 1 and name in left_out:
            return name
        case {"Fn::GetAtt": [str(name), *_]} if name in left_out:
            return name
        case dict():
            return {key: _mend_references(value, secrets, left_out) for key, value in node.items()}
        case list():
            return [_mend_references(value, secrets, left_out) for value in node]
        case _:
            return node


def _time_to_live(resources: Template) -> Iterator[tuple[str, str]]:
    for name, resource in resources.items():
        wish = resource.get("Properties", {}).get("TimeToLiveSpecification", {})
        if resource["Type"].startswith("AWS::DynamoDB::") and wish.get("Enabled"):
            yield name, wish["AttributeName"]
