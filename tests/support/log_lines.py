"""What functions write into their logs, as the lines that CloudWatch gets."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from stadtdraht.observability import LineFormatter


@dataclass
class LogLines:
    """Everything that was written, and each line that is no metric as its fields."""

    written: list[tuple[str, str]] = field(default_factory=list)
    """Function and text: as on AWS, where each function has a log group of its own."""

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.written)

    @property
    def by_function(self) -> list[tuple[str, dict[str, Any]]]:
        """Raises ValueError for a line that is no JSON, as a bare traceback is not."""
        found = [(function, json.loads(text)) for function, text in self.written]
        return [(function, line) for function, line in found if "_aws" not in line]

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [line for _, line in self.by_function]

    def said(self, message: str) -> list[dict[str, Any]]:
        """The lines that say so."""
        return [line for line in self.lines if line["message"] == message]


@dataclass
class _Group:
    """Takes the place of a function's standard output."""

    function: str
    written: list[tuple[str, str]]

    def write(self, text: str) -> None:
        self.written.append((self.function, text))

    def flush(self) -> None: ...


@contextmanager
def log_lines() -> Iterator[LogLines]:
    """The lines of every function that is loaded, while the block lasts."""
    lines = LogLines()
    ours = [
        (name, handler)
        for name, logger in logging.Logger.manager.loggerDict.items()
        if isinstance(logger, logging.Logger)
        for handler in logger.handlers
        if isinstance(handler, logging.StreamHandler) and isinstance(handler.formatter, LineFormatter)
    ]
    before = [handler.stream for _, handler in ours]
    for name, handler in ours:
        handler.stream = _Group(name, lines.written)  # not `setStream`, which flushes what pytest may have closed
    try:
        yield lines
    finally:
        for (_, handler), stream in zip(ours, before, strict=True):
            handler.stream = stream
