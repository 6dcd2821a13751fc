"""A person's own name in their words: told when asked for, or with a registration that nobody asked for.

Two to four words that are written like a name, with titles and particles. What a list of words calls a part of a
sentence is never one; what may be either ("Frühling") is one beside a given name. When in doubt there is no name: the
question stays open, and a concern is not lost in it.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from stadtdraht.domain.text import plain, read_part
from stadtdraht.domain.understanding.names import name_words as known
from stadtdraht.domain.understanding.names.known_names import SURNAMES
from stadtdraht.domain.understanding.names.name_parts import (
    LEAST_WORDS,
    LONGEST_WORD,
    Run,
    Word,
    capitalised,
    case_of,
    has_mark_inside,
    is_common,
    is_given,
    is_namelike,
    run_at,
    skip,
    words_of,
)

READ_BEFORE_COLON = 8  # words
LAST_LATIN = "\u024f"
LONGEST_UNKNOWN = 13  # letters of a name that nobody listed; longer words are put together from others
MOST_CORRECTING = 8  # words that still only correct
READ_FOR_JOKES = 6  # words
SLIPS = 2  # letters that a corrected word may differ by


def name_in(text: str, *, asked: bool, places: Collection[str] = ()) -> str:
    """The name that a text tells; "" for none.

    asked: "Wie heißen Sie?" stands open. Else only what is clearly a registration or an introduction counts.
    places: words of the town's own places, which nobody is called by.
    """
    said = read_part(text).casefold()
    if not asked and not any(hint in said for hint in known.HINTS):
        return ""
    words = words_of(text)
    if not words or _jokes(words):
        return ""
    if not asked:
        return _introduced(words, known.TELLS_UNASKED, must_fit=True) or _registered(words)
    is_question = any("?" in word.ends for word in words)
    found = (
        _labelled(words)
        or _introduced(words, known.INTRODUCES)
        or _introduced(words, known.INTRODUCES_WEAKLY, must_fit=True)
        or _alone(words, needs_given=is_question)
    )
    own = {plain(place) for place in places}
    return "" if found and all(plain(part) in own for part in found.split()) else found


def corrected_name(text: str, before: str) -> str:
    """The name after a correction of what was told before ("Sorry, Musterfrau"); "" where the text is none."""
    words = words_of(text)
    if not before or not words or len(words) > MOST_CORRECTING:
        return ""
    said = [word for word in words if word.said not in known.CORRECTS | known.LEADS]
    is_marked = "*" in text or any(word.said in known.CORRECTS for word in words)
    old = before.split()
    full = name_in(" ".join(word.raw for word in said), asked=True)
    kept = {a for a in old for b in full.split() if plain(a) == plain(b) or _is_slip(a, plain(b))}
    if full and is_marked and full != before and len(kept) >= LEAST_WORDS:
        return full
    for word in said:
        close = [at for at, part in enumerate(old) if plain(part) != word.said and _is_slip(part, word.said)]
        if close and (is_marked or len(words) == 1) and is_namelike(word) and word.said not in known.NEVER:
            return " ".join([*old[: close[-1]], capitalised(word), *old[close[-1] + 1 :]])
    return ""


def _is_slip(part: str, said: str) -> bool:
    return len(said) > SLIPS and _difference(plain(part), said) <= min(SLIPS, len(said) // 2)


def _jokes(words: Sequence[Word]) -> bool:
    said = [word.said for word in words]
    if known.LAUGHS & set(said):
        return True
    return any(
        tuple(said[at : at + len(joke)]) == joke for at in range(min(len(said), READ_FOR_JOKES)) for joke in known.JOKES
    )


def _introduced(words: Sequence[Word], phrases: known.Phrases, *, must_fit: bool = False) -> str:
    """The name behind "mein Name ist". must_fit: what introduces may also introduce something else."""
    by_first = _by_first(phrases)
    for at, word in enumerate(words):
        for phrase in by_first.get(word.said, ()):
            if tuple(other.said for other in words[at : at + len(phrase)]) != phrase:
                continue
            if phrase in (("name",), ("ben",)) and not _introduces_alone(words, at):
                continue
            if any(other.ends and other.ends not in ":,-" for other in words[at : at + len(phrase)]):
                continue
            is_apostrophe = phrase[-1] == "im" and not has_mark_inside(words[at + len(phrase) - 1])
            run = run_at(words, skip(words, at + len(phrase), known.BEHIND_INTRODUCTION), is_introduced=not must_fit)
            if run.is_long_enough and not is_apostrophe and (_fits(words, run) if must_fit else True):
                return run.written
            break
    return ""


@cache
def _by_first(phrases: known.Phrases) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """By their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


def _introduces_alone(words: Sequence[Word], at: int) -> bool:
    """Whether "name" stands as a label and "ben" is Turkish for "I am"."""
    if words[at].said == "name":
        return words[at].ends == ":" or at == 0 or bool(words[at - 1].ends)
    behind = words[at + 1 : at + 3]
    return (
        len(behind) == LEAST_WORDS and not behind[0].ends and (words[at].raw.islower() or not words[at].raw.isascii())
    )


def _labelled(words: Sequence[Word]) -> str:
    """The name in "Nachname Ritz, Vorname Paul", or in "Ritz, Vorname Paul"."""
    given: Sequence[Word] = ()
    family: Sequence[Word] = ()
    rest: list[Word] = []
    at, has_label = 0, False
    while at < len(words):
        word = words[at]
        is_of_given = word.said in known.LABELS_GIVEN
        if not is_of_given and word.said not in known.LABELS_FAMILY:
            rest.append(word)
            at += 1
            continue
        has_label = has_label or is_of_given
        at = skip(words, at + 1, known.LABEL_REST)
        run = run_at(words, at)
        at = max(at, run.end)
        if is_of_given:
            given = given or run.words[:LEAST_WORDS]
        else:
            family = family or run.words[:LEAST_WORDS]
    if has_label and bool(given) != bool(family):
        have = {word.said for word in (*given, *family)}
        other = [word for word in run_at(rest, skip(rest, 0, known.LEADS)).words if word.said not in have]
        given = given or [word for word in other if is_given(word)]
        family = family or other[:LEAST_WORDS]
    return " ".join(capitalised(word) for word in (*given, *family)) if given and family else ""


def _alone(words: Sequence[Word], *, needs_given: bool = False) -> str:
    """The name that a text begins with, or that follows nothing but "ja klar"."""
    at = skip(words, 0, known.LEADS)
    colon = next((n + 1 for n, word in enumerate(words[:READ_BEFORE_COLON]) if word.ends == ":"), 0)
    for start in dict.fromkeys((0, at, colon)):
        if inverted := _inverted(words, start):
            return inverted
        run = run_at(words, start)
        is_behind_colon = 0 < start == colon
        if run.is_long_enough and _fits(words, run) and (run.has_given or not (needs_given or is_behind_colon)):
            return run.written
    return ""


def _inverted(words: Sequence[Word], start: int) -> str:
    """The name in "Huber, Hans-Peter"."""
    family = run_at(words, start)
    if family.words and family.words[0].said in known.LEADS:
        return ""
    if not family.words or len(family.names) > 1 or words[family.end - 1].ends not in (",", "\n"):
        return ""
    given = run_at(words, family.end)
    if not given.words or len(given.words) > LEAST_WORDS or not is_given(given.words[0]):
        return ""
    if is_given(family.words[0]) and words[family.end - 1].ends == "\n":
        return Run(family.titles, (*family.words, *given.words)).written
    whole = Run((*family.titles, *given.titles), (*given.words, *family.words), given.end)
    return whole.written if _fits(words, whole) else ""


def _registered(words: Sequence[Word]) -> str:
    """The name in "Huber, Hans - Anmeldung": a registration that says nothing else."""
    if not any(_registers(words, at) for at in range(len(words))):
        return ""
    if introduced := _introduced(words, known.INTRODUCES_BESIDE, must_fit=True):
        return introduced
    rest: list[Word] = []
    for at, word in enumerate(words):
        if not _registers(words, at):
            rest.append(word)
        elif rest and not rest[-1].ends:
            rest[-1] = Word(rest[-1].raw, rest[-1].said, ",")
    filling = known.REGISTERS_REST | known.CUTS
    for at in dict.fromkeys((0, skip(rest, 0, known.REGISTERS_REST))):
        run = run_at(rest, at)
        name = _inverted(rest, at)
        if not name and run.is_long_enough and run.has_given and _fits(rest, run, known.REGISTERS_REST):
            is_plain = len(run.names) == LEAST_WORDS or not any(is_common(word.said) for word in run.names)
            name = run.written if is_plain else ""
        end = max(run.end, at + len(name.split()))
        left = [word for word in rest[end:] if word.said not in filling]
        if name and (not left or (len(left) == 1 and not is_common(left[0].said) and left[0].said not in known.NEVER)):
            return name
    return ""


def _registers(words: Sequence[Word], at: int) -> bool:
    """Whether a word registers somebody: also "melde ich mich an"."""
    if words[at].said in known.REGISTERS:
        return True
    before = {word.said for word in words[max(0, at - 5) : at]}
    return words[at].said in ("an", "o", "oa") and bool(before & {"melde", "meld"}) and bool(words[at].ends)


def _fits(words: Sequence[Word], run: Run, may_follow: frozenset[str] = frozenset()) -> bool:
    """Whether words that nothing introduces are a name; without a known given name they must be all that is said."""
    names = run.names
    behind = words[run.end] if run.end < len(words) else None
    cases = {case_of(word) for word in names if not word.is_initial}
    is_mixed = len(cases) > 1
    if len({word.said for word in names}) < len(names) or any(it.said.endswith(known.STREET_ENDS) for it in names):
        return False
    if (names[0].said in known.SELDOM and not is_given(names[0])) or (is_mixed and len(names) > LEAST_WORDS):
        return False
    if not run.has_given or (len(names) > LEAST_WORDS and not is_given(names[0])):
        is_all = behind is None or behind.said in known.CUTS_SURELY or _is_written_out(behind)
        return is_all and not is_mixed and _could_be(names)
    if is_mixed and any(is_common(word.said) and not is_given(word) for word in names):
        return False
    if behind is None or words[run.end - 1].ends:
        return True
    return behind.said in known.CUTS | may_follow or _is_written_out(behind)


def _is_written_out(word: Word) -> bool:
    """Whether an address or a number follows the name."""
    return word.raw[:1].isdigit() or word.said.endswith(known.STREET_ENDS)


def _could_be(names: Sequence[Word]) -> bool:
    """Whether words of which no list knows any may be a name."""
    if any(is_common(word.said) or len(max(word.raw.split("-"), key=len)) > LONGEST_UNKNOWN for word in names):
        return False
    if any(letter > LAST_LATIN for word in names for letter in word.said):
        return case_of(names[0]) != "lower" and any(word.said.endswith(known.SURNAME_ENDS) for word in names)
    is_written_as_one = case_of(names[0]) == "capital" and not names[0].said.endswith(known.ADJECTIVE_ENDS)
    return is_written_as_one or names[-1].said in SURNAMES


def _difference(one: str, other: str) -> int:
    """Letters to change, leave out or add, of two short words; more than SLIPS is as good as all."""
    if abs(len(one) - len(other)) > SLIPS or max(len(one), len(other)) > LONGEST_WORD:
        return SLIPS + 1
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for n, that in enumerate(other, 1):
            before, row[n] = row[n], min(row[n] + 1, row[n - 1] + 1, before + (letter != that))
    return row[-1]
