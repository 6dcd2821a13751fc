"""Learns the weights from the collection: `python -m tests.understanding.learn` writes stadtdraht/lexicon/weights.bin.

Logistic regression for each label, on what features_of reads. Cross-validated scores say what to expect of messages
that nobody has seen; thresholds stand in domain/understanding and are chosen by them.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from stadtdraht.adapters.files.ears import FOLDER, load_lexicon
from stadtdraht.domain.understanding.features import BUCKETS, GROUP_WEIGHTS, features_of
from stadtdraht.domain.understanding.heard import about
from tests.understanding.collection import Example, labels_of, load

REGULARISATION = 2e-5
FOLDS = 5
TABLE_STEPS = 127


def matrix_of(examples: Sequence[Example]) -> csr_matrix:
    rows, columns, values = [], [], []
    lexicon = load_lexicon()
    for row, example in enumerate(examples):
        features = features_of(
            example.text, lexicon.clauses_of(example.text), about(example.asked.partition(":")[0], example.takes)
        )
        for weight, group in zip(GROUP_WEIGHTS, features.buckets, strict=True):
            rows += [row] * len(group)
            columns += group
            values += [weight / len(group) ** 0.5] * len(group) if group else []
    return csr_matrix((values, (rows, columns)), shape=(len(examples), BUCKETS))


def fold_of(example: Example) -> int:
    """The same whenever it is asked, and independent of the order of the files."""
    return zlib.crc32(example.id.encode()) % FOLDS


def learn(matrix: csr_matrix, taught: Sequence[Mapping[str, bool]], label: str, keep: np.ndarray) -> Any:
    at = np.array([n for n, labels in enumerate(taught) if label in labels and keep[n]])
    is_so = np.array([taught[n][label] for n in at])
    model = SGDClassifier(loss="log_loss", alpha=REGULARISATION, max_iter=30, average=True, random_state=0)
    return model.fit(matrix[at], is_so)


def all_labels(taught: Sequence[Mapping[str, bool]]) -> Sequence[str]:
    return sorted({label for labels in taught for label in labels})


def weights_of(matrix: csr_matrix, taught: Sequence[Mapping[str, bool]], keep: np.ndarray) -> bytes:
    """The file of weights, learned from those that are kept."""
    labels, biases, steps, tables = all_labels(taught), [], [], []
    for label in labels:
        model = learn(matrix, taught, label, keep)
        weights = model.coef_[0]
        step = float(np.abs(weights).max()) / TABLE_STEPS
        biases.append(round(float(model.intercept_[0]), 4))
        steps.append(round(step, 6))
        tables.append(np.rint(weights / step).astype(np.int8).tobytes())
    head = json.dumps({"labels": labels, "biases": biases, "steps": steps})
    return head.encode() + b"\n" + b"".join(tables)


def write() -> None:
    examples = [example for example in load() if example.text]
    taught = [labels_of(example) for example in examples]
    keep = np.ones(len(examples), dtype=bool)
    (FOLDER / "weights.bin").write_bytes(weights_of(matrix_of(examples), taught, keep))


if __name__ == "__main__":
    write()
