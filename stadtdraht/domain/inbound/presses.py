"""Buttons and rows of lists: each says exactly what it means, whenever it is pressed."""

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.dialogue import Asked
from stadtdraht.domain.inbound import (
    case_rules,
    consent_rules,
    contest_rules,
    privacy_rules,
    profile_rules,
    question_rules,
    withdrawal_rules,
)
from stadtdraht.domain.inbound.consent_rules import all_of
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding.reading import Leaving

PRESSES = frozenset(
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
        "call_out",
        "export",
        "erase",
        "stop_yes",
    ]
)


def press(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, action: str, argument: str
) -> Decision:
    """What a pressed button does: "lang:tr" is action "lang" with argument "tr"."""
    offers = _offers_in(town, argument)
    match action:
        case "offer" if offers:
            return consent_rules.choose_offers(town, citizen, message, offers)
        case "yes" if offers:
            return consent_rules.confirm_offers(town, citizen, message, offers)
        case "no":
            return question_rules.press_no(citizen, message, context, argument)
        case "stop_yes":
            return _pressed_stop(town, citizen, message, argument)
        case "lang":
            return profile_rules.set_language(citizen, argument)
        case "topic":
            every = tuple(topic.id for topic in town.topics)
            chosen = every if argument == "*" else (argument,)
            return consent_rules.take_topics(town, citizen, message, chosen)
        case "district":
            return profile_rules.set_district(town, citizen, message, argument)
        case "kinds" | "kind":
            return case_rules.change_kind(citizen, context.case, argument.partition(":")[2])
        case "rate":
            return case_rules.rate_case(citizen, context.case, argument.partition(":")[2])
        case "forget":
            return privacy_rules.forget(citizen, context)
        case "call_yes":
            return contest_rules.enter_contest(citizen, message, context, argument)
        case "call_no":
            return contest_rules.decline_terms(citizen, context)
        case "call_out":
            return withdrawal_rules.press_entry(citizen, message, context, argument)
        case "export":
            return privacy_rules.give_file(citizen)
        case "erase":
            return privacy_rules.erase(town, citizen, message, context)
    return Decision(citizen, replies=(Reply(ReplyKind.GREETING, all_of(town)),))


def _offers_in(town: Town, argument: str) -> tuple[Offer, ...]:
    return tuple(text.offer for text in town.offers if text.offer in argument.split(","))


def _pressed_stop(town: Town, citizen: Citizen, message: IncomingMessage, argument: str) -> Decision:
    """The argument names offers, behind a colon topics: "news,chat", "news:events,waste"; none of them means all."""
    offers, _, topics = argument.partition(":")
    named = tuple(topic for topic in topics.split(",") if topic)
    question = citizen.dialogue.question
    if question and question.asked is Asked.STOP_SURE:
        citizen = consent_rules.settled(citizen, question)
    return consent_rules.leave(
        town, citizen, message, Leaving(is_sure=True, offers=_offers_in(town, offers), topics=named)
    )
