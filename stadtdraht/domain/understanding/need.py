"""Who needs help at once. A false 112 costs a line, a missed one may cost a life: in doubt the answer begins so."""

from stadtdraht.domain.understanding.concern import idle_score, is_small_talk
from stadtdraht.domain.understanding.heard import Heard
from stadtdraht.domain.understanding.reading import Need

SURE_FROM, UNSURE_FROM = -0.2, -2.1  # cross-validated: 2.5 % and 8 % of harmless messages (docs/understanding.md)
ADVICE_FROM = -1.5
LEAVES_FROM = 2.5  # so surely it is the line that they have enough of
CHATTER_BELOW, CHATTER_FROM = -1.0, 1.25  # of need and of idle talk
SHORT = 7  # words; a cry has no context that could be learned, so rules hear it
FEW = 4  # words; fewer that name no harm are no cry
SHORT_FROM = -6.0
HARM = frozenset(
    [
        "fire",
        "gas",
        "unconscious",
        "breath",
        "heart",
        "blood",
        "poison",
        "birth",
        "trapped",
        "water",
        "crash",
        "electric",
        "burglar",
        "weapon",
        "beat",
        "threat",
        "death",
        "missing",
    ]
)
CRIES = frozenset({"call", "life", "smell"})
CALLS = frozenset({"come", "near", "now"})
CALMS = frozenset(
    [
        "lamp",
        "culture",
        "office",
        "joke",
        "past",
        "asks",
        "thanks",
        "idea",
        "suggestion",
        "doctor",
        "animal",
        "praise",
        "wish",
        "topic",
        "leave",
        "join",
        "other_thing",
    ]
)
HELP_NUMBERS = frozenset({"112", "110"})


def read_need(heard: Heard) -> Need:
    score = heard.score("need")
    if score >= SURE_FROM or _is_cry(heard):
        return max((Need.EMERGENCY, Need.VIOLENCE, Need.DESPAIR), key=lambda need: heard.score(need.value))
    if heard.score("medical_advice") >= ADVICE_FROM and (len(heard.words) >= FEW or "doctor" in heard.cues):
        return Need.MEDICAL_ADVICE
    if is_small_talk(heard) or _is_chatter(heard, score):
        return Need.NONE
    if heard.score("leave") >= LEAVES_FROM and not heard.cues & (HARM | CRIES):
        return Need.NONE
    says_something = len(heard.words) >= FEW or bool(heard.cues & (HARM | CRIES))
    if (score >= UNSURE_FROM and says_something) or _may_be_cry(heard):
        return Need.UNSURE
    return Need.NONE


def _is_chatter(heard: Heard, score: float) -> bool:
    return score < CHATTER_BELOW and not heard.cues & HARM and idle_score(heard) >= CHATTER_FROM


def _is_cry(heard: Heard) -> bool:
    """A few words that name harm or call for help, and nothing that calms."""
    if len(heard.words) > SHORT or not heard.words or "?" in heard.text:
        return False
    if set(heard.words) <= HELP_NUMBERS:
        return True
    if heard.cues & CALMS or heard.score("need") < SHORT_FROM:
        return False
    if "call" in heard.cues and (heard.cues & (CALLS | HARM) or "call!" in heard.cues):
        return True
    return bool(heard.cues & HARM) and heard.score("need") > UNSURE_FROM - 1


def _may_be_cry(heard: Heard) -> bool:
    calms = CALMS - {"leave"} if "death!" in heard.cues else CALMS  # "I sign off. From life."
    if len(heard.words) > SHORT or heard.cues & calms:
        return False
    return bool(heard.cues & (HARM | {"call"})) and heard.score("need") > SHORT_FROM
