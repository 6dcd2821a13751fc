"""`make bench-console`: each page, and each reading, beside its bound. --strict: exit code 1 when one is missed."""

import sys

from tests.benchmarks.console import reading
from tests.benchmarks.console.pages import figures
from tests.benchmarks.inbound.figures import table


def main() -> int:
    found = figures()
    print(table("What a page of the console costs", found))
    read = reading.figures()
    print(table("What reading costs, whatever was written", read))
    return int("--strict" in sys.argv and any(figure.is_missed for figure in (*found, *read)))


if __name__ == "__main__":
    sys.exit(main())
