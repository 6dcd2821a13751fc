"""AWS's list prices of one region, in USD without tax: the one place that every figure of cost comes from."""

from dataclasses import dataclass
from datetime import date
from typing import Final

MILLION: Final = 1_000_000
GB: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class AwsPrices:
    """The first tier of each; a price "of a million" is for so many requests or units, one "of a GB" for a month."""

    region: str
    seen_on: date
    source: str
    million_writes: float
    million_reads: float
    stored_gb: float
    recovery_gb: float
    """Point-in-time recovery."""
    million_api_calls: float
    million_invocations: float
    gb_second: float
    """Lambda on arm64."""
    logged_gb: float
    million_queue_calls: float
    million_fifo_calls: float
    free_queue_calls: int
    alarm: float
    free_alarms: int
    composite_alarm: float
    secret: float
    key: float


FRANKFURT: Final = AwsPrices(
    region="eu-central-1",
    seen_on=date(2026, 9, 11),
    source="AWS's Price List of 2026-09-11 for table, functions, standard queues, logs and alarms, as a public "
    "repository recorded it; API, FIFO queues, composite alarms, secrets and keys from memory",
    million_writes=0.7625,
    million_reads=0.1525,
    stored_gb=0.306,
    recovery_gb=0.2448,
    million_api_calls=1.20,
    million_invocations=0.20,
    gb_second=0.0000133334,
    logged_gb=0.63,
    million_queue_calls=0.40,
    million_fifo_calls=0.50,
    free_queue_calls=1_000_000,
    alarm=0.10,
    free_alarms=10,
    composite_alarm=0.50,
    secret=0.40,
    key=1.00,
)
