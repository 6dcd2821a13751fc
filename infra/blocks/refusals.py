"""What Meta refuses, counted from the log lines of everything that sends: by code, and over all of them."""

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_logs as logs

from infra.blocks.alarm import FIVE_MINUTES, MINUTE, NO_BLIP, Alarm
from infra.blocks.lambda_function import NAMESPACE, LambdaFunction

REFUSED = ("message refused", "message halted", "answer refused", "answer halted")  # lines with Meta's `code`
SHUT_OUT = (190, 368, 131031)  # the token is refused, or the account is blocked or locked: nothing goes out any more
TOO_FAST = 130429  # for the number; nothing was sent, and the sender slows down
MANY = 100  # within five minutes: more than the people of a newsletter who cannot be reached by it
STORM = 100  # messages that came too fast, within five minutes


class Refusals:
    """Filters in the logs of these functions; metrics without a function's dimension, since only the sum says much."""

    def __init__(self, functions: Sequence[LambdaFunction]) -> None:
        pattern = logs.FilterPattern
        refused = pattern.any(*(pattern.string_value("$.message", "=", it) for it in REFUSED))
        shut_out = pattern.any(  # of one message, or of the sender's whole slice
            *(pattern.number_value(field, "=", code) for field in ("$.code", "$.halted_by") for code in SHUT_OUT)
        )
        for function in functions:
            _count(function, "MetaRefused", refused)
            _count(function, "MetaRefusedByCode", refused, {"code": "$.code"})
            _count(function, "MetaShutsOut", shut_out)
            _count(function, "MetaThrottled", pattern.number_value("$.code", "=", TOO_FAST))
        about = "Meta refuses a town's token, or has locked its account: nothing of that town goes out"
        self.alarms = [
            Alarm("meta-shuts-out", _metric("MetaShutsOut", MINUTE), 1, about, urgent=True),
            Alarm(
                "meta-refused", _metric("MetaRefused", FIVE_MINUTES), MANY, "Meta refuses many messages", urgent=False
            ),
            Alarm(
                "meta-throttled",
                _metric("MetaThrottled", FIVE_MINUTES),
                STORM,
                "Meta throttles a number again and again",
                False,
                *NO_BLIP,
            ),
        ]


def _count(
    function: LambdaFunction, name: str, pattern: logs.IFilterPattern, dimensions: dict[str, str] | None = None
) -> None:
    logs.MetricFilter(
        function,
        name,
        log_group=function.log,
        filter_pattern=pattern,
        metric_namespace=NAMESPACE,
        metric_name=name,
        dimensions=dimensions,
    )


def _metric(name: str, period: Duration) -> cloudwatch.Metric:
    return cloudwatch.Metric(namespace=NAMESPACE, metric_name=name, period=period, statistic="Sum")
