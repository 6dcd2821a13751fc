"""The street in a citizen's words, as German towns name them: "Hauptstraße 77", "Ahauser Str. 12", "Kurt-Huber-Weg"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stadtdraht.domain.text import one_line, plain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENDINGS = tuple(
    _words("strasse str weg platz allee gasse ring ufer damm pfad markt wall hof")
)  # as `plain` writes them
# What a way or square is, not what it is called. With a house number some of them are names ("Waldweg 12").
_KINDS = _words(
    "gehweg radweg fussweg fahrradweg feldweg waldweg wanderweg schulweg heimweg rueckweg umweg hinweg ueberweg "
    "reitweg wirtschaftsweg rettungsweg privatweg parkplatz spielplatz sportplatz bolzplatz stellplatz rastplatz "
    "grillplatz arbeitsplatz kitaplatz sitzplatz zeltplatz campingplatz fussballplatz schulplatz seitenstrasse "
    "einbahnstrasse nebenstrasse querstrasse durchgangsstrasse spielstrasse fahrradstrasse landstrasse bundesstrasse "
    "kreisstrasse landesstrasse zufahrtsstrasse wohnstrasse anliegerstrasse sackgasse seitengasse schulhof innenhof "
    "hinterhof bauhof supermarkt baumarkt flohmarkt arbeitsmarkt trampelpfad"
)
_NO_NAMES = _words(  # before "Straße" they say which one, and do not name it
    "der dieser jener jeder unser unserer ihrer seiner einer keiner meiner deiner welcher mancher aller hier unter "
    "hinter ueber aber immer wieder leider oder guter ganzer anderer"
)
_ADJECTIVES = frozenset(
    f"{stem}{end}" for stem in _words("alt neu gross klein lang breit hoh kurz") for end in ("e", "er", "en", "em")
)
_BEFORE = ("am", "an der", "an den", "im", "in der", "auf der", "auf dem", "zum", "zur", "alter", "alten", "alte",
           "grosser", "grossen", "grosse", "kleiner", "kleinen", "kleine")  # fmt: skip
_DATES = _words(
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar maerz april mai juni juli "
    "august september oktober november dezember morgen mittag abend tag jahr monat fruehjahr sommer herbst winter "
    "wochenende"
)
_HOUSE = re.compile(r"\d{1,4}[a-z]?(?:[–/-]\d{1,4}[a-z]?)?", re.ASCII | re.IGNORECASE)
_LETTER = re.compile(r"[a-z](?:[–-][a-z])?", re.ASCII)
_MARKS = ".,;:!?()\"„“”'"


@dataclass(frozen=True, slots=True)
class _Street:
    name: str
    house: str

    @property
    def written(self) -> str:
        return f"{self.name} {self.house}".strip()


def place_in(text: str) -> str:
    """The street that was named, with its house number when said; one with a number goes first. "" for none."""
    words = one_line(text).split(" ")
    streets = [*_streets(words), *_numbered_places(words)]
    best = next((street for street in streets if street.house), None) or next(iter(streets), None)
    return best.written if best else ""


def _streets(words: Sequence[str]) -> Iterator[_Street]:
    for at, word in enumerate(words):
        said = plain(word)
        if not (last := said.rpartition(" ")[2]).endswith(_ENDINGS):
            continue
        house = _house_after(words, at)
        bare = word.strip(_MARKS) + ("." if last.endswith("str") and "str." in word.casefold() else "")
        if said in _ENDINGS:  # "Ahauser Straße", in two words
            if at and bare[0].isupper() and _names_it(words[at - 1]):
                yield _Street(f"{words[at - 1].lstrip(_MARKS)} {bare}", house)
        elif said in _KINDS:
            if house and bare[0].isupper() and not _counts(words, at + 1):
                yield _Street(bare, house)
        elif bare[0].isupper() or house:
            yield _Street(bare, house)


def _numbered_places(words: Sequence[str]) -> Iterator[_Street]:
    """As "An der Bleiche 3", "Zur Mühle 5": only with a number, and not "Am Montag 3 Säcke"."""
    for at, word in enumerate(words):
        house = _house_after(words, at)
        if not house or not word[:1].isupper() or plain(word) in _DATES or _counts(words, at + 1):
            continue
        for length in (2, 1):
            start = at - length
            before = words[start:at] if start >= 0 else []
            if before and before[0][:1].isupper() and plain(" ".join(before)) in _BEFORE:
                yield _Street(" ".join([*before, word]), house)


def _names_it(word: str) -> bool:
    """Whether a word before "Straße" belongs to its name: "Ahauser", "Lange"; not "Diese"."""
    bare, said = word.strip(_MARKS), plain(word)
    if not bare[:1].isupper() or word[-1:] in _MARKS or said in _NO_NAMES:
        return False
    return said in _ADJECTIVES or said.endswith("er")


def _house_after(words: Sequence[str], at: int) -> str:
    """The house number behind a word: "77", "12 a", "52–58"; "" for none."""
    if words[at][-1:] in ",;:!?)" or len(words) <= at + 1:
        return ""
    number = words[at + 1].strip(_MARKS)
    if not _HOUSE.fullmatch(number):
        return ""
    is_end = words[at + 1][-1:] in _MARKS
    letter = words[at + 2].strip(_MARKS) if len(words) > at + 2 and not is_end else ""
    return f"{number} {letter}" if number.isdigit() and _LETTER.fullmatch(letter) else number


def _counts(words: Sequence[str], at: int) -> bool:
    """Whether the number there counts what stands behind it: "3 Säcke"."""
    return words[at][-1:] not in _MARKS and len(words) > at + 1 and words[at + 1][:1].isupper()
