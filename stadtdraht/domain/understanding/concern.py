"""What of a message staff have to read: its kind, and whether nobody can work on it without knowing where."""

from stadtdraht.domain.understanding.heard import Heard
from stadtdraht.domain.understanding.reading import Kind, Social

NEEDS_PLACE_FROM, NONE_FROM = -0.5, -1.0
SEEN_SELDOM = {  # cross-validated (docs/understanding.md): rare kinds are learned too shyly
    Kind.NONE: 0.75, Kind.IDEA: 2.0, Kind.SUGGESTION: 2.0, Kind.CRITICISM: 0.75, Kind.PRAISE: 1.5,
}  # fmt: skip
KIND_WORDS = frozenset({"greet", "wish", "thanks"})
MATTERS = frozenset({"broken", "asks", "idea", "suggestion", "blame", "thing", "fire", "gas", "crash", "death", "call"})
SAYS_SOMETHING, SURELY_NONE_FROM = 4, 0.75  # words without a kind one among them are read, in doubt
SMALL_TALK = 3.0  # log odds
PLACELESS = frozenset({Kind.NONE, Kind.QUESTION, Kind.PRAISE})


def is_small_talk(heard: Heard) -> bool:
    """A greeting, a wish or thanks, and nothing that is broken, asked or wished for."""
    return bool(heard.cues & KIND_WORDS) and not heard.cues & MATTERS and "?" not in heard.text


def read_kind(heard: Heard) -> Kind:
    """The likeliest. A question mark, an emoji and blanks are none."""
    if not heard.words:
        return Kind.NONE
    scores = {kind: heard.score(f"kind_{kind.value}") + SEEN_SELDOM.get(kind, 0.0) for kind in Kind}
    if is_small_talk(heard):
        scores[Kind.NONE] += SMALL_TALK
    says_something = len(heard.words) >= SAYS_SOMETHING and not heard.cues & KIND_WORDS
    if scores[Kind.NONE] < (SURELY_NONE_FROM if says_something else NONE_FROM):  # in doubt somebody reads it
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
