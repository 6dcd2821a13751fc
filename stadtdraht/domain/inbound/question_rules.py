"""The question that stands open: a typed word answers it as its button does; what comes between leaves it open."""

from dataclasses import replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.inbound import case_rules, consent_rules, contest_rules, privacy_rules
from stadtdraht.domain.inbound.consent_rules import ask, close_question
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Town
from stadtdraht.domain.understanding.reading import Kind, Reading

SATISFIED, NOT_SATISFIED = 3, 1


def answer_question(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision | None:
    """What an answer to the open question does; None where the message is none."""
    question = citizen.dialogue.asks(message.at)
    if question is None:
        return None
    if question.asked is Asked.RATE:
        stars = reading.rating or {True: SATISFIED, False: NOT_SATISFIED, None: 0}[reading.answer]
        return case_rules.rate_case(citizen, context.case, str(stars)) if stars else None
    if reading.answer is None:
        return None
    return _yes(town, citizen, message, context, question) if reading.answer else say_no(citizen, context, question)


def left_of(reading: Reading, question: Question | None) -> Reading:
    """What a message says beside its answer: the words of the answer ask for nothing more."""
    if question is None:
        return reading
    match question.asked:
        case Asked.CONSENT:
            return replace(reading, joins=tuple(offer for offer in reading.joins if offer not in question.offers))
        case Asked.STOP_SURE:
            return replace(reading, leaving=None, joins=())
        case Asked.ERASE | Asked.FORGET | Asked.EXPORT:
            return replace(reading, leaving=None, command=None)
        case Asked.RATE if reading.kind is Kind.PRAISE:
            return replace(reading, kind=Kind.NONE)
    return reading


def say_no(citizen: Citizen, context: MessageContext, question: Question) -> Decision:
    """Everything stays as it was. Whoever was asked about a message hears that it is kept."""
    kind = {Asked.FORGET: ReplyKind.KEPT, Asked.STOP_SURE: ReplyKind.STAYS}.get(question.asked, ReplyKind.NOT_NOW)
    if question.asked is Asked.CALL_TERMS:
        return contest_rules.decline_terms(citizen, context)
    return Decision(ask(citizen, None), replies=(Reply(kind),))


def press_no(citizen: Citizen, message: IncomingMessage, context: MessageContext, asked: str) -> Decision:
    """A button that says no to a question of this kind, which may be open no longer."""
    kind = Asked(asked) if asked in list(Asked) else Asked.CONSENT
    said = say_no(citizen, context, Question(kind, message.at))
    return replace(said, after=close_question(citizen, kind))


def _yes(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, question: Question
) -> Decision | None:
    match question.asked:
        case Asked.CONSENT:
            return consent_rules.confirm_offers(town, citizen, message, question.offers)
        case Asked.ERASE:
            return privacy_rules.erase(town, citizen, message, context)
        case Asked.FORGET:
            return privacy_rules.forget(citizen, context)
        case Asked.CALL_TERMS:
            return contest_rules.enter_contest(citizen, message, context, question.about)
        case Asked.STOP_SURE:
            return consent_rules.confirm_leaving(town, citizen, message, question)
        case Asked.EXPORT:
            return privacy_rules.give_file(citizen)
    return None  # a yes is no name and no district


def repeated(context: MessageContext, question: Question) -> Reply | None:
    """The question once more; None where it can be asked no longer."""
    match question.asked:
        case Asked.CONSENT:
            return Reply(ReplyKind.ASK_CONSENT, question.offers)
        case Asked.NAME:
            return Reply(ReplyKind.ASK_NAME_AGAIN if question.offers else ReplyKind.NAME_WRONG, question.offers)
        case Asked.DISTRICT:
            return Reply(ReplyKind.DISTRICT_ASK)
        case Asked.ERASE:
            held = question.about == privacy_rules.HELD
            return Reply(ReplyKind.ERASE_ASK_HELD if held else ReplyKind.ERASE_ASK)
        case Asked.FORGET:
            return Reply(ReplyKind.FORGET_ASK, forget=question.about)
        case Asked.CALL_TERMS if context.contest and context.contest.id == question.about:
            return Reply(ReplyKind.CONTEST_TERMS, contest=context.contest)
        case Asked.CALL_WITHDRAW if (
            context.contest and context.contest.id == question.about and context.contest_entries
        ):
            return Reply(ReplyKind.CONTEST_WHICH, contest=context.contest, entries=context.contest_entries)
        case Asked.RATE if context.case and context.case.number == question.about and not context.case.rating:
            return Reply(ReplyKind.CASE_RATE, case=context.case)
        case Asked.STOP_SURE:
            return Reply(ReplyKind.STOP_ASK, question.offers, question.topics)
        case Asked.EXPORT:
            return Reply(ReplyKind.EXPORT_ASK)
    return None
