"""`make bench-tenancy`: what one town's load adds to others' answers and alerts. --strict: 1 when a goal is missed.

--towns N, --readers N, --statuses N: another size than the 40 towns, 2,000 readers and 120 statuses a second.
"""

import argparse
import sys

from tests.benchmarks.inbound.figures import table
from tests.benchmarks.tenancy.measured import Size, figures


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.tenancy")
    asked.add_argument("--strict", action="store_true")
    asked.add_argument("--towns", type=int, default=Size().towns)
    asked.add_argument("--readers", type=int, default=Size().readers)
    asked.add_argument("--statuses", type=int, default=Size().statuses_per_s)
    given = asked.parse_args()
    size = Size(given.towns, given.readers, statuses_per_s=given.statuses)
    found = figures(size)
    print(table(f"One town's load, and the others: {size.towns} towns, {size.readers:,} readers", found))
    return int(given.strict and any(figure.is_missed for figure in found))


if __name__ == "__main__":
    sys.exit(main())
