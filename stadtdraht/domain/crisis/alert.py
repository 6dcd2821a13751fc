"""An alert: what it says, whom it is for, how long it holds, and what raising it puts down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.delivery.slices import Slice
from stadtdraht.domain.text import plain

SAME_ALERT = timedelta(minutes=2)  # a second press for the same scenario and place within it shows the first alert
UNDO = timedelta(seconds=10)  # how long a press on the page can be taken back, before anything is sent
SAMENESS_DIGITS = 16
VALID_FOR_MIN = range(15, 12 * 60 + 1)  # Meta delivers a utility template for 12 h at the most; TTL, 2026-09
ABOUT = "worum"  # what an all-clear or a false alarm is about, in a frame that says itself that it is an end
WITHOUT_DOTS = str.maketrans("äöüÄÖÜ", "aouAOU")  # on a keyboard without them
PARTS = ("was", "wo", "bis", "tun", "wer", "mehr")  # the frame of every alert, and the template's variables


class AlertKind(StrEnum):
    """What an alert is to the one that it follows; ALERT follows none. REPEAT: the same, to those not yet reached."""

    ALERT = "alert"
    UPDATE = "update"
    ALL_CLEAR = "all_clear"
    FALSE_ALARM = "false_alarm"
    REPEAT = "repeat"


ENDS = frozenset({AlertKind.ALL_CLEAR, AlertKind.FALSE_ALARM})


class AlertValidity(StrEnum):
    """Whether an alert holds: what anybody who asks about it is told first."""

    VALID = "valid"
    OVER = "over"
    ALL_CLEAR = "all_clear"
    FALSE_ALARM = "false_alarm"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert as it was raised. What changes later is only what followed it, and whether it was undone."""

    alert_id: str
    town: str
    mode: LinkMode
    scenario: str
    """Id of the case, as in texts/scenarios.py."""
    districts: frozenset[str]
    """Ids; empty means the whole town."""
    raised_at: datetime
    expires_at: datetime
    holder: str
    """Who pressed. Only the evidence folder names them."""
    issuer: str
    """Who warns, in the words people know."""
    detail: str = ""
    """The exact place or a hint, in the words of whoever pressed; it stands in the wording of every language."""
    wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language, the six PARTS as people read them; of an end also ABOUT."""
    kind: AlertKind = AlertKind.ALERT
    follows: str = ""
    """Id of the alert that this one updates, ends or repeats."""
    also_for: frozenset[str] | None = None
    """Districts of the alerts before, whose people hear of this one too; empty: the whole town; None: no others."""
    followed_by: str = ""
    """Id of the alert that updated, ended or repeated this one."""
    followed_at: datetime | None = None
    """When that one takes effect: this lies ahead while it can still be undone."""
    sends_at: datetime | None = None
    """Until then it can be undone and nothing is sent; None: it goes out at once."""
    undone_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """The end of its validity, or when another one took its place, or when it was undone."""
        return min(at for at in (self.expires_at, self.followed_at, self.undone_at) if at)

    @property
    def sameness(self) -> str:
        """What makes two presses one alert: mode, scenario and place; of what follows one, the alert it follows."""
        alike: tuple[str, ...] = (self.mode, self.scenario, ",".join(sorted(self.districts)))
        if self.detail and not self.follows:
            alike = (*alike, sha256(plain(self.detail).encode()).hexdigest()[:SAMENESS_DIGITS])
        return "#".join((*alike, self.kind, self.follows) if self.follows else alike)

    @property
    def takes_effect_at(self) -> datetime:
        """From when on people get it, and the alert that it follows holds no longer."""
        return self.sends_at or self.raised_at

    def can_be_undone(self, now: datetime) -> bool:
        """Whether nothing was sent of it yet. The row decides, should a sender be quicker."""
        return self.undone_at is None and now < self.takes_effect_at

    def is_public(self, now: datetime) -> bool:
        """Whether anybody outside may know of it: not while it can be undone, and not when it was."""
        return self.undone_at is None and now >= self.takes_effect_at

    @property
    def audience(self) -> frozenset[str]:
        """Districts whose people get it; empty means the whole town."""
        if self.also_for is None:
            return self.districts
        return self.districts | self.also_for if self.districts and self.also_for else frozenset()

    def wording_for(self, language: str) -> tuple[str, Mapping[str, str]]:
        """The wording in the reader's language, else in easy German, else in German."""
        for choice in (language, "de-easy", "de"):
            if choice in self.wording:
                return choice, self.wording[choice]
        return next(iter(self.wording.items()))

    def over(self, now: datetime) -> bool:
        """Whether it no longer holds: nothing is sent after that."""
        return self.undone_at is not None or now >= self.ends_at

    def validity(self, now: datetime) -> AlertValidity:
        """Whether people have to act on it now. A drill never holds; that a danger is over stays true."""
        if self.mode is LinkMode.DRILL:
            return AlertValidity.DRILL
        if self.kind in (AlertKind.ALL_CLEAR, AlertKind.FALSE_ALARM):
            return AlertValidity(self.kind)
        return AlertValidity.OVER if self.over(now) else AlertValidity.VALID

    def reaches(self, recipient: Recipient) -> bool:
        """Whether it is meant for this person: everyone in its districts, and everyone who named none."""
        return not self.audience or not recipient.district or recipient.district in self.audience


@dataclass(frozen=True, slots=True)
class Trigger:
    """Everything one press puts down in one transaction."""

    alert: Alert
    spends: tuple[str, ...]
    """Each raises one alert at the most, ever: the page's nonce, and what a machine calls its request."""
    slices: tuple[Slice, ...]
    phone_number_id: str
    crisis_until: datetime
    """Until when newsletters leave the number to this alert, unless a sender renews it."""
    choices: str = ""
    """Fingerprint of what was chosen, kept with what the press spends; "" where only the name of the press counts."""


@dataclass(frozen=True, slots=True)
class Raised:
    """This press raised the alert."""

    alert_id: str


@dataclass(frozen=True, slots=True)
class AlreadyRaised:
    """An earlier press did: with the same nonce, or for the same scenario and place a moment ago."""

    alert_id: str


@dataclass(frozen=True, slots=True)
class SpentOnOthers:
    """What this press spends has raised an alert of other choices; nothing happened."""

    alert_id: str


TriggerOutcome = Raised | AlreadyRaised | SpentOnOthers


def same_words(typed: str, expected: str) -> bool:
    """Whether someone typed the expected words, forgiving case, spaces, hyphens, and ae/oe/ue or a/o/u for umlauts."""
    without_dots = expected.translate(WITHOUT_DOTS)
    return plain(typed).replace(" ", "") in {plain(one).replace(" ", "") for one in (expected, without_dots)}
