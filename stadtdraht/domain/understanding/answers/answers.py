"""A typed answer to an open question: yes, no, or neither.

The answer stands in the first clauses; what follows is another matter ("Ja! Und wann kommt der Müllwagen?"). Neither
is the answer to a doubt or a question: the question stays open, and what was learned may still decide.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stadtdraht.domain.text import read_part
from stadtdraht.domain.understanding.answers import answer_words as known
from stadtdraht.domain.understanding.cues import Clause

ANSWERS_IN = 4  # clauses
READ_WORDS, READ_CHARACTERS = 40, 600  # of a clause, and of what rates
FEW_WORDS = 3  # in which "ja" may stand anywhere
FEW_TO_REFUSE = 5
SHORT = 8  # words of a clause in which a bare verb is an answer
LONGEST_WITH_YES, LONGEST_WITH_NO = 12, 10  # words of a clause that says so
LAST_OF_NO = 1  # clause, from 0
STRICT = frozenset(("erase", "forget"))  # cannot be taken back
SHORT_IF_STRICT = 6
LEAST_TO_GO_ON = 2  # words; "ja das" alone is a yes
LONGEST_PHRASE = 6  # words
UNSATISFIED, SO_SO, SATISFIED = 1, 2, 3
SO_SO_STARS = 3
_ASKS = "?؟"
_ENDS_SENTENCE = ".!?؟\n…"


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause, and what it says for an answer."""

    words: tuple[str, ...]
    """Without what only leads to an answer."""
    first: str
    """What they begin with: "yes", "yeah" (in few words), "no" or ""."""
    cues: frozenset[str]
    is_question: bool
    """Whether its sentence asks."""
    is_doubtful: bool
    """Whether the mark stands right behind it: "ja?"."""

    @property
    def is_negated(self) -> bool:
        return "not" in self.cues

    @property
    def is_in_doubt(self) -> bool:
        return bool({"unsure", "first"} & self.cues)

    @property
    def takes_back(self) -> bool:
        return self.first == "no" or bool({"keep", "refuse"} & self.cues)


def answer_in(text: str, clauses: Sequence[Clause], asked: str) -> bool | None:
    """Yes or no to the question that stands open; None where the text says neither, or is unsure.

    asked: its kind ("consent", "erase", "forget", "call_terms", "stop_sure", "export", "district").
    """
    text = read_part(text)
    parts = list(_parts(text, clauses[:ANSWERS_IN]))
    if not parts or (len(parts) == 1 and _says_nothing(parts[0])):
        return _by_signs(text)
    is_in_doubt = False
    for at, part in enumerate(parts):
        said = _said(part, asked)
        is_in_doubt = is_in_doubt or part.is_in_doubt
        is_refused = part.first == "no" or "refuse" in part.cues
        if said is False and at <= LAST_OF_NO and (is_refused or not is_in_doubt):
            return False
        if said and _may_decide(parts, at, asked):
            behind = parts[at + 1 :]
            is_open = is_in_doubt or any(it.is_in_doubt for it in behind)
            return None if is_open or _is_taken_back(behind, asked) else True
        if is_in_doubt and part.is_question:
            return None
    return None


def _is_taken_back(behind: Sequence[_Part], asked: str) -> bool:
    """Whether a yes is not meant after all: "ja, ach nein"."""
    if asked in STRICT:
        return any(part.takes_back for part in behind)
    return bool(behind) and "no" in known.SAID_FIRST.cues_of(behind[0].words[0])


def _may_decide(parts: Sequence[_Part], at: int, asked: str) -> bool:
    """Whether a yes stands early enough: what cannot be taken back is done on the first words only."""
    if asked not in STRICT:
        return at < ANSWERS_IN - 1
    is_first = at == 0 or (at == 1 and len(parts[0].words) <= FEW_WORDS)
    return is_first and (bool(parts[at].first) or sum(len(part.words) for part in parts) <= SHORT)


def rating_in(text: str) -> int:
    """How content somebody says they are: 1 not, 2 so-so, 3 content; 0 where they say neither."""
    text = text[:READ_CHARACTERS]
    if stars := sum(text.count(star) for star in known.STARS):
        return SO_SO if stars == SO_SO_STARS else SATISFIED if stars > SO_SO_STARS else UNSATISFIED
    clauses = known.RATES.clauses_of(text)[:ANSWERS_IN]
    if not clauses:
        answer = _by_signs(text)
        return 0 if answer is None else SATISFIED if answer else UNSATISFIED
    rated = [clause.cues for clause in clauses]
    everywhere = frozenset[str]().union(*rated)
    if "later" in everywhere:
        return 0
    for part, cues in zip(_parts(text, clauses), rated, strict=True):
        if part.is_question:
            return 0
        if "fine" in cues:
            return SATISFIED
        if {"worst", "undone"} & cues or (part.is_negated and "best" in cues):
            return UNSATISFIED
        if "middle" in cues:
            return SO_SO
        if part.first == "no":
            return UNSATISFIED
        if "best" in cues or part.first:
            return UNSATISFIED if {"worst", "undone"} & everywhere else SATISFIED
    return 0


def _parts(text: str, clauses: Sequence[Clause]) -> Iterator[_Part]:
    at = 0
    for clause in clauses:
        at = max(at, text.find(clause.text, at) + len(clause.text))
        mark = next((sign for sign in text[at:] if sign in _ENDS_SENTENCE), "")
        words = _without_leads(clause.words)
        cues = frozenset[str]().union(*known.SAID.cues_at(clause.words[:READ_WORDS]))
        behind = text[at : at + 2].strip()[:1]
        yield _Part(words, _begins(words), cues, bool(mark) and mark in _ASKS, bool(behind) and behind in _ASKS)


def _without_leads(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without "ach", "danke" and the like, unless they begin a phrase that answers."""
    at = 0
    while at < len(words) - 1 and words[at] in known.LEADS and not _phrase(words[at : at + LONGEST_PHRASE]):
        at += 1
    return words[at:]


def _phrase(words: Sequence[str]) -> frozenset[str]:
    """What the phrases mean that begin there."""
    return frozenset(hint[:-1] for hint in known.SAID_FIRST.cues_at(words)[0] if hint.endswith("!"))


def _begins(words: Sequence[str]) -> str:
    """The answer that stands first. A phrase says more than its first word: "ja nicht", "no jasne", "ne Laterne"."""
    if not words:
        return ""
    if phrase := _phrase(words[:LONGEST_PHRASE]):
        return next(iter(phrase)) if len(phrase) == 1 else ""
    word, behind = words[0], words[1] if len(words) > 1 else ""
    said = known.SAID_FIRST.cues_of(word)
    if word == "ne" and behind and behind not in known.NO_BEFORE:
        return ""
    goes_on = behind in known.NOT_YES_BEFORE and len(words) > LEAST_TO_GO_ON
    if {"yes", "yeah"} & said and (goes_on or behind in known.GREETS):
        return ""
    return next(iter(said)) if len(said) == 1 else ""


def _says_nothing(part: _Part) -> bool:
    return not part.first and not part.cues and len(part.words) <= FEW_WORDS


def _said(part: _Part, asked: str) -> bool | None:
    """What one clause answers."""
    length = len(part.words)
    if part.first == "no":
        return False
    if (part.is_question and part.first != "yes") or (part.is_doubtful and length == 1):
        return None
    if "refuse" in part.cues and asked != "stop_sure" and length <= LONGEST_WITH_NO:
        return False
    if part.first == "yes" or (part.first == "yeah" and length <= FEW_WORDS):
        if asked in STRICT and length > SHORT and "delete" not in part.cues:
            return None
        return None if length > LONGEST_WITH_YES else True
    if _says_not(part.words) and not part.is_in_doubt:
        return False
    if "asks" in part.cues:
        return None
    return _by_verb(part, asked)


def _says_not(words: Sequence[str]) -> bool:
    """As "eigentlich nicht", "nicht für mich"."""
    stands_at_an_end = words[-1] in known.ENDS_WITH_NOT or words[0] in known.ENDS_WITH_NOT
    return stands_at_an_end and len(words) <= FEW_TO_REFUSE and not known.NOT_SO & set(words)


def _by_verb(part: _Part, asked: str) -> bool | None:
    """What a clause answers without "yes" or "no": "lösch das schnell", "i bleib scho"."""
    cues, length = part.cues, len(part.words)
    if length > SHORT:
        return False if "keep" in cues and asked in STRICT and not part.is_negated else None
    if "keep" in cues and asked in (*STRICT, "stop_sure"):
        return None if part.is_negated and "keep!" not in cues else False
    if "mistake" in cues:
        return None if asked == "forget" else False
    if asked in STRICT:
        if "delete" not in cues or (length > SHORT_IF_STRICT and not part.is_negated):
            return None
        return not part.is_negated
    if asked == "stop_sure":
        if "leave" in cues:
            return "leave!" in cues or not part.is_negated
        return False if "refuse" in cues else None
    if asked == "call_terms" and "delete" in cues:
        return False
    if {"send", "agree"} & cues:
        return not part.is_negated
    if part.is_negated and "offer" in cues and asked == "consent":
        return False
    is_yes = (
        length <= FEW_WORDS
        and not known.GREETS & set(part.words)
        and any("yes" in known.SAID_FIRST.cues_of(word) for word in part.words)
    )
    return not part.is_negated if is_yes else None


def _by_signs(text: str) -> bool | None:
    signs = {sign for sign in text if unicodedata.category(sign) == "So"}
    if bool(signs & known.YES_SIGNS) == bool(signs & known.NO_SIGNS):
        return None
    return bool(signs & known.YES_SIGNS)
