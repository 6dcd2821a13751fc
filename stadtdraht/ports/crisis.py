"""Ports of warnings: links, alerts, and whether one could go out now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from stadtdraht.domain.crisis.links import LinkMode

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from stadtdraht.domain.crisis.alert import Alert, Trigger, TriggerOutcome
    from stadtdraht.domain.crisis.alert_count import AlertCount
    from stadtdraht.domain.crisis.evidence import EvidenceEntry
    from stadtdraht.domain.crisis.links import CrisisLink, Guesses, Holder
    from stadtdraht.domain.crisis.observed import QueueDepth, WarmSenders
    from stadtdraht.domain.crisis.readiness import Readiness


class RecheckQueue(Protocol):
    """Unknown outcomes of a crisis to look at again after `delay_s` (at most 900)."""

    def put(self, town: str, cause: str, citizen_ids: Sequence[str], attempt: int, delay_s: int) -> None: ...


class Alerts(Protocol):
    """Alerts as they were raised, and what became of them."""

    def raise_once(self, trigger: Trigger) -> TriggerOutcome:
        """One transaction: spends the nonce, creates the alert, plans its slices, gives the number to the crisis.

        The same nonce again, or the same alert within SAME_ALERT, returns the alert that stands.
        """

    def undo(self, alert: Alert, now: datetime) -> bool:
        """One transaction: nothing of it will be sent, the alert that it follows holds on, and it can be raised anew.

        False: it is being sent already, or somebody undid it before.
        """

    def begin(self, alert_id: str, now: datetime) -> Alert | None:
        """From here on it cannot be undone. Returns it as it stands now, undone where somebody was quicker."""

    def get(self, alert_id: str) -> Alert | None: ...
    def recent(self, town: str, mode: LinkMode = LinkMode.LIVE, limit: int = 20) -> Sequence[Alert]:
        """Newest first."""


class CrisisLinks(Protocol):
    """The links that open the crisis page, until they are revoked."""

    def save(self, link: CrisisLink) -> None: ...
    def revoke(self, town: str, link_id: str) -> bool:
        """False when there is no such link."""

    def get(self, town: str, link_id: str) -> CrisisLink | None: ...
    def all(self, town: str) -> Sequence[CrisisLink]: ...


class Holders(Protocol):
    """The people who hold those links, and the PINs that are typed in their names."""

    def get(self, town: str, name: str) -> Holder | None: ...
    def save(self, holder: Holder) -> None:
        """A holder with a new PIN, and with it clean counts of wrong ones at every link."""

    def may_guess(self, link: CrisisLink, mark: str, most: int, now: datetime) -> bool:
        """Takes one of the link's `most` guesses before the PIN is looked at, however many ask at once.

        mark: a keyed hash of what was typed; the same again costs nothing. LOCK after the last one it begins anew.
        """

    def guesses(self, link: CrisisLink) -> Guesses:
        """What was typed at this link; it may be older than LOCK, and then counts no more."""

    def count_wrong_pin(self, link: CrisisLink, now: datetime) -> Guesses:
        """Counts it at the link, and for its holder."""

    def clear_wrong_pins(self, link: CrisisLink) -> None:
        """Forgets wrong PINs and guesses at this link, and those counted for its holder: the right one came."""


class AlertCounts(Protocol):
    """The newest count of an alert, so that many who look at once count once."""

    def latest(self, alert_id: str) -> AlertCount | None:
        """May be stale; check `holds()`."""

    def take(self, alert_id: str, now: datetime, until: datetime) -> bool:
        """Whether the caller is to count: nobody else is, until then or until a count is kept. One must be kept."""

    def keep(self, alert_id: str, count: AlertCount) -> None:
        """Overwrites the count before."""


class LatestReadiness(Protocol):
    """Whether the warnings of a town could go out, when that was last checked."""

    def get(self, town: str) -> Readiness | None: ...
    def save(self, town: str, readiness: Readiness) -> None: ...


class CrisisQueues(Protocol):
    """The queues of warnings."""

    def depth(self) -> QueueDepth | None:
        """None when they cannot be read."""


class CrisisSender(Protocol):
    """The function that sends warnings, and the page that raises them."""

    def ping(self, at_once: int) -> WarmSenders:
        """Calls so many of its processes at the same moment and one of the page's, which keeps them warm. Nothing is
        sent, nothing raised.
        """


class Evidence(Protocol):
    """The evidence folder of an alert, by its id, or of a town's month for what belongs to none. Nothing is changed."""

    def append(self, town: str, folder: str, what: str, at: datetime, facts: Mapping[str, str]) -> EvidenceEntry:
        """Adds an entry behind the last, whoever else adds one at the same moment; returns it with its seal."""

    def entries(self, town: str, folder: str) -> Sequence[EvidenceEntry]:
        """In order, as they stand; domain/crisis/evidence.py says whether they are whole."""


class LinkSigner(Protocol):
    """Makes and reads what a crisis link says, and the nonces of its page. Keys never leave it."""

    @property
    def newest(self) -> str:
        """Id of the key that signs."""

    @property
    def key_ids(self) -> Collection[str]:
        """Of all keys that verify; a link of any other is over."""

    def mint(self, link: CrisisLink) -> str: ...
    def verify(self, token: str, now: datetime) -> CrisisLink:
        """Raises LinkNotValid."""

    def mark(self, link: CrisisLink, typed: str) -> str:
        """A keyed hash of what a holder typed: tells guesses apart, and cannot be tried without the key."""

    def new_nonce(self, link: CrisisLink, now: datetime) -> str: ...
    def check_nonce(self, link: CrisisLink, nonce: str, now: datetime) -> str:
        """The value that a press spends. Raises LinkNotValid."""
