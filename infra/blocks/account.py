"""What all functions of an account share."""

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.blocks.alarm import FIVE_MINUTES, NO_BLIP, Alarm

TURNED_AWAY = 10  # invocations within five minutes; a ceiling that is met for a moment is what it is there for


class Account:
    """Concurrency is the account's, in this region: another stack's functions take from it, and are counted too."""

    def __init__(self) -> None:
        throttles = cloudwatch.Metric(
            namespace="AWS/Lambda", metric_name="Throttles", period=FIVE_MINUTES, statistic="Sum"
        )
        about = "functions find no free concurrency"
        self.alarms = [Alarm("functions-throttled", throttles, TURNED_AWAY, about, False, *NO_BLIP)]
