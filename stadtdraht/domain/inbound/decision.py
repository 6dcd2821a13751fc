"""What follows from one message of a citizen: a pure decision, from what was said, who said it, and what is known.

The rules stand beside it: consent_rules, profile_rules, privacy_rules, concern_rules. The message's own
time is the only clock.
"""

from dataclasses import dataclass, replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.inbound import concern_rules, consent_rules, privacy_rules, profile_rules
from stadtdraht.domain.inbound.consent_rules import ASKING_CONSENT, ASKING_NAME, all_of, end_dialogue, offers_in
from stadtdraht.domain.inbound.forwarded_alert import Verdict
from stadtdraht.domain.inbound.profile_rules import ASKING_DISTRICT
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.inbound.understanding import Meaning, Understood, registration, said_name, understand
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town

MARKETING_OFF = "marketing_messages:stop"  # Meta, user_preferences, 2026-09
SILENT = frozenset({"pin", "keep_in_chat", "reaction", "poll_update"})  # gestures that reach us as `unsupported`
AS_TYPED = frozenset({Meaning.STOP, Meaning.ERASE, Meaning.EMERGENCY})  # what nobody may miss, also in an edit
GESTURES = frozenset({"reaction", "system", "sticker"})  # kept; nobody waits for words about them


@dataclass(frozen=True, slots=True)
class UserInput:
    """What a message says: a pressed button by its id ("lang:tr" is action "lang", named "tr"), or words."""

    action: str
    argument: str
    words: Understood


def read_input(town: Town, message: IncomingMessage) -> UserInput:
    """A press says exactly what it means; everything else is read."""
    action, _, argument = message.choice.partition(":")
    if action in _PRESSES:
        return UserInput(action, argument, Understood(Meaning.OTHER))
    if message.kind == "request_welcome":
        return UserInput("", "", Understood(Meaning.GREETING))
    for said in (message.text, message.choice):
        if said and (understood := understand(said, town)).meaning is not Meaning.OTHER:
            return UserInput("", "", understood)
    return UserInput("", "", Understood(Meaning.OTHER))


def decide(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, said: UserInput | None = None
) -> Decision:
    """What follows. `citizen` is as stored, or as just met when `context.is_new`."""
    said = said or read_input(town, message)
    if message.kind == "preference":  # opens no service window
        return _switched(town, citizen, message)
    citizen = replace(citizen, last_inbound_at=max(message.at, citizen.last_inbound_at or message.at))
    if message.kind == "revoke":
        return privacy_rules.forget_revoked(citizen, context)
    if message.kind == "edit":
        return _edited(town, citizen, message, context, said.words)
    if message.kind == "unsupported" and message.enclosed in SILENT:
        return Decision(citizen)
    if message.kind == "unsupported" and message.enclosed == "edit":
        return Decision(citizen, replies=(Reply(ReplyKind.EDIT_LOST),))
    if message.kind in GESTURES and not (message.kind == "sticker" and context.is_new):
        return Decision(citizen)
    if context.warning and not said.action:  # before its words are taken for the person's own need
        return _told_whether_real(citizen, context.warning)
    if said.action:
        return _pressed(town, citizen, message, context, said)
    return _spoken(town, citizen, message, context, said.words)


def _edited(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, words: Understood
) -> Decision:
    """The new words hold: a STOP in them is one, and staff see a concern corrected. Whatever else it is stays said."""
    if words.meaning in AS_TYPED:
        return _spoken(town, citizen, message, context, words)
    if words.meaning is Meaning.OTHER and message.text.strip():
        return concern_rules.correct(town, citizen, message, context.case)
    return Decision(citizen)


def _switched(town: Town, citizen: Citizen, message: IncomingMessage) -> Decision:
    """Meta's own switch for marketing messages: off ends the news, silently; on is no consent of ours."""
    if message.choice != MARKETING_OFF:
        return Decision(citizen)
    return replace(consent_rules.leave_offers(town, citizen, message, (Offer.NEWS,)), replies=())


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


def _pressed(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, said: UserInput
) -> Decision:
    offers = tuple(text.offer for text in town.offers if text.offer in said.argument.split(","))
    match said.action:
        case "offer" if offers:
            return consent_rules.choose_offers(town, citizen, offers)
        case "yes" if offers:
            return consent_rules.confirm_offers(town, citizen, message, offers)
        case "no":
            return Decision(end_dialogue(citizen), replies=(Reply(ReplyKind.NOT_NOW),))
        case "lang":
            return profile_rules.set_language(citizen, said.argument)
        case "topic":
            every = tuple(topic.id for topic in town.topics)
            return consent_rules.take_topics(town, citizen, every if said.argument == "*" else (said.argument,))
        case "district":
            return profile_rules.set_district(town, citizen, said.argument)
        case "kinds" | "kind":
            return concern_rules.change_kind(citizen, context.case, said.argument.partition(":")[2])
        case "rate":
            return concern_rules.rate_case(citizen, context.case, said.argument.partition(":")[2])
        case "forget":
            return privacy_rules.forget(citizen, context)
        case "call_yes":
            return concern_rules.enter_contest(citizen, message, context, said.argument)
        case "call_no":
            return concern_rules.decline_terms(citizen, context)
        case "export":
            return Decision(citizen, replies=(Reply(ReplyKind.DATA_LINK),))
        case "erase":
            return privacy_rules.erase(town, citizen, message, context)
    return Decision(citizen, replies=(Reply(ReplyKind.GREETING, all_of(town)),))


def _spoken(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, words: Understood
) -> Decision:
    if name := _told_name(town, citizen, message, words):
        return consent_rules.set_name(town, citizen, name)
    match words.meaning:
        case Meaning.EMERGENCY:
            return concern_rules.handle_emergency(citizen, message)
        case Meaning.STOP if words.topics:
            return consent_rules.leave_topics(town, citizen, message, words.topics)
        case Meaning.STOP:
            return consent_rules.leave_offers(town, citizen, message, words.offers)
        case Meaning.CHOOSE:
            return consent_rules.choose_offers(town, citizen, words.offers)
        case Meaning.YES if citizen.dialogue == ASKING_CONSENT:
            return consent_rules.confirm_offers(town, citizen, message, offers_in(citizen))
        case Meaning.NO if citizen.dialogue in (ASKING_CONSENT, ASKING_NAME, ASKING_DISTRICT):
            return Decision(end_dialogue(citizen), replies=(Reply(ReplyKind.NOT_NOW),))
        case Meaning.GREETING:
            return Decision(end_dialogue(citizen), replies=(Reply(ReplyKind.GREETING, all_of(town)),))
        case Meaning.PRIVACY | Meaning.IMPRINT | Meaning.HELP:
            return Decision(citizen, replies=(Reply(ReplyKind(words.meaning.value), all_of(town)),))
        case Meaning.MY_DATA:
            return Decision(citizen, replies=(Reply(ReplyKind.MY_DATA),))
        case Meaning.ERASE:
            return privacy_rules.ask_to_erase(citizen, context)
        case Meaning.LANGUAGE:
            return profile_rules.set_language(citizen, words.language)
        case Meaning.TOPICS if town.topics:
            return consent_rules.take_topics(town, citizen, words.topics)
        case Meaning.DISTRICT if town.districts:
            return profile_rules.set_district(town, citizen, words.district)
        case Meaning.CASE_STATUS:
            return concern_rules.tell_states(citizen, context, words.case_number)
        case Meaning.THANKS if not context.is_new:
            return Decision(citizen, replies=(Reply(ReplyKind.THANKS),))
        case Meaning.THANKS:
            return Decision(citizen, replies=(Reply(ReplyKind.GREETING, all_of(town)),))
        case Meaning.YES | Meaning.NO if Offer.REPORTS in town.offers_of():
            return concern_rules.handle_yes_or_no(town, citizen, message, context)
    if citizen.dialogue == ASKING_DISTRICT and message.kind == "location":
        return profile_rules.set_district_by_pin(town, citizen, message)
    return concern_rules.handle_concern(town, citizen, message, context)


def _told_name(town: Town, citizen: Citizen, message: IncomingMessage, words: Understood) -> str:
    """The name in a registration, or in the answer to our question; whatever else they say is heard as what it is."""
    if message.kind != "text" or not town.name_required_for:
        return ""
    if citizen.dialogue == ASKING_NAME and words.meaning in (Meaning.OTHER, Meaning.THANKS):
        return said_name(message.text) or message.text
    return registration(message.text) if not citizen.name else ""
