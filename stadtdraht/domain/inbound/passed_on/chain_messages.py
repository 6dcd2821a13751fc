"""Chain messages: wishes, warnings and pictures that go round from list to list and ask the town nothing.

They get no answer and open no work (requirement S66). In doubt a message is none, and somebody reads it.
"""

import re
from collections.abc import Sequence

from stadtdraht.domain.inbound.passed_on.words_of_chains import (
    BEGGED,
    BROKEN,
    EVERYBODY,
    MANY,
    NOT_PASS_ON,
    NUMBERS,
    OF_THE_TOWN,
    OFFERED,
    PASS_ON,
    PROMISED,
    SHOUTED,
)
from stadtdraht.domain.text import one_line, plain

COMPARED_LETTERS = 40  # shorter texts are said by many people who know nothing of each other
OTHER_SENDERS = 2
NEAR = 7  # words between "send" and to how many
RICHES = 2
UNLIKELY = float("-inf")
LIKELY, LIKELY_WHEN_FORWARDED = 2.0, 0.0  # log odds
_ASKS = re.compile(
    r"\b(stimmt (das|es|dies)|ist (das|es|dies) (echt|wahr|richtig|so|von (euch|ihnen))|wissen sie|wisst ihr"
    r"|koennen sie"
    r"|koennt ihr|was sagen sie|frage|is (this|it) (true|real)|dogru mu|gercek mi|czy to prawda|это правда|чи правда)\b"
)
_PASS_ON = re.compile(
    r"\b(leite[nt]?|schick\w*|send\w*|teil\w*|verteil\w*|gib|gebt|sag\w*)\b.{0,60}"
    r"\b(weiter|alle[nrm]?|kontakte\w*|freunde\w*)\b"
    r"|\bweiter(leiten|sagen|schicken)\b|\bkettenbrief\b|\bforward (this|to)\b|\bshare (this|with) (all|every)\w*\b"
    r"|\bwhatsapp (wird|ist ab|kostet)\b"
)
_WISH = re.compile(
    r"\b(frohe\w*|gesegnete\w*|schoene\w*|besinnliche\w*|guten|gute[ns]?|happy|merry)\b.{0,30}"
    r"\b(weihnacht\w*|advent\w*|ostern|pfingsten|neue[sn]? jahr|rutsch|sonntag|wochenende|morgen|nacht|abend|tag|woche"
    r"|nikolaus\w*|muttertag|vatertag|christmas|easter|new year|morning|night)\b"
    r"|\b(segen|gesegnet|engel|schutzengel|glueck und gesundheit|mutlu bayramlar|hayirli cumalar)\b"
)


_WHOEVER = (["die"], ["den"], ["weiter"], ["eltern"], ["menschen"])  # "to all whom you like"


def sameness(text: str) -> str:
    """Normal form of a long text, to be compared by its keyed hash; "" when it is too short to say anything."""
    said = plain(text)
    return said if sum(letter.isalpha() for letter in said) >= COMPARED_LETTERS else ""


def is_chain(
    text: str, *, forwarded: bool, often_forwarded: bool, same_text_senders: int, likely: float = UNLIKELY
) -> bool:
    """Whether it goes round and wants nothing of the town.

    same_text_senders: how many others sent the same long text within days. The flags are WhatsApp's own.
    likely: log odds of what was learned from messages; it decides only where nothing speaks for a concern.
    """
    said = plain(text)
    if _ASKS.search(said):
        return False
    is_wanted = is_for_the_town(text)
    if sameness(text) and same_text_senders >= OTHER_SENDERS and not is_wanted:
        return True
    if calls_to_pass_on(text) and not is_wanted:
        return True
    if is_wanted:
        return False
    goes_round = bool(_PASS_ON.search(said) or _WISH.search(said))
    if often_forwarded:
        return goes_round or "?" not in text
    if forwarded:
        return goes_round or likely > LIKELY_WHEN_FORWARDED
    return offers_riches(text) or likely > LIKELY


def is_for_the_town(text: str) -> bool:
    """Whether somebody wants it passed on to the town, asks the town something, or tells of a thing of the town's."""
    said = f" {plain(text)} "
    words = said.split()
    if any(f" {it}" in said for it in BEGGED):
        return True
    return not OF_THE_TOWN.isdisjoint(words) or any(f" {it}" in said or f"{it} " in said for it in BROKEN)


def calls_to_pass_on(text: str) -> bool:
    """Whether it tells its readers to send it to many people: by how many, or shouted and with what comes of it."""
    said = plain(text)
    words = said.split()
    if any(_is_to_many(words, at) for at, word in enumerate(words) if _passes_on(word)):
        return True
    around = f" {said} ".replace(" teilen sie ", " ")
    if not any(f" {it}" in around for it in SHOUTED):
        return False
    return text.count("!") > 1 or any(f" {it}" in around for it in PROMISED)


def offers_riches(text: str) -> bool:
    """Advertisements and fraud of strangers: two of their words, and no question."""
    said = f" {plain(text)} "
    hits = sum(f" {it}" in said for it in OFFERED)
    hits += any(
        "." in word.strip(".,!?)") and word[:1].isalpha() and "@" not in word for word in one_line(text).split()
    )
    return "?" not in text and hits >= RICHES


def _passes_on(word: str) -> bool:
    return word.startswith(PASS_ON) and word not in NOT_PASS_ON


def _is_to_many(words: Sequence[str], at: int) -> bool:
    near = range(max(0, at - NEAR), min(len(words), at + NEAR + 1))
    for place in near:
        word, before = words[place], words[max(0, place - 2) : place]
        is_number = word in NUMBERS or (word.isascii() and word.isdigit())
        if word in MANY and any(it in NUMBERS or it in EVERYBODY or it.isdigit() for it in before):
            return True
        if word in EVERYBODY and before[-1:] == ["an"] and words[place + 1 : place + 2] in _WHOEVER:
            return True
        if is_number and before[-1:] in (["an"], ["weitere"], ["andere"]) and place + 1 < len(words):
            return words[place + 1] in MANY or words[place + 1] not in ("die", "der", "uhr")
    return False
