"""`python -m tests.benchmarks.broadcast.planning [--people N]`: time and memory of planning, beside their bounds.

The real plan on the real adapter and boto3, up to the socket; the audience is made below it (audience_pages.py).
--strict: exit code 1 when a bound is missed.
"""

import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import boto3
from botocore.config import Config

from stadtdraht.adapters.dynamodb.broadcast.audience import DynamoAudience
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.town import Offer, OfferText
from stadtdraht.usecases.broadcast.planning.plan_broadcast import Plan, plan
from tests.benchmarks.broadcast.audience_pages import ROWS_A_PAGE, SHARDS, AudiencePages
from tests.benchmarks.inbound.figures import Figure, table
from tests.support.builders.delivery import broadcast, town

PEOPLE = 1_000_000
MOST_S = 300  # a third of what the function that plans may take
OF_WINDOWS = 1  # query for those who wrote within a day
MOST_GROWTH_MB = 20  # between a third of the audience and all of it, both of full pages
LIMIT = 100_000  # the highest level that is one
USED_TODAY = 20_000


def planned(
    people: int, *, limit: int | None, used: int = 0, rows_a_page: int = ROWS_A_PAGE
) -> tuple[Plan, AudiencePages]:
    """A plan for so many readers; `used` of them had something today."""
    pages = AudiencePages(people, rows_a_page)
    client = boto3.client(
        "dynamodb",
        region_name="eu-central-1",
        aws_access_key_id="none",
        aws_secret_access_key="none",
        config=Config(parameter_validation=True),
    )
    pages.stand_in_for(client)
    offers = (OfferText(Offer.NEWS, "News", "."), OfferText(Offer.CRISIS, "Warnungen", "."))
    of = replace(town(), offers=offers, number=replace(town().number, portfolio_limit=limit, rate_mps=1000))
    had = frozenset(f"000000{number:014x}" for number in range(used))
    return plan(broadcast(), of, audience=DynamoAudience(Table(client, "rows")), used=had), pages


def counted(people: int, rows_a_page: int = ROWS_A_PAGE) -> Sequence[Figure]:
    """What DynamoDB is asked for: each page of the readers once; those of warnings twice, and only under a limit."""
    pages_of_readers = SHARDS * ceil(people / SHARDS / rows_a_page)
    pages_of_warned = SHARDS * ceil(people / 4 / SHARDS / rows_a_page)
    _, without = planned(people, limit=None, rows_a_page=rows_a_page)
    _, within = planned(people, limit=people, rows_a_page=rows_a_page)
    return (
        Figure("queries without a limit", without.queries, "queries", OF_WINDOWS + pages_of_readers),
        Figure(
            "queries within a limit", within.queries, "queries", OF_WINDOWS + pages_of_readers + 2 * pages_of_warned
        ),
        Figure("read units per reader, without a limit", without.read_units / people, "RCU", 0.06),
    )


def timed(people: int) -> Sequence[Figure]:
    """Seconds of this machine, and by how much more memory the whole needs than a third of it."""
    planned(people // 3, limit=None)
    before_mb = _peak_mb()
    started = time.perf_counter()
    found, _ = planned(people, limit=None)
    without_s = time.perf_counter() - started
    after_mb = _peak_mb()
    assert found.audience.planned >= people
    started = time.perf_counter()
    spread, _ = planned(people, limit=LIMIT, used=min(USED_TODAY, people))
    within_s = time.perf_counter() - started
    assert spread.portions.days is None or spread.portions.days > 1
    return (
        Figure("plan without a limit", without_s, "s", MOST_S),
        Figure("plan within Meta's limit, spread over days", within_s, "s", MOST_S),
        Figure("readers per second", people / without_s, "1/s"),
        Figure("memory that thrice the readers need more", after_mb - before_mb, "MB", MOST_GROWTH_MB),
        Figure("memory at its peak", after_mb, "MB"),
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    people = int(sys.argv[sys.argv.index("--people") + 1]) if "--people" in sys.argv else PEOPLE
    figures = [*timed(people), *counted(people // 10)]
    print(table(f"Planning a newsletter for {people:,} readers", figures))
    return int("--strict" in sys.argv and any(figure.is_missed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
