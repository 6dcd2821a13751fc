"""`make bench-console`: each page beside its bound. --strict: exit code 1 when one is missed."""

import sys

from tests.benchmarks.console.pages import figures
from tests.benchmarks.inbound.figures import table


def main() -> int:
    found = figures()
    print(table("What a page of the console costs", found))
    return int("--strict" in sys.argv and any(figure.is_missed for figure in found))


if __name__ == "__main__":
    sys.exit(main())
