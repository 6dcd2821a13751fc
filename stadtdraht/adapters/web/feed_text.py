"""The words of a feed's title or summary, which real feeds fill with HTML, comments of Word and advertising of blogs.

Text stays, whatever stands in it: "Pegel < 5 m" is no tag. Everything takes time in proportion to the text's length.
"""

import html
import re
import unicodedata

MOST_MARKUP = 50_000  # characters of a summary that are looked at; Word's styles alone take thousands
MOST_WORDS = 5_000  # characters of plain text that are kept; a teaser has 500
_IN_A_LINE = """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span
    strike strong sub sup time tt u var wbr"""
_OF_THEIR_OWN = """address area article aside audio base basefont blockquote body br button canvas caption center col
    colgroup dd details dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5
    h6 head header hgroup hr html iframe img input legend li link main map math menu meta nav noframes noscript object
    ol optgroup option output p param picture pre progress rp rt ruby section select source summary svg table tbody td
    template textarea tfoot th thead title tr track ul video xml"""
_INLINE, _BLOCK = frozenset(_IN_A_LINE.split()), frozenset(_OF_THEIR_OWN.split())
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<unseen>script|style)\b[^<>]*>.*?(?:</(?P=unseen)\b[^<>]*>|\Z)"
    r"|<[!?][a-z\[][^<>]*>"  # a declaration, or Word's <![endif]>
    r"""|</?(?P<quoted>[a-z][a-z0-9:-]*)(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*|/)?>"""  # a quoted value may hold a >
    r"|</?(?P<name>[a-z][a-z0-9:-]*)(?:[\s/][^<>]*)?>",
    re.DOTALL | re.IGNORECASE,
)
_COMPARES = re.compile(r"<[a-z]+\s+\w[^=<]*\Z", re.IGNORECASE)  # "<b und c>" in "a<b und c>d"; real tags say x="y"
_SHORTENED = re.compile(r"\s?(?:\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\)|…|\.\.\.)")
_ADVERTISED = (  # how a story's end begins that only names where it came from, and what follows in the same sentence
    ("Der Beitrag ", (" erschien zuerst auf ", " erschien zuerst am ", " ist zuerst erschienen auf ")),
    ("The post ", (" appeared first on ", " first appeared on ")),
)
_LEADS_ON = ("weiterlesen", "weiter lesen", "mehr lesen", "mehr erfahren", "mehr dazu", "mehr", "read more")
_ENDS = ".!?…])»:|"  # what stands before words that only lead on
_ARROWS = " .…»›→>[]()"
_JOINERS = frozenset("\u200c\u200d")  # join letters of a script, and emoji: they are seen


def plain(markup: str) -> str:
    """One line of words, without tags and what nobody can see."""
    bare = html.unescape(_MARKUP.sub(_kept, markup[:MOST_MARKUP]))
    seen = "".join(sign for sign in bare if sign in _JOINERS or unicodedata.category(sign) != "Cf")
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in seen).split())[:MOST_WORDS]


def teaser(markup: str) -> str:
    """The same without what a blog puts under every story: where it came from, and "read more"."""
    return _SHORTENED.sub(" …", _without_leading_on(_without_advertising(plain(markup))))


def _kept(found: re.Match[str]) -> str:
    """Nothing, a space, or what was found, when it only looks like a tag."""
    name = (found["quoted"] or found["name"] or "").casefold()
    if name in _INLINE and _COMPARES.match(found[0]):
        return found[0]
    if name in _INLINE or ":" in name or "-" in name:
        return ""
    return found[0] if name and name not in _BLOCK else " "


def _without_advertising(text: str) -> str:
    for begins, goes_on in _ADVERTISED:
        at = text.rfind(begins)
        if at >= 0 and any(part in text[at:] for part in goes_on):
            return text[:at].rstrip()
    return text


def _without_leading_on(text: str) -> str:
    bare = text.rstrip(_ARROWS)
    for words in _LEADS_ON:
        before = bare[: -len(words)].rstrip()
        if bare.casefold().endswith(words) and before.rstrip("[(")[-1:].strip() in _ENDS:
            return before.rstrip("[( ")
    return text
