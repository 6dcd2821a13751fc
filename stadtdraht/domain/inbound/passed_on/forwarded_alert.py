"""„Ist das echt?“: whether a message is a copy of a warning, of ours or of somebody else's. In doubt it is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.crisis.alert import Alert, AlertValidity
from stadtdraht.domain.inbound.passed_on.alert_copy import LINK, Comparison, Copy, Frame, compare, share_of
from stadtdraht.domain.inbound.passed_on.chain_messages import sameness
from stadtdraht.domain.inbound.passed_on.words_around_a_copy import ASKS_WHETHER_REAL
from stadtdraht.domain.message import IncomingMessage

A_COPY = 0.6  # share of an alert's word triples that a text must carry; people cut, greet and comment
A_PART = 0.25  # that is passed on, or stands in the frame of a warning, while the alert holds
OWN_WORDS = 8  # in which somebody asks whether it is true; more than that they were sent
_SAYS_WARNING = re.compile(  # as `plain` writes it, in the languages of the conversation
    r"\b(\w*warn(t|en|ung|ungen|meldung|stufe)|alarm\w*|achtung|eilmeldung|amtlich\w*|katastroph\w*|lebensgefahr|gefahr\w*"
    r"|warning|alert|danger|attention|uyari\w*|tehlike\w*|dikkat|ostrzezeni\w*|uwaga|zagrozeni\w*|niebezpieczenstw\w*"
    r"|попередження|увага|небезпек\w*|тривог\w*|предупреждени\w*|внимание|опасност\w*|тревог\w*"
    r"|تحذير|تنبيه|انذار|خطر)\b"
)
_IN_A_FRAME = re.compile(
    r"\b(amtliche warnung|gueltig bis|gilt bis|es warnt|eilmeldung|achtung|official warning|valid until|resmi uyari"
    r"|ostrzezenie urzedowe|офіційне попередження|официальное предупреждение|تحذير رسمي)\b"
)
_CALLS_ITSELF_OFFICIAL = re.compile(
    r"\b(amtliche warnung|official warning|resmi uyari|ostrzezenie urzedowe|офіційне попередження"
    r"|официальное предупреждение|تحذير رسمي)\b"
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
    ALTERED = "altered"
    OVER = "over"
    ALL_CLEAR = "all_clear"
    FALSE_ALARM = "false_alarm"
    DRILL = "drill"
    NOT_OURS = "not_ours"


CONFIRMED = frozenset({Truth.REAL, Truth.ALL_CLEAR, Truth.FALSE_ALARM})
NO_FRAME = Frame()


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
    message: IncomingMessage, linked: Alert | None, recent: Sequence[Alert], now: datetime, frame: Frame = NO_FRAME
) -> Verdict | None:
    """None: an ordinary message.

    linked: the alert of the link in it, if there is one. recent: alerts to compare with, newest first. Who writes of a
    warning in their own words is never told that it is not ours: only what was passed on is. What says more than the
    alert, or otherwise, is never confirmed.
    """
    copy = Copy.of(message.text)
    if linked:
        found = compare(copy, linked, frame)
        is_own = not _is_passed_on(message) and found.share < A_PART and "?" in message.text
        is_valid = linked.validity(now) is AlertValidity.VALID
        if is_own and found.is_changed and is_valid:
            return None  # they ask something of it, and are answered like everybody who asks
        return _told(linked, found, now)
    if told := _copied(message, copy, recent, now, frame):
        return told
    if linked_in(message.text) or (_was_sent(message) and looks_like_a_warning(message.text)):
        return Verdict(Truth.NOT_OURS)
    return None


def looks_like_a_warning(text: str) -> bool:
    """Whether it says that it warns, and names a danger; or calls itself official, whatever it warns of."""
    said = sameness(text)
    return bool((_SAYS_WARNING.search(said) and _NAMES_DANGER.search(said)) or _CALLS_ITSELF_OFFICIAL.search(said))


_TRUTH_OF = {
    AlertValidity.VALID: Truth.REAL,
    AlertValidity.OVER: Truth.OVER,
    AlertValidity.ALL_CLEAR: Truth.ALL_CLEAR,
    AlertValidity.FALSE_ALARM: Truth.FALSE_ALARM,
    AlertValidity.DRILL: Truth.DRILL,
}


def _told(alert: Alert, found: Comparison, now: datetime) -> Verdict:
    """What is over is over, whatever was made of it; nobody is told of an altered text that it is real."""
    truth = _TRUTH_OF[alert.validity(now)]
    return Verdict(Truth.ALTERED if found.is_changed and truth in CONFIRMED else truth, alert)


def _is_passed_on(message: IncomingMessage) -> bool:
    return message.forwarded or message.often_forwarded


def _was_sent(message: IncomingMessage) -> bool:
    """Whether it came to them from others: passed on, or copied in with the question whether it is true."""
    if _is_passed_on(message):
        return True
    said = sameness(message.text)
    asks = any(f" {it} " in f" {said} " for it in ASKS_WHETHER_REAL)
    return asks and bool(_IN_A_FRAME.search(said)) and len(said.split()) > OWN_WORDS


def _copied(
    message: IncomingMessage, copy: Copy, alerts: Sequence[Alert], now: datetime, frame: Frame
) -> Verdict | None:
    """Of which alert it is a copy, in whatever language; of several the one it says nothing beyond, then the newest."""
    is_sent = _is_passed_on(message) or bool(_IN_A_FRAME.search(sameness(message.text)))
    found = [
        (compared, alert)
        for alert in alerts
        if share_of(copy, alert) > 0
        and _is_copy(
            compared := compare(copy, alert, frame),
            also_a_part=is_sent and alert.validity(now) is AlertValidity.VALID,
        )
    ]
    if not found:
        return None
    compared, alert = max(found, key=lambda pair: (not pair[0].is_changed, pair[0].share))
    return _told(alert, compared, now)


def _is_copy(compared: Comparison, *, also_a_part: bool) -> bool:
    return compared.share >= A_COPY or (also_a_part and (compared.says_what or compared.share >= A_PART))
