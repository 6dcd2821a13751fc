"""What of a message staff have to read: its kind, and whether nobody can work on it without knowing where."""

from collections.abc import Mapping

from stadtdraht.domain.understanding.cues import Clause, cues_in
from stadtdraht.domain.understanding.heard import NEVER, Heard
from stadtdraht.domain.understanding.reading import Kind, Social

NEEDS_PLACE_FROM = -0.5
# Cross-validated (docs/understanding.md): small talk that opens work costs a glance, a concern that opens none is lost.
IDLE_FROM, BESIDE_IDLE_FROM = -1.75, -2.25
LEAST_BESIDE, BESIDE_ANSWER_FROM = 3, 0.0  # words that say something of their own, log odds
SPEAKS_FOR_A_CONCERN, A_CHATTY_CUE, SOMETHING_BROKEN = -0.4, 0.4, -1.0  # of what a concern scores; each of the first
MOST_CHATTY_CUES = 3
SEEN_SELDOM = {Kind.IDEA: 2.0, Kind.SUGGESTION: 2.0, Kind.CRITICISM: 0.75, Kind.PRAISE: 1.5}  # learned too shyly
KIND_WORDS = frozenset({"greet", "wish", "thanks"})
COURTESY = KIND_WORDS | {"ack", "bye"}
LONGEST_COURTESY = 6  # words of a clause
CHATTY = KIND_WORDS | {"ack", "bye", "joke", "wrong_chat", "trying", "sport", "meal", "joy", "weather"}
MATTERS = frozenset({"broken", "asks", "idea", "suggestion", "blame", "thing", "fire", "gas", "crash", "death", "call"})
CONCERNS = tuple(kind for kind in Kind if kind is not Kind.NONE)
IDLE_LABELS = frozenset({"small_talk", *(f"kind_{kind.value}" for kind in CONCERNS)})
PLACELESS = frozenset({Kind.NONE, Kind.QUESTION, Kind.PRAISE})


def is_small_talk(heard: Heard) -> bool:
    """A greeting, a wish or thanks, and nothing that is broken, asked or wished for."""
    return bool(heard.cues & KIND_WORDS) and not heard.cues & MATTERS and "?" not in heard.text


def is_courtesy(clause: Clause) -> bool:
    """Whether it only greets, thanks, wishes or takes leave."""
    is_short = len(clause.words) <= LONGEST_COURTESY
    return is_short and bool(clause.cues & COURTESY) and not clause.cues & MATTERS


def is_idle(heard: Heard) -> bool:
    """Whether nobody has to work on it. A question mark, an emoji and blanks are no work."""
    if not heard.words:
        return True
    if idle_score(heard) < IDLE_FROM:
        return False
    beside = heard.beside_courtesy  # "Schönes Wochenende! Ist morgen Markt?"
    return beside is None or _idle_score(beside.scores, cues_in(beside.clauses)) >= BESIDE_IDLE_FROM


def read_kind_beside_answer(heard: Heard) -> Kind:
    """Of what stands beside a yes or no: mostly it only says so again, or why."""
    surest = max(heard.score(f"kind_{kind.value}") for kind in CONCERNS)
    return read_kind(heard) if len(heard.words) >= LEAST_BESIDE and surest >= BESIDE_ANSWER_FROM else Kind.NONE


def idle_score(heard: Heard) -> float:
    """How surely it says nothing that anybody has to work on."""
    return _idle_score(heard.scores, heard.cues)


def _idle_score(scores: Mapping[str, float], cues: frozenset[str]) -> float:
    concern = max(scores.get(f"kind_{kind.value}", NEVER) for kind in CONCERNS)
    chatty = min(len(cues & CHATTY), MOST_CHATTY_CUES)
    beside = SPEAKS_FOR_A_CONCERN * concern + A_CHATTY_CUE * chatty + SOMETHING_BROKEN * ("broken" in cues)
    return scores.get("small_talk", NEVER) + beside


def read_kind(heard: Heard) -> Kind:
    """The likeliest."""
    if is_idle(heard):
        return Kind.NONE
    scores = {kind: heard.score(f"kind_{kind.value}") + SEEN_SELDOM.get(kind, 0.0) for kind in CONCERNS}
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
