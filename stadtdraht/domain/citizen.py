"""People, not numbers: who a citizen is, what they agreed to, and how they appear in an audience."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.conversation import SERVICE_WINDOW, Conversation
from stadtdraht.domain.town import Offer


@dataclass(frozen=True, slots=True)
class WireIdentity:
    """How WhatsApp names a person. Either may be missing, never both.

    user_id: business-scoped user id ("DE.8123…"), unique per portfolio and person.
    phone: E.164 digits without "+" ("4915112345678"), absent when the person withholds it.
    """

    user_id: str | None = None
    phone: str | None = None

    def __post_init__(self) -> None:
        if not (self.user_id or self.phone):
            raise ValueError("a person needs a user_id or a phone number")

    @property
    def primary(self) -> str:
        """The stable one first: the BSUID, else the number."""
        return self.user_id or self.phone or ""

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
    """One line of the consent ledger; lines are only ever added.

    `at` is the citizen's message time, so that entries order themselves however late they are processed.
    `how`: "button", "text", "import", "user_preferences", "office". `message_id`: the wamid that shows it.
    """

    offer: Offer
    act: ConsentAct
    at: datetime
    wording_version: str
    how: str
    message_id: str


@dataclass(frozen=True, slots=True)
class OfferConsent:
    """The standing of one offer: the latest ledger entry decides.

    first_at: of the first yes where several came without a no between; None when there was one.
    """

    granted: bool
    at: datetime
    first_at: datetime | None = None

    @property
    def since(self) -> datetime:
        """When it began to stand so. A repeated yes takes nobody out of a newsletter that is on its way to them."""
        return self.first_at or self.at

    def followed_by(self, act: "OfferConsent") -> "OfferConsent":
        """The standing after one more act, which may have come late and then changes nothing."""
        if act.at < self.at:
            return self
        return replace(act, first_at=self.since) if act.granted and self.granted else act


@dataclass(frozen=True, slots=True)
class Citizen:
    """One person in one town. `citizen_id` is 20 hex digits, opaque, and the same on every face of the system.

    `dialogue` is where a guided exchange stands ("" when none), `dialogue_data` what it has gathered.
    `version` counts changes and guards against two writers.
    """

    citizen_id: str
    town: str
    identity: WireIdentity
    name: str = ""
    language: str = "de"
    district: str = ""
    topics: frozenset[str] = frozenset()
    consents: Mapping[Offer, OfferConsent] = field(default_factory=dict)
    dialogue: str = ""
    dialogue_data: Mapping[str, str] = field(default_factory=dict)
    conversation: Conversation | None = None
    last_inbound_at: datetime | None = None
    version: int = 0

    def takes(self, offer: Offer) -> bool:
        """Whether the citizen has agreed to this offer and not taken it back."""
        consent = self.consents.get(offer)
        return consent is not None and consent.granted

    def window_open(self, now: datetime) -> bool:
        """Whether Meta's customer service window allows a free-form message now."""
        return self.last_inbound_at is not None and now < self.last_inbound_at + SERVICE_WINDOW


@dataclass(frozen=True, slots=True)
class Recipient:
    """A citizen as an audience shows them: enough to send one message, nothing of their profile.

    `left_at`: when they withdrew; a recipient who left is kept for a while, so that a running broadcast can say why
    they got nothing. `since`: message time of the consent.
    """

    citizen_id: str
    identity: WireIdentity
    since: datetime
    language: str = "de"
    district: str = ""
    topics: frozenset[str] = frozenset()
    left_at: datetime | None = None
