"""The words of a text that name a place, or a kind of places, each with how well it says where it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from stadtdraht.domain.text import plain
from stadtdraht.domain.understanding.places import place_words as known

LONGEST_WRITTEN = 100  # characters
MOST_ARTICLES = 3
_HOUSE = re.compile(r"\d{1,4}[a-z]?(?:[–/-]\d{1,4}[a-z]?)?", re.ASCII | re.IGNORECASE)
_LETTER = re.compile(r"[a-z](?:[–-][a-z])?", re.ASCII)
_ROADS = frozenset("ablk")
_ROAD = re.compile(r"[ablk]\d{1,4}")
_MARKS = ".,;:!?()\"„“”'…*؟،"
_ENDS = ",;:!?)…؟،"
_APOSTROPHES = ("'", "’")


class Kind(IntEnum):
    """How well a part of a text says where it is, the best last."""

    WEAK = 1
    GENERIC = 2
    DISTRICT = 3
    PROPER = 4
    UNIQUE = 5
    ROAD = 6
    STREET = 7
    NUMBERED = 8


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text that name a place or a kind of places."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Words:
    """A text, word by word."""

    words: Sequence[str]
    said: Sequence[str]
    """Each as `plain` leaves it."""
    bare_said: Sequence[str]
    """The same of each bare word."""

    @classmethod
    def of(cls, words: Sequence[str]) -> "Words":
        said = [plain(word) for word in words]
        read = cls(words, said, said)
        is_tied = [any(apostrophe in word for apostrophe in _APOSTROPHES) for word in words]
        return cls(words, said, [plain(read.bare(at)) if tied else said[at] for at, tied in enumerate(is_tied)])

    def bare(self, at: int) -> str:
        """A word without marks around it and without the ending that other languages tie on: "Markt'taki"."""
        word = self.words[at].strip(_MARKS)
        for apostrophe in _APOSTROPHES:
            head, _, tail = word.partition(apostrophe)
            word = head if len(head) >= known.LEAST_STEM and tail else word
        return word

    def ends(self, at: int) -> bool:
        """Whether a mark behind the word ends what belongs together; the full stop of "Str." does not."""
        word = self.words[at]
        if word[-1:] == ".":
            return not self.said[at].endswith("str") and self.said[at] not in ("nr", "hl", "st")
        return word[-1:] in _ENDS

    def is_capital(self, at: int) -> bool:
        return self.words[at].lstrip(_MARKS)[:1].isupper()

    def written(self, start: int, end: int) -> str:
        """Words as written, without marks at their ends."""
        last = self.bare(end - 1)
        if self.words[end - 1].casefold().rstrip(_ENDS).endswith("str."):
            last += "."
        return " ".join([*self.words[start : end - 1], last]).lstrip(_MARKS)[:LONGEST_WRITTEN] if end > start else ""


def said_from(read: Words, at: int, name: Sequence[str]) -> int:
    """Where a name ends that begins there; 0 where it does not. Words that are tied by hyphens count one by one."""
    found: list[str] = []
    while at < len(read.said) and len(found) < len(name):
        found += read.bare_said[at].split()
        at += 1
        if read.ends(at - 1):
            break
    return at if tuple(found) == tuple(name) else 0


def street_at(read: Words, at: int) -> Iterator[Span]:
    said = read.said[at]
    last = read.bare_said[at].rpartition(" ")[2]
    if not last.endswith(known.STREET_ENDS) or (last in known.UNIQUE and said != last):
        return
    if last in known.UNIQUE and last not in known.STREET_ENDS:
        return
    house = _house_end(read, at)
    if said == last and last in known.STREET_ENDS:  # "Ahauser Straße", in two words
        if at and _names_it(read, at - 1):
            yield Span(at - 1, house or at + 1, Kind.NUMBERED if house else Kind.STREET)
    elif last in known.KINDS or last.endswith(known.KIND_ENDS):
        if house and read.is_capital(at) and not _counts(read, at + 1):
            yield Span(at, house, Kind.NUMBERED)
    elif read.is_capital(at) or house or " " in said or _is_small_street(read, at, last):
        if last.endswith("ring") and not house and _tells_who(read, at):
            return
        yield Span(at, house or at + 1, Kind.NUMBERED if house else Kind.STREET)


def _tells_who(read: Words, at: int) -> bool:
    """Whether it is somebody's name: "hier schreibt Anneliese Rotering"."""
    return at > 1 and read.is_capital(at - 1) and read.said[at - 2] in known.TELLS_WHO


def _is_small_street(read: Words, at: int, last: str) -> bool:
    """Whether a word in small letters is a street all the same: "rosenstraße", "am nordring"."""
    is_near = at > 0 and (read.said[at - 1] in known.PREPOSITIONS or read.said[at - 1] in known.ARTICLES)
    endings = (*known.STREET_ENDS_SMALL, *known.STREET_ENDS_NEAR) if is_near else known.STREET_ENDS_SMALL
    ending = next((it for it in endings if last.endswith(it)), "")
    return bool(ending) and len(last) - len(ending) >= known.LEAST_STEM


def _names_it(read: Words, at: int) -> bool:
    """Whether a word before "Straße" belongs to its name: "Ahauser", "Lange"; not "Diese"."""
    word, said = read.words[at], read.said[at]
    if word[-1:] in _MARKS or said in known.NO_NAMES or " " in said:
        return False
    if not read.is_capital(at):  # "ottensteiner str", as on a phone
        return said.endswith("er") and len(said) > known.LEAST_STEM + 2
    return said in known.ADJECTIVES or said.endswith("er")


def numbered_at(read: Words, at: int) -> Iterator[Span]:
    """As "An der Bleiche 3", "Zur Mühle 5": only with a number, and not "Am Montag 3 Säcke"."""
    house = _house_end(read, at)
    if not house or not read.is_capital(at) or read.said[at] in known.DATES or _counts(read, at + 1):
        return
    if read.said[at].endswith(known.STREET_ENDS) and read.said[at] not in known.STREET_ENDS:
        return  # a street's own name
    for length in (2, 1):
        start = at - length
        before = read.said[start:at] if start >= 0 else []
        if before and read.is_capital(start) and " ".join(before) in known.BEFORE_A_NUMBER:
            yield Span(start, house, Kind.NUMBERED)


def name_at(read: Words, at: int) -> Iterator[Span]:
    """As "Firma Laudert", "Kreisel Mühlentor", "St. Anna", "Am Pastorenbusch" within a sentence, "Lampe Nr. 3"."""
    said, behind = read.said[at], read.said[at + 1 : at + 3]
    if not behind or read.ends(at):
        return
    if said in known.LAMPS and behind[0] == "nr" and behind[-1].isdigit():
        yield Span(at, at + 3, Kind.ROAD)
    if said == "st":
        yield Span(at, at + 2, Kind.UNIQUE)
    if _begins_a_name(read, at):
        yield from _named_from(read, at)
    if said in known.NAMED:
        end = at + 1 + (behind[0] == "dr")
        if (
            end < len(read.words)
            and read.is_capital(end)
            and not read.words[end].isupper()
            and not _is_a_thing(read, end)
        ):
            yield Span(at, end + 1, Kind.PROPER)


def _begins_a_name(read: Words, at: int) -> bool:
    """Whether a small word begins the name of a street: by its capital within a sentence, or in Low German."""
    if " ".join(read.said[at : at + 2]) in known.LOW_GERMAN:
        return True
    is_within = at > 0 and read.words[at - 1][-1:] not in ".!?…" and not read.words[at].isupper()
    return is_within and read.said[at] in known.NAME_BEGINS and read.is_capital(at)


def _named_from(read: Words, at: int) -> Iterator[Span]:
    end = at + 1
    while end < len(read.words) and end - at < MOST_ARTICLES and read.said[end] in known.ARTICLES:
        end += 1
    if end == len(read.words) or read.ends(end - 1):
        return
    house = _house_end(read, end)
    is_sure = read.is_capital(at) or (at > 0 and read.said[at - 1] in known.CORNERS)
    if house or (is_sure and (read.is_capital(end) or not read.words[at].islower() or at > 0)):
        yield Span(at, house or end + 1, Kind.NUMBERED if house else Kind.STREET)


def _is_a_thing(read: Words, at: int) -> bool:
    said = read.said[at]
    return said in known.THINGS or said in known.PREPOSITIONS or said in known.ARTICLES or said[:1].isdigit()


def landmark_at(read: Words, at: int) -> Iterator[Span]:
    said = read.bare_said[at] or read.said[at]
    for phrase in known.PHRASES.get(said.split()[0], ()):
        if end := said_from(read, at, phrase):
            yield Span(at, end, Kind.UNIQUE)
    last = said.rpartition(" ")[2]
    whole = last if last in known.UNIQUE else last.removesuffix("s")  # "des Bürgerbüros"
    is_tied = " " in said and read.is_capital(at) and last in known.GENERIC  # "Glacis-Park"
    is_land = last in known.LANDS and at > 0 and read.said[at - 1].endswith("er") and read.is_capital(at - 1)
    if is_land and not read.ends(at - 1) and read.is_capital(at) and read.said[at - 1] not in known.NO_NAMES:
        yield Span(at - 1, at + 1, Kind.PROPER)
    if _ROAD.fullmatch(said.replace(" ", "")):
        yield Span(at, at + 1, Kind.ROAD)
    elif said in _ROADS and read.is_capital(at) and read.said[at + 1 : at + 2] and read.said[at + 1].isdigit():
        yield Span(at, at + 2, Kind.ROAD)
    elif whole in known.UNIQUE or is_tied or said.startswith(known.UNIQUE_BEGINS) or _is_at_one(last):
        yield Span(at, at + 1, Kind.UNIQUE)
    elif last in known.WEAK:
        yield Span(at, at + 1, Kind.WEAK)
    elif last in known.GENERIC or last.endswith(known.KIND_ENDS):
        yield Span(at, at + 1, Kind.GENERIC)
    elif last.endswith(known.UNIQUE_ENDS) and len(last) > known.LEAST_STEM * 2 and last not in known.KINDS:
        yield Span(at, at + 1, Kind.UNIQUE)
    elif _is_proper(read, at, said, last):
        yield Span(at, at + 1, Kind.PROPER)


def _is_at_one(last: str) -> bool:
    """Whether a word names something at a landmark: "Friedhofstreppe"."""
    return last.startswith(known.UNIQUE_IN_WORDS) and last.endswith(known.PARTS)


def _is_proper(read: Words, at: int, said: str, last: str) -> bool:
    """Whether a word is the name of a place by how it ends and what stands before it: "am Eichholz", "in Großemast"."""
    if not read.is_capital(at) or at == 0 or last in known.KINDS or last in known.NO_PROPER:
        return False
    before = read.said[at - 1]
    if said in known.RIVERS:
        return before in known.ARTICLES or before in known.PREPOSITIONS
    behind_a_kind = before in known.GENERIC and not read.ends(at - 1) and (at + 1 == len(read.words) or read.ends(at))
    if behind_a_kind and not last.endswith("en"):
        return True
    is_near = before in known.PREPOSITIONS or (
        at > 1 and before in known.ARTICLES and read.said[at - 2] in known.PREPOSITIONS
    )
    is_way = at > 1 and read.said[at - 2] in known.GENERIC
    is_bare = before in ("in", "bei") or (before in ("nach", "nao") and is_way) or before == "richtung"
    if is_bare and not _is_abstract(last):
        return True
    return is_near and last.endswith(known.PROPER_ENDS) and len(last) > known.LEAST_STEM * 2


def _is_abstract(last: str) -> bool:
    """Whether what stands behind "in" or "bei" is no place: "in Ordnung", "bei Problemen"."""
    is_word = last.endswith(("ung", "heit", "keit", "en")) and not last.endswith(known.TOWN_ENDS)
    return is_word or last in known.NO_DISTRICTS


def with_house(read: Words, span: Span) -> Span:
    """A street of the town's own list with the house number behind it."""
    house = _house_end(read, span.end - 1) if span.kind is Kind.STREET else 0
    return replace(span, end=house, kind=Kind.NUMBERED) if house else span


def _house_end(read: Words, at: int) -> int:
    """Where the house number behind a word ends: "77", "12 a", "52–58"; 0 for none."""
    words = read.words
    if words[at][-1:] in _ENDS or len(words) <= at + 1:
        return 0
    number = words[at + 1].strip(_MARKS)
    if not _HOUSE.fullmatch(number):
        return 0
    letter = words[at + 2].strip(_MARKS) if len(words) > at + 2 and words[at + 1][-1:] not in _MARKS else ""
    return at + 3 if number.isdigit() and _LETTER.fullmatch(letter) else at + 2


def _counts(read: Words, at: int) -> bool:
    """Whether the number there counts what stands behind it: "3 Säcke"."""
    return read.words[at][-1:] not in _MARKS and len(read.words) > at + 1 and read.is_capital(at + 1)
