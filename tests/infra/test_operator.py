"""The operator's role: what it may do is what the command line asks of AWS, call by call."""

import ast
from collections import defaultdict

import botocore.session
from botocore import xform_name

from infra.features.operator import OF_THE_ACCOUNT
from infra.synth import REPOSITORY
from tests.infra.conftest import OPERATORS
from tests.infra.reading import actions, of_type, resources

SOURCES = ("adapters", "cli")  # layers that speak to AWS
SERVICES = {  # as boto3 names them: as IAM does
    **{name: name for name in ("cloudformation", "cloudwatch", "cognito-idp", "dynamodb", "lambda", "logs", "s3")},
    **{name: name for name in ("scheduler", "secretsmanager", "sns", "sqs", "sts")},
    "sesv2": "ses",
}
NO_CLIENTS = {"account", "accounts", "audience", "table"}  # ports with methods of the same names
NAMED_OTHERWISE = {
    "dynamodb:TransactWriteItems": ("dynamodb:PutItem", "dynamodb:UpdateItem"),  # judged item by item
    "lambda:Invoke": ("lambda:InvokeFunction",),
    "s3:CopyObject": ("s3:GetObject", "s3:PutObject"),
    "s3:DeleteObjects": ("s3:DeleteObject",),
    "s3:HeadObject": ("s3:GetObject",),
    "s3:ListObjectsV2": ("s3:ListBucket",),
    "sqs:SendMessageBatch": ("sqs:SendMessage",),
}
NOT_OF_THE_COMMAND_LINE = {
    "cognito-idp:AdminInitiateAuth": "signing in is the console's",
    "cognito-idp:AdminRespondToAuthChallenge": "signing in is the console's",
    "cognito-idp:AssociateSoftwareToken": "asks for the person's own token, and for no right",
    "cognito-idp:SetUserMFAPreference": "asks for the person's own token, and for no right",
    "cognito-idp:VerifySoftwareToken": "asks for the person's own token, and for no right",
    "sts:AssumeRole": "the console takes the office role; who takes the operator's has the right from the account",
}
OF_OTHER_CALLS = {
    "iam:PassRole": "CreateSchedule names the role of the schedules",
    "kms:Decrypt": "table, queues, secrets and files",
    "kms:DescribeKey": "table, queues, secrets and files",
    "kms:GenerateDataKey": "table, queues, secrets and files",
}


def operations():
    """{method of a client: IAM's name of the call}, for all services in use."""
    session = botocore.session.Session()
    return {
        xform_name(name): f"{iam}:{name}"
        for service, iam in SERVICES.items()
        for name in session.get_service_model(service).operation_names
    }


def asked_for():
    """{call: places}: every method of a boto3 client that the product names, and every paginator."""
    known, found = operations(), defaultdict(list)
    files = [file for layer in SOURCES for file in (REPOSITORY / "stadtdraht" / layer).rglob("*.py")]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Attribute) and not isinstance(node, ast.Call):
                continue
            name = _method(node)
            if name in known:
                found[known[name]].append(f"{file.relative_to(REPOSITORY)}:{node.lineno}")
    return found


def _method(node):
    if isinstance(node, ast.Attribute):
        of = ast.unparse(node.value)
        return None if any(of.endswith(it) for it in NO_CLIENTS) else node.attr
    is_paginator = isinstance(node.func, ast.Attribute) and node.func.attr == "get_paginator"
    return node.args[0].value if is_paginator and isinstance(node.args[0], ast.Constant) else None


def needed():
    """{right: places that need it}."""
    rights = defaultdict(list)
    for call, places in asked_for().items():
        if call not in NOT_OF_THE_COMMAND_LINE:
            for right in NAMED_OTHERWISE.get(call, (call,)):
                rights[right] += places
    return rights


def operator_of(template):
    """(its trust, its statements)."""
    (name,) = [it for it in of_type(template, "AWS::IAM::Role") if it.startswith("OperatorRole")]
    kinds = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")  # CDK makes the second of what the first has no room for
    policies = [it for kind in kinds for it in of_type(template, kind).values() if {"Ref": name} in it["Roles"]]
    role = of_type(template, "AWS::IAM::Role")[name]
    return role["AssumeRolePolicyDocument"], [s for it in policies for s in it["PolicyDocument"]["Statement"]]


def test_the_operator_may_do_what_the_command_line_asks_for_and_nothing_else(with_mails):
    """A new call? infra/features/operator.py grants it. What only a function asks for stands above, with the reason."""
    _, statements = operator_of(with_mails)
    granted = {action for statement in statements for action in actions(statement)}
    wanted = needed()
    missing = {right: wanted[right] for right in wanted.keys() - granted}
    assert not missing
    assert granted - wanted.keys() == OF_OTHER_CALLS.keys()


def test_each_call_that_is_left_out_is_made_somewhere():
    assert NOT_OF_THE_COMMAND_LINE.keys() <= asked_for().keys()


def test_the_operator_reaches_nothing_of_another_deployment(template):
    trust, statements = operator_of(template)
    assert "root" in str(trust["Statement"])
    wide = {action for it in statements if "*" in resources(it) for action in actions(it)}
    assert wide == {"cloudwatch:PutMetricData", *OF_THE_ACCOUNT}
    assert all(action.partition(":")[2].startswith(("Describe", "Get", "List")) for action in OF_THE_ACCOUNT)
    (figures,) = [it for it in statements if "cloudwatch:PutMetricData" in actions(it)]
    assert figures["Condition"] == {"StringEquals": {"cloudwatch:namespace": "Stadtdraht"}}
    (passes,) = {str(it["Condition"]) for it in statements if "iam:PassRole" in actions(it)}
    assert "scheduler.amazonaws.com" in passes
    secrets = [on for it in statements if "secretsmanager:PutSecretValue" in actions(it) for on in resources(it)]
    assert all(":secret:stadtdraht/production/" in str(on) for on in secrets)


def test_only_those_who_are_named_may_take_the_role(with_mails):
    trust, _ = operator_of(with_mails)
    assert [str(trust).count(it) for it in OPERATORS] == [1, 1]
    assert "root" not in str(trust)
