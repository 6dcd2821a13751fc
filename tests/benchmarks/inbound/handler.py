"""The real webhook function on a stubbed AWS, in this process."""

import os
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


def webhook(aws: StubbedAws) -> Any:
    """The handler, with `aws` behind its clients; settings come from the environment, as on Lambda."""
    os.environ.update(VARIABLES)  # noqa: TID251 - before the function is imported, as Lambda does
    from functions.inbound.webhook import handler
    from stadtdraht import bootstrap

    for cached in (bootstrap.settings, bootstrap.client, bootstrap.table, bootstrap.directory, bootstrap.secrets):
        cached.cache_clear()
    bootstrap.inbox.cache_clear()
    for service in ("dynamodb", "secretsmanager"):
        aws.stand_in_for(bootstrap.client(service))
    return handler
