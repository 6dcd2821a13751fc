"""Event source filter criteria: which records reach the function.

Source: EventBridge content filtering and Lambda event filtering (AWS documentation, 2026-11-23).
Covered: exact values, null, "", prefix, suffix, equals-ignore-case, anything-but, numeric, exists and $or.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from operator import eq, ge, gt, le, lt
from typing import Any

COMPARISONS: dict[str, Callable[[float, float], bool]] = {"=": eq, ">": gt, ">=": ge, "<": lt, "<=": le}
MISSING = object()


class UnknownFilter(ValueError):
    """A filter rule that is not known here; AWS may know it."""


def patterns_of(criteria: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The patterns of a mapping's FilterCriteria; without criteria there is none and everything passes."""
    return [json.loads(entry["Pattern"]) for entry in (criteria or {}).get("Filters", [])]


def passes(record: Mapping[str, Any], patterns: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any of the patterns matches, or there is none."""
    return not patterns or any(_matches(record, pattern) for pattern in patterns)


def _matches(node: Any, pattern: Mapping[str, Any]) -> bool:
    for key, wanted in pattern.items():
        if key == "$or":
            if not any(_matches(node, branch) for branch in wanted):
                return False
            continue
        value = node.get(key, MISSING) if isinstance(node, Mapping) else MISSING
        if isinstance(wanted, Mapping):
            if not _matches(value, wanted):
                return False
        elif not any(_rule_holds(value, rule) for rule in wanted):
            return False
    return True


def _rule_holds(value: Any, rule: Any) -> bool:
    if isinstance(value, list):
        return any(_rule_holds(item, rule) for item in value)
    if not isinstance(rule, Mapping):
        return type(value) is type(rule) and value == rule
    ((name, operand),) = rule.items()
    if name == "exists":
        return (value is not MISSING) == bool(operand)
    if value is MISSING:
        return False
    match name:
        case "prefix":
            return isinstance(value, str) and value.startswith(operand)
        case "suffix":
            return isinstance(value, str) and value.endswith(operand)
        case "equals-ignore-case":
            return isinstance(value, str) and value.lower() == operand.lower()
        case "anything-but":
            unwanted = operand if isinstance(operand, list) else [operand]
            return not any(_rule_holds(value, one) for one in unwanted)
        case "numeric":
            return _number_holds(value, operand)
        case _:
            raise UnknownFilter(name)


def _number_holds(value: Any, operand: Sequence[Any]) -> bool:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return False
    pairs = zip(operand[::2], operand[1::2], strict=True)
    return all(COMPARISONS[sign](number, bound) for sign, bound in pairs)
