"""Terms joined by `and`, `or` and parentheses: filter patterns of logs, and rules of composite alarms."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Truth = Callable[[re.Match[str]], bool]
LOG_TERM = re.compile(r'\$\.(?P<field>\w+)\s*(?P<op>!=|>=|<=|=|>|<)\s*(?:"(?P<text>[^"]*)"|(?P<number>-?[\d.]+))')
ALARM_TERM = re.compile(r'(?P<state>ALARM|OK|INSUFFICIENT_DATA)\("(?P<alarm>[^"]+)"\)')


class NotUnderstood(ValueError):
    """A condition of a form that this reader does not know; the text says where."""


class _Reader:
    """One pass over a condition, from the loosest operator to the tightest."""

    def __init__(self, text: str, term: re.Pattern[str], words: tuple[str, str], holds: Truth) -> None:
        self._text, self._term, self._holds, self._at = text, term, holds, 0
        self._or, self._and = words

    def whole(self) -> bool:
        found = self._any()
        if self._rest():
            raise NotUnderstood(self._rest())
        return found

    def _any(self) -> bool:
        found = [self._all()]
        while self._takes(self._or):
            found.append(self._all())
        return any(found)

    def _all(self) -> bool:
        found = [self._one()]
        while self._takes(self._and):
            found.append(self._one())
        return all(found)

    def _one(self) -> bool:
        if self._takes("("):
            found = self._any()
            if not self._takes(")"):
                raise NotUnderstood(self._rest())
            return found
        rest = self._rest()
        term = self._term.match(rest)
        if term is None:
            raise NotUnderstood(rest)
        self._at = len(self._text) - len(rest) + term.end()
        return self._holds(term)

    def _takes(self, word: str) -> bool:
        rest = self._rest()
        if not rest.startswith(word):
            return False
        self._at = len(self._text) - len(rest) + len(word)
        return True

    def _rest(self) -> str:
        return self._text[self._at :].lstrip()


def line_matches(pattern: str, entry: Mapping[str, Any]) -> bool:
    """Whether a JSON line of a log is meant by a filter pattern (`{ ($.status = "5*") && … }`). Raises NotUnderstood.

    CloudWatch Logs, Filter pattern syntax, 2026-09: a field that is missing, or of another type, meets no comparison.
    """
    inner = pattern.strip().removeprefix("{").removesuffix("}")
    return _Reader(inner, LOG_TERM, ("||", "&&"), lambda term: _compares(term, entry)).whole()


def rule_holds(rule: str, state_of: Callable[[str], str]) -> bool:
    """Whether a composite's rule (`ALARM("a") OR ALARM("b")`) holds, by each alarm's state. Raises NotUnderstood."""
    return _Reader(rule, ALARM_TERM, ("OR", "AND"), lambda term: state_of(term["alarm"]) == term["state"]).whole()


def _compares(term: re.Match[str], entry: Mapping[str, Any]) -> bool:
    value, operator = entry.get(term["field"]), term["op"]
    if term["number"] is None:
        if not isinstance(value, str):
            return False
        same = re.fullmatch(re.escape(term["text"]).replace(r"\*", ".*"), value, re.DOTALL) is not None
        return same if operator == "=" else not same
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    wanted = float(term["number"])
    return {
        "=": value == wanted,
        "!=": value != wanted,
        ">": value > wanted,
        "<": value < wanted,
        ">=": value >= wanted,
        "<=": value <= wanted,
    }[operator]
