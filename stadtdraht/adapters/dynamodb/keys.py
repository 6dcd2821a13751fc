"""Every key of the table (docs/data-model.md), and no key anywhere else."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from stadtdraht.domain.identifiers import shard_of, town_of

if TYPE_CHECKING:  # whoever writes one kind of row does not pay for the others
    from stadtdraht.domain.delivery.delivery import Status
    from stadtdraht.domain.town import Offer

DIRECTORY: Final = "#DIRECTORY"
STAFF_TOWN: Final = "TOWN#"
STAFF_SESSION: Final = "SESSION#"
ADMINS: Final = "#ADMINS"
SESSION: Final = "SESSION"
STEP: Final = "STEP"
GUESSES: Final = "GUESSES"


def instant(at: datetime) -> str:
    """A time as it stands in keys and attributes: UTC, milliseconds, sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """The reverse of `instant`."""
    return datetime.fromisoformat(text)


# partition keys


def town(town: str) -> str:
    return f"{town}#TOWN"


def inbox(town: str, shard: str) -> str:
    return f"{town}#INBOX#{shard}"


def identity(town: str, value: str) -> str:
    return f"{town}#IDENTITY#{value}"


def citizen(town: str, citizen_id: str) -> str:
    return f"{town}#CITIZEN#{citizen_id}"


def audience(town: str, offer: "Offer", shard: str) -> str:
    return f"{town}#AUDIENCE#{offer}#{shard}"


def cause(cause: str) -> str:
    return f"{town_of(cause)}#CAUSE#{cause}"


def causes(town: str, kind: str) -> str:
    return f"{town}#CAUSES#{kind}"


def deliveries(town: str, cause: str, shard: str) -> str:
    return f"{town}#DELIVERY#{cause}#{shard}"


def deliveries_of(town: str, cause: str, citizen_id: str) -> str:
    return deliveries(town, cause, shard_of(citizen_id))


def clicks(cause: str, shard: str) -> str:
    return f"{town_of(cause)}#CLICKS#{cause}#{shard}"


def orphan_status(town: str, message_id: str) -> str:
    return f"{town}#STATUS#{message_id}"


def number(town: str, phone_number_id: str) -> str:
    return f"{town}#NUMBER#{phone_number_id}"


def crisis(town: str) -> str:
    return f"{town}#CRISIS"


def guesses(town: str) -> str:
    return f"{town}#GUESSES"


def nonce(town: str, nonce: str) -> str:
    return f"{town}#NONCE#{nonce}"


def session(key: str) -> str:
    return f"#SESSION#{key}"


def staff_member(staff_id: str) -> str:
    return f"#STAFF#{staff_id}"


def door_guesses(digest: str) -> str:
    return f"#GUESSES#{digest}"


def staff(town: str) -> str:
    return f"{town}#STAFF"


def evidence(town: str, folder: str) -> str:
    return f"{town}#EVIDENCE#{folder}"


def contests(town: str) -> str:
    return f"{town}#CALLS"


def contest(town: str, contest_id: str) -> str:
    return f"{town}#CALL#{contest_id}"


def consultations(town: str) -> str:
    return f"{town}#CONSULTATIONS"


def consultation(town: str, consultation_id: str) -> str:
    return f"{town}#CONSULTATION#{consultation_id}"


def media_trouble(town: str) -> str:
    return f"{town}#MEDIA_TROUBLE"


def cases(town: str, year: int) -> str:
    return f"{town}#CASES#{year}"


def open_cases(town: str) -> str:
    return f"{town}#OPEN_CASES"


def case(town: str, number: str) -> str:
    return f"{town}#CASE#{number}"


MIGRATION: Final = "#MIGRATION"
STATE: Final = "STATE"
SHAPE: Final = "shape"
"""Attribute that names the shape of a row, where it may change; a row without it is of shape 1 (docs/data-model.md)."""


def conversations(town: str) -> str:
    return f"{town}#CONVERSATIONS"


def waiting(town: str) -> str:
    return f"{town}#WAITING"


def recent(town: str, month: str) -> str:
    """month: as in `instant`, "2026-11"."""
    return f"{town}#RECENT#{month}"


def names(town: str) -> str:
    return f"{town}#NAMES"


def looking(town: str) -> str:
    return f"{town}#LOOKING"


def texts(town: str) -> str:
    return f"{town}#TEXTS"


def told(town: str) -> str:
    return f"{town}#TOLD"


def undelivered(town: str) -> str:
    return f"{town}#UNDELIVERED"


def opted_out(town: str) -> str:
    return f"{town}#OPTED_OUT"


def erasures(town: str) -> str:
    return f"{town}#ERASURES"


def audit(town: str) -> str:
    return f"{town}#AUDIT"


def same_text(town: str, digest: str) -> str:
    return f"{town}#SAME#{digest}"


def readiness(town: str) -> str:
    return f"{town}#LAMP"


def line(town: str) -> str:
    return f"{town}#LINE"


def arrivals(town: str) -> str:
    return f"{town}#ARRIVALS"


def arrival(at: datetime, webhook: str) -> str:
    return f"{instant(at)}#{webhook}"


def instant_of_arrival(sk: str) -> datetime:
    return parse_instant(sk.partition("#")[0])


def windows(town: str) -> str:
    return f"{town}#WINDOWS"


def account_snapshot(town: str) -> str:
    return f"{town}#STANDING"


def figures(town: str) -> str:
    return f"{town}#FIGURES"


def holds(town: str) -> str:
    return f"{town}#HOLDS"


def sweeps(town: str) -> str:
    return f"{town}#SWEEPS"


def of_town(town: str) -> str:
    """What every partition of a town begins with."""
    return f"{town}#"


def kind_of_row(pk: str, sk: str) -> str:
    """What a row is, without whose: "inbox", "citizen message"."""
    kind = pk.split("#")[1]
    return f"citizen {sk.partition('#')[0]}".lower() if kind == "CITIZEN" else kind.lower().replace("_", " ")


# sort keys

LAST: Final = "~"  # behind every instant and every id
META: Final = "META"
COUNT: Final = "COUNT"
SETTINGS: Final = "SETTINGS"
PROFILE: Final = "PROFILE"
IDENTITY: Final = "IDENTITY"
CONTROL: Final = "CONTROL"
NONCE: Final = "NONCE"
KNOWN_AS: Final = "KNOWN_AS#"
JOINED: Final = "JOINED#"
CONSENT: Final = "CONSENT#"
MESSAGE: Final = "MESSAGE#"
ANSWER: Final = "ANSWER#"
NOTE: Final = "NOTE#"
MEDIA: Final = "MEDIA#"
CONTEST_ENTRY: Final = "ENTRY#"
CONTEST_LATE: Final = "LATE#"
CONTEST_TERMS: Final = "TERMS#"
CASE_EVENT: Final = "EVENT#"
CASE_OF: Final = "CASE#"
NOTICE: Final = "NOTICE#"
NAMED: Final = "NAMED#"


def directory_number(phone_number_id: str) -> str:
    return f"NUMBER#{phone_number_id}"


def directory_account(waba_id: str) -> str:
    return f"WABA#{waba_id}"


def directory_town(town: str) -> str:
    return f"TOWN#{town}"


def update(kind: str, key: str) -> str:
    return f"{kind}#{key}"


def notice(told_at: datetime, matter: str, subject: str, *, over: bool) -> str:
    return f"{NOTICE}{instant(told_at)}#{matter}#{subject}{'#OVER' if over else ''}"


def consent(at: datetime, offer: "Offer", message_id: str) -> str:
    return f"{CONSENT}{instant(at)}#{offer}#{message_id}"


def message(at: datetime, wamid: str) -> str:
    return f"{MESSAGE}{instant(at)}#{wamid}"


def media(wamid: str) -> str:
    return f"{MEDIA}{wamid}"


def troubled(citizen_id: str, wamid: str) -> str:
    return f"{citizen_id}#{wamid}"


def erasure(at: datetime, name: str) -> str:
    return f"{instant(at)}#{name}"


def audit_entry(at: datetime, act: str, person: str, by: str) -> str:
    return f"{instant(at)}#{act}#{person}#{by}"


def hold(citizen_id: str, case: str) -> str:
    """case: its number, "" for a hold on the person, which is also what all of theirs begin with."""
    return f"{citizen_id}#{case}"


def note(at: datetime, by: str) -> str:
    return f"{NOTE}{instant(at)}#{by}"


def draft(staff_id: str) -> str:
    """In the citizen's partition: what somebody has typed for them and not sent."""
    return f"DRAFT#{staff_id}"


def looks(citizen_id: str, staff_id: str) -> str:
    """staff_id: "" for what the keys of all who read this conversation begin with."""
    return f"{citizen_id}#{staff_id}"


def press(digest: str) -> str:
    """In the citizen's partition: that a form was posted."""
    return f"PRESS#{digest}"


def heard(last_at: datetime, citizen_id: str) -> str:
    return f"{instant(last_at)}#{citizen_id}"


def name(words: str, citizen_id: str) -> str:
    """words: a name as it is compared, or its end from one of its words on."""
    return f"{words}#{citizen_id}"


def named(words: str) -> str:
    """In the citizen's partition: the way to a name that they have, or had."""
    return f"{NAMED}{words}"


def known_as(value: str) -> str:
    return f"{KNOWN_AS}{value}"


def merged(citizen_id: str) -> str:
    return f"{JOINED}{citizen_id}"


def answer(answer_id: str) -> str:
    return f"{ANSWER}{answer_id}"


def answer_status(answer_id: str, attempt: int, status: "Status") -> str:
    return f"ANSWER#{answer_id}#S#{attempt}#{status}"


def errand(errand: str) -> str:
    return errand.upper()


def slice_(lane: int, seq: int) -> str:
    return f"SLICE#{lane:02}#{seq:05}"


def listed(created_at: datetime, cause: str) -> str:
    return f"{instant(created_at)}#{cause}"


def outcome(citizen_id: str, attempt: int) -> str:
    return f"{citizen_id}#O#{attempt}"


def status(citizen_id: str, attempt: int, status: "Status") -> str:
    return f"{citizen_id}#S#{attempt}#{status}"


def crisis_link(link_id: str) -> str:
    return f"LINK#{link_id}"


def crisis_holder(name: str) -> str:
    return f"HOLDER#{name}"


def crisis_guesses(holder: str, link_id: str = "") -> str:
    """Of one link; without it, what the keys of all links of this holder begin with."""
    return f"GUESSES#{holder}#{link_id}"


def recent_alert(town: str, sameness: str) -> tuple[str, str]:
    """(pk, sk) of the row that the same alert spends for a moment, whatever its nonce."""
    return nonce(town, f"RECENT#{sameness}"), "RECENT"


def evidence_entry(seq: int) -> str:
    return f"{seq:06}"


def contest_entry(citizen_id: str, wamid: str) -> str:
    return f"{CONTEST_ENTRY}{citizen_id}#{wamid}"


def contest_late(citizen_id: str, wamid: str) -> str:
    return f"{CONTEST_LATE}{citizen_id}#{wamid}"


def contest_terms(citizen_id: str) -> str:
    return f"{CONTEST_TERMS}{citizen_id}"


def contest_reminded(citizen_id: str) -> str:
    return f"REMINDED#{citizen_id}"


def entered(contest_id: str, wamid: str) -> str:
    """In the citizen's partition: the way to an entry."""
    return f"{CONTEST_ENTRY}{contest_id}#{wamid}"


def accepted(contest_id: str) -> str:
    """In the citizen's partition: the way to their yes to the terms of a contest."""
    return f"{CONTEST_TERMS}{contest_id}"


def queue_mark(at: datetime, nonce: str) -> str:
    """nonce: random, so that it tells two of one moment apart and nobody's name."""
    return f"{instant(at)}#{nonce}"


def case_event(at: datetime, version: int) -> str:
    return f"{CASE_EVENT}{instant(at)}#{version:06}"


def case_of(number: str) -> str:
    """In the citizen's partition: the way to a case of theirs."""
    return f"{CASE_OF}{number}"
