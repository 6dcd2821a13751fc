"""What keeps `make check` quick: a test that starts a process, a server or a local AWS lies in tests/contract,
or in tests/end_to_end where it needs the whole system.
"""

import re
from pathlib import Path

UNIT = Path(__file__).resolve().parent
STARTED = {"local_aws", "table", "town_web", "system"}  # fixtures of tests/conftest.py
STARTS = re.compile(r"^\s*(?:import|from) \S*\b(?:subprocess|multiprocessing|https_server|running_system|ministack)\b")


def test_no_unit_test_asks_for_what_is_started(request):
    unit = (item for item in request.session.items if item.path.is_relative_to(UNIT))
    assert not [item.nodeid for item in unit if STARTED & set(item.fixturenames)]


def test_no_unit_test_starts_something_itself():
    lines = ((file, line) for file in UNIT.rglob("*.py") for line in file.read_text(encoding="utf-8").splitlines())
    assert not [f"{file.relative_to(UNIT)}: {line}" for file, line in lines if STARTS.match(line)]
