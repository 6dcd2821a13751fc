"""What functions write into their logs, as the lines that CloudWatch gets."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class LogLines:
    """Everything that was written, and each line that is no metric as its fields."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Raises ValueError for a line that is no JSON, as a bare traceback is not."""
        found = [json.loads(line) for line in self.text.splitlines() if line]
        return [line for line in found if "_aws" not in line]

    def said(self, message: str) -> list[dict[str, Any]]:
        """The lines that say so."""
        return [line for line in self.lines if line["message"] == message]


@contextmanager
def log_lines() -> Iterator[LogLines]:
    """The lines of every function that is loaded, while the block lasts."""
    written = LogLines()
    ours = [
        handler
        for logger in logging.Logger.manager.loggerDict.values()
        if isinstance(logger, logging.Logger)
        for handler in logger.handlers
        if isinstance(handler, logging.StreamHandler) and type(handler.formatter).__name__.startswith("LambdaPower")
    ]
    before = [handler.stream for handler in ours]
    for handler in ours:
        handler.stream = written.stream  # not `setStream`, which flushes a stream that pytest may have closed
    try:
        yield written
    finally:
        for handler, stream in zip(ours, before, strict=True):
            handler.stream = stream
