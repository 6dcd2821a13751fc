"""What was learned from the collection of messages: a weight for each feature and label. Nothing is learned here.

A score is the sum of the weights of a message's features, each group by the root of how many it has: a long message
is not louder than a short one. The features that weighed most explain a score.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from stadtdraht.domain.understanding.features import BUCKETS, GROUP_WEIGHTS, Features, bucket_of


@dataclass(frozen=True, slots=True)
class Weights:
    """Read from one file: a line of JSON, then a signed byte per label and bucket."""

    labels: tuple[str, ...]
    biases: tuple[float, ...]
    steps: tuple[float, ...]
    """What a byte of the label counts."""
    table: memoryview

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Weights":
        """Raises ValueError when it is not whole."""
        head, _, body = stored.partition(b"\n")
        said = json.loads(head)
        if len(body) != len(said["labels"]) * BUCKETS:
            raise ValueError(f"weights of {len(said['labels'])} labels have {len(body)} bytes")
        return cls(tuple(said["labels"]), tuple(said["biases"]), tuple(said["steps"]), memoryview(body).cast("b"))

    def scores(self, features: Features, only: Collection[str] = ()) -> Mapping[str, float]:
        """Log odds of each label, or of only those named."""
        groups = [
            (weight / sqrt(len(group)), group)
            for weight, group in zip(GROUP_WEIGHTS, features.buckets, strict=True)
            if group
        ]
        found = {}
        for at, label in enumerate(self.labels):
            if only and label not in only:
                continue
            row = self.table[at * BUCKETS : (at + 1) * BUCKETS]
            score = sum(part * sum(map(row.__getitem__, group)) for part, group in groups)
            found[label] = self.biases[at] + self.steps[at] * score
        return found

    def strongest(self, label: str, features: Features, most: int = 4) -> Sequence[tuple[str, float]]:
        """The features that speak most for the label, and how much."""
        at = self.labels.index(label)
        row = self.table[at * BUCKETS : (at + 1) * BUCKETS]
        weighed = [
            (name, self.steps[at] * weight * row[bucket_of(name)] / sqrt(len(group)))
            for weight, group in zip(GROUP_WEIGHTS, features.groups, strict=True)
            for name in group
        ]
        return sorted(weighed, key=lambda pair: -pair[1])[:most]
