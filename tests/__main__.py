"""`make test`: every check and every test, each step named and timed; the first failure ends it."""

import subprocess
import sys
import time

STEPS = (
    ("browser", ["sh", "tests/browser.sh"]),
    ("style", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("import direction", ["lint-imports"]),
    ("tests", ["pytest", "-p", "no:cacheprovider"]),
)


def main() -> int:
    """Exit code of the first step that failed, else 0."""
    for name, command in STEPS:
        print(f"── {name}: {' '.join(command)}", flush=True)
        started = time.monotonic()
        finished = subprocess.run(command, check=False)
        print(f"   {time.monotonic() - started:.0f} s", flush=True)
        if finished.returncode:
            print(f"`make test` failed at: {name}", flush=True)
            return finished.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
