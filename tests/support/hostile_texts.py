"""Every pattern of the product, texts that make bad ones slow, and a measure of growth on a busy machine."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

ROOTS = ("stadtdraht", "functions")
FOR_TYPES = "stadtdraht.ports."  # are imported by nothing that runs
IN_LINE = {"match", "search", "fullmatch", "sub", "split", "findall", "finditer", "subn"}
SEPARATORS = (
    " ",
    "\u00a0",
    "\n",
    "\t",
    ".",
    ",",
    "-",
    "@",
    "<",
    "[",
    "{",
    "(",
    "*",
    "/",
    "\\",
    "0",
    "1",
    "a",
    "A",
    "_",
    "ß",
)
SHORTEST, LONGEST = 64, 8192
BLINK_S = 0.002  # below it a clock says nothing
SLOW_S = 0.5  # enough is seen
TOLERATED = 2.9  # times as long for twice the text: a line gives 2, a square 4
TRIES = 4


def modules() -> Iterator[ModuleType]:
    """Every module of what is deployed."""
    for root in ROOTS:
        package = importlib.import_module(root)
        for found in pkgutil.walk_packages(package.__path__, f"{root}."):
            if not found.name.startswith(FOR_TYPES) and not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern by its place: at module level, held in values there, and written where it is used."""
    found: dict[re.Pattern[Any], str] = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _held(value, module.__name__):
                found.setdefault(pattern, f"{module.__name__}.{name}")
        for line, pattern in _in_line(Path(str(module.__file__)).read_text(encoding="utf-8")):
            found.setdefault(pattern, f"{module.__name__}:{line}")
    return {place: pattern for pattern, place in found.items()}


def _held(value: Any, module: str, depth: int = 4) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif not depth:
        return
    elif isinstance(value, dict):
        for part in value.values():
            yield from _held(part, module, depth - 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _held(part, module, depth - 1)
    elif isinstance(value, type):
        if value.__module__ == module:
            for part in vars(value).values():
                yield from _held(part, module, depth - 1)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _held(getattr(value, one.name, None), module, depth - 1)


def _in_line(source: str) -> Iterator[tuple[int, re.Pattern[Any]]]:
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=name),
                args=[ast.Constant(value=str() | bytes() as text), *_],
            ) if name in IN_LINE:
                names = {part.attr for part in ast.walk(call) if isinstance(part, ast.Attribute)}
                flags = re.IGNORECASE if names & {"IGNORECASE", "I"} else re.NOFLAG
                yield call.lineno, re.compile(text, flags)


def literals(pattern: re.Pattern[Any]) -> list[str]:
    """Words and single signs that the pattern itself names: what its own author expected to read."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    words = dict.fromkeys(re.findall(r"[^\W\d_]{2,20}", re.sub(r"\\.|\(\?P<\w+>", " ", text)))
    return [*words, *sorted(set(_signs(parser.parse(text))))]


def _signs(parsed: Any) -> Iterator[str]:
    for op, value in parsed:
        if op in (codes.LITERAL, codes.NOT_LITERAL):
            yield chr(value)
        for part in value if isinstance(value, tuple | list) else ():
            if isinstance(part, parser.SubPattern):
                yield from _signs(part)
            elif isinstance(part, list):
                for one in part:
                    if isinstance(one, parser.SubPattern):
                        yield from _signs(one)


def texts(pattern: re.Pattern[Any], random: Random) -> Iterator[tuple[str, str, str]]:
    """Without end: head, what is repeated, and tail; the plainest first, then any mixture of its own words."""
    own = literals(pattern)
    for piece in SEPARATORS:
        yield "", piece, "\0"
    for piece in own:
        yield piece, " ", "x"
        yield "", f"{piece} ", "\0"
        yield "", piece, "\0"
    for one, other in pairwise(own):
        yield "", f"{one} {other} ", "\0"
    while True:
        pool = (*own, *SEPARATORS)
        pieces = [random.choice(pool) for _ in range(random.randint(1, 4))]
        yield (
            random.choice(("", random.choice(pool), f"{random.choice(pool)} ")),
            random.choice(("", " ")).join(pieces) + random.choice(("", " ")),
            random.choice(("", "\0", "x", "\n", random.choice(pool))),
        )


def run(pattern: re.Pattern[Any], head: str, piece: str, tail: str, length: int) -> float:
    """Seconds of CPU that every way of using the pattern takes with a text of this length."""
    text: Any = (head + piece * (length // max(len(piece), 1)))[:length] + tail
    if isinstance(pattern.pattern, bytes):
        text = text.encode("utf-8")
    begun = time.thread_time()
    pattern.fullmatch(text)
    for _ in pattern.finditer(text):
        pass
    return time.thread_time() - begun


def grows_too_fast(pattern: re.Pattern[Any], head: str, piece: str, tail: str) -> bool:
    """Whether twice the text takes far more than twice the time, every time that it is measured."""
    length, before = SHORTEST, 0.0
    while length <= LONGEST:
        took = run(pattern, head, piece, tail, length)
        if before > BLINK_S and took > TOLERATED * before and _again(pattern, (head, piece, tail), length):
            return True
        if took > SLOW_S:
            return False
        length, before = length * 2, took
    return False


def _again(pattern: re.Pattern[Any], text: tuple[str, str, str], length: int) -> bool:
    halves = [run(pattern, *text, length // 2) for _ in range(TRIES)]
    wholes = [run(pattern, *text, length) for _ in range(TRIES)]
    return min(wholes) > TOLERATED * min(halves)
