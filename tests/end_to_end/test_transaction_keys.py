"""What AWS judges an item of a transaction by is written nowhere: every reading lets the product work.

The other tests run under the strictest one; `pytest --transaction-keys own tests/end_to_end tests/acceptance` runs all
of them under another.
"""

import pytest

from tests.support.running_system import running

pytestmark = pytest.mark.system


@pytest.mark.parametrize("judged_by", ["own", "none"])
def test_a_report_and_a_drill_go_their_way(tmp_path, judged_by):
    """The transactions with the most kinds of rows: a follow-up that opens a case, and an alert."""
    with running(tmp_path, TRANSACTION_KEYS=judged_by) as system:
        system.answer_to("+4915112340001", "vreden", "Hallo")
        system.answer_to("+4915112340001", "vreden", "In der Hauptstraße 3 ist ein Schlagloch")
        system.until(lambda: system.stadtdraht("case", "list", "--town", "vreden"), "the case")
        system.stadtdraht("crisis", "drill", "--town", "bocholt")
