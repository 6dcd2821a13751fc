"""What can be counted stays within its bound, whatever the machine does."""

import subprocess
import sys


def test_calls_and_units_of_an_update_and_of_what_follows_stay_within_their_bounds():
    """In a process of its own: functions read their settings from the environment."""
    command = [sys.executable, "-m", "tests.benchmarks.inbound", "--counted", "--strict"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "MISSED" not in done.stdout
    assert done.stdout.count("kept") == 12
