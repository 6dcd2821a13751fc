"""What a message is weighed by: letters, words and cues. The same for learning and for reading."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from stadtdraht.domain.text import plain
from stadtdraht.domain.understanding.cues import Clause

BUCKETS = 1 << 16
GROUP_WEIGHTS = (1.0, 1.0, 0.6)  # letters, words, cues; measured (docs/understanding.md)
LETTERS = (2, 3, 4, 5)
READ_AT_START, READ_AT_END = 700, 500  # characters; what people want stands there, and cues are read in all of it
LENGTHS = 7
MOST_CUES = 48  # at once; no natural clause hints at more
MERELY_SMALL = frozenset({"small"})  # words that mean nothing alone


@dataclass(frozen=True, slots=True)
class Features:
    """Names of features by group, each once: "c" letters, "w" and "b" words and pairs, "q" cues."""

    groups: tuple[tuple[str, ...], ...]

    @property
    def buckets(self) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(map(bucket_of, group)) for group in self.groups)


def features_of(text: str, clauses: Sequence[Clause], about: Sequence[str] = ()) -> Features:
    """about: what is known beside the words, such as the question that stands open."""
    words = plain(text if len(text) <= READ_AT_START + READ_AT_END else f"{text[:READ_AT_START]} {text[-READ_AT_END:]}")
    each = words.split()
    letters = {gram for word in set(each) for gram in _grams(word)}
    pairs = {f"b{first} {second}" for first, second in pairwise(each)}
    cues = {"q?"} if "?" in text else set()
    cues |= {"q!"} if "!" in text else set()
    cues.add(f"qlength {min(len(each).bit_length(), LENGTHS)}")
    everywhere: set[str] = set()
    for clause in clauses:
        everywhere |= clause.cues
        cues |= _combined("1", "2", clause.cues - MERELY_SMALL)
    everywhere -= MERELY_SMALL
    cues |= _combined("m", "d", everywhere)
    cues |= {f"qa{it}" for it in about} | {f"qx{it}+{cue}" for it in about for cue in everywhere}
    return Features((tuple(sorted(letters)), tuple(sorted({f"w{word}" for word in each} | pairs)), tuple(sorted(cues))))


def bucket_of(name: str) -> int:
    """Where the weights of a feature stand. Two may share a place; there are enough of them."""
    return zlib.crc32(name.encode()) % BUCKETS


@lru_cache(maxsize=4096)
def _grams(word: str) -> frozenset[str]:
    within = f" {word[:64]} "
    return frozenset(f"c{within[at : at + size]}" for size in LETTERS for at in range(max(1, len(within) - size + 1)))


def _combined(alone: str, together: str, cues: "set[str] | frozenset[str]") -> set[str]:
    ordered = sorted(cues)[:MOST_CUES]
    found = {f"q{alone}{cue}" for cue in ordered}
    for at, first in enumerate(ordered):
        found.update(f"q{together}{first}+{second}" for second in ordered[at + 1 :])
    return found
