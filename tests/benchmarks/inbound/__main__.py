"""`make bench-inbound`: every figure of the way in, beside its bound. --strict: exit code 1 when a bound is missed.

--counted: only what is counted and not timed. --latency: also the running local system.
"""

import sys

from tests.benchmarks.inbound import counted, cpu, following_up
from tests.benchmarks.inbound.figures import table


def main() -> int:
    figures = [*counted.figures(), *following_up.counted()]
    if "--counted" not in sys.argv:
        figures += cpu.figures()
        figures += following_up.figures()
    if "--latency" in sys.argv:
        from tests.benchmarks.inbound import first_answer, latency

        figures += [*latency.figures(), *first_answer.figures()]
    print(table("What an update costs on its way in, and what follows from a message", figures))
    return int("--strict" in sys.argv and any(figure.is_missed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
