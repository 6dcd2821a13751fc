"""`make bench-broadcast`: every figure of a newsletter's way out, beside its bound. --strict: exit code 1 for a miss.

--counted: only what is counted and not timed. --full: 10,000 at 80/s too, which takes five minutes for both sides.
"""

import sys

from tests.benchmarks.broadcast import counted, pace
from tests.benchmarks.inbound.figures import table


def main() -> int:
    figures = [*counted.figures()]
    if "--counted" not in sys.argv:
        figures += pace.figures(10_000 if "--full" in sys.argv else 2_000, 80)
        figures += pace.figures(30_000, 1_000)
    print(table("What a newsletter costs on its way out", figures))
    return int("--strict" in sys.argv and any(figure.is_missed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
