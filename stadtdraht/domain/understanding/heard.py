"""A message as every rule hears it: its clauses, and how much speaks for each thing it may mean."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding.cues import Clause, cues_in
from stadtdraht.domain.understanding.features import Features

NEVER = -9.0  # log odds of what was never learned


@dataclass(frozen=True, slots=True)
class Alone:
    """A sentence of several, heard as if it were all that is said."""

    text: str
    """With the sign at its end."""
    clauses: Sequence[Clause]
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Heard:
    """What is known of a text before anybody says what it means."""

    text: str
    town: Town
    asked: str
    """Kind of the question that stands open; "" for none."""
    takes: Collection[Offer]
    clauses: Sequence[Clause]
    features: Features
    scores: Mapping[str, float]
    """By label; above 0 it is likelier so than not."""
    sentences: Sequence[Alone] = ()
    """Where there are several: those that may say that somebody leaves."""
    beside_courtesy: Alone | None = None
    """What is left without greetings, thanks and wishes; None where nothing is, or nothing of them was said."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(plain(self.text).split())

    @cached_property
    def cues(self) -> frozenset[str]:
        return cues_in(self.clauses)

    def score(self, label: str) -> float:
        return self.scores.get(label, NEVER)


def about(asked: str, takes: Collection[Offer]) -> Sequence[str]:
    """What is known beside the words, as learning and reading weigh it."""
    return [*([f"asked {asked}"] if asked else []), *(["takes nothing"] if not takes else [])]
