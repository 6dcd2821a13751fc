"""Texts as they are compared: what people write differently and mean the same."""

import unicodedata


def plain(text: str) -> str:
    """Lower case, umlauts spelt out, accents and everything that is no letter or digit gone, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ı", "i"), ("ł", "l")):
        folded = folded.replace(umlaut, letters)
    decomposed = unicodedata.normalize("NFKD", folded.replace("й", "\0").replace("ї", "\1"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("\0", "й").replace("\1", "ї")
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())
