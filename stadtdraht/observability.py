"""Logs and metrics of the functions: JSON lines and CloudWatch's embedded metric format, both on standard output.

No log line carries a text, a name, a number or a BSUID: people appear as `keyed_hash` (domain/identifiers.py).
"""

import logging
import traceback
from pathlib import Path

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric

NAMESPACE = "Stadtdraht"


def logger(function_name: str) -> Logger:
    """The function's logger; extra fields are keyword arguments: `log.info("stored", town=…, correlation=…)`.

    A line is about one thing: `town` says whose, `correlation` about which message or delivery (domain/correlation.py),
    `cause` for which broadcast or alert. Millions of them are paid for by the byte, so that they go without what
    Powertools would add of the code's line and of X-Ray.
    """
    logging.getLogger().setLevel(logging.WARNING)  # libraries; Lambda's JSON format lets them say at INFO what they do
    # Lambda takes a line whose time is not RFC 3339 for one of level INFO (AWS, Log-level filtering, 2026-11).
    return Logger(service=function_name, location=None, xray_trace_id=None, use_rfc3339=True, utc=True)


def error_place(why: BaseException) -> str:
    """An error for the log: its kind and place. Its message stays out, since it may quote what a citizen wrote."""
    frames = traceback.extract_tb(why.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    return f"{type(why).__name__} at {' > '.join(places)}"


def count(name: str, value: float = 1) -> None:
    """Adds to a metric of this function; CloudWatch reads it from the log, so that counting costs no request.

    It has the dimension `service` alone, as its alarm has: CloudWatch adds nothing up over others. Whose town it is
    stands in the log line beside it. Each name is watched by an alarm or shown on the dashboard.
    """
    with single_metric(name=name, unit=MetricUnit.Count, value=value, namespace=NAMESPACE):
        pass
