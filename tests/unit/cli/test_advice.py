"""Rules and use cases name no command; the command line knows one for each error that needs it."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import typer

from stadtdraht.cli.advice import ADVICE, with_advice
from stadtdraht.cli.main import app
from stadtdraht.domain.errors import LinkNotValid, StadtdrahtError, UnknownTown
from stadtdraht.usecases.broadcast.load_broadcast import NoSuchBroadcast

PRODUCT = Path(__file__).parents[3] / "stadtdraht"
COMMAND = re.compile(r"\bstadtdraht [a-z]|(?<![\w-])--[a-z]")
WHOLE_COMMAND = re.compile(r"\bstadtdraht ([a-z]+) ([a-z-]+)([^`\n;]*)")
#: Files whose texts still name a command or an option. It only ever gets shorter.
NOT_YET = frozenset({})
#: Errors whose own text once sent people to a command. Each has an advice once its file is out of NOT_YET.
SENT_TO_A_COMMAND = {
    "UnknownTown": "domain/errors.py",
    "NoSecret": "domain/errors.py",
    "OnHold": "domain/privacy/legal_hold.py",
    "NoHold": "domain/privacy/legal_hold.py",
    "CaseMissing": "usecases/cases/work_on_case.py",
    "NoSuchConversation": "usecases/inbound/work_on_conversation.py",
    "TakenBySomebody": "usecases/inbound/work_on_conversation.py",
    "TemplateNotAsApproved": "usecases/whatsapp/check_account.py",
    "WinnerOutOfReach": "usecases/contests/messages.py",
    "ContestsOverlap": "usecases/contests/open_contest.py",
    "ContestMissing": "usecases/contests/open_contest.py",
    "PromiseBroken": "domain/broadcast/promise.py",
    "NoRoomInTemplates": "domain/broadcast/template_variables.py",
    "SecondPersonNeeded": "usecases/broadcast/writing/release_broadcast.py",
    "DraftNeeded": "usecases/broadcast/sending/send_newsletter.py",
    "NotReleased": "domain/broadcast/broadcast.py",
    "Finished": "domain/broadcast/broadcast.py",
    "ResumesLate": "usecases/broadcast/sending/stop_and_resume.py",
    "NotAsked": "domain/broadcast/four_eyes.py",
    "ReasonMissing": "domain/broadcast/four_eyes.py",
    "NewsletterOver": "usecases/broadcast/sending/stop_and_resume.py",
    "NoSuchBroadcast": "usecases/broadcast/load_broadcast.py",
    "TooManyForPortfolio": "usecases/broadcast/planning/plan_broadcast.py",
}


def _texts(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _commands(file: Path) -> Iterator[tuple[str, str, str]]:
    """Group, command, and the rest of the line; "…" in it stands for whatever is missing, a value for itself."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        text = "".join(str(it.value) if isinstance(it, ast.Constant) else "{value}" for it in parts)
        yield from WHOLE_COMMAND.findall(text)


def test_a_command_that_is_told_with_its_values_has_all_that_it_requires() -> None:
    """So that it can be typed as it stands."""
    groups = typer.main.get_command(app).commands
    files = [file for part in ("cli", "texts/staff") for file in (PRODUCT / part).rglob("*.py")]
    told = {it for file in files for it in _commands(file) if re.search(r"\{| --", it[2]) and "…" not in it[2]}
    missing = [
        (group, name, option.opts)
        for group, name, rest in told
        for option in groups[group].commands[name].params
        if option.required and option.param_type_name == "option" and not any(it in rest for it in option.opts)
    ]

    assert len(told) > 20
    assert missing == []


def test_no_rule_and_no_use_case_names_a_command_or_an_option() -> None:
    """A page that calls the same use case has neither."""
    files = [file for layer in ("domain", "usecases") for file in (PRODUCT / layer).rglob("*.py")]
    naming = {
        file.relative_to(PRODUCT).as_posix() for file in files if any(COMMAND.search(text) for text in _texts(file))
    }

    assert naming == NOT_YET


@pytest.mark.parametrize(("name", "file"), SENT_TO_A_COMMAND.items())
def test_what_a_text_no_longer_says_the_advice_does(name: str, file: str) -> None:
    """Whoever was sent to a command still is."""
    assert file in NOT_YET or any(name == kind.__name__ for kind in ADVICE)


@pytest.mark.parametrize(("kind", "advice"), ADVICE.items())
def test_an_advice_names_only_what_its_error_carries(kind: type[StadtdrahtError], advice: str) -> None:
    """Otherwise the advice itself would be a traceback."""
    named = {field for _, field, _, _ in Formatter().parse(advice) if field is not None}
    source = "".join(inspect.getsource(it) for it in kind.__mro__ if issubclass(it, StadtdrahtError))
    carried = set(re.findall(r"self\.(\w+)(?:: [^=\n]+)? = ", source))

    assert named <= carried


def test_the_error_comes_first_and_the_advice_on_a_line_of_its_own() -> None:
    """So that the reader learns what is wrong before what to do."""
    assert with_advice(UnknownTown("xanten")).split("\n") == [
        "Eine Stadt „xanten“ ist hier nicht eingerichtet.",
        "`stadtdraht town list` zeigt, welche es gibt.",
    ]


def test_a_derived_error_has_the_advice_of_what_it_derives_from() -> None:
    """A narrower class needs no entry of its own."""

    class NeverWritten(NoSuchBroadcast):
        """Of a town that has none."""

    assert with_advice(NeverWritten("bocholt-n-20261124-4f7k2p")).endswith("zeigt die neuesten.")


def test_an_error_that_says_it_all_stays_alone() -> None:
    """Not every error has a command behind it."""
    assert with_advice(LinkNotValid("expired")) == "expired"
