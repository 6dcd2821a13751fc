"""A concern: whatever somebody wants from the town. It becomes an entry, a report, or a conversation."""

from dataclasses import replace
from datetime import timedelta

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Flag, add_chain_message, add_message
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.identifiers import keyed_hash
from stadtdraht.domain.inbound import case_rules, contest_rules, profile_rules
from stadtdraht.domain.inbound.consent_rules import all_of, ask
from stadtdraht.domain.inbound.passed_on import chain_messages
from stadtdraht.domain.inbound.reply import Decision, MessageContext, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.opening import is_open, next_opening
from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Mode, Offer, Town
from stadtdraht.domain.understanding.reading import Kind, Need, Reading, Social

ACKNOWLEDGED_ONCE_IN = timedelta(hours=12)  # several texts in a row get one acknowledgement
SAME_COURTESY_ONCE_IN = timedelta(minutes=30)  # the same text again, where people are not asked to write
READABLE = frozenset({"text", "image", "video", "audio", "document", "location", "contacts", "interactive", "button"})
WITHOUT_WORDS = frozenset({"image", "video", "audio", "document", "location", "contacts"})  # say something all the same
SAYS_A_MATTER = frozenset({Kind.HINT, Kind.QUESTION, Kind.IDEA, Kind.SUGGESTION})  # however rudely
MORE_THAN_HELLO = 4  # words; a mere "Guten Tag" comes before what a photo shows
SAME_TEXT_DIGITS = 16


def handle_concern(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision:
    """What follows from a message, or from the part of it, that is no command."""
    if context.live_alert and reading.about_danger:
        return _told_state(citizen, message, context, reading)
    if entered := contest_rules.enter(town, citizen, message, context, reading):
        return entered
    if _is_chain(message, context, reading):
        after = replace(citizen, conversation=add_chain_message(citizen.conversation, message.at))
        return Decision(after, same_text=chain_messages.sameness(message.text))
    if message.kind == "call":
        return Decision(citizen, replies=(Reply(ReplyKind.NO_CALLS),))
    is_readable = message.kind in READABLE and (message.kind == "text" or not message.is_empty)
    if not is_readable and not reading.social:
        kind = ReplyKind.GREETING if context.is_new else ReplyKind.NOT_READABLE
        return Decision(citizen, replies=(Reply(kind, all_of(town)),))
    handled = _taken(town, citizen, message, context, reading)
    handled = _with_state(handled, context, reading)
    return handled.and_then(_warned(handled.after, message)) if reading.sensitive else handled


def leave_to_staff(town: Town, citizen: Citizen, message: IncomingMessage) -> Decision:
    """What follows when the rules cannot say: a person reads it, and whoever wrote is told that it has arrived."""
    after = replace(
        citizen,
        conversation=add_message(citizen.conversation, message.at),
        last_inbound_at=max(message.at, citizen.last_inbound_at or message.at),
    )
    return Decision(after, replies=(Reply(ReplyKind.COURTESY if town.mode is Mode.ONE_WAY else ReplyKind.RECEIVED),))


def pass_to_staff(town: Town, citizen: Citizen, message: IncomingMessage) -> Decision:
    """They want to speak to a person: how to, and where somebody reads, somebody does."""
    after = citizen
    if town.mode is not Mode.ONE_WAY:
        after = replace(citizen, conversation=add_message(citizen.conversation, message.at))
    return Decision(after, replies=(Reply(ReplyKind.HUMAN),))


def _taken(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision:
    if reading.abuse and reading.kind not in SAYS_A_MATTER:  # flagged already
        return Decision(citizen, replies=(Reply(ReplyKind.NOTED),))
    takes_reports = Offer.REPORTS in town.offers_of()
    is_kind_word = reading.social in (Social.THANKS, Social.WISH) or (
        reading.social is Social.GREETING and len(message.text.split()) >= MORE_THAN_HELLO
    )  # also under a photo
    if not reading.is_concern and (is_kind_word or message.kind not in WITHOUT_WORDS):
        if takes_reports and case_rules.goes_on(citizen, message, context, reading) and not reading.social:
            return case_rules.report(town, citizen, message, context, reading)
        if reading.need in (Need.UNSURE, Need.MEDICAL_ADVICE):
            return _talked(town, citizen, message, context)
        return _small_talk(town, citizen, message, context, reading)
    if takes_reports:
        return case_rules.report(town, citizen, message, context, reading)
    return _talked(town, citizen, message, context)


def _small_talk(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision:
    """Nobody has to work on it: a kind word, and never a number."""
    if reading.sensitive:  # a number and nothing else: what there is to say follows
        return Decision(citizen)
    if reading.social is Social.WISH:
        return Decision(citizen, replies=(Reply(ReplyKind.WISH),))
    if reading.social is Social.THANKS and not context.is_new:
        return Decision(citizen, replies=(Reply(ReplyKind.THANKS),))
    question = citizen.dialogue.asks(message.at)
    if question and reading.social is Social.NONE:  # which is asked again
        is_of_place = question.asked is Asked.DISTRICT and message.text
        return profile_rules.unknown_place(citizen) if is_of_place else Decision(citizen)
    if reading.answer is not None:
        return _answered_nothing(town, citizen, message, context, reading)
    if reading.social is Social.NONE and _is_in_talk(citizen, message):
        return Decision(replace(citizen, conversation=add_message(citizen.conversation, message.at)))
    return Decision(citizen, replies=(Reply(ReplyKind.GREETING, all_of(town)),))


def _is_in_talk(citizen: Citizen, message: IncomingMessage) -> bool:
    """Whether somebody is about to read what they write, so that a word or two belongs to it; a sign says nothing."""
    talk = citizen.conversation
    return talk is not None and talk.waiting_since is not None and any(sign.isalnum() for sign in message.text)


def _answered_nothing(
    town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading
) -> Decision:
    """A yes or no that we did not ask for is no report: it answers staff, about a case or in conversation."""
    if Offer.REPORTS in town.offers_of() and (answered := case_rules.answer_staff(town, citizen, message, context)):
        return answered
    talk = citizen.conversation
    if talk and not talk.is_over(message.at):
        return Decision(replace(citizen, conversation=add_message(talk, message.at)))
    if all(citizen.takes(offer) for offer in all_of(town)):
        return Decision(citizen)
    if reading.answer is False and not context.is_new:
        return Decision(citizen, replies=(Reply(ReplyKind.NOT_NOW),))
    return Decision(citizen, replies=(Reply(ReplyKind.GREETING, all_of(town)),))


def _is_chain(message: IncomingMessage, context: MessageContext, reading: Reading) -> bool:
    return chain_messages.is_chain(
        message.text,
        forwarded=message.forwarded,
        often_forwarded=message.often_forwarded,
        same_text_senders=context.same_text_senders,
        likely=reading.chain_odds,
    )


def _told_state(citizen: Citizen, message: IncomingMessage, context: MessageContext, reading: Reading) -> Decision:
    """They ask about the danger that the town warns of: how it stands, and where it is said."""
    alert = context.live_alert
    assert alert
    after = replace(citizen, dialogue=replace(citizen.dialogue, told_alert=alert.alert_id))
    if reading.is_concern:
        after = replace(after, conversation=add_message(after.conversation, message.at))
    return Decision(after, replies=(Reply(ReplyKind.ALERT_STATE, alert=alert, at=alert.expires_at),))


def _with_state(handled: Decision, context: MessageContext, reading: Reading) -> Decision:
    """While the town warns, the first answer to any question begins with it; once for each alert."""
    alert = context.live_alert
    if alert is None or reading.kind is not Kind.QUESTION or handled.after.dialogue.told_alert == alert.alert_id:
        return handled
    state = Reply(ReplyKind.ALERT_STATE, alert=alert, at=alert.expires_at)
    after = replace(handled.after, dialogue=replace(handled.after.dialogue, told_alert=alert.alert_id))
    return replace(handled, after=after, replies=(state, *handled.replies))


def _warned(citizen: Citizen, message: IncomingMessage) -> Decision:
    """What should not travel by WhatsApp has arrived: say so, offer to delete it, and let a person look."""
    after = replace(citizen, conversation=add_message(citizen.conversation, message.at, Flag.SENSITIVE))
    question = citizen.dialogue.asks(message.at)
    if question is None or question.asked is not Asked.ERASE:  # which would delete this message, too
        after = ask(after, Question(Asked.FORGET, message.at, about=message.wamid))
    return Decision(after, replies=(Reply(ReplyKind.SENSITIVE, forget=message.wamid),))


def _talked(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """It waits for a person."""
    compared = chain_messages.sameness(message.text)
    waiting = replace(citizen, conversation=add_message(citizen.conversation, message.at))
    told = _courteous if town.mode is Mode.ONE_WAY else _received
    return replace(told(town, waiting, message, context), same_text=compared)


def _received(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """Said once, with the next opening where nobody reads now."""
    conversation = citizen.conversation
    is_closed = not is_open(town, message.at)
    if is_closed and conversation and conversation.noted_at is None:
        noted = replace(citizen, conversation=replace(conversation, noted_at=message.at))
        replies = [Reply(ReplyKind.OUT_OF_HOURS, at=next_opening(town, message.at))]
        if context.is_new:
            replies.append(Reply(ReplyKind.OFFERS_TOO, all_of(town)))
        return Decision(_acknowledged(noted, message), replies=tuple(replies))
    if context.is_new:
        replies = [Reply(ReplyKind.GREETING_RECEIVED, all_of(town))]
        return Decision(_acknowledged(citizen, message), replies=tuple(replies))
    since = citizen.dialogue.acknowledged_at
    if is_closed or (since and message.at < since + ACKNOWLEDGED_ONCE_IN):
        return Decision(citizen)
    return Decision(_acknowledged(citizen, message), replies=(Reply(ReplyKind.RECEIVED),))


def _courteous(town: Town, citizen: Citizen, message: IncomingMessage, context: MessageContext) -> Decision:
    """Where to ask instead: for every other question again, for the same one once."""
    said = keyed_hash(context.pepper, f"{message.kind}\n{plain(message.text)}", SAME_TEXT_DIGITS)
    dialogue = citizen.dialogue
    since = dialogue.acknowledged_at
    if said == dialogue.courtesy_for and since and message.at < since + SAME_COURTESY_ONCE_IN:
        return Decision(citizen)
    after = _acknowledged(replace(citizen, dialogue=replace(dialogue, courtesy_for=said)), message)
    kind = ReplyKind.COURTESY_OFFERS if context.is_new else ReplyKind.COURTESY
    return Decision(after, replies=(Reply(kind, all_of(town)),))


def _acknowledged(citizen: Citizen, message: IncomingMessage) -> Citizen:
    return replace(citizen, dialogue=replace(citizen.dialogue, acknowledged_at=message.at))
