"""Offers, topics and consent. Consent is a double act: choosing, then confirming in the chat."""

from collections.abc import Sequence
from dataclasses import replace

from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry, OfferConsent
from stadtdraht.domain.conversation import add_message
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.inbound.reply import Decision, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding.reading import Leaving

OF_OFFERS = (Asked.CONSENT, Asked.NAME)


def choose_offers(town: Town, citizen: Citizen, message: IncomingMessage, offers: tuple[Offer, ...]) -> Decision:
    """First act: they said what they want. A name is asked for only where the town does so, and never for warnings."""
    missing = tuple(offer for offer in offers if not citizen.takes(offer))
    if not missing:
        return Decision(close_question(citizen, *OF_OFFERS), replies=(Reply(ReplyKind.HAS_IT, offers),))
    if not citizen.name and any(offer in town.name_required_for for offer in missing):
        return _ask_name(citizen, message, missing)
    return ask_consent(citizen, message, missing)


def ask_consent(citizen: Citizen, message: IncomingMessage, offers: tuple[Offer, ...]) -> Decision:
    asked = Reply(ReplyKind.ASK_CONSENT, offers, name=citizen.name)
    return Decision(ask(citizen, Question(Asked.CONSENT, message.at, offers)), replies=(asked,))


def set_name(town: Town, citizen: Citizen, message: IncomingMessage, name: str) -> Decision:
    """They told their name: what it was asked for, or registers them for, comes next."""
    asked = citizen.dialogue.asks(message.at)
    about = asked.offers if asked and asked.asked in OF_OFFERS else ()
    wanted = about or tuple(text.offer for text in town.offers if text.offer in town.name_required_for)
    missing = tuple(offer for offer in wanted if not citizen.takes(offer))
    known = replace(citizen, name=name)
    return (
        ask_consent(known, message, missing)
        if missing
        else Decision(close_question(known, *OF_OFFERS), replies=(Reply(ReplyKind.HAS_IT, wanted),))
    )


def confirm_offers(town: Town, citizen: Citizen, message: IncomingMessage, offers: tuple[Offer, ...]) -> Decision:
    """Second act: confirmed inside the chat, so the sender is proven to be the owner of the number."""
    offers = tuple(offer for offer in offers if offer in town.offers_of())
    new = tuple(offer for offer in offers if not citizen.takes(offer))
    if not citizen.name and any(offer in town.name_required_for for offer in new):
        return _ask_name(citizen, message, new)
    closed = close_question(citizen, *OF_OFFERS)
    after, entries = ledger(closed, offers, ConsentAct.GRANTED, town, message)
    if not new:
        return Decision(after, entries, (Reply(ReplyKind.HAS_IT, offers or all_of(town)),))
    welcome = tuple(offer for offer in new if after.takes(offer))  # none when they have left since
    return Decision(after, entries, (Reply(ReplyKind.WELCOME, welcome, name=citizen.name),) if welcome else ())


def leave(town: Town, citizen: Citizen, message: IncomingMessage, leaving: Leaving) -> Decision:
    """They are surely meant to leave these offers and topics, or everything."""
    if not leaving.topics:
        return leave_offers(town, citizen, message, leaving.offers)
    left = leave_topics(town, citizen, message, leaving.topics)
    if not leaving.offers:
        return left
    return left.and_then(leave_offers(town, left.after, message, leaving.offers))


def ask_to_leave(citizen: Citizen, message: IncomingMessage, leaving: Leaving) -> Decision:
    """It is not sure that they want to leave: they are asked once, and meanwhile staff have their words."""
    question = Question(Asked.STOP_SURE, message.at, leaving.offers, leaving.topics)
    kept = replace(citizen, conversation=add_message(citizen.conversation, message.at))
    return Decision(ask(kept, question), replies=(Reply(ReplyKind.STOP_ASK, leaving.offers, leaving.topics),))


def confirm_leaving(town: Town, citizen: Citizen, message: IncomingMessage, question: Question) -> Decision:
    """Yes, they want to leave: then nobody has to read what made us ask."""
    citizen = settled(citizen, question)
    return leave(town, citizen, message, Leaving(is_sure=True, offers=question.offers, topics=question.topics))


def leave_offers(town: Town, citizen: Citizen, message: IncomingMessage, offers: tuple[Offer, ...]) -> Decision:
    """Ends at once and without a question; an offer they never had is confirmed as ended too.

    It is put down even then: their yes of before may still be on its way, and must not count when it arrives.
    """
    wanted = offers or tuple(Offer)
    ended = tuple(offer for offer in wanted if citizen.takes(offer) or offer in town.offers_of())
    after, entries = ledger(ask(citizen, None), ended, ConsentAct.WITHDRAWN, town, message)
    return Decision(after, entries, (_goodbye(town, citizen, after, offers, ended),))


def _goodbye(town: Town, before: Citizen, after: Citizen, named: tuple[Offer, ...], ended: tuple[Offer, ...]) -> Reply:
    """What is true afterwards: a leaving that was handled late ends nothing that a later yes began."""
    begun_since = tuple(offer for offer in ended if after.takes(offer))
    if begun_since:
        left = tuple(offer for offer in ended if before.takes(offer) and not after.takes(offer))
        return Reply(ReplyKind.LEFT, left) if left else Reply(ReplyKind.HAS_IT, begun_since)
    unknown = before.takes_nothing_by_one_name
    kept = any(after.takes(offer) for offer in all_of(town))
    if named and kept:
        return Reply(ReplyKind.LEFT, named)
    took_any, takes_any = bool(before.consents), any(consent.granted for consent in before.consents.values())
    kind = ReplyKind.ALREADY_LEFT if took_any and not takes_any else ReplyKind.GOODBYE
    return Reply(kind, by_one_name=unknown)


def take_topics(town: Town, citizen: Citizen, message: IncomingMessage, topics: tuple[str, ...]) -> Decision:
    """News about these topics only; who does not take the news yet is asked for consent first. None named: ask."""
    every = frozenset(topic.id for topic in town.topics)
    named = frozenset(topics) & every
    if not named:
        return Decision(citizen, replies=(Reply(ReplyKind.TOPICS_ASK),))
    wanted = (citizen.topics & every) | named
    after = replace(citizen, topics=frozenset() if wanted == every else wanted)
    if citizen.takes(Offer.NEWS):
        return Decision(after, replies=(Reply(ReplyKind.TOPICS_SET),))
    return choose_offers(town, after, message, (Offer.NEWS,))


def leave_topics(town: Town, citizen: Citizen, message: IncomingMessage, topics: tuple[str, ...]) -> Decision:
    """Without these topics; without any left, the news end."""
    every = frozenset(topic.id for topic in town.topics)
    left = (citizen.topics & every if citizen.topics else every) - frozenset(topics)
    if not left or not citizen.takes(Offer.NEWS):
        return leave_offers(town, replace(citizen, topics=frozenset()), message, (Offer.NEWS,))
    return Decision(replace(citizen, topics=left), replies=(Reply(ReplyKind.TOPICS_SET),))


def ledger(
    citizen: Citizen, offers: Sequence[Offer], act: ConsentAct, town: Town, message: IncomingMessage
) -> tuple[Citizen, tuple[ConsentEntry, ...]]:
    """The citizen and the new lines. A message of kind "preference" is Meta's own switch for marketing messages."""
    how = "user_preferences" if message.kind == "preference" else "button" if message.choice else "text"
    shown_by = message.proof or message.wamid
    entries = tuple(ConsentEntry(o, act, message.at, town.wording_version, how, shown_by) for o in offers)
    # The latest act by its own time decides: a STOP that was processed late does not undo a later yes.
    said = OfferConsent(act is ConsentAct.GRANTED, message.at)
    now = {offer: current.followed_by(said) if (current := citizen.consents.get(offer)) else said for offer in offers}
    return replace(citizen, consents={**citizen.consents, **now}), entries


def all_of(town: Town) -> tuple[Offer, ...]:
    return tuple(text.offer for text in town.offers)


def ask(citizen: Citizen, question: Question | None) -> Citizen:
    """A question stands open now, in place of whatever did; None: none does."""
    return replace(citizen, dialogue=citizen.dialogue.asking(question))


def settled(citizen: Citizen, question: Question) -> Citizen:
    """Nobody waits any more on account of the message that made us ask."""
    talk = citizen.conversation
    if not talk or not talk.waiting_since == talk.last_at == question.at:
        return citizen
    return replace(citizen, conversation=replace(talk, waiting_since=None))


def close_question(citizen: Citizen, *kinds: Asked) -> Citizen:
    """No question of these kinds is open any more."""
    question = citizen.dialogue.question
    return ask(citizen, None) if question and question.asked in kinds else citizen


def _ask_name(citizen: Citizen, message: IncomingMessage, offers: tuple[Offer, ...]) -> Decision:
    return Decision(
        ask(citizen, Question(Asked.NAME, message.at, offers)), replies=(Reply(ReplyKind.ASK_NAME, offers),)
    )
