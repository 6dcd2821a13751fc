"""`make bench-broadcast`: every figure of a newsletter's way out, beside its bound. --strict: exit code 1 for a miss.

--counted: only what is counted and not timed. --cpu: only the sender's CPU, two minutes. --full: 10,000 at 80/s instead
of 2,000, which takes five minutes for both sides. --local: only 10,000 at 80/s on the whole running local system, which
takes as long; --people N for fewer.
"""

import sys

from tests.benchmarks.broadcast import counted, cpu, local_system, pace
from tests.benchmarks.inbound.figures import Figure, table


def main() -> int:
    figures = _on_the_local_system() if "--local" in sys.argv else _on_stubs()
    print(table("What a newsletter costs on its way out", figures))
    return int("--strict" in sys.argv and any(figure.is_missed for figure in figures))


def _on_the_local_system() -> list[Figure]:
    people = int(sys.argv[sys.argv.index("--people") + 1]) if "--people" in sys.argv else 10_000
    return [*local_system.figures(people)]


def _on_stubs() -> list[Figure]:
    if "--cpu" in sys.argv:
        return [*cpu.figures()]
    figures = [*counted.figures()]
    if "--counted" not in sys.argv:
        figures += cpu.figures()
        figures += pace.figures(10_000 if "--full" in sys.argv else 2_000, 80)
        figures += pace.figures(30_000, 1_000)
    return figures


if __name__ == "__main__":
    sys.exit(main())
