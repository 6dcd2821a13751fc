"""The words of a text that are written like a name: letters in any script, one after the other."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stadtdraht.domain.text import plain, read_part
from stadtdraht.domain.understanding.names import name_words as known
from stadtdraht.domain.understanding.names.known_names import GIVEN

LEAST_WORDS, MOST_WORDS = 2, 4
READ_WORDS = 100  # names stand early, or behind "mein Name ist"
LONGEST_WORD = 30  # letters of a name
READ_LETTERS = 60  # of one word
MASHED = 4  # keys in a row
_ENDS_CLAUSE = ".,;:!?)…|"
_INSIDE = frozenset("-'’‘`´.")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    raw: str
    """As written, without the marks around it."""
    said: str
    """As `plain` leaves it, in one piece."""
    ends: str
    """The mark that ends a clause behind it; "" for none."""

    @property
    def is_initial(self) -> bool:
        return len(self.raw) <= LEAST_WORDS and self.raw[:1].isupper() and self.raw[1:] in ("", ".")


@dataclass(frozen=True, slots=True)
class Run:
    """Words one after the other that are written like a name."""

    titles: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    """With the particles between them."""
    end: int = 0
    """Where in the text the next word stands."""

    @property
    def names(self) -> Sequence[Word]:
        return [word for word in self.words if word.said not in known.PARTICLES or word.raw[:1].isupper()]

    @property
    def is_long_enough(self) -> bool:
        return LEAST_WORDS <= len(self.names) <= MOST_WORDS and any(len(word.said) > 1 for word in self.names)

    @property
    def has_given(self) -> bool:
        return any(is_given(word) for word in self.names)

    @property
    def written(self) -> str:
        return " ".join([*self.titles, *(capitalised(word) for word in self.words)])


def words_of(text: str) -> Sequence[Word]:
    """The first words of a text, each with what ends its clause: a mark, a sign, a line."""
    found: list[Word] = []
    for line in unicodedata.normalize("NFC", _bare(read_part(text))).splitlines():
        for token in (part[:READ_LETTERS] for part in line.split()):
            if len(found) >= READ_WORDS:
                return found
            is_apart = token[0] in '(„"“«' or not any(c.isalnum() for c in token)
            if is_apart and found and not found[-1].ends:
                found[-1] = Word(found[-1].raw, found[-1].said, next((c for c in token if c == "?"), ","))
            raw = _stripped(token)
            if raw[:2] in ("d'", "d’") and plain(raw[2:]) in GIVEN and not (found and is_given(found[-1])):
                raw = raw[2:]  # "d'Rosi", as they say in Swabia
            if said := plain(raw).replace(" ", ""):
                found.append(Word(raw, said, _mark_behind(token, raw)))
        if found and not found[-1].ends:
            found[-1] = Word(found[-1].raw, found[-1].said, "\n")
    return found


def _bare(text: str) -> str:
    """Without signs that colour or join others, and with one mark on a letter at most: normalising stays linear."""
    if text.isascii():
        return text
    kept: list[str] = []
    for sign in text:
        is_piled = bool(kept and unicodedata.combining(sign) and unicodedata.combining(kept[-1]))
        if not is_piled and unicodedata.category(sign) != "Cf":
            kept.append(sign)
    return "".join(kept)


def _stripped(token: str) -> str:
    start, end = 0, len(token)
    while start < end and not token[start].isalnum():
        start += 1
    while end > start and not (token[end - 1].isalnum() or unicodedata.combining(token[end - 1])):
        end -= 1
    bare = token[start:end]
    is_short = token[end : end + 1] == "." and (len(bare) == 1 or plain(bare) in known.TITLES)
    return f"{bare}." if is_short else bare


def _mark_behind(token: str, raw: str) -> str:
    """What ends the clause behind a word. An emoji does; the full stop of a title or an initial does not."""
    behind = token[token.rfind(raw[-1]) + 1 :] if raw else token
    return "?" if "?" in behind else next((c for c in behind if c in _ENDS_CLAUSE or not c.isascii()), "")


def run_at(words: Sequence[Word], start: int, *, is_introduced: bool = False) -> Run:
    """The words of a name that begin there, up to the end of their clause."""
    titles: list[str] = []
    taken: list[Word] = []
    at = start
    while at < len(words):
        word = words[at]
        if not taken and (word.said in known.TITLES or word.said in known.ADDRESSES):
            titles += [known.TITLES[word.said]] if word.said in known.TITLES else []
            at += 1
            if word.ends and word.ends not in ".,":
                break
            continue
        if not is_namelike(word) or not (_may_be_a_part(word) or _joins(words, at, taken, is_introduced=is_introduced)):
            break
        taken.append(word)
        at += 1
        if word.ends:
            break
    while taken and taken[-1].said in known.PARTICLES and taken[-1].raw.islower():
        taken.pop()
        at -= 1
    return Run(tuple(titles), tuple(taken), at)


def _may_be_a_part(word: Word) -> bool:
    if is_given(word) and case_of(word) == "capital":
        return True
    return word.said not in known.NEVER and (word.said not in known.PARTICLES or is_given(word))


def _joins(words: Sequence[Word], at: int, taken: Sequence[Word], *, is_introduced: bool) -> bool:
    """Whether a word joins parts of a name: "von und zu", "y"; behind a given name, or before the family's."""
    word = words[at]
    behind = words[at + 1] if at + 1 < len(words) else word
    if word.ends or behind is word or not is_namelike(behind):
        return False
    if not taken:
        return word.said in known.PARTICLE_BEGINS and _goes_on(behind)
    has_given = any(is_given(part) for part in taken)
    if word.said == "und":
        is_noble = any(part.said == "von" for part in taken) and (behind.said == "zu" or bool(behind.ends))
        is_couple = len(taken) == 1 and has_given and is_given(behind)
        return is_couple or (is_noble and case_of(behind) == ("lower" if behind.said == "zu" else "capital"))
    if word.said not in known.PARTICLES or not (has_given or is_introduced):
        return False
    if all(part.said in known.PARTICLES for part in taken):
        return behind.said not in known.NEVER
    if word.said in known.PARTICLES_OF_PLACE:  # "auf der Heide", but not "Anna im Laden"
        last = words[at + 2] if behind.said in known.ARTICLES and at + 2 < len(words) else behind
        return all(is_given(part) for part in taken) and case_of(taken[-1]) == case_of(last) == "capital"
    return _goes_on(behind)


def _goes_on(behind: Word) -> bool:
    return behind.said in known.PARTICLES or behind.said not in known.NEVER


def case_of(word: Word) -> str:
    """How a word begins: "capital", "lower", or "" in a script that has no capitals."""
    letters = [c for c in word.raw if c.isalpha()]
    if not letters or not any(c.isupper() or c.islower() for c in letters):
        return ""
    return "lower" if letters[0].islower() else "capital"


def is_common(said: str) -> bool:
    """Whether it is a word that people write about other things than names."""
    return said in known.SELDOM or said.endswith(known.SELDOM_ENDS)


def is_given(word: Word) -> bool:
    """Whether it is a given name that is known, or put together from one."""
    return word.said in GIVEN or (has_mark_inside(word) and any(part in GIVEN for part in plain(word.raw).split()))


def has_mark_inside(word: Word) -> bool:
    """As in "Hans-Peter", "O'Reilly", "I'm"."""
    return bool(set(word.raw[1:-1]) & _INSIDE)


def is_namelike(word: Word) -> bool:
    """Whether a word is written as names are: letters, with hyphens and apostrophes between them."""
    raw, said = word.raw, word.said
    if len(raw) > LONGEST_WORD or not all(c.isalpha() or c in _INSIDE or unicodedata.combining(c) for c in raw):
        return False
    if "." in raw[:-1]:
        return False
    if len(said) == 1:
        return word.is_initial or said in known.PARTICLES
    if any(a == b == c for a, b, c in zip(said, said[1:], said[2:], strict=False)):
        return False
    if any(said[at : at + MASHED] in row for row in known.KEYBOARD for at in range(len(said) - MASHED + 1)):
        return False
    return not said.isascii() or len(said) <= LEAST_WORDS or bool(set(said) & set("aeiouy"))


def skip(words: Sequence[Word], at: int, fillers: frozenset[str]) -> int:
    """Where the first word stands that is no filler."""
    while at < len(words) and words[at].said in fillers:
        at += 1
    return at


def capitalised(word: Word) -> str:
    """As names are written, when all of the word was in one case."""
    raw = word.raw
    letters = [c for c in raw if c.isalpha()]
    if len(letters) < LEAST_WORDS or not (raw.islower() or raw.isupper()):
        return raw.upper() if word.is_initial else raw
    if word.said in known.PARTICLES or word.said == "und":
        return raw.lower()
    return "".join(_parts_capitalised(raw.replace("İ", "i").lower() if raw.isupper() else raw))


def _parts_capitalised(raw: str) -> Iterator[str]:
    yield raw[:1].upper()
    for before, letter in pairwise(raw):
        yield letter.upper() if before in _INSIDE else letter
