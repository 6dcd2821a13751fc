"""Port Figures: metrics of what people do by commands, which have no log that CloudWatch reads."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

NAMESPACE, SERVICE = "Stadtdraht", "command-line"


@dataclass(frozen=True, slots=True)
class CloudWatchFigures:
    """With the one dimension that functions' counts have; whose town it is stands in the row beside it."""

    client: "CloudWatchClient"

    def count(self, name: str) -> bool:
        datum = {"MetricName": name, "Value": 1, "Unit": "Count", "Dimensions": [{"Name": "service", "Value": SERVICE}]}
        try:
            self.client.put_metric_data(Namespace=NAMESPACE, MetricData=[datum])  # type: ignore[list-item]
        except (ClientError, BotoCoreError):
            return False
        return True
