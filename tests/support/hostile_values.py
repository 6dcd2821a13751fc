"""Values that nobody sane sends, and good samples with one of them somewhere in it."""

import json
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

DEEP = "[" * 9000 + "]" * 9000
LONG = "9" * 5000
VALUES: tuple[str, ...] = (
    *("", "x", "a" * 3000, "vreden", "-", "a-" * 50, "x-a-20261124-" + "z" * 3000, "vreden-a-20261124-abcdef", LONG),
    *(DEEP, '{"a":' * 9000 + "1" + "}" * 9000, '{"valid_for_min": ' + LONG + "}", "\ud800", "\0"),
    *("../../x", "%00", "vreden#TOWN", "\u212a", "²", "٣", "2026-" + "0" * 5000, "2026-0001", "a&b=c" * 100),
    *('{"pin": "\\ud800"}', "null", "[]", "1e999", f"scenario=flood&valid_for_min={LONG}&pin=1"),
    *("vreden-20261124-abcdef1", "\r\nx: y"),
)  # of addresses, headers, forms and bodies
NESTED = [[[[[[{"a": [{}]}]]]]]]
ANY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 10**9, 10**40, -(10**40), 1.5, -0.0, 1e308, float("inf"), float("nan")),
    *([], {}, [None], [[]], {"": ""}, {"a": {"b": {"c": None}}}, NESTED, ["x"] * 200, *VALUES[:9], *VALUES[12:]),
)  # of parts of JSON


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a value."""
    yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from places(part, (*at, name))


def spoilt(sample: Any, random: Random) -> Any:
    """The sample without one of its parts, or with something else there; now and then something else altogether."""
    way = random.choice(list(places(sample)))
    if not way:
        return deepcopy(random.choice(ANY))
    changed = deepcopy(sample)
    holder = changed
    for name in way[:-1]:
        holder = holder[name]
    if random.random() < 0.3:
        del holder[way[-1]]
    else:
        holder[way[-1]] = deepcopy(random.choice(ANY))
    return changed


def spoilt_json(sample: Any, random: Random) -> str:
    """The same as text, which may also be no JSON, or deeper and with longer numbers than Python reads."""
    kind = random.random()
    if kind < 0.15:
        return random.choice(VALUES)
    text = json.dumps(spoilt(sample, random))
    if kind < 0.3:
        return json.dumps(sample).replace('"', random.choice(("", "'", '""', "\\")), random.randrange(1, 4))
    if kind < 0.45:
        return text.replace(": ", f': {random.choice((DEEP, LONG, "1e999", "NaN"))}, "x": ', 1)
    return text
