"""What follows from one message of a citizen: a pure decision. Consent is a double act: choosing, then confirming.

Nothing here knows a sentence: replies are named, and stadtdraht/texts words them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry, OfferConsent
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Mode, Offer, Town
from stadtdraht.domain.words import Meaning, Understood, understand

ACKNOWLEDGED_ONCE_IN = timedelta(hours=12)  # several texts in a row get one acknowledgement
NAME_CHARACTERS = range(2, 61)
SILENT_KINDS = frozenset({"reaction", "system", "revoke", "edit"})
READABLE = frozenset({"text", "image", "video", "audio", "document", "location", "contacts", "interactive", "button"})
ASKING_NAME, ASKING_CONSENT = "name", "consent"


class ReplyKind(StrEnum):
    """What to say; which words say it, in which language, is the texts' business."""

    GREETING = "greeting"
    GREETING_RECEIVED = (
        "greeting_received"  # first words were a concern already: it has arrived, and here is what we offer
    )
    ASK_NAME = "ask_name"
    ASK_CONSENT = "ask_consent"
    WELCOME = "welcome"
    HAS_IT = "has_it"
    NOT_NOW = "not_now"
    GOODBYE = "goodbye"
    LEFT = "left"
    EMERGENCY = "emergency"
    COURTESY = "courtesy"
    RECEIVED = "received"
    NOT_READABLE = "not_readable"
    THANKS = "thanks"
    PRIVACY = "privacy"
    IMPRINT = "imprint"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply and the offers it is about."""

    kind: ReplyKind
    offers: tuple[Offer, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The citizen afterwards, new lines of the ledger, and what to say."""

    after: Citizen
    entries: tuple[ConsentEntry, ...] = ()
    replies: tuple[Reply, ...] = ()


def decide(town: Town, citizen: Citizen, message: IncomingMessage, *, is_new: bool) -> Decision:
    """What follows. `citizen` is as stored, or as just met when `is_new`. The message's own time is the only clock."""
    citizen = replace(citizen, last_inbound_at=max(message.at, citizen.last_inbound_at or message.at))
    if message.kind in SILENT_KINDS:
        return Decision(citizen)
    understood = _understand(town, message)
    waiting_for_name = citizen.dialogue == ASKING_NAME and message.kind == "text"
    if waiting_for_name and understood.meaning in (Meaning.OTHER, Meaning.THANKS):
        return _named(town, citizen, message)
    match understood.meaning:
        case Meaning.EMERGENCY:
            return Decision(citizen, replies=(Reply(ReplyKind.EMERGENCY),))
        case Meaning.STOP:
            return _leave(town, citizen, message, understood.offers)
        case Meaning.CHOOSE:
            return _choose(town, citizen, understood.offers)
        case Meaning.YES if citizen.dialogue == ASKING_CONSENT or understood.offers:
            return _consent(town, citizen, message, understood.offers or _offers_in(citizen))
        case Meaning.NO if citizen.dialogue in (ASKING_CONSENT, ASKING_NAME):
            return Decision(_calm(citizen), replies=(Reply(ReplyKind.NOT_NOW),))
        case Meaning.GREETING:
            return Decision(_calm(citizen), replies=(_greeting(town),))
        case Meaning.PRIVACY | Meaning.IMPRINT | Meaning.HELP:
            return Decision(citizen, replies=(Reply(ReplyKind(understood.meaning.value), _all_of(town)),))
        case Meaning.THANKS if not is_new:
            return Decision(citizen, replies=(Reply(ReplyKind.THANKS),))
    return _something_else(town, citizen, message, is_new=is_new)


def _understand(town: Town, message: IncomingMessage) -> Understood:
    """A press says exactly what it means; everything else is read."""
    action, _, named = message.choice.partition(":")
    offers = tuple(text.offer for text in town.offers if text.offer in named.split(","))
    if action == "offer" and offers:
        return Understood(Meaning.CHOOSE, offers)
    if action == "yes" and offers:
        return Understood(Meaning.YES, offers)
    if action == "no":
        return Understood(Meaning.NO)
    if message.kind == "request_welcome":
        return Understood(Meaning.GREETING)
    for said in (message.text, message.choice):
        if said and (understood := understand(said, town)).meaning is not Meaning.OTHER:
            return understood
    return Understood(Meaning.OTHER)


def _choose(town: Town, citizen: Citizen, offers: tuple[Offer, ...]) -> Decision:
    """First act: they said what they want. A name is asked for only where the town does so, and never for warnings."""
    missing = tuple(offer for offer in offers if not citizen.takes(offer))
    if not missing:
        return Decision(_calm(citizen), replies=(Reply(ReplyKind.HAS_IT, offers),))
    if not citizen.name and any(offer in town.name_required_for for offer in missing):
        return Decision(_asking(citizen, ASKING_NAME, missing), replies=(Reply(ReplyKind.ASK_NAME, missing),))
    return _ask_consent(citizen, missing)


def _ask_consent(citizen: Citizen, offers: tuple[Offer, ...]) -> Decision:
    asked = Reply(ReplyKind.ASK_CONSENT, offers, citizen.name)
    return Decision(_asking(citizen, ASKING_CONSENT, offers), replies=(asked,))


def _named(town: Town, citizen: Citizen, message: IncomingMessage) -> Decision:
    name = " ".join(message.text.split())
    if len(name) not in NAME_CHARACTERS or not any(letter.isalpha() for letter in name):
        return Decision(citizen, replies=(Reply(ReplyKind.ASK_NAME, _offers_in(citizen)),))
    del town
    return _ask_consent(replace(citizen, name=name), _offers_in(citizen))


def _consent(town: Town, citizen: Citizen, message: IncomingMessage, offers: tuple[Offer, ...]) -> Decision:
    """Second act: confirmed inside the chat, so the sender is proven to be the owner of the number."""
    offers = tuple(offer for offer in offers if offer in town.offers_of() and not citizen.takes(offer))
    if not offers:
        return Decision(_calm(citizen), replies=(Reply(ReplyKind.HAS_IT, _all_of(town)),))
    if not citizen.name and any(offer in town.name_required_for for offer in offers):
        return Decision(_asking(citizen, ASKING_NAME, offers), replies=(Reply(ReplyKind.ASK_NAME, offers),))
    after, entries = _ledger(_calm(citizen), offers, ConsentAct.GRANTED, town, message)
    return Decision(after, entries, (Reply(ReplyKind.WELCOME, offers, citizen.name),))


def _leave(town: Town, citizen: Citizen, message: IncomingMessage, offers: tuple[Offer, ...]) -> Decision:
    """Ends at once and without a question; an offer they never had is confirmed as ended too."""
    wanted = offers or tuple(Offer)
    taken = tuple(offer for offer in wanted if citizen.takes(offer))
    after, entries = _ledger(_calm(citizen), taken, ConsentAct.WITHDRAWN, town, message)
    kept = tuple(offer for offer in _all_of(town) if after.takes(offer))
    goodbye = Reply(ReplyKind.LEFT, offers) if offers and kept else Reply(ReplyKind.GOODBYE)
    return Decision(after, entries, (goodbye,))


def _ledger(
    citizen: Citizen, offers: Sequence[Offer], act: ConsentAct, town: Town, message: IncomingMessage
) -> tuple[Citizen, tuple[ConsentEntry, ...]]:
    how = "button" if message.choice else "text"
    entries = tuple(ConsentEntry(o, act, message.at, town.wording_version, how, message.wamid) for o in offers)
    # The latest act by its own time decides: a STOP that was processed late does not undo a later yes.
    newer = {
        offer: OfferConsent(act is ConsentAct.GRANTED, message.at)
        for offer in offers
        if (standing := citizen.consents.get(offer)) is None or standing.at <= message.at
    }
    return replace(citizen, consents={**citizen.consents, **newer}), entries


def _something_else(town: Town, citizen: Citizen, message: IncomingMessage, *, is_new: bool) -> Decision:
    """A concern, a photo, anything: it is stored already; say so once, and to whom else one may turn."""
    if is_new:
        kind = ReplyKind.GREETING if town.mode is Mode.ONE_WAY else ReplyKind.GREETING_RECEIVED
        return Decision(_acknowledged(citizen, message.at), replies=(Reply(kind, _all_of(town)),))
    if message.kind not in READABLE:
        return Decision(citizen, replies=(Reply(ReplyKind.NOT_READABLE),))
    since = citizen.dialogue_data.get("acknowledged_at", "")
    if since and message.at < datetime.fromisoformat(since) + ACKNOWLEDGED_ONCE_IN:
        return Decision(citizen)
    kind = ReplyKind.COURTESY if town.mode is Mode.ONE_WAY else ReplyKind.RECEIVED
    return Decision(_acknowledged(citizen, message.at), replies=(Reply(kind),))


def _greeting(town: Town) -> Reply:
    return Reply(ReplyKind.GREETING, _all_of(town))


def _all_of(town: Town) -> tuple[Offer, ...]:
    return tuple(text.offer for text in town.offers)


def _asking(citizen: Citizen, dialogue: str, offers: tuple[Offer, ...]) -> Citizen:
    data = {**citizen.dialogue_data, "offers": ",".join(offers)}
    return replace(citizen, dialogue=dialogue, dialogue_data=data)


def _offers_in(citizen: Citizen) -> tuple[Offer, ...]:
    return tuple(Offer(name) for name in citizen.dialogue_data.get("offers", "").split(",") if name)


def _calm(citizen: Citizen) -> Citizen:
    """No guided exchange is open any more."""
    data = {name: value for name, value in citizen.dialogue_data.items() if name != "offers"}
    return replace(citizen, dialogue="", dialogue_data=data)


def _acknowledged(citizen: Citizen, at: datetime) -> Citizen:
    return replace(citizen, dialogue_data={**citizen.dialogue_data, "acknowledged_at": at.isoformat()})
