"""Texts as they are compared: what people write differently and mean the same."""

import unicodedata

READ_CHARACTERS = 4096  # the longest text that WhatsApp carries; no rule reads more

MARKS_ON_A_LETTER = 3


def one_line(text: str) -> str:
    """The text as rules read it: on one line with single spaces, and bounded."""
    return " ".join(text.split())[:READ_CHARACTERS]


def shorten(text: str, most: int) -> str:
    """The text in at most so many characters: cut between words, and seen to be cut."""
    if len(text) <= most:
        return text
    whole, space, _ = text[:most].rpartition(" ")
    kept = whole if space and len(whole) > most // 2 else text[: most - 1]
    return f"{kept[: most - 1].rstrip(' ,;:–-')}…"


def plain(text: str) -> str:
    """Lower case, umlauts spelt out, accents and everything that is no letter or digit gone, single spaces."""
    folded = unicodedata.normalize("NFKC", _without_piles(one_line(text))).casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ı", "i"), ("ł", "l")):
        folded = folded.replace(umlaut, letters)
    decomposed = unicodedata.normalize("NFKD", folded.replace("й", "\0").replace("ї", "\1"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("\0", "й").replace("\1", "ї")
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def _without_piles(text: str) -> str:
    """At most three marks on one letter: Unicode puts them in order, which takes a square of their number."""
    if text.isascii():
        return text
    kept, piled = [], 0
    for sign in text:
        piled = piled + 1 if unicodedata.combining(sign) else 0
        if piled <= MARKS_ON_A_LETTER:
            kept.append(sign)
    return "".join(kept)
