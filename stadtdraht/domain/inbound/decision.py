"""What follows from one message of a citizen: a pure decision, from what was said, who said it, and what is known.

The rules stand beside it: consent_rules, profile_rules, privacy_rules, concern_rules. The message's own
time is the only clock.
"""

from dataclasses import dataclass, replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.inbound import concern_rules, consent_rules, privacy_rules, profile_rules
from stadtdraht.domain.inbound.consent_rules import ASKING_CONSENT, ASKING_NAME, all_of, calm, offers_in
from stadtdraht.domain.inbound.forwarded_alert import Verdict
from stadtdraht.domain.inbound.profile_rules import ASKING_DISTRICT
from stadtdraht.domain.inbound.reply import Decision, Reply, ReplyKind, Situation
from stadtdraht.domain.inbound.understanding import Meaning, Understood, registration, said_name, understand
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town

MARKETING_OFF = "marketing_messages:stop"  # Meta, user_preferences, 2026-09
GESTURES = frozenset({"reaction", "system", "edit", "sticker"})  # kept; nobody waits for words about them


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says: a pressed button by its id ("lang:tr" is action "lang", named "tr"), or words."""

    action: str
    named: str
    words: Understood


def read(town: Town, message: IncomingMessage) -> Said:
    """A press says exactly what it means; everything else is read."""
    action, _, named = message.choice.partition(":")
    if action in _PRESSES:
        return Said(action, named, Understood(Meaning.OTHER))
    if message.kind == "request_welcome":
        return Said("", "", Understood(Meaning.GREETING))
    for said in (message.text, message.choice):
        if said and (understood := understand(said, town)).meaning is not Meaning.OTHER:
            return Said("", "", understood)
    return Said("", "", Understood(Meaning.OTHER))


def decide(
    town: Town, citizen: Citizen, message: IncomingMessage, situation: Situation, said: Said | None = None
) -> Decision:
    """What follows. `citizen` is as stored, or as just met when `situation.is_new`."""
    said = said or read(town, message)
    if message.kind == "preference":  # opens no service window
        return _switched(town, citizen, message)
    citizen = replace(citizen, last_inbound_at=max(message.at, citizen.last_inbound_at or message.at))
    if message.kind == "revoke":
        return privacy_rules.taken_back(citizen, situation)
    if message.kind in GESTURES and not (message.kind == "sticker" and situation.is_new):
        return Decision(citizen)
    if situation.warning and not said.action:  # before its words are taken for the person's own need
        return _told_whether_real(citizen, situation.warning)
    if said.action:
        return _pressed(town, citizen, message, situation, said)
    return _spoken(town, citizen, message, situation, said.words)


def _switched(town: Town, citizen: Citizen, message: IncomingMessage) -> Decision:
    """Meta's own switch for marketing messages: off ends the news, silently; on is no consent of ours."""
    if message.choice != MARKETING_OFF:
        return Decision(citizen)
    return replace(consent_rules.leave(town, citizen, message, (Offer.NEWS,)), replies=())


def _told_whether_real(citizen: Citizen, warning: Verdict) -> Decision:
    """Nobody has to work on it, and nothing that was asked before is answered by it."""
    alert = warning.alert
    reply = Reply(ReplyKind(f"alert_{warning.truth}"), alert=alert, at=alert.expires_at if alert else None)
    return Decision(citizen, replies=(reply,))


_PRESSES = frozenset(
    [
        "offer",
        "yes",
        "no",
        "lang",
        "topic",
        "district",
        "kinds",
        "kind",
        "rate",
        "forget",
        "call_yes",
        "call_no",
        "export",
        "erase",
    ]
)


def _pressed(town: Town, citizen: Citizen, message: IncomingMessage, situation: Situation, said: Said) -> Decision:
    offers = tuple(text.offer for text in town.offers if text.offer in said.named.split(","))
    match said.action:
        case "offer" if offers:
            return consent_rules.choose(town, citizen, offers)
        case "yes" if offers:
            return consent_rules.consent(town, citizen, message, offers)
        case "no":
            return Decision(calm(citizen), replies=(Reply(ReplyKind.NOT_NOW),))
        case "lang":
            return profile_rules.speak(citizen, said.named)
        case "topic":
            every = tuple(topic.id for topic in town.topics)
            return consent_rules.take_topics(town, citizen, every if said.named == "*" else (said.named,))
        case "district":
            return profile_rules.live_in(town, citizen, said.named)
        case "kinds" | "kind":
            return concern_rules.change_kind(citizen, situation.case, said.named.partition(":")[2])
        case "rate":
            return concern_rules.rated(citizen, situation.case, said.named.partition(":")[2])
        case "forget":
            return privacy_rules.forget(citizen, situation)
        case "call_yes":
            return concern_rules.enter(citizen, message, situation, said.named)
        case "call_no":
            return concern_rules.decline(citizen, situation)
        case "export":
            return Decision(citizen, replies=(Reply(ReplyKind.DATA_LINK),))
        case "erase":
            return privacy_rules.erase(town, citizen, message, situation)
    return Decision(citizen, replies=(Reply(ReplyKind.GREETING, all_of(town)),))


def _spoken(
    town: Town, citizen: Citizen, message: IncomingMessage, situation: Situation, words: Understood
) -> Decision:
    if name := _told_name(town, citizen, message, words):
        return consent_rules.named(town, citizen, name)
    match words.meaning:
        case Meaning.EMERGENCY:
            return concern_rules.emergency(citizen, message)
        case Meaning.STOP if words.topics:
            return consent_rules.leave_topics(town, citizen, message, words.topics)
        case Meaning.STOP:
            return consent_rules.leave(town, citizen, message, words.offers)
        case Meaning.CHOOSE:
            return consent_rules.choose(town, citizen, words.offers)
        case Meaning.YES if citizen.dialogue == ASKING_CONSENT:
            return consent_rules.consent(town, citizen, message, offers_in(citizen))
        case Meaning.NO if citizen.dialogue in (ASKING_CONSENT, ASKING_NAME, ASKING_DISTRICT):
            return Decision(calm(citizen), replies=(Reply(ReplyKind.NOT_NOW),))
        case Meaning.GREETING:
            return Decision(calm(citizen), replies=(Reply(ReplyKind.GREETING, all_of(town)),))
        case Meaning.PRIVACY | Meaning.IMPRINT | Meaning.HELP:
            return Decision(citizen, replies=(Reply(ReplyKind(words.meaning.value), all_of(town)),))
        case Meaning.MY_DATA:
            return Decision(citizen, replies=(Reply(ReplyKind.MY_DATA),))
        case Meaning.ERASE:
            return privacy_rules.ask_to_erase(citizen, situation)
        case Meaning.LANGUAGE:
            return profile_rules.speak(citizen, words.language)
        case Meaning.TOPICS if town.topics:
            return consent_rules.take_topics(town, citizen, words.topics)
        case Meaning.DISTRICT if town.districts:
            return profile_rules.live_in(town, citizen, words.district)
        case Meaning.CASE_STATUS:
            return concern_rules.states(citizen, situation, words.case_number)
        case Meaning.THANKS if not situation.is_new:
            return Decision(citizen, replies=(Reply(ReplyKind.THANKS),))
        case Meaning.THANKS:
            return Decision(citizen, replies=(Reply(ReplyKind.GREETING, all_of(town)),))
        case Meaning.YES | Meaning.NO if Offer.REPORTS in town.offers_of():
            return concern_rules.said_yes_or_no(town, citizen, message, situation)
    if citizen.dialogue == ASKING_DISTRICT and message.kind == "location":
        return profile_rules.live_at(town, citizen, message)
    return concern_rules.concern(town, citizen, message, situation)


def _told_name(town: Town, citizen: Citizen, message: IncomingMessage, words: Understood) -> str:
    """The name in a registration, or in the answer to our question; whatever else they say is heard as what it is."""
    if message.kind != "text" or not town.name_required_for:
        return ""
    if citizen.dialogue == ASKING_NAME and words.meaning in (Meaning.OTHER, Meaning.THANKS):
        return said_name(message.text) or message.text
    return registration(message.text) if not citizen.name else ""
