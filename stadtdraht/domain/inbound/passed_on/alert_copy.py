"""A copy of a warning, compared with it in both directions: what it carries of it, and what it says otherwise.

People cut, greet, ask and comment. Everything else that stands in a copy and not in the warning is a change: another
place, time or number, one more instruction, a "not" more or less. In doubt it is one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.inbound.passed_on.words_around_a_copy import (
    AFTER_A_NAME,
    BEFORE_A_NAME,
    FRAMES,
    HARMLESS,
    HARMLESS_ENDINGS,
    NEGATIONS,
    NO_NAMES,
    OF_A_FRAME,
)
from stadtdraht.domain.text import one_line, plain
from stadtdraht.domain.town import Town

COMPARED = ("was", "wo", "bis", "tun")  # what an alert says, whatever frame its template puts around it
WHOLE = frozenset({"wo", "bis"})  # a shorter list of places or half a time is another place or time
TRIPLE = 3
NAME_WORDS = 2
CUT_FRAME_WORDS = 2  # at least, of what stands around a warning
LINK = re.compile(r"/a/([a-z0-9-]{2,60}-[ad]-20\d{6}-[a-z0-9]{6})(?![a-z0-9-])", re.IGNORECASE)
_SENT_AT = re.compile(r"\[\d[\d.,:/ ]{3,22}(?:[AP]M)?\]")  # what WhatsApp writes before each of several copied messages
_BETWEEN_SENTENCES = re.compile(r"[.!?;:\n]+")
_BETWEEN_VALUES = re.compile(r"\{\{\w{1,40}\}\}|[.!?;:\n]+")
_CUT_MARKS = ("…", "...")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together in a warning or in its frame."""

    words: tuple[str, ...]
    of_alert: bool
    is_whole: bool = False
    """Whether it may be cut only where that can be seen."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What may stand around the words of a town's warnings: those of its templates, and its names."""

    pieces: tuple[Piece, ...] = ()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, town: Town) -> "Frame":
        texts = [text for it in town.templates if town.warns_in(it) for text in (it.body, it.footer)]
        said = dict.fromkeys(words for text in (*FRAMES, *texts) for words in _frame_words(text))
        return cls(tuple(Piece(words, of_alert=False) for words in said), _names_of(town.name, town.service_name))


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a text stands to a warning."""

    share: float
    """Of the warning's word triples that it carries, in the language of which it carries most."""
    says_what: bool
    """Whether it says in the warning's own words what happened."""
    is_changed: bool
    """Whether it says anything beyond the warning, or otherwise."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A text to be compared, taken apart once."""

    words: tuple[str, ...]
    is_title: tuple[bool, ...]
    """Of each word, whether it was written with one capital letter."""
    links: tuple[str, ...]
    is_cut: bool
    triples: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, text: str) -> "Copy":
        links, words, titles = [], list[str](), list[bool]()
        for written in _SENT_AT.sub(" ", one_line(text)).split():
            if "://" in written or written.startswith("www.") or LINK.search(written):
                links.append(written)
                continue
            said = plain(written).split()
            words += said
            titles += [written.strip('*_"„“()').istitle()] * len(said)
        spans = {tuple(words[at : at + size]) for size in range(1, TRIPLE + 1) for at in range(len(words) - size + 1)}
        is_cut = any(mark in text for mark in _CUT_MARKS)
        return cls(tuple(words), tuple(titles), tuple(links), is_cut, frozenset(spans))


def share_of(copy: Copy, alert: Alert) -> float:
    """How much of the warning's triples it carries, in the language of which it carries most."""
    return max((_carried(copy, _triples_of(words)) for words in alert.wording.values()), default=0.0)


def compare(copy: Copy, alert: Alert, frame: Frame) -> Comparison:
    """Both directions; linear in the copy, for a warning has some twenty sentences."""
    whats = (_words(words.get("was", "")) for words in alert.wording.values())
    says_what = any(what and _carried(copy, _triples(what)) == 1 for what in whats)
    return Comparison(share_of(copy, alert), says_what, is_changed=_is_changed(copy, alert, frame))


def _is_changed(copy: Copy, alert: Alert, frame: Frame) -> bool:
    if any(not _is_its_link(link, alert) for link in copy.links):
        return True
    pieces = (*_pieces_of(alert), *frame.pieces)
    owners = _owners(copy.words, pieces)
    of_alert = [at for at, piece in enumerate(owners) if piece and piece.of_alert]
    first, last = (of_alert[0], of_alert[-1]) if of_alert else (len(owners), -1)
    for is_said, run in groupby(range(len(owners)), key=lambda at: owners[at] is not None):
        places = list(run)
        if is_said:
            continue
        if of_alert and first < places[0] < last:
            if not all(copy.words[at] in OF_A_FRAME for at in places):
                return True
        elif not _is_comment(copy, _without_cut(copy, places, pieces, is_after=places[0] > last), frame):
            return True
    return False


def _owners(words: Sequence[str], pieces: Iterable[Piece]) -> list[Piece | None]:
    """For each word the piece that it is part of: at each place the longest."""
    by_first: dict[str, list[Piece]] = {}
    for piece in sorted(pieces, key=lambda it: -len(it.words)):
        by_first.setdefault(piece.words[0], []).append(piece)
    owners: list[Piece | None] = []
    while (at := len(owners)) < len(words):
        found = next(
            (it for it in by_first.get(words[at], ()) if tuple(words[at : at + len(it.words)]) == it.words), None
        )
        owners += [found] * len(found.words) if found else [None]
    return owners


def _without_cut(copy: Copy, places: Sequence[int], pieces: Sequence[Piece], *, is_after: bool) -> Sequence[int]:
    """The places without the beginning of a sentence that was cut there, or without the end of one that begins cut.

    A sentence that loses a "not" by the cut was not cut but changed.
    """
    said = [copy.words[at] for at in places]
    reaches_end = is_after and places[-1] == len(copy.words) - 1
    most = 0
    for piece in pieces:
        words = piece.words if is_after else piece.words[::-1]
        there = said if is_after else said[::-1]
        count = next((at for at, (one, other) in enumerate(zip(words, there, strict=False)) if one != other), None)
        count = min(len(words), len(there)) if count is None else count
        is_cut_word = reaches_end and count == len(there) - 1 < len(words) and _is_begun(there[count], words[count])
        if not is_cut_word and not piece.of_alert and count < CUT_FRAME_WORDS:
            continue
        count += is_cut_word
        is_allowed = NEGATIONS.isdisjoint(words[count:]) and (not piece.is_whole or copy.is_cut)
        most = max(most, count) if is_allowed else most
    if not is_after:
        return places[: len(places) - most] if most > 1 else places
    return places[most:]


def _is_begun(cut: str, word: str) -> bool:
    return cut.isalpha() and word.startswith(cut)


def _is_comment(copy: Copy, places: Sequence[int], frame: Frame) -> bool:
    """Whether the words beside a copy claim nothing. A name of whoever sent it may be among them."""
    unknown = [at for at in places if not _is_harmless(copy.words[at], frame)]
    if not unknown:
        return True
    if len(unknown) > NAME_WORDS or unknown[-1] - unknown[0] != len(unknown) - 1:
        return False
    before, after = (copy.words[at] if 0 <= at < len(copy.words) else "" for at in (unknown[0] - 1, unknown[-1] + 1))
    if before not in BEFORE_A_NAME and after not in AFTER_A_NAME:
        return False
    return all(_may_be_a_name(copy.words[at]) and copy.is_title[at] for at in unknown)


def _may_be_a_name(word: str) -> bool:
    return word.isalpha() and word not in NO_NAMES and word not in NEGATIONS


def _is_harmless(word: str, frame: Frame) -> bool:
    return word in HARMLESS or word in frame.names or word.endswith(HARMLESS_ENDINGS)


def _is_its_link(link: str, alert: Alert) -> bool:
    """Of its page, at the address that the warning itself gives, where it gives one."""
    found = LINK.search(link)
    if not found or found[1].lower() != alert.alert_id.lower():
        return False
    hosts = {_host(page) for words in alert.wording.values() if "://" in (page := words.get("mehr", ""))}
    return not hosts or _host(link) in hosts


def _host(link: str) -> str:
    return link.rpartition("://")[2].partition("/")[0].lower()


def _carried(copy: Copy, triples: Sequence[tuple[str, ...]]) -> float:
    return sum(triple in copy.triples for triple in triples) / len(triples) if triples else 0.0


def _triples_of(wording: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [triple for part in COMPARED for triple in _triples(_words(wording.get(part, "")))]


@lru_cache(maxsize=512)
def _triples(words: tuple[str, ...]) -> Sequence[tuple[str, ...]]:
    if len(words) <= TRIPLE:
        return [words] if words else []
    return [words[at : at + TRIPLE] for at in range(len(words) - TRIPLE + 1)]


def _pieces_of(alert: Alert) -> Sequence[Piece]:
    """Its sentences in all languages; places and times whole, and times also without their last word."""
    found = {Piece(_words(alert.issuer), of_alert=True)}
    for wording in alert.wording.values():
        for part, text in wording.items():
            if part in WHOLE:
                words = _words(text)
                found.add(Piece(words, of_alert=True, is_whole=True))
                found |= {Piece(words[:-1], of_alert=True, is_whole=True)} if words[-1:] == ("uhr",) else set()
            else:
                found |= {Piece(words, of_alert=True) for words in _sentences(text)}
    return [piece for piece in found if piece.words]


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(text).split())


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(words for part in _BETWEEN_SENTENCES.split(text) if (words := tuple(plain(part).split())))


@lru_cache(maxsize=512)
def _frame_words(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(words for part in _BETWEEN_VALUES.split(text) if (words := tuple(plain(part).split())))


@lru_cache(maxsize=64)
def _names_of(*names: str) -> frozenset[str]:
    return frozenset(plain(" ".join(names)).split())
