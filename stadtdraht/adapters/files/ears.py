"""The words and weights by which messages are understood, as they are shipped."""

import tomllib
from functools import cache
from pathlib import Path

from stadtdraht.domain.understanding.cues import Lexicon
from stadtdraht.domain.understanding.ears import Ears
from stadtdraht.domain.understanding.weights import Weights

FOLDER = Path(__file__).parents[2] / "lexicon"


@cache
def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """All languages at once: people mix them."""
    return Lexicon.of(tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.toml")))


@cache
def load_weights(folder: Path = FOLDER) -> Weights:
    return Weights.from_bytes((folder / "weights.bin").read_bytes())


@cache
def load_ears() -> Ears:
    """As they are shipped; read once for each process."""
    return Ears(load_lexicon(), load_weights())
