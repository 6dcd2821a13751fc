"""What people type, where a whole message is known to mean it: STOP in any spelling, offers, greetings, commands.

The words themselves stand in vocabulary.py; texts are compared after `plain`.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from stadtdraht.domain.text import one_line, plain
from stadtdraht.domain.town import Offer, TopicOrDistrict, Town
from stadtdraht.domain.understanding import vocabulary as known
from stadtdraht.domain.understanding.stop_phrases import says_no_more, without_signature

SHORT = 4  # "Guten Tag liebe Stadt" is a greeting; what is longer says something
PAIR = 2  # "Hallo Herbert"
LONG = 8  # letters of a word in which a slip is still told from another word
SURE = 2  # its first letters, which must be right
CASE_NUMBER = re.compile(r"\b(20\d\d)\s?[-–/]\s?(\d{4,7})\b")
SHORT_NUMBER = re.compile(r"^\W*status\W+(?:(20\d\d)\s?[-–/]\s?)(\d{1,3})\W*$", re.IGNORECASE)  # without its zeros
_HELD = re.compile(r"s{1,20}t{1,20}o{1,20}p{1,20}")
ASKS_STATE = re.compile(r"\b(status|stand|meldung|was ist mit|wie steht|was macht)\b")


class Meaning(StrEnum):
    """What a message asks for."""

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
    """What a typed text means for this town, if it is known as a whole. STOP goes before everything else."""
    text = one_line(text)
    said = plain(text)
    words = said.split()
    if not words:
        signs = {sign for sign in text if unicodedata.category(sign) == "So"}  # without what only colours them
        if signs and signs <= known.STOP_SIGNS:
            return Understood(Meaning.STOP)
        return Understood(Meaning.THANKS if signs and signs <= known.THANKS_SIGNS else Meaning.OTHER)
    if stop := _stop(said, words, town):
        return stop
    if found := _command(text, said, words, town):
        return found
    if offers := _chosen(words, town):
        return Understood(Meaning.CHOOSE, offers)
    if _is_greeting(words, town):
        return Understood(Meaning.GREETING)
    for meaning, vocabulary in ((Meaning.YES, known.YES), (Meaning.NO, known.NO)):
        if set(words) <= vocabulary | known.POLITE and set(words) & vocabulary:
            return Understood(meaning)
    if words[0] in known.THANKS and set(words) <= known.THANKS | known.POLITE | known.THANKS_REST:
        return Understood(Meaning.THANKS)
    return Understood(Meaning.OTHER)


def _stop(said: str, words: list[str], town: Town) -> Understood | None:
    if part := _no_more_of(words, town):
        return Understood(Meaning.STOP, part)
    if _is_stop("".join(words)) or says_no_more(said):
        return Understood(Meaning.STOP)
    if not any(_is_stop(word) for word in words):
        return None
    words = [word for word in without_signature(said).split() if not word.isdigit()] if _is_stop(words[0]) else words
    rest = [word for word in words if not _is_stop(word)]
    if says_no_more(" ".join(rest)):
        return Understood(Meaning.STOP)
    named = _named(set(rest) - {"nachrichten"}, town)  # "Nachrichten abbestellen" means all of them
    if named and set(rest) <= known.POLITE | _all_names(town):
        is_part = len(named) < len(town.offers) and not set(rest) & known.BOTH
        return Understood(Meaning.STOP, named if is_part else ())
    if topics := _all_among(rest, town.topics, known.TOPIC_REST | known.POLITE):
        return Understood(Meaning.STOP, topics=topics)
    if _is_stop(words[0]) and set(rest) <= known.POLITE_END:
        return Understood(Meaning.STOP)
    if set(rest) <= known.POLITE - {"die", "der", "das", "den"} and words[-1] != "wieder" and "nicht" not in words:
        return Understood(Meaning.STOP)
    return None


def _no_more_of(words: list[str], town: Town) -> tuple[Offer, ...]:
    """Offers in "keine Warnungen mehr", if nothing else is said and not all of them are meant."""
    rest = [word for word in words if word not in known.NO_MORE | known.NO_MORE_SURE]
    named = _named(rest, town)
    is_meant = bool(set(words) & known.NO_MORE) and bool(set(words) & known.NO_MORE_SURE)
    return named if is_meant and len(rest) == 1 and rest[0] != "nachrichten" and len(named) < len(town.offers) else ()


def _of_news(town: Town) -> frozenset[str]:
    return _names(Offer.NEWS, town)


def _is_stop(word: str) -> bool:
    """STOP and its like; also a slip of the finger: two neighbours swapped, a letter held too long, a digit behind it,
    or a letter of another alphabet that looks the same.
    """
    word = word.rstrip("0123456789") or word
    if not word.isascii() and (alike := word.translate(known.LOOKS_LIKE)).isascii():
        word = alike
    if word in known.STOP or word in known.STOP_TYPED or word in known.STOP_PHRASES:
        return True
    if _HELD.fullmatch(word):
        return True
    return any(_is_slip_of(word, meant) for meant in known.STOP if len(meant) >= LONG)


def _is_slip_of(word: str, meant: str) -> bool:
    """A letter left out or too many, or two neighbours swapped; a wrong letter may be another word ("anmelden")."""
    if word[:SURE] != meant[:SURE]:
        return False
    if len(word) == len(meant):
        at = next((n for n, (a, b) in enumerate(zip(word, meant, strict=True)) if a != b), len(meant))
        return word == f"{meant[:at]}{meant[at : at + 2][::-1]}{meant[at + 2 :]}"
    shorter, longer = sorted((word, meant), key=len)
    return any(shorter == longer[:n] + longer[n + 1 :] for n in range(len(longer)))


def _command(text: str, said: str, words: list[str], town: Town) -> Understood | None:
    bare = " ".join(word for word in words if word not in {"bitte", "please"})
    for name in ("privacy", "imprint", "help", "my_data", "erase", "topics", "district", "language"):
        if bare in known.COMMANDS[name] or said in known.COMMANDS[name]:
            return Understood(Meaning(name))
    if language := _language(said, words):
        return Understood(Meaning.LANGUAGE, language=language)
    if number := CASE_NUMBER.search(text):
        about = f"{number[1]}-{number[2]}"
        if len(words) <= SHORT or ASKS_STATE.search(said):
            return Understood(Meaning.CASE_STATUS, case_number=about)
    if number := SHORT_NUMBER.match(text):
        return Understood(Meaning.CASE_STATUS, case_number=f"{number[1]}-{int(number[2]):04}")
    if bare in (
        "status",
        "meine meldungen",
        "mein status",
        "stand",
        "stand meiner meldung",
        "status meiner meldung",
        *known.HOW_IT_STANDS,
    ):
        return Understood(Meaning.CASE_STATUS)
    if topics := _all_among(words, town.topics, known.TOPIC_REST):
        return Understood(Meaning.TOPICS, topics=topics)
    if district := _district(said, town):
        return Understood(Meaning.DISTRICT, district=district)
    return None


def _language(said: str, words: list[str]) -> str:
    for tag, names in known.LANGUAGE_WORDS.items():
        if said in names or any(" " in name and name in said and len(words) <= SHORT + 2 for name in names):
            return tag
        if set(words) & names and set(words) <= names | known.LANGUAGE_REST:
            return tag
    return ""


def _all_among(words: list[str], choices: tuple[TopicOrDistrict, ...], filler: frozenset[str]) -> tuple[str, ...]:
    """Ids of the choices that a message names, if it says nothing else."""
    left, found = f" {' '.join(words)} ", []
    for choice in choices:
        for name in sorted(choice.names, key=len, reverse=True):
            if f" {plain(name)} " in left:
                left = left.replace(f" {plain(name)} ", " ")
                found.append(choice.id)
                break
    return tuple(found) if found and set(left.split()) <= filler else ()


def _district(said: str, town: Town) -> str:
    for start in sorted(known.LIVES, key=len, reverse=True):
        if said.startswith(f"{start} "):
            said = said.removeprefix(f"{start} ")
            break
    names = {_of_the_town(name): choice.id for choice in town.districts for name in choice.names}
    return names.get(said, "")


def _chosen(words: list[str], town: Town) -> tuple[Offer, ...]:
    """Offers named in a short message; "beides" takes all of them."""
    added = {"and", "fuer", "anmelden", "anmeldung", *known.SUBSCRIBE}
    rest = [word for word in words if word not in known.POLITE - known.BOTH - _of_news(town) and word not in added]
    if rest and set(rest) <= known.BOTH:
        return tuple(text.offer for text in town.offers)
    named = _named(rest, town)
    return named if named and set(rest) <= _all_names(town) | {"nur"} else ()


def _named(words: Collection[str], town: Town) -> tuple[Offer, ...]:
    return tuple(text.offer for text in town.offers if _names(text.offer, town) & set(words))


def _names(offer: Offer, town: Town) -> frozenset[str]:
    labels = {word for text in town.offers if text.offer is offer for word in _of_the_town(text.label).split()}
    return known.OFFERS[offer] | labels


@lru_cache(maxsize=1024)
def _of_the_town(name: str) -> str:
    """A name that the town file gives, plain: the same for every message, and asked for dozens of times by each."""
    return plain(name)


def _all_names(town: Town) -> frozenset[str]:
    return frozenset(name for offer in Offer for name in _names(offer, town))


def _let_go(word: str) -> str:
    """A word without the letter that was held at its end: "hallooo"."""
    once = word.rstrip(word[-1]) + word[-1]
    return once if len(word) - len(once) >= PAIR else word


def _is_greeting(words: list[str], town: Town) -> bool:
    """A greeting word with hardly anything behind it, or with nothing but whom it greets."""
    first = _let_go(words[0])
    alone = first in known.GREETING - known.GREETING_BEGUN
    if not alone and " ".join(words[:PAIR]) not in known.GREETING_PHRASES:
        return False
    of_town = set(plain(f"{town.name} {town.service_name}").split())
    return set(words[1:]) <= known.GREETING | known.GREETING_REST | known.POLITE | of_town or len(words) == PAIR
