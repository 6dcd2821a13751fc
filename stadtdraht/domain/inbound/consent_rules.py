"""Offers, topics and consent. Consent is a double act: choosing, then confirming in the chat."""

from collections.abc import Sequence
from dataclasses import replace

from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry, OfferConsent
from stadtdraht.domain.inbound.reply import Decision, Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town

ASKING_NAME, ASKING_CONSENT = "name", "consent"
NAME_CHARACTERS = range(2, 61)


def choose_offers(town: Town, citizen: Citizen, offers: tuple[Offer, ...]) -> Decision:
    """First act: they said what they want. A name is asked for only where the town does so, and never for warnings."""
    missing = tuple(offer for offer in offers if not citizen.takes(offer))
    if not missing:
        return Decision(end_dialogue(citizen), replies=(Reply(ReplyKind.HAS_IT, offers),))
    if not citizen.name and any(offer in town.name_required_for for offer in missing):
        return Decision(_asking(citizen, ASKING_NAME, missing), replies=(Reply(ReplyKind.ASK_NAME, missing),))
    return ask_consent(citizen, missing)


def ask_consent(citizen: Citizen, offers: tuple[Offer, ...]) -> Decision:
    asked = Reply(ReplyKind.ASK_CONSENT, offers, citizen.name)
    return Decision(_asking(citizen, ASKING_CONSENT, offers), replies=(asked,))


def set_name(town: Town, citizen: Citizen, said: str) -> Decision:
    """They told their name; an answer that is none is asked for again."""
    name = " ".join(said.split())
    wanted = offers_in(citizen) or tuple(text.offer for text in town.offers if text.offer in town.name_required_for)
    if len(name) not in NAME_CHARACTERS or not any(letter.isalpha() for letter in name):
        return Decision(_asking(citizen, ASKING_NAME, wanted), replies=(Reply(ReplyKind.ASK_NAME, wanted),))
    missing = tuple(offer for offer in wanted if not citizen.takes(offer))
    known = replace(citizen, name=name)
    return (
        ask_consent(known, missing)
        if missing
        else Decision(end_dialogue(known), replies=(Reply(ReplyKind.HAS_IT, wanted),))
    )


def confirm_offers(town: Town, citizen: Citizen, message: IncomingMessage, offers: tuple[Offer, ...]) -> Decision:
    """Second act: confirmed inside the chat, so the sender is proven to be the owner of the number."""
    offers = tuple(offer for offer in offers if offer in town.offers_of())
    new = tuple(offer for offer in offers if not citizen.takes(offer))
    if not citizen.name and any(offer in town.name_required_for for offer in new):
        return Decision(_asking(citizen, ASKING_NAME, new), replies=(Reply(ReplyKind.ASK_NAME, new),))
    after, entries = ledger(end_dialogue(citizen), offers, ConsentAct.GRANTED, town, message)
    if not new:
        return Decision(after, entries, (Reply(ReplyKind.HAS_IT, offers or all_of(town)),))
    welcome = tuple(offer for offer in new if after.takes(offer))  # none when they have left since
    return Decision(after, entries, (Reply(ReplyKind.WELCOME, welcome, citizen.name),) if welcome else ())


def leave_offers(town: Town, citizen: Citizen, message: IncomingMessage, offers: tuple[Offer, ...]) -> Decision:
    """Ends at once and without a question; an offer they never had is confirmed as ended too.

    It is put down even then: their yes of before may still be on its way, and must not count when it arrives.
    """
    wanted = offers or tuple(Offer)
    ended = tuple(offer for offer in wanted if citizen.takes(offer) or offer in town.offers_of())
    after, entries = ledger(end_dialogue(citizen), ended, ConsentAct.WITHDRAWN, town, message)
    return Decision(after, entries, (_goodbye(town, citizen, after, offers, ended),))


def _goodbye(town: Town, before: Citizen, after: Citizen, named: tuple[Offer, ...], ended: tuple[Offer, ...]) -> Reply:
    """What is true afterwards: a leaving that was handled late ends nothing that a later yes began."""
    begun_since = tuple(offer for offer in ended if after.takes(offer))
    if begun_since:
        left = tuple(offer for offer in ended if before.takes(offer) and not after.takes(offer))
        return Reply(ReplyKind.LEFT, left) if left else Reply(ReplyKind.HAS_IT, begun_since)
    unknown = before.takes_nothing_by_one_name
    kept = any(after.takes(offer) for offer in all_of(town))
    return Reply(ReplyKind.LEFT, named) if named and kept else Reply(ReplyKind.GOODBYE, by_one_name=unknown)


def take_topics(town: Town, citizen: Citizen, topics: tuple[str, ...]) -> Decision:
    """News about these topics only; who does not take the news yet is asked for consent first. None named: ask."""
    every = frozenset(topic.id for topic in town.topics)
    named = frozenset(topics) & every
    if not named:
        return Decision(citizen, replies=(Reply(ReplyKind.TOPICS_ASK),))
    wanted = (citizen.topics & every) | named
    after = replace(citizen, topics=frozenset() if wanted == every else wanted)
    if citizen.takes(Offer.NEWS):
        return Decision(end_dialogue(after), replies=(Reply(ReplyKind.TOPICS_SET),))
    return choose_offers(town, after, (Offer.NEWS,))


def leave_topics(town: Town, citizen: Citizen, message: IncomingMessage, topics: tuple[str, ...]) -> Decision:
    """Without these topics; without any left, the news end."""
    every = frozenset(topic.id for topic in town.topics)
    left = (citizen.topics & every if citizen.topics else every) - frozenset(topics)
    if not left or not citizen.takes(Offer.NEWS):
        return leave_offers(town, replace(citizen, topics=frozenset()), message, (Offer.NEWS,))
    return Decision(replace(end_dialogue(citizen), topics=left), replies=(Reply(ReplyKind.TOPICS_SET),))


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


def offers_in(citizen: Citizen) -> tuple[Offer, ...]:
    """The offers that a guided exchange is about."""
    return tuple(Offer(name) for name in citizen.dialogue_data.get("offers", "").split(",") if name)


def end_dialogue(citizen: Citizen) -> Citizen:
    """No guided exchange is open any more."""
    data = {name: value for name, value in citizen.dialogue_data.items() if name != "offers"}
    return replace(citizen, dialogue="", dialogue_data=data)


def _asking(citizen: Citizen, dialogue: str, offers: tuple[Offer, ...]) -> Citizen:
    data = {**citizen.dialogue_data, "offers": ",".join(offers)}
    return replace(citizen, dialogue=dialogue, dialogue_data=data)
