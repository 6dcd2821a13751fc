"""Commands on the operators' pages: each `aws` call is one that AWS describes, each `make` is a target of ours."""

import re
import shlex
from functools import cache

import botocore.session
import pytest
from botocore import xform_name
from botocore.waiter import WaiterModel

from infra.synth import REPOSITORY

PAGES = sorted((REPOSITORY / "docs" / "operations").glob("*.md"))
OF_EVERY_CALL = {"region", "output", "query", "profile"}
OF_S3 = {("cp",), ("rm", "recursive"), ("sync",)}  # commands of the aws program's own, with their options
TARGETS = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
SESSION = botocore.session.Session()


def commands(first):
    """(page, command) of every line of a block, and of everything in backticks, that begins with this word."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        blocks = re.findall(r"^```sh\n(.+?)^```", text, re.MULTILINE | re.DOTALL)
        lines = [part for block in blocks for line in block.splitlines() for part in line.split("&&")]
        inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.+?^```", "", text, flags=re.MULTILINE | re.DOTALL))
        for line in (*lines, *inline):
            if line.strip().startswith(f"{first} "):
                yield page.name, line.strip()


AWS = [(page, line) for page, line in commands("aws") if len(shlex.split(line, comments=True)) > 3]


@cache
def model(service):
    return SESSION.get_service_model(service)


def waits_on(service, name):
    """The operation that a waiter asks over and over."""
    data = SESSION.get_component("data_loader").load_service_model(service, "waiters-2")
    waiters = WaiterModel(data)
    (found,) = [it for it in waiters.waiter_names if xform_name(it, "-") == name]
    return waiters.get_waiter(found).operation


def shorthand(text, shape, where):
    """`A=b,C=d` for a structure: each name is one of its members, each value one that it takes."""
    if shape.type_name != "structure" or text.startswith("{"):
        return
    for pair in text.split(","):
        name, _, value = pair.partition("=")
        assert name in shape.members, f"{where}: {name}"
        allowed = shape.members[name].metadata.get("enum")
        assert not allowed or value in allowed, f"{where}: {value}"


@pytest.mark.parametrize(("page", "line"), AWS)
def test_aws_knows_the_call_and_what_it_is_given(page, line):
    _, service, call, *rest = shlex.split(line, comments=True)
    rest = rest[: rest.index(">")] if ">" in rest else rest
    given = [word.removeprefix("--") for word in rest if word.startswith("--")]
    if service == "s3":
        assert (call, *given) in OF_S3, line
        return
    if call == "wait":
        call = xform_name(waits_on(service, rest.pop(0)), "-")
    operation = next((it for it in model(service).operation_names if xform_name(it, "-") == call), None)
    assert operation, f"{page}: no {service} {call}"
    shape = model(service).operation_model(operation).input_shape
    members = {xform_name(name, "-"): it for name, it in shape.members.items()}
    required = {xform_name(name, "-") for name in shape.required_members}
    assert required <= set(given), f"{page}: {required - set(given)}"
    for word, value in zip(rest, [*rest[1:], ""], strict=True):
        name = word.removeprefix("--")
        if word.startswith("--") and name not in OF_EVERY_CALL:
            known = members.get(name) or members.get(name.removeprefix("no-"))
            assert known is not None, f"{page}: {service} {call} knows no --{name}"
            if not value.startswith("--"):
                shorthand(value, known, f"{page}: --{name}")


def test_every_make_on_a_page_is_a_target():
    named = {(page, shlex.split(line, comments=True)[1]) for page, line in commands("make")}
    assert ("recovery.md", "deploy") in named
    assert not {(page, target) for page, target in named if target not in TARGETS}
