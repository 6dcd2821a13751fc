"""`make understanding`: how well the line understands the collection, per kind, by weights that have not seen it.

Every message is judged by a reader that learned from the other four fifths. `--learn` writes the shipped weights
anew (after the collection or the lexicon changed); `--show KIND` prints what went wrong of a kind.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from stadtdraht.adapters.files import town_file
from stadtdraht.adapters.files.ears import load_lexicon
from stadtdraht.cli.inbound.try_line import tried
from stadtdraht.domain.understanding.ears import Ears
from stadtdraht.domain.understanding.weights import Weights
from tests.understanding.collection import Example, labels_of, load
from tests.understanding.judge import Verdict, given_of, judge
from tests.understanding.learn import FOLDS, fold_of, matrix_of, weights_of, write

TOWNS = Path(__file__).resolve().parents[2] / "towns"
NOON = datetime(2026, 12, 1, 10, 0, tzinfo=UTC).isoformat()  # a Tuesday, in office hours
Table = Mapping[str, Counter[Verdict]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make understanding", description=__doc__)
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--show", action="append", default=[], metavar="KIND")
    asked = parser.parse_args()
    if asked.learn:
        write()
        return 0
    examples = load()
    judged = judge_all(examples, cross_validated_ears(examples))
    for title, chosen in (("given", False), ("own", True)):
        print(f"\n{title} messages, cross-validated")
        print_table([it for it in judged if it[0].is_own is chosen])
    for example, what, verdict, instead in judged:
        if what in asked.show and verdict is not Verdict.RIGHT:
            print(f"{what}: {verdict}: {instead} ← {example.id} {example.messages} {example.right}")
    return 0


def cross_validated_ears(examples: Sequence[Example]) -> Callable[[Example], Ears]:
    """For each example a reader that has not learned from it."""
    taught = [example for example in examples if example.text]
    matrix, labels = matrix_of(taught), [labels_of(example) for example in taught]
    folds = np.array([fold_of(example) for example in taught])
    ears = [
        Ears(load_lexicon(), Weights.from_bytes(weights_of(matrix, labels, folds != fold))) for fold in range(FOLDS)
    ]
    return lambda example: ears[fold_of(example)]


def judge_all(
    examples: Sequence[Example], ears_for: Callable[[Example], Ears]
) -> Sequence[tuple[Example, str, Verdict, str]]:
    """(example, what was judged, how, what was done instead) of each."""
    towns = {file.stem: town_file.read(file) for file in TOWNS.glob("*.toml")}
    found = []
    for example in examples:
        item = {"given": given_of(example), "at": NOON, "messages": example.messages}
        turns = tried(towns[example.town], ears_for(example), item)["turns"]
        found += [(example, what, verdict, instead) for what, verdict, instead in judge(example, turns)]
    return found


def print_table(judged: Sequence[tuple[Example, str, Verdict, str]]) -> None:
    counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    confused: dict[str, Counter[str]] = defaultdict(Counter)
    for _, what, verdict, instead in judged:
        counts[what][verdict] += 1
        if verdict is not Verdict.RIGHT:
            confused[what][instead] += 1
    print(f"{'kind':22}{'of':>6}  {'right':>7}{'half':>7}{'wrong':>7}  most often instead")
    for what, verdicts in sorted(counts.items()):
        total = sum(verdicts.values())
        shares = "".join(f"{verdicts[verdict] / total:7.1%}" for verdict in Verdict)
        worst = ", ".join(f"{name} {number}" for name, number in confused[what].most_common(3))
        print(f"{what:22}{total:6}  {shares}  {worst}")


if __name__ == "__main__":
    sys.exit(main())
