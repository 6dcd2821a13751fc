"""Reports close to each other: two of them may mean the same thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import TypeVar

from stadtdraht.domain.cases.case import Case, OpenCase, Place

NEARBY_M = 100  # citizens are asked whether they mean the one that is open there already
AROUND_M = 250  # staff are shown so much: pins are set by hand, and addresses are long
MOST_SHOWN = 5
EARTH_RADIUS_M = 6_371_000

CaseOrOpenCase = TypeVar("CaseOrOpenCase", Case, OpenCase, Case | OpenCase)


class Direction(StrEnum):
    """Where something lies, seen from a place. In the order of a compass."""

    NORTH = "north"
    NORTH_EAST = "north_east"
    EAST = "east"
    SOUTH_EAST = "south_east"
    SOUTH = "south"
    SOUTH_WEST = "south_west"
    WEST = "west"
    NORTH_WEST = "north_west"


@dataclass(frozen=True, slots=True)
class NearCase:
    """An open report close by."""

    case: OpenCase
    metres: float
    direction: Direction


def metres_between(one: Place, other: Place) -> float | None:
    """Great-circle distance; None unless both have a pin."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    across = cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(sin(north / 2) ** 2 + across))


def direction_of(place: Place, other: Place) -> Direction:
    """Where the other lies, seen from the place; both have a pin."""
    first, second = radians(place.latitude or 0), radians(other.latitude or 0)
    east = radians((other.longitude or 0) - (place.longitude or 0))
    to_east = sin(east) * cos(second)
    to_north = cos(first) * sin(second) - sin(first) * cos(second) * cos(east)
    return list(Direction)[round(degrees(atan2(to_east, to_north)) / 45) % len(Direction)]


def nearby(case: Case, others: Sequence[Case | OpenCase]) -> tuple[str, ...]:
    """Numbers of open cases that may mean the same thing, nearest first."""
    return tuple(other.number for _, other in _by_distance(case, others, NEARBY_M))


def around(case: Case, others: Sequence[OpenCase]) -> Sequence[NearCase]:
    """Open cases that staff may want to see beside this one, nearest first."""
    found = _by_distance(case, others, AROUND_M)[:MOST_SHOWN]
    return [NearCase(other, metres, direction_of(case.place, other.place)) for metres, other in found]


def _by_distance(
    case: Case, others: Sequence[CaseOrOpenCase], within_m: float
) -> Sequence[tuple[float, CaseOrOpenCase]]:
    found = [
        (metres, other)
        for other in others
        if other.number != case.number
        and not other.state.is_over
        and (metres := metres_between(case.place, other.place)) is not None
        and metres <= within_m
    ]
    return sorted(found, key=lambda it: (it[0], it[1].number))
