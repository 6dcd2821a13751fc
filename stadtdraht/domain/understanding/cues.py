"""Cues: what the words of a message hint at, by lists of words that anybody can extend (stadtdraht/lexicon/*.toml).

A cue alone decides nothing. Rules and the learned weights read messages by their cues, so that what was learned of
one word, or in one language, holds for all that mean the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stadtdraht.domain.text import plain, read_part

LETTERS_READ = 32  # of one word; no word that anybody lists is longer
SHORTEST_PART = 2
LONG = 6  # letters of a word in which one slip still leaves it plain
MOST_CLAUSES = 200
SPAN, SPAN_WORDS = "..", 8
_BETWEEN_CLAUSES = re.compile(
    r"[.!?;:,\n…\u2600-\u27bf\U0001f300-\U0001faff]+|\b(?:und|aber|weil|denn|oder|sondern|sonst|and|but|because|or|ve|ama|çünkü|ale|bo|i|oraz|і|та|але|бо"
    r"|и|но|а|потому|و|لكن)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """A part of a message that says one thing: what is negated, past or asked in it holds in it."""

    text: str
    words: tuple[str, ...]
    """As `plain` leaves them."""
    cues_at: tuple[frozenset[str], ...]
    """Of each word; of a phrase at its first."""

    @cached_property
    def cues(self) -> frozenset[str]:
        return frozenset[str]().union(*self.cues_at)


def cues_in(clauses: Iterable[Clause]) -> frozenset[str]:
    return frozenset[str]().union(*(clause.cues for clause in clauses))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which words hint at what."""

    words: Mapping[str, frozenset[str]]
    beginnings: Mapping[str, frozenset[str]]
    endings: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """By their first word: (all words, cue)."""
    spans: Mapping[str, tuple[tuple[str, str], ...]]
    """By their first word: (a word that follows within a few, cue); for verbs whose parts stand apart."""
    slips: Mapping[str, frozenset[str]]
    """Long words with any one letter but the first left out: what a slip makes of them shares one with them."""

    @classmethod
    def of(cls, lists: Iterable[Mapping[str, str]]) -> "Lexicon":
        """From lists by cue, in which entries stand between blanks: "word", "begins*", "*ends", "a_b_c"."""
        words: dict[str, set[str]] = {}
        beginnings: dict[str, set[str]] = {}
        endings: dict[str, set[str]] = {}
        phrases: dict[str, set[tuple[tuple[str, ...], str]]] = {}
        spans: dict[str, set[tuple[str, str]]] = {}
        for cue, entry in ((cue, entry) for one in lists for cue, entries in one.items() for entry in entries.split()):
            if SPAN in entry:
                first, last = (plain(part) for part in entry.split(SPAN))
                spans.setdefault(first, set()).add((last, cue))
                continue
            said = _words_of(entry.strip("*"))
            if len(said) > 1:
                phrases.setdefault(said[0], set()).add((said, cue))
            elif said:
                kinds = [
                    at for at, is_so in ((beginnings, entry.endswith("*")), (endings, entry.startswith("*"))) if is_so
                ]
                for kind in kinds or [words]:
                    kind.setdefault(said[0], set()).add(cue)
        frozen = [{word: frozenset(cues) for word, cues in kind.items()} for kind in (words, beginnings, endings)]
        return cls(
            words=frozen[0],
            beginnings=frozen[1],
            endings=frozen[2],
            phrases={first: tuple(sorted(all_of)) for first, all_of in phrases.items()},
            spans={first: tuple(sorted(all_of)) for first, all_of in spans.items()},
            slips=_slips(words),
        )

    def cues_of(self, word: str) -> frozenset[str]:
        """What one word hints at."""
        word = word[:LETTERS_READ]
        found = set(self.words.get(word, ()))
        for length in range(SHORTEST_PART, len(word) + 1):
            found.update(self.beginnings.get(word[:length], ()), self.endings.get(word[-length:], ()))
        if not found and len(word) >= LONG and word not in self.spans and word not in self.phrases:
            found.update(*(self.slips.get(it, ()) for it in (word, *_shortened(word))))
        return frozenset(found)

    def cues_at(self, words: Sequence[str]) -> tuple[frozenset[str], ...]:
        """What each of the words hints at. A phrase hints at its cue, and once more at "cue!"."""
        return tuple(
            self.cues_of(word)
            | {
                hint
                for phrase, cue in self.phrases.get(word, ())
                if tuple(words[at : at + len(phrase)]) == phrase
                for hint in (cue, f"{cue}!")
            }
            | {cue for last, cue in self.spans.get(word, ()) if last in words[at + 1 : at + 1 + SPAN_WORDS]}
            for at, word in enumerate(words)
        )

    def clauses_of(self, text: str) -> tuple[Clause, ...]:
        """The clauses of a text that say something, in order."""
        split = _BETWEEN_CLAUSES.split(read_part(text))
        if len(split) > MOST_CLAUSES:
            split = [*split[: MOST_CLAUSES // 2], *split[-MOST_CLAUSES // 2 :]]
        parts = ((part.strip(), tuple(plain(part).split())) for part in split)
        return tuple(Clause(part, words, self.cues_at(words)) for part, words in parts if words)


def _words_of(entry: str) -> tuple[str, ...]:
    """As `plain` leaves them; most are plain as they stand, and there are thousands."""
    parts = tuple(entry.split("_"))
    if all(part.isascii() and part.isalnum() and part.islower() for part in parts):
        return parts
    return tuple(plain(" ".join(parts)).split())


def _slips(words: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, cues in words.items():
        if len(word) >= LONG:
            for slip in (word, *_shortened(word)):
                found.setdefault(slip, set()).update(cues)
    return {slip: frozenset(cues) for slip, cues in found.items()}


def _shortened(word: str) -> list[str]:
    """The word without any one letter but the first, which a slip hardly ever spoils ("bestellt", "abstellt")."""
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]
