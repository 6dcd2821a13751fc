"""The real webhook function on a stubbed AWS, in this process."""

import os
from functools import partial
from typing import Any

import boto3.session

from tests.benchmarks.inbound.stubbed_aws import StubbedAws

VARIABLES = {
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "benchmark",
    "AWS_SECRET_ACCESS_KEY": "benchmark",
    "TABLE_NAME": "stadtdraht",
    "META_APP_SECRET_ID": "meta-app",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    "POWERTOOLS_METRICS_DISABLED": "true",
}


def webhook(aws: StubbedAws) -> tuple[Any, Any]:
    """The handler with `aws` behind its clients, and a bare client of DynamoDB, as boto3 makes it without settings."""
    os.environ.update(VARIABLES)  # noqa: TID251 - before the function is imported, as Lambda does
    from functions.inbound.webhook import handler
    from stadtdraht.bootstrap import Adapters

    adapters = Adapters()
    for service in ("dynamodb", "secretsmanager"):
        aws.stand_in_for(adapters.client(service))
    bare = boto3.session.Session().client("dynamodb")
    aws.stand_in_for(bare)
    return partial(handler, adapters=adapters), bare
