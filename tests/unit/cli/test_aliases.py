"""Commands that changed their name still answer to the old one, which no help shows."""

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.main import app


def help_of(*words):
    done = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "200", "TERM": "dumb"})
    assert done.exit_code == 0, done.output
    return [line for line in done.stdout.splitlines() if "Usage:" not in line]  # which names what was typed


@pytest.mark.parametrize(("old", "new"), [(("call",), ("contest",)), (("case", "status"), ("case", "set-state"))])
def test_the_old_name_does_the_same_and_is_not_shown(old, new):
    assert help_of(*old) == help_of(*new)
    shown = {line.split()[1] for line in help_of(*old[:-1]) if line.startswith("│ ")}
    assert new[-1] in shown
    assert old[-1] not in shown
