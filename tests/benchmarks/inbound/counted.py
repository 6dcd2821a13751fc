"""What is counted and not timed: calls to DynamoDB and write units."""

from collections.abc import Sequence

from tests.benchmarks.inbound.envelopes import TOWNS, envelope, event
from tests.benchmarks.inbound.figures import Figure
from tests.benchmarks.inbound.handler import webhook
from tests.benchmarks.inbound.stubbed_aws import StubbedAws

BATCH_WRITE = 25  # items in one BatchWriteItem
OF_EVERY_TOWN = 2 * len(TOWNS)  # a message and a status


def counted(updates: int) -> StubbedAws:
    """One envelope through the warm function; what it asked of AWS."""
    aws = StubbedAws(counts=True)
    handler, _ = webhook(aws)
    # The first ones read the directory and the secret, and keep the minute's signs of life of every town.
    handler(event(envelope(OF_EVERY_TOWN)), None)
    aws.calls.clear()
    aws.rows = aws.write_units = 0
    answer = handler(event(envelope(updates, first=1000)), None)
    assert answer["statusCode"] == 200, answer
    return aws


def figures() -> Sequence[Figure]:
    found = []
    for updates in (1, 50, 1000):
        aws = counted(updates)
        calls = aws.calls["BatchWriteItem"]
        found.append(Figure(f"DynamoDB calls, {updates} in an envelope", calls, "calls", -(-updates // BATCH_WRITE)))
        found.append(Figure(f"write units, {updates} in an envelope", aws.write_units / updates, "WCU per update", 1.0))
    return found
