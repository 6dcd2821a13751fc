"""Language and district: said in a word, pressed in a list, or shown by a pin that is forgotten at once."""

from dataclasses import replace
from math import cos, hypot, radians

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.inbound.consent_rules import ask, close_question
from stadtdraht.domain.inbound.reply import Decision, Reply, ReplyKind
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Town

KM_PER_DEGREE = 111.2
FARTHEST_KM = 8.0  # from the middle of a district; beyond it the pin is somewhere else


def set_language(citizen: Citizen, language: str) -> Decision:
    """Which language to answer in from now on; none named: ask."""
    if language not in KNOWN_LANGUAGES:
        return Decision(citizen, replies=(Reply(ReplyKind.LANGUAGE_ASK),))
    return Decision(replace(citizen, language=language), replies=(Reply(ReplyKind.LANGUAGE_SET),))


def set_district(town: Town, citizen: Citizen, message: IncomingMessage, district: str) -> Decision:
    """Where the person lives; none named: ask."""
    if district in {choice.id for choice in town.districts}:
        known = replace(close_question(citizen, Asked.DISTRICT), district=district)
        return Decision(known, replies=(Reply(ReplyKind.DISTRICT_SET),))
    if not town.districts:
        return unknown_place(citizen)
    return Decision(ask(citizen, Question(Asked.DISTRICT, message.at)), replies=(Reply(ReplyKind.DISTRICT_ASK),))


def set_district_by_pin(town: Town, citizen: Citizen, message: IncomingMessage) -> Decision:
    """The district of a pin. The pin itself is not kept."""
    district = district_at(town, message)
    decision = set_district(town, citizen, message, district) if district else unknown_place(citizen)
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


def unknown_place(citizen: Citizen) -> Decision:
    """What they said is none of the town's districts; the question stays as it is."""
    return Decision(citizen, replies=(Reply(ReplyKind.DISTRICT_UNKNOWN),))
