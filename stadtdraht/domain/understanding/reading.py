"""What one message means: each thing that a person says in it, by itself, and how sure that is.

A message may say several things: that they want to leave, and that a lamp is broken. A decision follows from all.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from stadtdraht.domain.town import Offer
from stadtdraht.domain.understanding.sensitive_data import Sensitive


class Need(StrEnum):
    """Who needs help at once, and whose."""

    NONE = "none"
    UNSURE = "unsure"  # perhaps an emergency: the answer begins with 112 and 110, and the concern is taken
    EMERGENCY = "emergency"
    VIOLENCE = "violence"
    DESPAIR = "despair"
    MEDICAL_ADVICE = "medical_advice"  # a doctor outside office hours, not an ambulance

    @property
    def is_sure(self) -> bool:
        """Whether staff have to see it first."""
        return self in (Need.EMERGENCY, Need.VIOLENCE, Need.DESPAIR)


class Command(StrEnum):
    """What a person may ask of the line itself."""

    PRIVACY = "privacy"
    IMPRINT = "imprint"
    HELP = "help"
    MY_DATA = "my_data"
    ERASE = "erase"
    STATUS = "status"
    TOPICS = "topics"
    DISTRICT = "district"
    OPENING_HOURS = "opening_hours"
    HUMAN = "human"  # wants to speak to a person
    LANGUAGE = "language"
    HOW_TO_LEAVE = "how_to_leave"


class Kind(StrEnum):
    """What the words are, beside answers and commands. All but NONE is for staff to read."""

    NONE = "none"  # a greeting, thanks, a wish, a sign: nobody has to work on it
    QUESTION = "question"
    HINT = "hint"
    IDEA = "idea"
    SUGGESTION = "suggestion"
    CRITICISM = "criticism"
    PRAISE = "praise"


class Social(StrEnum):
    """Small talk, by what it is answered with."""

    NONE = ""
    GREETING = "greeting"
    THANKS = "thanks"
    WISH = "wish"  # a happy birthday, a nice Sunday


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody wants to get no more."""

    is_sure: bool
    """Whether it is done at once; else they are asked."""
    offers: tuple[Offer, ...] = ()
    """In the town's order; with no topics either, all of them."""
    topics: tuple[str, ...] = ()
    """Ids."""


@dataclass(frozen=True, slots=True)
class Because:
    """Why a message was understood so, for people: as it is shown on demand."""

    meaning: str
    clause: str
    """The part of the message."""
    rule: str
    """The rule, or the words that weighed most, with the score."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one message says."""

    need: Need = Need.NONE
    leaving: Leaving | None = None
    answer: bool | None = None
    """Yes or no to the question that stands open; None for neither."""
    rating: int = 0
    """1 (not satisfied) to 3 in words, when that was asked; 0 for none."""
    name: str = ""
    """The person's own, told in answer to our question or as a registration."""
    joins: tuple[Offer, ...] = ()
    command: Command | None = None
    language: str = ""
    """Tag of the language that they want to be answered in."""
    speaks: str = ""
    """Tag of the language in which they unmistakably write; "" in doubt."""
    topics: tuple[str, ...] = ()
    """Ids of those to take."""
    district: str = ""
    """Id of the one they live in."""
    case_number: str = ""
    kind: Kind = Kind.NONE
    """What of it staff have to read, beside everything above."""
    social: Social = Social.NONE
    place: str = ""
    """Where it is, as written."""
    needs_place: bool = False
    """Whether nobody can work on it without knowing where."""
    about_contest: bool = False
    """Whether it speaks of a photo contest: wants to take part, or asks about it."""
    about_danger: bool = False
    """Whether it asks about a danger or a warning in the town."""
    is_follow_up: bool = False
    """Whether it goes on about something reported before."""
    chain_odds: float = field(default=-9.0, compare=False)
    """How likely it goes round from list to list, by its words; log odds."""
    abuse: bool = False
    """An insult or a threat."""
    sensitive: frozenset[Sensitive] = frozenset()
    because: tuple[Because, ...] = field(default=(), compare=False)

    @property
    def is_concern(self) -> bool:
        """Whether somebody has to read it."""
        return self.kind is not Kind.NONE

    @property
    def meaning(self) -> str:
        """The one word for it: what goes first."""
        if self.need is not Need.NONE and self.need is not Need.UNSURE:
            return self.need.value
        if self.answer is not None:
            return "yes" if self.answer else "no"
        if self.leaving:
            return "stop"
        if self.rating:
            return "rating"
        if self.name:
            return "name"
        if self.joins:
            return "join"
        if self.command:
            return self.command.value
        if self.is_concern:
            return self.kind.value
        return self.social.value or "other"
