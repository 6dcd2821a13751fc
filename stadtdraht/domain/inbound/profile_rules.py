"""Language and district: said in a word, pressed in a list, or shown by a pin that is forgotten at once."""

from dataclasses import replace
from math import cos, hypot, radians

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.inbound.consent_rules import end_dialogue
from stadtdraht.domain.inbound.reply import Decision, Reply, ReplyKind
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Town

ASKING_DISTRICT = "district"
KM_PER_DEGREE = 111.2
FARTHEST_KM = 8.0  # from the middle of a district; beyond it the pin is somewhere else


def set_language(citizen: Citizen, language: str) -> Decision:
    """Which language to answer in from now on; none named: ask."""
    if language not in KNOWN_LANGUAGES:
        return Decision(citizen, replies=(Reply(ReplyKind.LANGUAGE_ASK),))
    return Decision(replace(end_dialogue(citizen), language=language), replies=(Reply(ReplyKind.LANGUAGE_SET),))


def set_district(town: Town, citizen: Citizen, district: str) -> Decision:
    """Where the person lives; none named: ask."""
    if district in {choice.id for choice in town.districts}:
        return Decision(replace(end_dialogue(citizen), district=district), replies=(Reply(ReplyKind.DISTRICT_SET),))
    kind = ReplyKind.DISTRICT_ASK if town.districts else ReplyKind.DISTRICT_UNKNOWN
    return Decision(replace(citizen, dialogue=ASKING_DISTRICT if town.districts else ""), replies=(Reply(kind),))


def set_district_by_pin(town: Town, citizen: Citizen, message: IncomingMessage) -> Decision:
    """The district of a pin. The pin itself is not kept."""
    district = district_at(town, message)
    decision = set_district(town, citizen, district) if district else _somewhere_else(citizen)
    return replace(decision, keeps_place=False)


def district_at(town: Town, message: IncomingMessage) -> str:
    """Id of the district whose middle is nearest; "" far away, or where the town does not name the middle of each."""
    if any(choice.latitude is None or choice.longitude is None for choice in town.districts):
        return ""
    try:
        latitude, longitude = float(message.latitude), float(message.longitude)
    except ValueError:
        return ""
    near = min(
        (
            (_km(latitude, longitude, choice.latitude, choice.longitude), choice.id)
            for choice in town.districts
            if choice.latitude is not None and choice.longitude is not None
        ),
        default=(FARTHEST_KM + 1, ""),
    )
    return near[1] if near[0] <= FARTHEST_KM else ""


def _km(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    east = (to_longitude - longitude) * cos(radians(latitude))
    return hypot(to_latitude - latitude, east) * KM_PER_DEGREE


def _somewhere_else(citizen: Citizen) -> Decision:
    return Decision(citizen, replies=(Reply(ReplyKind.DISTRICT_UNKNOWN),))
