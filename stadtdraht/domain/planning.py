"""Cuts an audience into slices: equal ranges of citizen ids, which are keyed hashes and so lie evenly.

Ranges follow from three numbers alone, so that planning twice cuts at the same places whoever joined meanwhile.
"""

from collections.abc import Iterator
from math import ceil

from stadtdraht.domain.broadcast import Broadcast
from stadtdraht.domain.identifiers import CITIZEN_ID_DIGITS
from stadtdraht.domain.pace import NEWSLETTER_SHARE
from stadtdraht.domain.slices import SLICE_S, Purpose, Slice, lanes_for

ALL_IDS = 16**CITIZEN_ID_DIGITS
BEFORE_ALL = "0"  # sorts before every id of 20 digits
BEHIND_ALL = "g"  # sorts behind every hex digit


def lanes_and_slices(people: int, rate_mps: int) -> tuple[int, int]:
    """Lanes of the number, and slices per lane of about SLICE_S each; at least one, so that an empty run ends too."""
    lanes = lanes_for(rate_mps)
    per_slice = rate_mps * NEWSLETTER_SHARE / lanes * SLICE_S
    return lanes, max(1, ceil(people / lanes / per_slice))


def lasts_s(people: int, rate_mps: int) -> float:
    """From the first to the last message, at the newsletter's pace."""
    return people / (rate_mps * NEWSLETTER_SHARE)


def slices_of(broadcast: Broadcast, phone_number_id: str) -> Iterator[Slice]:
    """Every slice of a planned broadcast, lane by lane."""
    pieces = broadcast.lanes * broadcast.slices_per_lane
    for number in range(pieces):
        yield Slice(
            town=broadcast.town,
            cause=broadcast.broadcast_id,
            purpose=Purpose.NEWSLETTER,
            phone_number_id=phone_number_id,
            lane=number // broadcast.slices_per_lane,
            lanes=broadcast.lanes,
            seq=number % broadcast.slices_per_lane,
            after=_boundary(number, pieces),
            upto=_boundary(number + 1, pieces),
            count=ceil(broadcast.planned / pieces),
        )


def _boundary(number: int, pieces: int) -> str:
    if number == 0:
        return BEFORE_ALL
    if number == pieces:
        return BEHIND_ALL
    return f"{ALL_IDS * number // pieces:0{CITIZEN_ID_DIGITS}x}"
