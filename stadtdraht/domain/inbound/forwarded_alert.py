"""„Ist das echt?“: whether a message is a copy of a warning, of ours or of somebody else's. In doubt it is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.crisis.alert import Alert, AlertValidity
from stadtdraht.domain.inbound.chain_messages import sameness
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.text import plain

A_COPY = 0.6  # share of an alert's word triples that a text must carry; people cut, greet and comment
COMPARED = ("was", "wo", "bis", "tun")  # what an alert says, whatever frame its template puts around it
TRIPLE = 3
LINK = re.compile(r"/a/([a-z0-9-]{2,60}-[ad]-20\d{6}-[a-z0-9]{6})(?![a-z0-9-])", re.IGNORECASE)
_SAYS_WARNING = re.compile(  # as `plain` writes it, in the languages of the conversation
    r"\b(\w*warn(t|en|ung|ungen|meldung|stufe)|alarm\w*|achtung|eilmeldung|amtlich\w*|katastroph\w*|lebensgefahr|gefahr\w*"
    r"|warning|alert|danger|attention|uyari\w*|tehlike\w*|dikkat|ostrzezeni\w*|uwaga|zagrozeni\w*|niebezpieczenstw\w*"
    r"|попередження|увага|небезпек\w*|тривог\w*|предупреждени\w*|внимание|опасност\w*|тревог\w*"
    r"|تحذير|تنبيه|انذار|خطر)\b"
)
_NAMES_DANGER = re.compile(
    r"\b(\w*brand|feuer|rauch\w*|bombe\w*|blindgaenger\w*|hochwasser|flut\w*|ueberflut\w*|unwetter|starkregen|sturm\w*"
    r"|orkan|glatteis|hitze|\w*wasser|stromausfall|blackout|gas|gasleck|gasaustritt|chemi\w*|gift\w*|vergift\w*"
    r"|radioaktiv\w*|strahlung|evakuier\w*|raeumung|explosion\w*|terror\w*|anschlag\w*|amok\w*|sirene\w*|fenster"
    r"|fire|smoke|bomb|flood\w*|storm|water|power cut|gas leak|poison\w*|evacuat\w*|windows|indoors"
    r"|yangin\w*|duman\w*|bomba\w*|sel|firtina\w*|suyu?\w{0,3}|elektrik\w*|tahliye\w*|pencere\w*"
    r"|pozar\w*|dym\w*|bomb\w*|powodz\w*|burz\w*|wod[aeyę]\w*|prad\w*|ewakuac\w*|okna"
    r"|пожеж\w*|пожар\w*|дим\w*|дым\w*|бомб\w*|повін\w*|паводок\w*|наводнени\w*|буря|вода|води|воды|воду|газ\w*"
    r"|евакуаці\w*|эвакуаци\w*|вікна|окна|حريق|دخان|قنبله|فيضان|عاصفه|مياه|الماء|الكهرباء|الغاز|اخلاء|النوافذ)\b"
)


class Truth(StrEnum):
    """What somebody hears who passes a warning on to us."""

    REAL = "real"
    OVER = "over"
    ALL_CLEAR = "all_clear"
    FALSE_ALARM = "false_alarm"
    DRILL = "drill"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Verdict:
    """alert: which one it is a copy of; None where it is none of ours."""

    truth: Truth
    alert: Alert | None = None


def linked_in(text: str) -> str:
    """Id of the alert whose public page a text links to; "" for none. That it has the form does not make it one."""
    found = LINK.search(text)
    return found[1].lower() if found else ""


def may_be_a_copy(message: IncomingMessage) -> bool:
    """Whether it is worth comparing with our alerts: long enough, and passed on or speaking of a warning."""
    said = sameness(message.text)
    return bool(said) and (_is_passed_on(message) or bool(_SAYS_WARNING.search(said)))


def verdict_on(
    message: IncomingMessage, linked: Alert | None, recent: Sequence[Alert], now: datetime
) -> Verdict | None:
    """None: an ordinary message.

    linked: the alert of the link in it, if there is one. recent: alerts to compare with, newest first. Who writes of a
    warning in their own words is never told that it is not ours: only what was passed on is.
    """
    if alert := linked or _copied(message.text, recent):
        return Verdict(_TRUTH_OF[alert.validity(now)], alert)
    if linked_in(message.text) or (_is_passed_on(message) and looks_like_a_warning(message.text)):
        return Verdict(Truth.NOT_OURS)
    return None


def looks_like_a_warning(text: str) -> bool:
    """Whether it says that it warns, and names a danger."""
    said = sameness(text)
    return bool(_SAYS_WARNING.search(said) and _NAMES_DANGER.search(said))


_TRUTH_OF = {
    AlertValidity.VALID: Truth.REAL,
    AlertValidity.OVER: Truth.OVER,
    AlertValidity.ALL_CLEAR: Truth.ALL_CLEAR,
    AlertValidity.FALSE_ALARM: Truth.FALSE_ALARM,
    AlertValidity.DRILL: Truth.DRILL,
}


def _is_passed_on(message: IncomingMessage) -> bool:
    return message.forwarded or message.often_forwarded


def _copied(text: str, alerts: Sequence[Alert]) -> Alert | None:
    """The alert that the text carries most of, in whatever language; of several the newest."""
    said = f" {plain(text)} "
    carried = [(max((_carried(said, words) for words in _said_by(alert)), default=0.0), alert) for alert in alerts]
    share, alert = max(carried, key=lambda pair: pair[0], default=(0.0, None))
    return alert if share >= A_COPY else None


def _said_by(alert: Alert) -> list[list[str]]:
    """Its triples of words, per language."""
    return [
        [triple for part in COMPARED for triple in _triples(words.get(part, ""))] for words in alert.wording.values()
    ]


def _triples(text: str) -> list[str]:
    words = plain(text).split()
    if len(words) <= TRIPLE:
        return [" ".join(words)] if words else []
    return [" ".join(words[place : place + TRIPLE]) for place in range(len(words) - TRIPLE + 1)]


def _carried(said: str, triples: Sequence[str]) -> float:
    return sum(f" {triple} " in said for triple in triples) / len(triples) if triples else 0.0
