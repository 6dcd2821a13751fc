"""Chain messages: wishes, warnings and pictures that go round from list to list and ask the town nothing.

They get no answer and open no work (requirement S66). In doubt a message is none, and somebody reads it.
"""

import re

from stadtdraht.domain.text import plain

COMPARED_LETTERS = 40  # shorter texts are said by many people who know nothing of each other
OTHER_SENDERS = 2
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


def sameness(text: str) -> str:
    """Normal form of a long text, to be compared by its keyed hash; "" when it is too short to say anything."""
    said = plain(text)
    return said if sum(letter.isalpha() for letter in said) >= COMPARED_LETTERS else ""


def is_chain(text: str, *, forwarded: bool, often_forwarded: bool, same_text_senders: int) -> bool:
    """same_text_senders: how many others sent the same long text within days. The flags are WhatsApp's own."""
    said = plain(text)
    if _ASKS.search(said):
        return False
    if sameness(text) and same_text_senders >= OTHER_SENDERS:
        return True
    goes_round = bool(_PASS_ON.search(said) or _WISH.search(said))
    if often_forwarded:
        return goes_round or "?" not in text
    return forwarded and goes_round
