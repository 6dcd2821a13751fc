"""What people type, understood as far as a person would: STOP in any spelling, offers by their names, greetings, need.

Source of the phrases: practice of towns (requirements S2, S41, S54, S79); compared after `plain`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from stadtdraht.domain.town import Offer, Town


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS = _words(
    "stop stopp stoppen abmelden abmeldung abbestellen abbestellung austragen kuendigen kuendigung unsubscribe quit "
    "dur durdur стоп стій"
)
POLITE = _words(
    "bitte danke jetzt sofort alles alle komplett ich will moechte mich mir das den die der newsletter whatsapp "
    "nachrichten dienst und nur please now all hier doch mal endlich wieder von euch ihnen sie gerne gern lieber"
)
GREETINGS = _words(
    "mahlzeit hallo hi hey hello moin servus tach start anmelden anmeldung menue menu info los beginnen "
    "merhaba salam salut hola ciao привет привіт"
)
GREETING_PHRASES = frozenset(("guten morgen", "guten tag", "guten abend", "gruess gott", "good morning"))
YES = _words("ja jo jawohl ok okay gern gerne klar yes einverstanden bestaetigen passt evet так да oui")
NO = _words("nein ne nee nicht no abbrechen hayir нет ні")
THANKS = _words("danke dankeschoen vielen dank merci thanks tesekkuerler super prima toll")
BOTH = _words("beides beide alles alle both")
NAMES_OF_OFFERS: Mapping[Offer, frozenset[str]] = {
    Offer.NEWS: _words("news neuigkeiten infos nachrichten newsletter neues"),
    Offer.CHAT: _words("chat gespraech chatten buergermeister sprechstunde"),
    Offer.REPORTS: _words("melder meldungen meldung melden maengelmelder anliegen"),
    Offer.CRISIS: _words("warnung warnungen krise krisenmeldungen krisenmeldung katastrophenwarnung alarm"),
}
COMMANDS = {
    "datenschutz": "privacy",
    "privacy": "privacy",
    "dsgvo": "privacy",
    "impressum": "imprint",
    "imprint": "imprint",
    "hilfe": "help",
    "help": "help",
    "befehle": "help",
}
SHORT = 4  # "Guten Tag liebe Stadt" is a greeting; what is longer says something
EMERGENCY = re.compile(
    r"\bbrennt\b|\bin flammen\b|\bnotarzt\b|\brettungswagen\b|\bkrankenwagen\b|\bbewusstlos\b|\bherzinfarkt\b"
    r"|\bschlaganfall\b|\bueberfallen\b|\beinbrecher\b|\bertrinkt\b|\bgasgeruch\b|\bgas riecht\b|\bnotruf\b"
    r"|\bnotfall\b|\bunfall mit verletzten\b|\bschwer verletzt\b|\bselbstmord\b|\bsuizid\b|^(112|110)$"
)
NO_MORE = re.compile(
    r"\bkeine( weiteren?)? (nachrichten|infos|news|newsletter|mitteilungen|mails|whatsapps?)\b"
    r".*\b(mehr|schicken|senden)\b"
    r"|\bkeine (weiteren )?(nachrichten|infos|newsletter|mitteilungen)( mehr)?$"
    r"|\b(schickt|schicken sie|sendet|senden sie|schreibt|schreiben sie) mir (bitte )?(nichts|keine|nicht)\b"
    r"|\bmeld(e|et|en sie)? (mich|ich mich) (bitte )?ab\b|\bnehmt mich (bitte )?(raus|aus)\b|\blasst mich in ruhe\b"
    r"|\bich moechte (mich )?(abmelden|austragen)\b|\bbitte (um )?(abmeldung|abmelden|abbestellen|austragen)\b"
)


class Meaning(StrEnum):
    """What a message asks for."""

    EMERGENCY = "emergency"
    STOP = "stop"
    CHOOSE = "choose"
    YES = "yes"
    NO = "no"
    GREETING = "greeting"
    PRIVACY = "privacy"
    IMPRINT = "imprint"
    HELP = "help"
    MY_DATA = "my_data"
    ERASE = "erase"
    LANGUAGE = "language"
    TOPICS = "topics"
    DISTRICT = "district"
    CASE_STATUS = "case_status"
    THANKS = "thanks"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Understood:
    """What was meant, and what was named with it, in the town's order.

    offers: those chosen or left; with STOP, empty means all of them. topics: ids; with STOP those to leave,
    with TOPICS those to take. district: id. language: tag ("de-easy"). case_number: "2026-0142". Empty: not named.
    """

    meaning: Meaning
    offers: tuple[Offer, ...] = ()
    topics: tuple[str, ...] = ()
    district: str = ""
    language: str = ""
    case_number: str = ""


def understand(text: str, town: Town) -> Understood:
    """What a typed text means for this town. Need goes before STOP, STOP before everything else."""
    said = plain(text)
    words = said.split()
    if EMERGENCY.search(said):
        return Understood(Meaning.EMERGENCY)
    if stop := _stop(said, words, town):
        return stop
    if said in COMMANDS:
        return Understood(Meaning(COMMANDS[said]))
    if offers := _chosen(words, town):
        return Understood(Meaning.CHOOSE, offers)
    if _led_by(words, GREETINGS) or (" ".join(words[:2]) in GREETING_PHRASES and len(words) <= SHORT):
        return Understood(Meaning.GREETING)
    if words and set(words) <= YES | POLITE and set(words) & YES:
        return Understood(Meaning.YES)
    if words and set(words) <= NO | POLITE and set(words) & NO:
        return Understood(Meaning.NO)
    if words and set(words) <= THANKS | POLITE and set(words) & THANKS:
        return Understood(Meaning.THANKS)
    return Understood(Meaning.OTHER)


def plain(text: str) -> str:
    """Lower case, umlauts spelt out, accents and everything that is no letter or digit gone, single spaces."""
    folded = text.casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        folded = folded.replace(umlaut, letters)
    decomposed = unicodedata.normalize("NFKD", folded)
    kept = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.split())


def _stop(said: str, words: list[str], town: Town) -> Understood | None:
    if not words:
        return None
    if _is_stop("".join(words)) or NO_MORE.search(said):
        return Understood(Meaning.STOP)
    if not any(_is_stop(word) for word in words):
        return None
    named = _named(words, town)
    rest = [word for word in words if not _is_stop(word)]
    if named and (("nur" in words or len(rest) <= len(named) + 1) and len(named) < len(town.offers)):
        return Understood(Meaning.STOP, named)
    if set(rest) <= POLITE | {name for offer in Offer for name in _names(offer, town)}:
        return Understood(Meaning.STOP)
    return None


def _is_stop(word: str) -> bool:
    """STOP and its like; also a slip of the finger: two neighbours swapped, or a letter held too long."""
    if word in STOP_WORDS:
        return True
    swapped = {"tsop", "sotp", "stpo", "stoppp", "stopo", "stob", "sstop"}
    return word in swapped or re.fullmatch(r"s+t+o+p+", word) is not None


def _chosen(words: list[str], town: Town) -> tuple[Offer, ...]:
    """Offers named in a short message; "beides" takes all of them."""
    rest = [word for word in words if word not in POLITE - BOTH and word not in {"and", "fuer", "abonnieren"}]
    if rest and set(rest) <= BOTH:
        return tuple(text.offer for text in town.offers)
    named = _named(rest, town)
    known = {name for offer in Offer for name in _names(offer, town)}
    return named if named and set(rest) <= known else ()


def _named(words: list[str], town: Town) -> tuple[Offer, ...]:
    return tuple(text.offer for text in town.offers if _names(text.offer, town) & set(words))


def _names(offer: Offer, town: Town) -> frozenset[str]:
    labels = {word for text in town.offers if text.offer is offer for word in plain(text.label).split()}
    return NAMES_OF_OFFERS[offer] | labels


def _led_by(words: list[str], first: frozenset[str]) -> bool:
    return bool(words) and words[0] in first and len(words) <= SHORT
