"""`make bench-crisis`: from the press to the phones, beside its goals. --strict: exit code 1 when one is missed.

--warned N, --readers N, --rate R: another size than the 160, 320 and 40 a second that a small machine carries.
--by-number: no newsletter has reached anybody before, so that second names are followed up meanwhile.
"""

import argparse
import sys

from tests.benchmarks.crisis.measured import Size, figures
from tests.benchmarks.inbound.figures import table


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.crisis")
    asked.add_argument("--strict", action="store_true")
    asked.add_argument("--warned", type=int, default=Size().warned)
    asked.add_argument("--readers", type=int, default=Size().readers)
    asked.add_argument("--rate", type=int, default=Size().rate_mps)
    asked.add_argument("--by-number", action="store_true")
    given = asked.parse_args()
    size = Size(given.warned, given.readers, given.rate, given.by_number)
    found = figures(size)
    print(table(f"From the press to the phones: {size.warned:,} people at {size.rate_mps}/s", found))
    return int(given.strict and any(figure.is_missed for figure in found))


if __name__ == "__main__":
    sys.exit(main())
