"""`make bench-crisis`: from the press to the phones, beside its goals. --strict: exit code 1 when one is missed."""

import sys

from tests.benchmarks.crisis import measured
from tests.benchmarks.inbound.figures import table


def main() -> int:
    figures = measured.figures()
    title = f"From the press to the phones: {measured.WARNED} people at {measured.RATE_MPS}/s"
    print(table(title, figures))
    return int("--strict" in sys.argv and any(figure.is_missed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
