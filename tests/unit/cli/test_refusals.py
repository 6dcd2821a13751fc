"""What stops a command is said in German, and only with what its error carries."""

import inspect
import re
from string import Formatter

import pytest

from stadtdraht.cli.main import app
from stadtdraht.domain.broadcast.broadcast import BroadcastState, NotADraft, Verb
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.texts.staff.broadcast.newsletters import STATES
from stadtdraht.texts.staff.refusals import SAYS, refusal_words

assert app  # which loads every error that a command can meet


def _below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


KINDS = {kind.__name__: kind for kind in _below(StadtdrahtError)}


@pytest.mark.parametrize(("name", "says"), SAYS.items())
def test_a_german_text_names_only_what_its_error_carries(name, says):
    """Otherwise the refusal itself would be a traceback."""
    named = {field for _, field, _, _ in Formatter().parse(says) if field is not None}
    source = "".join(inspect.getsource(it) for it in KINDS[name].__mro__ if issubclass(it, StadtdrahtError))
    assigned = " ".join(line.partition(" = ")[0] for line in source.splitlines() if line.strip().startswith("self."))
    assert named <= set(re.findall(r"self\.(\w+)", assigned))


def test_a_state_is_said_by_its_label():
    error = NotADraft("bocholt-n-20261124-abcdef", BroadcastState.STOPPED, Verb.EDIT)
    assert refusal_words(error) == "bocholt-n-20261124-abcdef ist kein Entwurf mehr, sondern angehalten."
    assert set(STATES) == set(BroadcastState)
