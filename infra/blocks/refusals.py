"""What Meta refuses, counted from the log lines of everything that sends: by code, and over all of them."""

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_logs as logs

from infra.blocks.alarm import FIVE_MINUTES, MINUTE, NO_BLIP, Alarm
from infra.blocks.lambda_function import NAMESPACE, LambdaFunction

CODE, PEOPLE = "$.refused_code", "$.people"  # functions/refused.py writes them
SHUT_OUT = (190, 368, 131031)  # the token is refused, or the account is blocked or locked: nothing goes out any more
MANY = 100  # within five minutes: more than the people of a newsletter who cannot be reached by it
STORM = 100  # messages that came too fast for their number, within five minutes


class Refusals:
    """Filters in the logs of these functions; metrics without a function's dimension, since only the sum says much."""

    def __init__(self, functions: Sequence[LambdaFunction]) -> None:
        for function in functions:
            any_code = logs.FilterPattern.number_value(CODE, ">=", 0)
            shut_out = logs.FilterPattern.any(*(logs.FilterPattern.number_value(CODE, "=", it) for it in SHUT_OUT))
            _count(function, "MetaRefused", any_code, PEOPLE)
            _count(function, "MetaRefusedByCode", any_code, PEOPLE, {"code": CODE})
            _count(function, "MetaShutsOut", shut_out, "1")
            _count(function, "MetaThrottled", logs.FilterPattern.number_value("$.throttled", ">", 0), "$.throttled")
        refused, shut_out_ = _metric("MetaRefused", FIVE_MINUTES), _metric("MetaShutsOut", MINUTE)
        throttled = _metric("MetaThrottled", FIVE_MINUTES)
        about = "Meta refuses a town's token, or has locked its account: nothing of that town goes out"
        self.alarms = [
            Alarm("meta-shuts-out", shut_out_, 1, about, urgent=True),
            Alarm("meta-refused", refused, MANY, "Meta refuses many messages", urgent=False),
            Alarm("meta-throttled", throttled, STORM, "Meta throttles a number again and again", False, *NO_BLIP),
        ]


def _count(
    function: LambdaFunction,
    name: str,
    pattern: logs.IFilterPattern,
    value: str,
    dimensions: dict[str, str] | None = None,
) -> None:
    logs.MetricFilter(
        function,
        name,
        log_group=function.log,
        filter_pattern=pattern,
        metric_namespace=NAMESPACE,
        metric_name=name,
        metric_value=value,
        dimensions=dimensions,
    )


def _metric(name: str, period: Duration) -> cloudwatch.Metric:
    return cloudwatch.Metric(namespace=NAMESPACE, metric_name=name, period=period, statistic="Sum")
