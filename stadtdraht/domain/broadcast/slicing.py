"""Cuts an audience into slices: equal ranges of citizen ids, which are keyed hashes and so lie evenly.

Ranges follow from three numbers alone, so that planning twice cuts at the same places whoever joined meanwhile.
"""

from collections.abc import Iterable, Iterator
from math import ceil

from stadtdraht.domain.broadcast.broadcast import Broadcast, Portion
from stadtdraht.domain.delivery.pace import USUAL_SHARE
from stadtdraht.domain.delivery.slices import SLICE_S, Progress, Purpose, Slice, SliceState, lanes_for
from stadtdraht.domain.identifiers import BEHIND_ALL, CITIZEN_ID_DIGITS

ALL_IDS = 16**CITIZEN_ID_DIGITS
BEFORE_ALL = "0"  # sorts before every id of 20 digits


def lanes_and_slices(people: int, rate_mps: int) -> tuple[int, int]:
    """Lanes of the number, and slices per lane of about SLICE_S each; at least one, so that an empty run ends too."""
    lanes = lanes_for(rate_mps)
    return lanes, slices_per_lane(people, lanes, rate_mps)


def slices_per_lane(people: int, lanes: int, rate_mps: int) -> int:
    per_slice = rate_mps * USUAL_SHARE / lanes * SLICE_S
    return max(1, ceil(people / lanes / per_slice))


def lasts_s(people: int, rate_mps: int) -> float:
    """From the first to the last message, on a usual network."""
    return people / (rate_mps * USUAL_SHARE)


def slices_of(broadcast: Broadcast, phone_number_id: str) -> Iterator[Slice]:
    """Every slice of what was planned of a broadcast, lane by lane; of one over several days, portion by portion."""
    whole = Portion(BEFORE_ALL, BEHIND_ALL, broadcast.planned, broadcast.slices_per_lane, broadcast.goes_at)
    first_seq = 0
    for portion in broadcast.portions or (whole,):
        yield from _slices_of(portion, first_seq, broadcast, phone_number_id)
        first_seq += portion.slices_per_lane


def had_their_turn(slices: Iterable[tuple[Slice, Progress]], planned: int) -> int:
    """About how many people, by how far the cursors are: ids lie evenly, so nobody has to be counted."""
    return min(planned, round(sum(_passed(work_slice, progress) for work_slice, progress in slices)))


def _passed(work_slice: Slice, progress: Progress) -> float:
    if progress.state is SliceState.DONE:
        return work_slice.count
    first, last, at = (_number(it) for it in (work_slice.after, work_slice.upto, progress.cursor))
    return max(0.0, work_slice.count * (at - first) / (last - first) - len(progress.in_line))


def _number(citizen_id: str) -> int:
    return ALL_IDS if citizen_id == BEHIND_ALL else int(citizen_id, 16)


def _slices_of(portion: Portion, first_seq: int, broadcast: Broadcast, phone_number_id: str) -> Iterator[Slice]:
    pieces = broadcast.lanes * portion.slices_per_lane
    for number in range(pieces):
        yield Slice(
            town=broadcast.town,
            cause=broadcast.broadcast_id,
            purpose=Purpose.NEWSLETTER,
            phone_number_id=phone_number_id,
            lane=number // portion.slices_per_lane,
            lanes=broadcast.lanes,
            seq=first_seq + number % portion.slices_per_lane,
            after=_boundary(portion, number, pieces),
            upto=_boundary(portion, number + 1, pieces),
            count=ceil(portion.people / pieces),
        )


def _boundary(portion: Portion, number: int, pieces: int) -> str:
    if number == 0:
        return portion.after
    if number == pieces:
        return portion.upto
    first = 0 if portion.after == BEFORE_ALL else int(portion.after, 16)
    last = ALL_IDS if portion.upto == BEHIND_ALL else int(portion.upto, 16)
    return f"{first + (last - first) * number // pieces:0{CITIZEN_ID_DIGITS}x}"
