"""The real webhook function on a stubbed AWS, in this process."""

import os
from functools import partial
from typing import Any

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
    """The handler with `aws` behind its clients, and its client of DynamoDB. Settings come from the environment."""
    os.environ.update(VARIABLES)  # noqa: TID251 - before the function is imported, as Lambda does
    from functions.inbound.webhook import handler
    from stadtdraht.bootstrap import Adapters

    adapters = Adapters()
    for service in ("dynamodb", "secretsmanager"):
        aws.stand_in_for(adapters.client(service))
    return partial(handler, adapters=adapters), adapters.client("dynamodb")
