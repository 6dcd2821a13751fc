"""German that a reader of English would see on a page of the console, beside what people and towns wrote themselves."""

import re
from functools import cache
from html.parser import HTMLParser
from typing import Final

from local.product.sample_figures import TITLES
from stadtdraht.texts.staff.language import english
from tests.support.town_office import TOWNS

WORD: Final = re.compile(r"[a-zäöüß]{3,}")
READ_OUT: Final = ("alt", "aria-label", "placeholder", "title")
EMPTY: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
#: Written by citizens, colleagues and towns: in whatever language they write.
THEIRS: Final = frozenset({"bdi", "script", "style", "textarea"})
#: A name that somebody gave, a placeholder, an address.
QUOTED: Final = re.compile(r"[“„][^”“]*[”“]|\{[^}]*\}|https?:\S+")
#: What colleagues of the tests call things, where it stands in the middle of our words.
SAMPLES: Final = (
    *("Bürgerdraht", "Ihr Team im Rathaus", "Woche 49", "Von Bernd", "Anders", "Danke und Rückmeldung"),
    *("Nicht zuständig", *(f"Meldung {number}" for number in range(1, 10)), *TITLES),
)
#: German words that English has as well.
BOTH: Final = frozenset(["alle", "die", "hat", "her", "man", "mir", "not", "per", "war", "was", "wir", "zum"])


@cache
def german_words() -> frozenset[str]:
    """Words of the German sentences that no English sentence of ours has."""
    said = english()
    known = {word for words in said.values() for word in WORD.findall(words.lower())}
    return frozenset(word for words in said for word in WORD.findall(words.lower())) - known - BOTH


class Seen(HTMLParser):
    """Collects what is read of a page: its texts and what is read out of it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._theirs: list[bool] = [False]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        theirs = self._theirs[-1] or tag in THEIRS or given.get("dir") == "auto" or given.get("lang") == "de"
        if not theirs:
            self.texts += [value for name in READ_OUT if (value := given.get(name))]
        if tag not in EMPTY:
            self._theirs.append(theirs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY and len(self._theirs) > 1:
            self._theirs.pop()

    def handle_data(self, data: str) -> None:
        if not self._theirs[-1]:
            self.texts.append(data)


@cache
def names_given() -> re.Pattern[str]:
    """By towns, in their files, and by the samples."""
    named = set(SAMPLES)
    for town in TOWNS.values():
        labelled = (*town.offers, *town.topics, *town.districts, *town.departments)
        named |= {town.name, town.persona, *(it.label for it in labelled)}
    return re.compile("|".join(re.escape(it) for it in sorted(named - {""}, key=len, reverse=True)))


def german_left(page: str) -> dict[str, str]:
    """Each word of it that is German, and the text in which it stands."""
    seen = Seen()
    seen.feed(page)
    found = {}
    for text in seen.texts:
        for word in WORD.findall(names_given().sub("", QUOTED.sub("", text)).lower()):
            if word in german_words():
                found[word] = " ".join(text.split())
    return found
