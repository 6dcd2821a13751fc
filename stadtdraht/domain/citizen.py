"""People, not numbers: who a citizen is, what they agreed to, and how they appear in an audience."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.conversation import SERVICE_WINDOW, Conversation
from stadtdraht.domain.dialogue import Dialogue
from stadtdraht.domain.phone_numbers import one_spelling, spellings
from stadtdraht.domain.town import Offer


@dataclass(frozen=True, slots=True)
class WireIdentity:
    """How WhatsApp names a person. Either name may be missing, never both."""

    user_id: str | None = None
    """Business-scoped user id ("DE.8123…"), unique for each portfolio and person."""
    phone: str | None = None
    """E.164 digits without "+" ("4915112345678"), as WhatsApp spells them; None when the person withholds it."""

    def __post_init__(self) -> None:
        if not (self.user_id or self.phone):
            raise ValueError("a person needs a user_id or a phone number")

    @property
    def primary(self) -> str:
        """The stable one first: the BSUID, else the number in its one spelling."""
        return self.user_id or one_spelling(self.phone or "")

    @property
    def names(self) -> tuple[str, ...]:
        """What the person is found by again, the stable one first."""
        return tuple(name for name in (self.user_id, one_spelling(self.phone or "")) if name)

    @property
    def spelt(self) -> tuple[str, ...]:
        """The same with every spelling of the number: names that were stored before there was one spelling."""
        return tuple(name for name in (self.user_id, *spellings(self.phone or "")) if name)

    @property
    def is_whole(self) -> bool:
        """Whether both names are known."""
        return bool(self.user_id and self.phone)

    def may_be(self, known: "WireIdentity") -> bool:
        """Whether a shared number may mean the same person.

        Not with two user ids: WhatsApp gives a new one with every new number and reports the change, so the number
        was handed to somebody else, who must not be shown what the one before them wrote.
        """
        return not (self.user_id and known.user_id) or self.user_id == known.user_id


class ConsentAct(StrEnum):
    """What a ledger entry says."""

    GRANTED = "granted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """One line of the consent ledger; lines are only ever added."""

    offer: Offer
    act: ConsentAct
    at: datetime
    """The time of the citizen's message, so that lines order themselves however late they are processed."""
    wording_version: str
    how: str
    """"button", "text", "import", "user_preferences" or "office"."""
    message_id: str
    """The wamid that shows it."""


@dataclass(frozen=True, slots=True)
class OfferConsent:
    """Whether a citizen takes one offer: the latest line of the ledger decides."""

    granted: bool
    at: datetime
    first_at: datetime | None = None
    """Time of the first yes, where several came without a no between; None when there was one."""

    @property
    def since(self) -> datetime:
        """Since when it is so. A repeated yes takes nobody out of a newsletter that is on its way to them."""
        return self.first_at or self.at

    def followed_by(self, act: "OfferConsent") -> "OfferConsent":
        """The consent after one more act. An act that came late changes nothing."""
        if act.at < self.at:
            return self
        return replace(act, first_at=self.since) if act.granted and self.granted else act


@dataclass(frozen=True, slots=True)
class Citizen:
    """One person in one town."""

    citizen_id: str
    """20 hex digits, opaque, and the same on every face of the system."""
    town: str
    identity: WireIdentity
    name: str = ""
    language: str = "de"
    district: str = ""
    topics: frozenset[str] = frozenset()
    consents: Mapping[Offer, OfferConsent] = field(default_factory=dict)
    dialogue: Dialogue = field(default_factory=Dialogue)
    conversation: Conversation | None = None
    last_inbound_at: datetime | None = None
    version: int = 0
    """Counts changes, and guards against two writers."""

    def takes(self, offer: Offer) -> bool:
        """Whether the citizen has agreed to this offer and not taken it back."""
        consent = self.consents.get(offer)
        return consent is not None and consent.granted

    @property
    def takes_nothing_by_one_name(self) -> bool:
        """Whether nothing goes to this BSUID, and the number is not known: something may still go to that."""
        return self.identity.phone is None and not any(map(self.takes, self.consents))

    @property
    def last_word_at(self) -> datetime | None:
        """When they last wrote or agreed to something; None for somebody of whom there is nothing yet."""
        said = [consent.at for consent in self.consents.values()]
        return max([*said, *filter(None, [self.last_inbound_at])], default=None)

    def window_open(self, now: datetime) -> bool:
        """Whether Meta's customer service window allows a free-form message now."""
        return self.last_inbound_at is not None and now < self.last_inbound_at + SERVICE_WINDOW


@dataclass(frozen=True, slots=True)
class Recipient:
    """A citizen as an audience shows them: enough to send one message, nothing of their profile."""

    citizen_id: str
    identity: WireIdentity
    since: datetime
    """Time of the message that consents."""
    language: str = "de"
    district: str = ""
    topics: frozenset[str] = frozenset()
    left_at: datetime | None = None
    """When they withdrew; None while they take the offer. Who left is kept for a while, so that a running broadcast
    can say why they got nothing.
    """
