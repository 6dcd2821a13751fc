"""What follows from one message of a citizen: a pure decision, from what was said, who said it, and what is known.

The rules stand beside it, by what they are about. The message's own time is the only clock.
"""

from dataclasses import dataclass, replace

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.contests.contest import SPOKEN
from stadtdraht.domain.contests.contest_words import takes_back
from stadtdraht.domain.conversation import Flag, add_message
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.inbound import (
    case_rules,
    concern_rules,
    consent_rules,
    consultation_rules,
    name_rules,
    need_rules,
    privacy_rules,
    profile_rules,
    question_rules,
    withdrawal_rules,
)
from stadtdraht.domain.inbound.consent_rules import all_of
from stadtdraht.domain.inbound.passed_on.forwarded_alert import Verdict
from stadtdraht.domain.inbound.presses import PRESSES, press
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding.ears import Ears
from stadtdraht.domain.understanding.reading import Command, Kind, Need, Reading, Social

NOTHING_SAID = Reading()
MARKETING_OFF = "marketing_messages:stop"  # Meta, user_preferences, 2026-09
SILENT = frozenset({"pin", "keep_in_chat", "reaction", "poll_update"})  # gestures that reach us as `unsupported`
GESTURES = frozenset({"reaction", "system", "sticker"})  # kept; nobody waits for words about them
GERMAN = "de"


@dataclass(frozen=True, slots=True)
class UserInput:
    """What a message says: a pressed button by its id ("lang:tr" is action "lang", named "tr"), or words."""

    action: str = ""
    argument: str = ""
    reading: Reading = NOTHING_SAID


def read_input(town: Town, citizen: Citizen, message: IncomingMessage, ears: Ears) -> UserInput:
    """A press says exactly what it means; words are read, with the question that they may answer."""
    action, _, argument = message.choice.partition(":")
    if action in PRESSES:
        return UserInput(action, argument)
    if message.kind == "request_welcome":
        return UserInput(reading=Reading(social=Social.GREETING))
    question = citizen.dialogue.asks(message.at)
    asked = question.asked.value if question and _may_answer(message, question) else ""
    takes = tuple(offer for offer in Offer if citizen.takes(offer))
    known = (
        replace(town, name_required_for=()) if citizen.name and asked != Asked.NAME else town
    )  # who signs is no news
    readings = [
        ears.read(said, known, asked=asked, takes=takes) for said in (message.text, message.choice) if said.strip()
    ]
    reading = next((it for it in readings if not _says_nothing_known(it)), (*readings, Reading())[0])
    if message.forwarded or message.often_forwarded:  # somebody else's words
        need = Need.UNSURE if reading.need.is_sure and not message.often_forwarded else Need.NONE
        reading = replace(reading, need=need, leaving=None, joins=(), command=None, name="", answer=None)
    if message.kind == "interactive" and not message.choice and not reading.is_concern:  # a form that was filled in
        reading = replace(reading, kind=Kind.HINT, social=Social.NONE)
    return UserInput(reading=reading)


def _may_answer(message: IncomingMessage, question: Question) -> bool:
    """Whether its words may be a yes or no: which entry somebody means is neither, and the words under one more photo
    are about the photo.
    """
    if question.asked is Asked.CALL_TERMS:
        return message.kind in SPOKEN
    return question.asked is not Asked.CALL_WITHDRAW


def decide(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, said: UserInput
) -> Decision:
    """What follows. `citizen` is as stored, or as just met when `context.is_new`."""
    if message.kind == "preference":  # opens no service window
        return _switched(town, citizen, message)
    citizen = replace(citizen, last_inbound_at=max(message.at, citizen.last_inbound_at or message.at))
    if message.kind == "revoke":
        return privacy_rules.forget_revoked(citizen, context)
    if message.kind == "edit":
        return _edited(town, citizen, message, context, said.reading)
    if message.kind == "unsupported" and message.enclosed in SILENT:
        return Decision(citizen)
    if message.kind == "unsupported" and message.enclosed == "edit":
        return Decision(citizen, replies=(Reply(ReplyKind.EDIT_LOST),))
    if message.kind in GESTURES and not (message.kind == "sticker" and context.is_new):
        return Decision(citizen)
    if context.warning and not said.action:  # before its words are taken for the person's own need
        return _told_whether_real(citizen, context.warning)
    if said.action:
        return press(town, citizen, message, context, said.action, said.argument)
    done = _spoken(town, citizen, message, context, said.reading)
    return consultation_rules.joined(done, citizen, message, context)


def _says_nothing_known(reading: Reading) -> bool:
    return reading.meaning == "other" or reading.meaning in list(Kind)


def _edited(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision:
    """The new words hold: a STOP in them is one, and staff see a concern corrected. Whatever else it is stays said."""
    leaves = reading.leaving is not None and reading.leaving.is_sure
    if reading.need.is_sure or leaves or reading.command is Command.ERASE:  # what nobody may miss, also in an edit
        return _spoken(town, citizen, message, context, reading)
    if message.text.strip() and (reading.is_concern or reading.meaning == "other"):
        return case_rules.correct(town, citizen, message, context.case)
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


def _spoken(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision:
    """Each thing that they say, one after the other; then whatever is left of it, as a concern."""
    citizen, is_switched = _speaking(citizen, context, reading)
    if reading.need.is_sure:
        return need_rules.answer_need(town, citizen, message, reading)
    renamed = name_rules.put_right(town, citizen, message)
    if renamed:
        reading = name_rules.left_of(reading, message)
    if reading.abuse:
        citizen = replace(citizen, conversation=add_message(citizen.conversation, message.at, Flag.ABUSE))
    question = citizen.dialogue.asks(message.at)
    if reading.command is Command.OPENING_HOURS and not town.office_hours:  # then somebody has to say
        reading = replace(reading, command=None, kind=Kind.QUESTION if reading.kind is Kind.NONE else reading.kind)
    done, has_acted = Decision(citizen), False
    if renamed:
        done, has_acted, question = renamed, True, None
    is_refusal = reading.answer is False and reading.leaving is not None and reading.leaving.is_sure
    if not is_refusal and (answered := question_rules.answer_question(town, citizen, message, context, reading)):
        done, has_acted = done.and_then(answered), True
        reading = question_rules.left_of(reading, question)
    is_declined = any(reply.kind is ReplyKind.CONTEST_DECLINED for reply in done.replies)
    if not is_declined and (taken := withdrawal_rules.take_back(done.after, message, context, reading)):
        done, has_acted = done.and_then(taken), True
        reading = withdrawal_rules.left_of(reading, message)
    elif is_declined and takes_back(message.text):
        reading = withdrawal_rules.left_of(reading, message)
    for rule in (_advise, _leave, _take_name, _join, _follow_command):
        if more := rule(town, done.after, message, context, reading):
            done, has_acted = done.and_then(more), True
        if reading.leaving and not reading.leaving.is_sure and rule is _leave:  # staff have it, whatever else it is
            return _ended(town, done, reading, is_switched=is_switched)
    asks_of_danger = reading.about_danger and context.live_alert is not None
    if reading.is_concern or asks_of_danger or reading.sensitive or not has_acted:
        now = replace(context, case=done.case.after) if done.case else context
        done = done.and_then(concern_rules.handle_concern(town, done.after, message, now, reading))
    if question and not reading.leaving and done.after.dialogue.question == question:
        done = _asked_again(done, message, context, reading)
    return _ended(town, done, reading, is_switched=is_switched)


def _speaking(citizen: Citizen, context: MessageContext, reading: Reading) -> tuple[Citizen, bool]:
    """Who has chosen no language yet and unmistakably writes in one is answered in it. Also: whether that is new."""
    is_known = reading.speaks in KNOWN_LANGUAGES and citizen.language == GERMAN != reading.speaks
    if not is_known or not (context.is_new or reading.need.is_sure):
        return citizen, False
    return replace(citizen, language=reading.speaks), True


def _advise(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision | None:
    """A doctor, not an ambulance: where to call, and the concern is taken all the same."""
    del town, context
    if reading.need is not Need.MEDICAL_ADVICE:
        return None
    waits = (
        citizen if reading.is_concern else replace(citizen, conversation=add_message(citizen.conversation, message.at))
    )
    return Decision(waits, replies=(Reply(ReplyKind.MEDICAL_ADVICE),))


def _leave(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision | None:
    del context
    if not (leaving := reading.leaving):
        return None
    if not leaving.is_sure:
        return consent_rules.ask_to_leave(citizen, message, leaving)
    return consent_rules.leave(town, citizen, message, leaving)


def _take_name(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision | None:
    """One that we do not know, or that was wrong; a known name is put right by `name_rules` alone."""
    del context
    question = citizen.dialogue.asks(message.at)
    is_asked = question is not None and question.asked is Asked.NAME
    if not reading.name or not town.name_required_for or (citizen.name and not is_asked):
        return None
    if citizen.name:
        return name_rules.set_anew(citizen, reading.name)
    return consent_rules.set_name(town, citizen, message, reading.name)


def _join(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision | None:
    del context
    return consent_rules.choose_offers(town, citizen, message, reading.joins) if reading.joins else None


def _follow_command(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision | None:
    match reading.command:
        case Command.PRIVACY | Command.IMPRINT | Command.HELP | Command.HOW_TO_LEAVE | Command.OPENING_HOURS:
            return Decision(citizen, replies=(Reply(ReplyKind(reading.command.value), all_of(town)),))
        case Command.MY_DATA:
            return privacy_rules.show_data(citizen, message)
        case Command.ERASE:
            return privacy_rules.ask_to_erase(citizen, message, context)
        case Command.STATUS if arrived := withdrawal_rules.tell_arrival(citizen, context, message, reading):
            return arrived
        case Command.STATUS:
            return case_rules.tell_states(town, citizen, message, context, reading.case_number)
        case Command.HUMAN:
            return concern_rules.pass_to_staff(town, citizen, message)
    if reading.command is Command.LANGUAGE or reading.language:
        return profile_rules.set_language(citizen, reading.language)
    if town.topics and (reading.command is Command.TOPICS or (reading.topics and not reading.leaving)):
        return consent_rules.take_topics(town, citizen, message, reading.topics)
    if town.districts and (reading.command is Command.DISTRICT or reading.district):
        return profile_rules.set_district(town, citizen, message, reading.district)
    question = citizen.dialogue.asks(message.at)
    if message.kind == "location" and question and question.asked is Asked.DISTRICT:
        return profile_rules.set_district_by_pin(town, citizen, message)
    return None


def _asked_again(done: Decision, message: IncomingMessage, context: MessageContext, reading: Reading) -> Decision:
    """What stands open is asked again, once, after what came between was answered."""
    question = done.after.dialogue.question
    is_chain = bool(done.same_text) and not done.replies
    if any(reply.kind is ReplyKind.DISTRICT_UNKNOWN for reply in done.replies):  # which asks already
        return done
    is_for_name = question is not None and question.asked is Asked.NAME and bool(message.text)
    if question is None or is_chain or not (done.replies or is_for_name or _says_nothing(reading, message)):
        return done
    again = question_rules.repeated(context, question)
    return done.and_then(Decision(done.after, replies=(again,))) if again else done


def _says_nothing(reading: Reading, message: IncomingMessage) -> bool:
    return bool(message.text) and reading.meaning == "other"


def _ended(town: Town, done: Decision, reading: Reading, *, is_switched: bool) -> Decision:
    """As it goes out: in need's doubt whom to call comes first, in a new language how to change it."""
    kinds = {reply.kind for reply in done.replies}
    if ReplyKind.CASE_REOPENED in kinds:  # which says more than that we are sorry
        done = replace(done, replies=tuple(it for it in done.replies if it.kind is not ReplyKind.CASE_RATED_LOW))
    if is_switched and done.replies:
        done = replace(done, replies=(replace(done.replies[0], tells_languages=True), *done.replies[1:]))
    is_chain = bool(done.same_text) and not done.replies  # which nobody answers
    return need_rules.led_by_maybe(town, done) if reading.need is Need.UNSURE and not is_chain else done
