"""Where it is, in a citizen's words: "Hauptstr 3", "vor dem Rathaus", "Ecke Ringstr/Bahnhofstr", "Kita in Lünten".

What names one place is found by its ending, by lists of landmarks, and by the town's own districts and streets. What a
town has many of counts only with a nearer word behind it. The place is returned as it was written.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from stadtdraht.domain.text import one_line, plain
from stadtdraht.domain.town import TopicOrDistrict, Town
from stadtdraht.domain.understanding.places import place_words as known
from stadtdraht.domain.understanding.places.place_parts import (
    Kind,
    Span,
    Words,
    landmark_at,
    name_at,
    numbered_at,
    said_from,
    street_at,
    with_house,
)

READ_AT_START, READ_AT_END = 300, 100  # words; a place stands there in the longest of reports, too
MOST_BETWEEN = 3  # small words that tie two parts of a place together: "runter an der"


def place_in(text: str, town: Town | None = None) -> str:
    """Where it is, as written; a street with a house number goes first. "" where nobody could find it."""
    words = [part for word in one_line(text).split(" ") for part in _by_slash(word)]
    if len(words) > READ_AT_START + READ_AT_END:
        words = [*words[:READ_AT_START], *words[-READ_AT_END:]]
    read = Words.of(words)
    spans = list(_apart(_spans(read, town)))
    numbered = next((span for span in spans if span.kind is Kind.NUMBERED), None)
    if numbered:
        return read.written(numbered.start, numbered.end).replace(" / ", "/")
    chains = [chain for chain in _chains(read, spans) if _is_enough(chain)]
    best = max(chains, key=lambda chain: max(span.kind for span in chain), default=None)
    return _put(read, best).replace(" / ", "/") if best else ""


def _put(read: Words, chain: Sequence[Span]) -> str:
    """A chain as written. A street needs nothing before it; "vor dem Rathaus" does."""
    start, end = chain[0].start, chain[-1].end
    best = max(chain, key=lambda span: (span.kind, -span.start))
    if best.kind is Kind.STREET and not (set(read.said[max(0, start - 1) : end]) & known.CORNERS):
        return read.written(best.start, best.end)
    before = start
    while before > 0 and start - before < MOST_BETWEEN and _ties(read, before - 1):
        before -= 1
    while before < start and read.said[before] not in known.PREPOSITIONS:
        before += 1
    if chain[0].kind in (Kind.GENERIC, Kind.WEAK, Kind.STREET) and read.said[before] not in known.CORNERS:
        before = start
    return read.written(before, end)


def _by_slash(word: str) -> Sequence[str]:
    """Of "Ringstr/Bahnhofstr" both and the stroke between them; "12/14" is one."""
    first, slash, second = word.partition("/")
    return [part for part in (first, slash, second) if part] if second[:1].isalpha() else [word]


def _ties(read: Words, at: int) -> bool:
    said = read.said[at]
    return not read.ends(at) and (said in known.PREPOSITIONS or said in known.ARTICLES)


def _chains(read: Words, spans: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """Spans that belong together: only small words stand between them."""
    chain: list[Span] = []
    for span in spans:
        if chain and not _joins(read, chain[-1], span):
            yield chain
            chain = []
        chain.append(span)
    if chain:
        yield chain


def _joins(read: Words, one: Span, other: Span) -> bool:
    between = range(one.end, other.start)
    if read.ends(one.end - 1) or len(between) > MOST_BETWEEN:
        return False
    return all(read.words[at] == "/" or _ties(read, at) for at in between)


def _is_enough(chain: Sequence[Span]) -> bool:
    best = max(span.kind for span in chain)
    if best > Kind.GENERIC:
        return True
    return sum(span.kind is Kind.GENERIC for span in chain) > 1


def _apart(spans: Iterator[Span]) -> Iterator[Span]:
    """Those that do not overlap, in order; of two that do, the one that says more."""
    taken, words = list[Span](), set[int]()
    for span in sorted(spans, key=lambda span: (-span.kind, span.start - span.end)):
        if words.isdisjoint(range(span.start, span.end)):
            taken.append(span)
            words.update(range(span.start, span.end))
    yield from sorted(taken, key=lambda span: span.start)


def _spans(read: Words, town: Town | None) -> Iterator[Span]:
    names = _names_of(town.name, town.districts, town.streets) if town else {}
    for at, said in enumerate(read.said):
        if not said:
            continue
        for name, kind in names.get(said.split()[0], ()):
            if end := said_from(read, at, name):
                yield with_house(read, Span(at, end, kind))
        yield from street_at(read, at)
        yield from numbered_at(read, at)
        yield from name_at(read, at)
        yield from landmark_at(read, at)


@lru_cache(maxsize=32)
def _names_of(
    town: str, districts: tuple[TopicOrDistrict, ...], streets: tuple[str, ...]
) -> Mapping[str, Sequence[tuple[tuple[str, ...], Kind]]]:
    """The town's names of places by their first word; not its own, which says nothing within it."""
    labels = [(label, Kind.DISTRICT) for district in districts for label in district.names]
    labels += [(street, Kind.STREET) for street in streets]
    found: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for label, kind in labels:
        if (name := tuple(plain(label).split())) and plain(label) != plain(town):
            found.setdefault(name[0], []).append((name, kind))
    return found
