"""All I/O the product can do, on one page. Each port has one adapter and one fake, and one suite of tests for both.

Sender ports are async, since a sender keeps many requests in flight; the others are plain calls.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.feed import FeedEntry
from stadtdraht.domain.cases.case import Case, CaseEvent, OpenCase
from stadtdraht.domain.citizen import Citizen, ConsentEntry, Recipient, WireIdentity
from stadtdraht.domain.contests.contest import Call, CallAcceptance, CallEntry
from stadtdraht.domain.conversation import Line, WaitingConversation
from stadtdraht.domain.crisis.alert import Alert, CrisisLink, Holder, LinkMode, Trigger, TriggerOutcome
from stadtdraht.domain.crisis.alert_count import AlertCount
from stadtdraht.domain.crisis.evidence import Entry
from stadtdraht.domain.crisis.readiness import Lamp, Pinged, Waiting
from stadtdraht.domain.delivery.abandoned_slices import Standing
from stadtdraht.domain.delivery.delivery import Outcome, OutcomeKind, SendOutcome, Status, StatusReport
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.delivery.slices import Control, Progress, Slice
from stadtdraht.domain.inbound.answer import AnswerClaim, AnswerRef
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.inbound.turn import Turn, TurnOutcome
from stadtdraht.domain.media.media import Fetched, Media, PhotoCopies, StoredFile
from stadtdraht.domain.media.sample_picture import SamplePicture
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.privacy.legal_hold import Hold
from stadtdraht.domain.privacy.privacy import DataRequest, ErasureProof
from stadtdraht.domain.retention import KeptRow
from stadtdraht.domain.town import Offer, Template, Town
from stadtdraht.domain.whatsapp.account import NumberFacts, StandingTemplate
from stadtdraht.domain.whatsapp.account_events import Notice
from stadtdraht.domain.whatsapp.template_drift import TownStanding

# ---- towns and secrets ----------------------------------------------------------------------------------


class Directory(Protocol):
    """Which town a webhook is for. Read from a cache of a minute; needs no town settings."""

    def town_of_number(self, phone_number_id: str) -> str | None: ...
    def town_of_account(self, waba_id: str) -> str | None: ...


class Towns(Protocol):
    """Town settings."""

    def get(self, town: str) -> Town:
        """Raises UnknownTown."""

    def all(self) -> Sequence[Town]: ...
    def save(self, town: Town) -> None:
        """Stores the settings and the directory rows. Raises NumberTaken when another town has the number."""


class Secrets(Protocol):
    """Everything secret, cached for some minutes and never anywhere else."""

    def app_secrets(self) -> Sequence[str]: ...
    def verify_token(self) -> str: ...
    def pepper(self) -> bytes: ...
    def link_keys(self) -> Mapping[str, bytes]:
        """Keys of crisis links by key id, oldest first; the newest signs, all verify."""

    def access_token(self, town: str, *, fresh: bool = False) -> str:
        """`fresh` reads past the cache, after Meta refused the token. Raises NoSecret."""

    def save_access_token(self, town: str, token: str) -> None:
        """For the operator's `town apply`; no function may do it."""

    def open311_key(self, town: str) -> str:
        """With which the town's own system says how far a report is. Raises NoSecret."""

    def save_open311_key(self, town: str, key: str) -> None:
        """For the operator's `case open311-key`; no function may do it."""


class WhatsAppAccount(Protocol):
    """A town's account at Meta, for setting it up and looking after it. Raises MetaRefused."""

    def number(self, phone_number_id: str) -> NumberFacts: ...
    def templates(self, waba_id: str) -> Sequence[StandingTemplate]: ...
    def upload_sample(self, sample: SamplePicture) -> str:
        """Hands in a picture for Meta's reviewers; returns the handle that templates name it by."""

    def create_template(self, waba_id: str, template: Template, sample_handle: str = "") -> str:
        """Hands it in for approval; returns its status. sample_handle: for a template that shows a picture."""

    def edit_template(self, template_id: str, template: Template, sample_handle: str = "") -> None: ...
    def subscribed(self, waba_id: str) -> bool:
        """Whether the account sends us webhooks."""

    def subscribe(self, waba_id: str) -> None: ...


AccountOf = Callable[[str], WhatsAppAccount]
"""From a town's id to the account that its token opens. Raises NoSecret."""


class Standings(Protocol):
    """How each town stood at Meta when somebody last looked, and what Meta told of its account since."""

    def get(self, town: str) -> TownStanding | None: ...
    def save(self, town: str, standing: TownStanding) -> None: ...
    def tell(self, town: str, notices: Sequence[Notice]) -> None:
        """Keeps what Meta told; may be repeated."""

    def notices(self, town: str) -> Sequence[Notice]:
        """Everything that was told, settled or not, in no order that counts."""


# ---- a citizen writes -----------------------------------------------------------------------------------


class Inbox(Protocol):
    """Where a webhook's updates become durable, each once."""

    def store(
        self,
        updates: Sequence[InboxUpdate],
        statuses: Sequence[tuple[str, StatusReport]],
        orphans: Sequence[InboxUpdate],
    ) -> None:
        """Returns when everything is durable; raises otherwise. `statuses` come with their town; `orphans` are statuses
        without a key of ours, filed under their wamid.
        """

    def read(self, town: str, shard: str, kind: UpdateKind, key: str) -> InboxUpdate | None:
        """A stored update, for following it up again."""


class Citizens(Protocol):
    """People of one town, and everything that follows from one message in one transaction."""

    def find(self, town: str, identity: WireIdentity) -> Citizen | None:
        """By user_id first, then by phone."""

    def get(self, town: str, citizen_id: str) -> Citizen | None: ...
    def commit(self, turn: Turn) -> TurnOutcome:
        """Stores message, new state, ledger entries, audience rows and answers together, once per message."""

    def bring(self, before: Citizen | None, after: Citizen, entries: Sequence[ConsentEntry]) -> bool:
        """Stores a person and their consents without a message (import, office); False when somebody was faster."""

    def message(self, town: str, citizen_id: str, wamid: str) -> IncomingMessage | None:
        """One message of a person's history, found from the newest on."""

    def senders_of(self, town: str, same_text: str, *, but: str) -> int:
        """How many others sent a text of this keyed hash within days; counted no farther than a few."""

    def history(self, town: str, citizen_id: str) -> Sequence[Line]:
        """The conversation, oldest first."""

    def waiting(self, town: str) -> Sequence[WaitingConversation]:
        """Conversations that wait for the town's answer, or are flagged."""

    def ledger(self, town: str, citizen_id: str) -> Sequence[ConsentEntry]: ...
    def joined(self, town: str, citizen_id: str) -> Sequence[str]:
        """Ids of all who turned out to be this person. Whatever else is asked of a person includes them."""

    def erase(self, town: str, citizen_id: str) -> int:
        """Deletes every row of the person; returns how many."""

    def rows(self, town: str, citizen_id: str) -> Sequence[Mapping[str, Any]]:
        """Every stored row of the person, for an export."""


class Answers(Protocol):
    """Outgoing answers, each sent by whoever wins its claim."""

    def pending(self, town: str, citizen_id: str, message_id: str) -> Sequence[AnswerRef]:
        """Answers of a message that were never claimed, so that a redelivery can hand them on again."""

    def unsettled(self, town: str, citizen_id: str) -> bool:
        """Whether an answer to this person is still to be sent."""

    def claim(self, ref: AnswerRef, now: datetime) -> AnswerClaim: ...
    def record(self, ref: AnswerRef, attempt: int, outcome: SendOutcome, now: datetime) -> None: ...


class AnswerQueue(Protocol):
    """Hands answers to the sender, in order per citizen."""

    def put(self, refs: Sequence[AnswerRef]) -> None: ...


class RetryQueue(Protocol):
    """Where an update goes that could not be followed up, so that it holds back nobody else."""

    def put(self, update: InboxUpdate) -> None: ...


class GraphApi(Protocol):
    """The one door out: one message to Meta, and what became of it. Never raises for Meta's answer, never retries."""

    async def send(self, town: str, phone_number_id: str, body: Mapping[str, Any]) -> SendOutcome: ...


class Calls(Protocol):
    """Calls for replies, and what came in. Entries and acceptances are stored by `Citizens.commit`, with their turn."""

    def current(self, town: str, at: datetime) -> Call | None:
        """The open call, else the one that ended less than LATE_NOTE_FOR ago. Read from a cache of some seconds."""

    def get(self, town: str, call_id: str) -> Call | None: ...
    def all(self, town: str) -> Sequence[Call]:
        """Oldest first."""

    def save(self, before: Call | None, call: Call) -> bool:
        """Stores `call` if `before` still stands (None: if it is new); False when somebody was faster."""

    def entries(self, town: str, call_id: str) -> Sequence[CallEntry]:
        """In order of time."""

    def entries_of(self, town: str, call_id: str, citizen_id: str) -> Sequence[CallEntry]: ...
    def late(self, town: str, call_id: str) -> int:
        """How many came after the deadline; they are counted and are no entries."""

    def withdraw(self, entry: CallEntry) -> None:
        """Takes an entry out; harmless to repeat."""

    def acceptances(self, town: str, call_id: str) -> Sequence[CallAcceptance]: ...
    def accepted(self, town: str, call_id: str, citizen_id: str) -> CallAcceptance | None: ...
    def mark_reminded(self, call: Call, citizen_id: str) -> bool:
        """True once per person and call: whoever gets it may remind."""


class MediaRows(Protocol):
    """What is known of each file. The first row of one is stored by `Citizens.commit`, with its message."""

    def load(self, town: str, citizen_id: str, wamid: str) -> Media | None: ...
    def save(self, before: Media, after: Media) -> bool:
        """Stores `after` if `before` still stands; False when somebody was faster or the person is erased."""

    def in_trouble(self, town: str) -> Sequence[Media]:
        """Those that were tried and are not there."""

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Media]: ...


class MediaStore(Protocol):
    """The files themselves."""

    def put(self, key: str, content: bytes, content_type: str) -> None: ...
    def get(self, key: str) -> bytes | None: ...
    def keys(self, town: str, citizen_id: str) -> Sequence[str]:
        """Everything that lies there of a person."""

    def of_town(self, town: str) -> Iterator[StoredFile]:
        """Everything that lies there, person by person within each part; memory stays flat."""

    def renew(self, town: str, citizen_id: str, before: datetime) -> int:
        """The time of each file of a person that was stored before this moment begins anew; returns how many."""

    def delete(self, keys: Sequence[str]) -> None:
        """Harmless for what is gone."""

    def erase(self, town: str, citizen_id: str) -> int:
        """Deletes everything of a person; returns how many files."""

    def link(self, key: str) -> str:
        """An address for staff that opens the file without a login, for some minutes."""


class MediaSource(Protocol):
    """Files that wait at Meta."""

    def fetch(self, town: str, media_id: str, most_bytes: int) -> Fetched:
        """Asks for a fresh address each time. Raises MediaRefused, MediaLost or MediaNotNow."""


class MediaQueue(Protocol):
    """Files to fetch; putting one twice is harmless."""

    def put(self, town: str, citizen_id: str, wamid: str) -> None: ...


class Photos(Protocol):
    """Copies of a photo that others may see."""

    def copies(self, content: bytes) -> PhotoCopies:
        """Raises MediaRefused for what is no photo."""


class ErasureQueue(Protocol):
    """People to erase; putting one twice is harmless."""

    def put(self, town: str, citizen_id: str, requested_at: datetime) -> None: ...


class Erasures(Protocol):
    """What stays of people who were erased: marks and proofs that name nobody."""

    def mark(self, town: str, identity: WireIdentity, at: datetime) -> None:
        """So that no import brings this person back."""

    def is_marked(self, town: str, identity: WireIdentity) -> bool: ...
    def prove(self, proof: ErasureProof) -> None:
        """Over what the same erasure proved before."""

    def proofs(self, town: str) -> Sequence[ErasureProof]:
        """Oldest first."""


class Holds(Protocol):
    """What is kept for a procedure, and which rows therefore have no end."""

    def save(self, hold: Hold) -> None: ...
    def all(self, town: str) -> Sequence[Hold]: ...
    def of(self, town: str, citizen_ids: Sequence[str]) -> Sequence[Hold]: ...
    def wish(self, hold: Hold, at: datetime) -> bool:
        """The person asked to be erased; False when the hold is over."""

    def end(self, hold: Hold) -> None:
        """Harmless to repeat."""

    def take_ends(self, town: str, citizen_ids: Sequence[str]) -> int:
        """Every row of these people that has an end loses it and remembers it; returns how many. Harmless to repeat."""

    def give_ends_back(self, town: str, citizen_ids: Sequence[str]) -> int:
        """The reverse of `take_ends`."""


class Retention(Protocol):
    """What is stored and when it ends, for whoever has to show that it does."""

    def kept(self, town: str) -> Iterator[KeptRow]:
        """Every row of the town; memory stays flat. Reads the whole table."""

    def delete(self, rows: Sequence[KeptRow]) -> Sequence[KeptRow]:
        """Returns those it took; one that has got a later end since it was read stays."""

    def note(self, town: str, at: datetime, deleted: Mapping[str, int]) -> None:
        """Keeps that a sweep took so many rows, or files, of each kind."""

    def noted(self, town: str) -> Sequence[tuple[datetime, Mapping[str, int]]]:
        """Sweeps, oldest first."""


class TownData(Protocol):
    """Everything a town has, for whoever takes it away; reads the whole table, and memory stays flat."""

    def citizen_ids(self, town: str) -> Iterator[str]:
        """Everyone with a profile."""

    def rows(self, town: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """(kind, row as it is stored), in no order; the kind names no person."""


class DataLinks(Protocol):
    """Short-lived links to a person's own data."""

    def make(self, town: str, citizen_id: str, now: datetime) -> str: ...
    def read(self, token: str, now: datetime) -> DataRequest:
        """Raises LinkNotValid."""


class CallReminders(Protocol):
    """Starts the reminder of a call at its hour."""

    def at(self, call: Call, when: datetime) -> None: ...
    def cancel(self, call_id: str) -> None:
        """Harmless when it has fired or there was none."""


class Cases(Protocol):
    """Reports that a town works on. A case is stored by `Citizens.commit`, with its turn."""

    def get(self, town: str, number: str) -> Case | None: ...
    def next_number(self, town: str, year: int) -> str:
        """A number that nobody else gets; one that is not used leaves a gap."""

    def open(self, town: str) -> Sequence[OpenCase]:
        """Those that are not over, oldest first."""

    def of_year(self, town: str, year: int) -> Iterator[Case]:
        """All cases of that year's numbers, newest first."""

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Case]:
        """Newest first."""

    def events(self, town: str, number: str) -> Sequence[CaseEvent]:
        """What staff did to it, in order of time."""


# ---- staff publish, and crisis --------------------------------------------------------------------------


class Audience(Protocol):
    """Recipients of an offer, in order of citizen id."""

    def scan(self, town: str, offer: Offer) -> Iterator[Recipient]:
        """Everyone, for planning; memory stays flat."""

    def open_windows(self, town: str, at: datetime) -> AbstractSet[str]:
        """Citizen ids of those whose service window is still open then, as far as is known now."""

    async def window_is_open(self, town: str, citizen_id: str, at: datetime) -> bool:
        """Whether this person may be written to freely then; strongly consistent."""

    async def block(self, town: str, offer: Offer, after: str, upto: str, limit: int) -> Sequence[Recipient]:
        """The next `limit` recipients with after < id <= upto, those who left included; strongly consistent."""

    async def some(self, town: str, offer: Offer, citizen_ids: Sequence[str]) -> Sequence[Recipient]:
        """The named ones that still exist."""


class Broadcasts(Protocol):
    """Newsletters."""

    def create(self, broadcast: Broadcast) -> bool:
        """False when its id is taken, and then nothing is changed."""

    def get(self, broadcast_id: str) -> Broadcast | None: ...
    def replace(self, before: Broadcast, after: Broadcast) -> bool:
        """Stores `after` if `before` still stands; False when somebody was faster."""

    def recent(self, town: str, limit: int = 20) -> Sequence[Broadcast]: ...


class Feeds(Protocol):
    """The town's own feed of news."""

    def read(self, address: str) -> Sequence[FeedEntry]:
        """In the feed's order. Raises FeedNotRead."""


class Links(Protocol):
    """Whether addresses on the public web answer."""

    def trouble(self, address: str) -> str:
        """Why a reader would not get there, for staff; "" when it answers 200."""


class Clicks(Protocol):
    """Clicks on items of newsletters: numbers, and nothing about who clicked."""

    def count(self, broadcast_id: str, item: int) -> None:
        """One more; never lost to another one at the same time."""

    def of(self, broadcast_id: str) -> Mapping[int, int]:
        """Clicks by item, which count from 1; an item that nobody opened is missing."""


class Slices(Protocol):
    """Progress of slices: the write-ahead claims of the delivery protocol."""

    def plan(self, slices: Sequence[Slice]) -> None:
        """Stores each slice as waiting, unless it exists: planning twice changes nothing."""

    def all(self, cause: str) -> Sequence[tuple[Slice, Progress]]: ...
    def standings(self, cause: str) -> Sequence[Standing]:
        """As `all`, with when each moved last."""

    async def begin(self, piece: Slice, now: datetime) -> Progress:
        """Raises the epoch and marks the slice running; a slice that is done or parked comes back as it is.

        Raises SliceStillRunning while its last owner may still be sending.
        """

    async def claim(self, piece: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        """Moves the row from `before` to `after` if it still says `before`; the epoch in it is the fence."""

    async def close(self, piece: Slice, before: Progress, after: Progress, now: datetime) -> bool:
        """Ends this owner's work: `after` is done, parked, or waiting (handed back, with turn + 1)."""

    def resume(self, piece: Slice, before: Progress, now: datetime) -> Progress | None:
        """Makes a parked slice wait again with the next turn; None when somebody was faster."""


class Deliveries(Protocol):
    """Outcome and status rows."""

    async def record(self, town: str, outcomes: Sequence[Outcome]) -> None:
        """Up to 25 in one call; repeats what DynamoDB left over; overwrites."""

    async def mark_unknown(self, town: str, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        """Only where no outcome stands yet; returns those that it wrote, so that one of two callers goes on."""

    async def rows_of(
        self, town: str, cause: str, citizen_ids: Sequence[str]
    ) -> Sequence[tuple[str, int, OutcomeKind | Status, str]]:
        """As `rows`, for these people only."""

    async def known(self, town: str, cause: str, after: str, upto: str) -> frozenset[str]:
        """Citizen ids in the range that have an outcome row."""

    def rows(self, town: str, cause: str) -> Iterator[tuple[str, int, OutcomeKind | Status, str]]:
        """(citizen_id, attempt, kind, reason) of every row, in order of citizen id."""

    def in_full(self, town: str, cause: str) -> Iterator[DeliveryRow]:
        """As `rows`, with times and what Meta said of the price; memory stays flat."""


class Controls(Protocol):
    """Control items."""

    async def read(self, town: str, phone_number_id: str) -> Control: ...
    def stop(self, town: str, phone_number_id: str, cause: str, *, stopped: bool) -> None: ...
    def pause(self, town: str, phone_number_id: str, *, paused: bool) -> None: ...
    def set_rate(self, town: str, phone_number_id: str, rate_mps: int) -> None: ...
    async def hold_for_crisis(self, town: str, phone_number_id: str, holder: str, until: datetime) -> None:
        """Takes or renews the holder's lease; it never gets shorter. Newsletters yield while anybody has one."""

    async def give_back(self, town: str, phone_number_id: str, holder: str, now: datetime) -> None:
        """Ends the holder's lease, and nobody else's; without one it changes nothing. Drops leases long over."""


class SliceQueue(Protocol):
    """Hands slices to the senders; `turn` tells a handed-back slice from a repeated one."""

    def put(self, slices: Sequence[tuple[Slice, int]]) -> None: ...


class RecheckQueue(Protocol):
    """Unknown outcomes of a crisis to look at again after `delay_s` (at most 900)."""

    def put(self, town: str, cause: str, citizen_ids: Sequence[str], attempt: int, delay_s: int) -> None: ...


class Schedule(Protocol):
    """Starts a broadcast later."""

    def at(self, broadcast_id: str, town: str, when: datetime, portion: int = 0) -> None:
        """portion: names the one of a newsletter over several days; asking again for the same one changes nothing."""

    def weekly(self, broadcast_id: str, town: str, first: datetime, zone: ZoneInfo) -> None:
        """From `first` on, every week at its weekday and hour in the zone, whatever the clocks do."""

    def cancel(self, broadcast_id: str) -> None: ...


class Starter(Protocol):
    """Starts a broadcast now, in the function that plans it."""

    def start(self, town: str, broadcast_id: str) -> Mapping[str, Any]: ...


class Alerts(Protocol):
    """Alerts, the links that raise them, and the people who hold those links."""

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

    def save_link(self, link: CrisisLink, holder: Holder | None = None) -> None:
        """Makes the link usable; `holder` comes with a new PIN, and with it a clean count of wrong ones."""

    def revoke_link(self, town: str, link_id: str) -> bool:
        """False when there is no such link."""

    def link(self, town: str, link_id: str) -> CrisisLink | None: ...
    def links(self, town: str) -> Sequence[CrisisLink]: ...
    def holder(self, town: str, name: str) -> Holder | None: ...
    def may_guess(self, town: str, holder: str, mark: str, now: datetime) -> bool:
        """Takes one of the holder's WRONG_PINS_ALLOWED guesses before the PIN is looked at, however many ask at once.

        mark: a keyed hash of what was typed; the same again costs nothing. LOCK after the last one there is one more.
        """

    def count_wrong_pin(self, town: str, holder: str, now: datetime) -> Holder: ...
    def clear_wrong_pins(self, town: str, holder: str) -> None:
        """Forgets wrong PINs and guesses: the right one came."""


class AlertCounts(Protocol):
    """The newest count of an alert, so that many who look at once count once."""

    def latest(self, alert_id: str) -> AlertCount | None:
        """As it stands; whether it still holds is its own matter."""

    def take(self, alert_id: str, now: datetime, until: datetime) -> bool:
        """Whether the caller is to count: nobody else is, until then or until a count is kept. One must be kept."""

    def keep(self, alert_id: str, count: AlertCount) -> None:
        """Over the one before."""


class Lamps(Protocol):
    """Whether warnings could go out when somebody last looked."""

    def get(self, town: str) -> Lamp | None: ...
    def save(self, town: str, lamp: Lamp) -> None: ...


class CrisisQueues(Protocol):
    """The queues of warnings."""

    def waiting(self) -> Waiting | None:
        """None when they cannot be read."""


class CrisisSender(Protocol):
    """The function that sends warnings."""

    def ping(self, at_once: int) -> Pinged:
        """Calls so many of its processes at the same moment, which keeps them warm. Nothing is sent, nothing raised."""


class Evidence(Protocol):
    """The evidence folder of an alert, by its id, or of a town's month for what belongs to none. Nothing is changed."""

    def append(self, town: str, folder: str, what: str, at: datetime, facts: Mapping[str, str]) -> Entry:
        """Adds an entry behind the last, whoever else adds one at the same moment; returns it with its seal."""

    def entries(self, town: str, folder: str) -> Sequence[Entry]:
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
