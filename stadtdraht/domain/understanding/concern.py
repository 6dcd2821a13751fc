"""What of a message staff have to read: its kind, and whether nobody can work on it without knowing where."""

from stadtdraht.domain.understanding.heard import Heard
from stadtdraht.domain.understanding.reading import Kind, Social

NEEDS_PLACE_FROM, NONE_FROM = -0.5, -1.0
SEEN_SELDOM = {  # cross-validated (docs/understanding.md): rare kinds are learned too shyly
    Kind.NONE: 0.75, Kind.IDEA: 2.0, Kind.SUGGESTION: 2.0, Kind.CRITICISM: 0.75, Kind.PRAISE: 1.5,
}  # fmt: skip
PLACELESS = frozenset({Kind.NONE, Kind.QUESTION, Kind.PRAISE})
SOCIAL_FROM = 0.0


def read_kind(heard: Heard) -> Kind:
    """The likeliest. A question mark, an emoji and blanks are none."""
    if not heard.words:
        return Kind.NONE
    scores = {kind: heard.score(f"kind_{kind.value}") + SEEN_SELDOM.get(kind, 0.0) for kind in Kind}
    if scores[Kind.NONE] < NONE_FROM:  # in doubt somebody reads it
        del scores[Kind.NONE]
    return max(scores, key=lambda kind: scores[kind])


def read_social(heard: Heard) -> Social:
    """What small talk is answered with; NONE for words that ask for nothing ("ok, passt")."""
    if "wish" in heard.cues:
        return Social.WISH
    if "thanks" in heard.cues:
        return Social.THANKS
    return Social.GREETING if "greet" in heard.cues or not heard.words else Social.NONE


def needs_place(heard: Heard, kind: Kind) -> bool:
    return kind not in PLACELESS and heard.score("needs_place") >= NEEDS_PLACE_FROM
