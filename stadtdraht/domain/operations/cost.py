"""What work costs on AWS: how much each message takes of it, times the list's prices.

Counted figures are held by tests (tests/benchmarks/broadcast, tests/contract/test_writes_of_a_message.py; bytes of log
lines: tests/unit/test_follow_a_message.py; memory: tests/infra/test_cost.py). Seconds of the webhook are measured CPU
(tests/benchmarks/inbound/status.py), those of other functions assumed on the safe side. Every figure of
docs/operations/cost.md and scale.md is computed from here.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from operator import add
from typing import Final

from stadtdraht.domain.delivery.slices import lanes_for
from stadtdraht.domain.operations.aws_prices import GB, MILLION, AwsPrices

OUTCOME_WRITES: Final = 1.05  # its outcome, and a twentieth of a claim
STATUSES: Final = 3  # sent, delivered, read
WRITES_PER_MESSAGE: Final = OUTCOME_WRITES + STATUSES
READS_PER_MESSAGE: Final = 0.15
WRITES_PER_MESSAGE_HEARD: Final = 15  # from the webhook to the last status of its answer
PACE: Final = 0.9  # of the number's rate
GB_MB: Final = 1_024
VCPU_MB: Final = 1_769  # buy one vCPU, and less its share of one (AWS Lambda, Configuring memory, 2026-09)
SENDER_GB: Final = VCPU_MB / GB_MB
CRISIS_PAGE_GB: Final = 3_008 / GB_MB
WEBHOOK_MB: Final = 512
WEBHOOK_CPU_S: Final = 0.0025  # for one status: twice what an x86 core takes, as nobody has measured Lambda's
WEBHOOK_WAIT_S: Final = 0.010  # for the table, whose answers take "single-digit milliseconds" (AWS, DynamoDB)
FOLLOW_UP_GB: Final = 0.5
FOLLOW_UP_S: Final = 0.5  # to follow a message up and to answer it
STATUS_LINE_BYTES: Final = 236
ACCESS_LINE_BYTES: Final = 109  # of the API
EVENT_BYTES: Final = 26  # that CloudWatch adds to each line
STATUS_LOG_BYTES: Final = STATUS_LINE_BYTES + ACCESS_LINE_BYTES + 2 * EVENT_BYTES
HEARD_LINES_BYTES: Final = 1_172  # stored, followed up, answered once, and three statuses
HEARD_LOG_BYTES: Final = HEARD_LINES_BYTES + 6 * EVENT_BYTES + 4 * (ACCESS_LINE_BYTES + EVENT_BYTES)
ROW_GB: Final = 0.3e-6  # a row of a delivery
MONTHS_KEPT: Final = 3
NEWSLETTERS_A_MONTH: Final = 52 / 12

ALARMS: Final = 71
WAYS: Final = 4  # composite alarms
SHARED_SECRETS: Final = 4
KEY_REQUESTS_USD: Final = 0.10
STANDARD_QUEUES: Final = 3
FIFO_QUEUES: Final = 5
POLLERS: Final = 5  # of Lambda, of each queue
POLLS_A_MINUTE: Final = 3
MINUTES_A_MONTH: Final = 43_200
CHECKS_A_MONTH: Final = 8_640  # every five minutes
# of readiness; of its pings of senders and crisis page, as if all of it were the page's; of a look for staff
CHECK_GB_S: Final = 2 * 0.5 + 0.35 * CRISIS_PAGE_GB + 1 * 0.5
DAYS_A_MONTH: Final = 30
DAY_GB_S: Final = 0.5 * 0.5  # to count the figures of one town's day


@dataclass(frozen=True, slots=True)
class Work:
    """What was asked of AWS."""

    writes: float = 0
    reads: float = 0
    api_calls: float = 0
    invocations: float = 0
    gb_seconds: float = 0
    logged_bytes: float = 0

    def __add__(self, other: "Work") -> "Work":
        return Work(*map(add, astuple(self), astuple(other)))

    def usd(self, prices: AwsPrices) -> Mapping[str, float]:
        """By part."""
        return {
            "table": (self.writes * prices.million_writes + self.reads * prices.million_reads) / MILLION,
            "api": self.api_calls * prices.million_api_calls / MILLION,
            "functions": self.invocations * prices.million_invocations / MILLION + self.gb_seconds * prices.gb_second,
            "logs": self.logged_bytes * prices.logged_gb / GB,
        }


def webhook_gb_s(memory_mb: int = WEBHOOK_MB) -> float:
    """Of one POST: less memory makes its CPU take longer at the same price, and its waiting cheaper."""
    return (WEBHOOK_CPU_S * VCPU_MB / memory_mb + WEBHOOK_WAIT_S) * memory_mb / GB_MB


def statuses_in(statuses: int) -> Work:
    """Each in a POST of its own, which is the worst: Meta puts several into one as it sees fit."""
    return Work(
        writes=statuses,
        api_calls=statuses,
        invocations=statuses,
        gb_seconds=statuses * webhook_gb_s(),
        logged_bytes=statuses * STATUS_LOG_BYTES,
    )


def sending(messages: int, rate_mps: int) -> Work:
    """Of a newsletter or an alert, without statuses."""
    seconds = messages / (PACE * rate_mps) * lanes_for(rate_mps)
    return Work(writes=messages * OUTCOME_WRITES, reads=messages * READS_PER_MESSAGE, gb_seconds=seconds * SENDER_GB)


def hearing(messages: int) -> Work:
    """Of citizens' own messages: followed up, answered, with the statuses of the answer."""
    posts = messages * (1 + STATUSES)
    return Work(
        writes=messages * WRITES_PER_MESSAGE_HEARD,
        api_calls=posts,
        invocations=posts + 2 * messages,
        gb_seconds=posts * webhook_gb_s() + messages * FOLLOW_UP_S * FOLLOW_UP_GB,
        logged_bytes=messages * HEARD_LOG_BYTES,
    )


def storing(messages: int, prices: AwsPrices) -> float:
    """USD a month for so many messages a month, kept for 90 days and recoverable."""
    gigabytes = messages * (1 + STATUSES) * ROW_GB * MONTHS_KEPT
    return gigabytes * (prices.stored_gb + prices.recovery_gb)


def idle(towns: int, prices: AwsPrices) -> Mapping[str, float]:
    """USD a month of a deployment where nothing happens, by part."""
    polls = POLLERS * POLLS_A_MINUTE * MINUTES_A_MONTH
    calls = polls * (STANDARD_QUEUES + FIFO_QUEUES)
    list_usd = polls * (STANDARD_QUEUES * prices.million_queue_calls + FIFO_QUEUES * prices.million_fifo_calls)
    return {
        "secrets": (SHARED_SECRETS + towns) * prices.secret,
        "key": prices.key + KEY_REQUESTS_USD,
        "alarms": max(0, ALARMS - prices.free_alarms) * prices.alarm,
        "composite alarms": WAYS * prices.composite_alarm,
        "queues": list_usd / MILLION * max(0, calls - prices.free_queue_calls) / calls,
        "figures": towns * DAYS_A_MONTH * DAY_GB_S * prices.gb_second,
        "checks": CHECKS_A_MONTH * CHECK_GB_S * prices.gb_second,
    }
