"""Texts as they are compared: what people write differently and mean the same."""

import unicodedata

READ_CHARACTERS = 4096  # the longest text that WhatsApp carries; no rule reads more

MARKS_ON_A_LETTER = 3
_BEFORE_A_CUT = " \n\t,;:–-"


def one_line(text: str) -> str:
    """The text as rules read it: on one line with single spaces, and bounded."""
    return " ".join(text.split())[:READ_CHARACTERS]


def read_part(text: str) -> str:
    """The text as far as any rule reads it, with its lines."""
    return text[:READ_CHARACTERS]


def shorten(text: str, most: int) -> str:
    """The text in at most so many characters, and seen to be cut: between words ("Ab Samstag …"), or within one that
    would leave less than a third ("Donaudampf…").
    """
    if len(text) <= most:
        return text
    head = text[: most - 1]
    end = next((at for at in range(len(head) - 1, -1, -1) if head[at].isspace()), 0)
    whole = head[:end].rstrip(_BEFORE_A_CUT)
    return f"{whole} …" if len(whole) > most // 3 else f"{head.rstrip(_BEFORE_A_CUT)}…"


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
