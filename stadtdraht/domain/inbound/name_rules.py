"""A name that we know already is put right when its person says so; anything less than that leaves it alone.

One telephone may be used by several people: a name alone ("mein Name ist Peter Huber") corrects nothing.
"""

import re
from dataclasses import replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.inbound.consent_rules import OF_OFFERS, ask, close_question, set_name
from stadtdraht.domain.inbound.reply import Decision, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Town
from stadtdraht.domain.understanding.names.names import corrected_name, name_in
from stadtdraht.domain.understanding.reading import Kind, Reading


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONGEST = 16  # words; who corrects a name says little else
LONGEST_COMPLAINT, SAYS_NO_MORE = 8, 10
SHORT, LONGEST_SPELLING = 3, 6
_SPELT = re.compile(r"\bmit ([a-z]{1,2}|[a-z] [a-z]|(zwei|doppel|einem|scharfem) [a-z]{1,2})( |$)")
_PARTS = re.compile(r"[.,;:!?\n–]+")
OF_A_NAME = _words(
    "name namen nachname nachnamen vorname vornamen heisse names surname called adim ismim soyadim ім імя "
    "прізвище имя фамилия зовут звати nazwisko imie nazywam اسمي الاسم"
)
WRONG = _words(
    "falsch geaendert aendern aendert aendere berichtigen berichtigt korrigieren korrigiert korrektur verschrieben "
    "vertippt tippfehler wrong change changed correct misspelt misspelled yanlis degistirin duzeltin неправильно "
    "неправильне змініть виправте неверно измените исправьте zle bledne zmienic poprawic خطا تغيير تصحيح"
)
CORRECTS = WRONG | _words(
    "nein ne nee richtig sondern statt jetzt neu neuer neuen seit geheiratet heirat hochzeit scheidung no now instead "
    "married hayir artik simdi evlendim ні нет тепер теперь teraz الان"
)
INSTEAD = _words("nicht statt sondern not instead degil не nie ليس")
SLIPPED = _words("sorry vertippt verschrieben tippfehler korrektur ups oops typo pardon correction")
OF_OTHERS = _words(  # whose name it may be instead
    "heisst nachbar nachbarin nachbarn kollege kollegin strasse herr frau mann sohn tochter kind mutter vater chef "
    "neighbour neighbor husband wife son daughter"
)
OWN = _words("mein meine meinen meinem meiner unser unseren my our moj moje moja мій моє моя мой мое اسمي")


def put_right(town: Town, citizen: Citizen, message: IncomingMessage) -> Decision | None:
    """The name as they say it is, and that it is so now; who only says that it is wrong is asked. None for all else."""
    if not (citizen.name and town.name_required_for) or message.kind != "text" or message.forwarded:
        return None
    words = plain(message.text).split()
    if not words or len(words) > LONGEST or message.often_forwarded:
        return None
    name = _corrected(town, citizen, message.text, frozenset(words))
    if name:
        return _renamed(town, citizen, message, name)
    is_complaint = len(words) <= LONGEST_COMPLAINT and WRONG.intersection(words) and OF_A_NAME.intersection(words)
    if is_complaint and (OWN.intersection(words) or "?" not in message.text) and OF_OTHERS.isdisjoint(words):
        wrong = ask(citizen, Question(Asked.NAME, message.at))
        return Decision(wrong, replies=(Reply(ReplyKind.NAME_WRONG),))
    return None


def left_of(reading: Reading, message: IncomingMessage) -> Reading:
    """What such a message says beside the name: that somebody leaves, and in a longer one a concern."""
    leaving = reading.leaving if reading.leaving and reading.leaving.is_sure else None
    keeps = len(plain(message.text).split()) > SAYS_NO_MORE
    return Reading(leaving=leaving, kind=reading.kind if keeps else Kind.NONE, place=reading.place if keeps else "")


def set_anew(citizen: Citizen, name: str) -> Decision:
    """It was asked for since it was wrong."""
    known = close_question(replace(citizen, name=name), Asked.NAME)
    return Decision(known, replies=(Reply(ReplyKind.NAME_SET, name=name),))


def _corrected(town: Town, citizen: Citizen, text: str, words: frozenset[str]) -> str:
    """The name as they correct it; "" where they do not."""
    if not OF_OTHERS.isdisjoint(words):
        return ""
    places = [*(name for one in town.districts for name in one.names), town.name]
    says_old = not words.isdisjoint(plain(citizen.name).split()) and bool(INSTEAD & words)
    says_name = bool(OF_A_NAME & words) and (says_old or bool(CORRECTS & words))
    if says_name or _SPELT.search(plain(text)):
        told = name_in(text, asked=False, places=places) or name_in(text, asked=True, places=places)
        if told and plain(told) != plain(citizen.name):
            return told
    if not says_old and not _is_of_spelling(text, words):
        return ""
    parts = [text, *(part.strip() for part in _PARTS.split(text) if part.strip())]
    fixed = next((it for part in parts if (it := corrected_name(part, citizen.name))), "")
    return fixed if fixed != citizen.name else ""


def _is_of_spelling(text: str, words: frozenset[str]) -> bool:
    """Whether a word that is nearly one of the name puts it right, and is no word of its own."""
    if CORRECTS & words and OF_A_NAME & words:
        return True
    if len(words) <= SHORT and (text.startswith("*") or SLIPPED & words):
        return True
    return len(words) <= LONGEST_SPELLING and bool(_SPELT.search(plain(text)))


def _renamed(town: Town, citizen: Citizen, message: IncomingMessage, name: str) -> Decision:
    """Where they were asked whether they want an offer, they are asked again, by the new name."""
    question = citizen.dialogue.asks(message.at)
    if question and question.asked in OF_OFFERS and question.offers:
        return set_name(town, citizen, message, name)
    return set_anew(citizen, name)
