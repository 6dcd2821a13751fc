"""Logs and metrics of the functions: JSON lines and CloudWatch's embedded metric format, both on standard output.

No log line carries a text, a name, a number or a BSUID: people appear as `keyed_hash` (domain/identifiers.py).
"""

import json
import logging
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import BasePowertoolsFormatter
from aws_lambda_powertools.metrics import MetricUnit, single_metric

NAMESPACE = "Stadtdraht"
OF_LOGGING: Final = frozenset(vars(logging.makeLogRecord({})))  # what a record has beside the fields of its line


class LineFormatter(BasePowertoolsFormatter):
    """A line as one JSON object, in half of the CPU that Powertools' own formatter takes.

    That one looks in every line for an exception, a stack, JSON in the message and X-Ray, which ours never have.
    Request ids are in `keys` (functions/logged.py). Of what went well the API's alone is enough; beside trouble stands
    the function's too, as in the lines that Lambda writes itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: dict[str, Any] = {}
        self._encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode

    def append_keys(self, **additional_keys: Any) -> None:
        self._keys |= additional_keys

    def remove_keys(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._keys.pop(key, None)

    def clear_state(self) -> None:
        self._keys = {}

    def format(self, record: logging.LogRecord) -> str:
        # Lambda takes a line whose time is not RFC 3339 for one of level INFO (AWS, Log-level filtering, 2026-11).
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"level": record.levelname, "message": record.msg, "timestamp": f"{at[:-6]}Z", **self._keys}
        if record.levelno < logging.WARNING and line.get("api_request_id"):
            line["function_request_id"] = None
        line |= {name: said for name, said in vars(record).items() if name not in OF_LOGGING}
        return self._encode({name: said for name, said in line.items() if said is not None})


def logger(function_name: str) -> Logger:
    """The function's logger; extra fields are keyword arguments: `log.info("stored", town=…, correlation=…)`.

    A line is about one thing: `town` says whose, `correlation` about which message or delivery (domain/correlation.py),
    `cause` for which broadcast or alert. Whose function wrote it, its log group says. Millions of lines are paid for by
    the byte, so that none says a thing twice.
    """
    logging.getLogger().setLevel(logging.WARNING)  # libraries; Lambda's JSON format lets them say at INFO what they do
    log = Logger(service=function_name, logger_formatter=LineFormatter())
    log.remove_keys(["service"])
    return log


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
