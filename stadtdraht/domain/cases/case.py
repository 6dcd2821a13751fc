"""A case: a report that the town works on, from the first message to the answer."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.opening import after_working_days
from stadtdraht.domain.text import one_line, plain, shorten
from stadtdraht.domain.town import Town
from stadtdraht.domain.understanding.reading import Reading

JOINED_WITHIN = timedelta(minutes=30)  # photos and texts that come this close belong together
DESCRIPTION_CHARACTERS = 8000
LAST_WORDS_CHARACTERS = 80  # in lists
GOES_ON = " […]"  # ends a text that was cut
RATINGS = (1, 2, 3)
LISTS = 40  # message ids kept per case; a person who sends more has a conversation, not a report


class CaseKind(StrEnum):
    """What a citizen brings (requirement S10, S28, S36); read from the text, correctable by both sides."""

    IDEA = "idea"
    SUGGESTION = "suggestion"
    HINT = "hint"
    CRITICISM = "criticism"
    PRAISE = "praise"
    QUESTION = "question"


class CaseState(StrEnum):
    """Where the work stands; a citizen hears of every change."""

    NEW = "new"
    IN_WORK = "in_work"
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def is_over(self) -> bool:
        return self in (CaseState.ANSWERED, CaseState.CLOSED)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is."""

    latitude: float | None = None
    """Degrees as the citizen's pin says; None without a pin."""
    longitude: float | None = None
    address: str = ""
    """As typed, or as the pin named it; "" when nobody said it."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One thing that was done to a case."""

    at: datetime
    by: str
    """As staff name themselves; "" for the citizen."""
    state: CaseState
    """The state it left the case in."""
    said: str = ""
    """Words for the citizen."""
    note: str = ""
    """For staff only."""
    department: str = ""
    """Id of the department it was forwarded to."""
    told: bool = False
    """Whether the words went out on WhatsApp."""
    assigned_to: str | None = None
    """To whom it was given, "" for nobody; None where that stayed."""
    kind: CaseKind | None = None
    """What it was corrected to; None where that stayed."""
    merged_into: str = ""
    """Number of the case that goes on in its place from here."""
    version: int = 0
    """The case's version afterwards; 0 for what was done before it was kept."""
    staff_id: str = ""
    """Of who did it in the console; a name may change, and two may share one."""
    press: str = ""
    """Nonce of the form that did it, so that it does it once."""
    due_at: datetime | None = None
    """The new end of the day until which it is due; None where that stayed."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What lists and hints need of a case that somebody works on."""

    number: str
    kind: CaseKind
    state: CaseState
    opened_at: datetime
    due_at: datetime
    department: str = ""
    district: str = ""
    place: Place = field(default_factory=Place)
    assigned_to: str = ""
    first_feedback_at: datetime | None = None
    last_words: str = ""
    """What the citizen wrote last, cut between words; "" for photos alone."""
    last_added_at: datetime | None = None
    """None for what was stored before it was kept."""
    is_due_again: bool = False
    """Whether staff set the day themselves: it holds after a first feedback, too."""
    over_at: datetime | None = None
    photos: int = 0
    title: str = ""
    """How it begins, cut between words; "" for photos alone, and for what was stored before it was kept."""

    def is_overdue(self, now: datetime) -> bool:
        """Whether the promised first feedback is missing, or what staff set themselves a day for."""
        return self.is_due and now > self.due_at

    @property
    def is_due(self) -> bool:
        """Whether anything has to happen until `due_at`."""
        return not self.state.is_over and (self.first_feedback_at is None or self.is_due_again)


@dataclass(frozen=True, slots=True)
class Case:
    """A report that the town works on."""

    town: str
    number: str
    """"2026-0142", counted for each town and year."""
    citizen_id: str
    kind: CaseKind
    opened_at: datetime
    due_at: datetime
    """First feedback is promised until then, or what staff set themselves that day for."""
    last_added_at: datetime
    description: str = ""
    state: CaseState = CaseState.NEW
    department: str = ""
    """Id of a department of the town; "" is the default queue."""
    district: str = ""
    place: Place = field(default_factory=Place)
    message_ids: tuple[str, ...] = ()
    """Wamids in order of arrival."""
    photo_ids: tuple[str, ...] = ()
    """Wamids of the messages with a photo, in order of arrival."""
    near: tuple[str, ...] = ()
    """Numbers of open cases close by when it was opened."""
    merged_into: str = ""
    """Number of the case that goes on in its place."""
    duplicates: tuple[str, ...] = ()
    """Numbers of the cases that this one goes on for."""
    assigned_to: str = ""
    """As staff name themselves; "" for nobody."""
    first_feedback_at: datetime | None = None
    is_due_again: bool = False
    """Whether staff set the day themselves: it holds after a first feedback, too."""
    over_at: datetime | None = None
    rating: int = 0
    """1 to 3, as the citizen tapped after the end; 0 for none."""
    latest: CaseEvent | None = None
    """The last thing that staff did to it."""
    last_words: str = ""
    """What the citizen wrote last, cut between words; "" for photos alone."""
    version: int = 0
    """Counts changes, and guards against two writers."""

    def takes(self, at: datetime) -> bool:
        """Whether a message of this moment still belongs to it without being named."""
        return not self.state.is_over and abs(at - self.last_added_at) <= JOINED_WITHIN

    def is_overdue(self, now: datetime) -> bool:
        """Whether the promised first feedback is missing, or what staff set themselves a day for."""
        return self.is_due and now > self.due_at

    @property
    def is_due(self) -> bool:
        """Whether anything has to happen until `due_at`."""
        return not self.state.is_over and (self.first_feedback_at is None or self.is_due_again)

    @property
    def title(self) -> str:
        """How it begins, cut between words; "" for photos alone."""
        return shorten(one_line(self.description), LAST_WORDS_CHARACTERS)

    @property
    def photos(self) -> int:
        """How many came with it."""
        return len(self.photo_ids)


def open_case(town: Town, citizen_id: str, message: IncomingMessage, reading: Reading) -> Case:
    """A case without a number yet, from its first message."""
    case = Case(
        town=town.id,
        number="",
        citizen_id=citizen_id,
        kind=_kind(reading),
        opened_at=message.at,
        due_at=after_working_days(town, message.at, town.first_feedback_working_days),
        last_added_at=message.at,
    )
    return add(case, town, message, reading)


def add(case: Case, town: Town, message: IncomingMessage, reading: Reading) -> Case:
    """The case with one more message: text, photo, pin or address. Harmless for a message that it has already."""
    if message.wamid in case.message_ids or len(case.message_ids) >= LISTS:
        return case
    description = _bounded("\n".join(part for part in (case.description, message.text) if part))
    has_media = bool(message.media_id)
    kind = _kind(reading) if message.text and not case.description else case.kind
    with_it = replace(
        case,
        description=description,
        kind=kind,
        message_ids=(*case.message_ids, message.wamid),
        photo_ids=(*case.photo_ids, message.wamid) if has_media else case.photo_ids,
        place=_place(case.place, message, reading.place),
        district=case.district or _district(town, message.text),
        last_added_at=max(case.last_added_at, message.at),
        last_words=_last_words(case, message),
    )
    return replace(with_it, department=route(town, with_it))


def route(town: Town, case: Case) -> str:
    """Id of the first department that names this kind or one of the words said; "" is the default queue."""
    said = f" {plain(case.description)} "
    for department in town.departments:
        if any(plain(word) in said for word in department.words):
            return department.id
    return next((one.id for one in town.departments if case.kind in one.kinds), "")


def reopen(case: Case, at: datetime) -> Case:
    """The case in work again, since its citizen says that it is not done; staff see it in the list of open ones."""
    event = CaseEvent(at, "", CaseState.IN_WORK, version=case.version + 1)
    return replace(case, state=CaseState.IN_WORK, over_at=None, latest=event, version=case.version + 1)


def forget_message(case: Case, message: IncomingMessage) -> Case:
    """The case without the words and the photo of a message that its citizen wants deleted."""
    if message.wamid not in case.message_ids:
        return case
    lines = f"\n{case.description}\n"
    cut = lines.replace(f"\n{message.text}\n", "\n", 1) if message.text else lines
    photos = tuple(wamid for wamid in case.photo_ids if wamid != message.wamid)
    return replace(case, description=cut.strip("\n"), photo_ids=photos, version=case.version + 1)


def rate(case: Case, stars: int) -> Case:
    """The case with what the citizen thinks of its end: 1 (bad) to 3 (good). Raises ValueError for anything else."""
    if stars not in RATINGS:
        raise ValueError(f"a rating is one of {RATINGS}")
    return replace(case, rating=stars, version=case.version + 1)


def _bounded(text: str) -> str:
    """At most so long, with a mark where it goes on; the whole stands in the person's conversation."""
    if len(text) <= DESCRIPTION_CHARACTERS:
        return text
    return text[: DESCRIPTION_CHARACTERS - len(GOES_ON)] + GOES_ON


def _last_words(case: Case, message: IncomingMessage) -> str:
    said = shorten(one_line(message.text), LAST_WORDS_CHARACTERS)
    is_older = bool(case.last_words) and message.at < case.last_added_at
    return case.last_words if is_older or not said else said


def is_on_earth(latitude: float | None, longitude: float | None) -> bool:
    """Whether a pin says where something is; 0, 0 is what a telephone says that does not know."""
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180  # noqa: PLR2004 - degrees; false for NaN, too


def due_day(due_at: datetime, town: Town) -> date:
    """The last day of a promise, as the citizen was told it: `due_at` is the midnight after it."""
    return (due_at - timedelta(seconds=1)).astimezone(town.zone).date()


def number_of(year: int, count: int) -> str:
    """As people read it: "2026-0142"."""
    return f"{year}-{count:04}"


def year_of(number: str) -> int:
    """The year in a number; 0 for what is no number of a case."""
    year, _, count = number.partition("-")
    return int(year) if _NUMBER.fullmatch(f"{year}-{count}") else 0


_NUMBER = re.compile(r"20[0-9]{2}-[0-9]{4,7}")


def _kind(reading: Reading) -> CaseKind:
    """A photo or a pin without words shows something that is to be mended, as a rule."""
    return CaseKind(reading.kind.value) if reading.is_concern else CaseKind.HINT


def _place(known: Place, message: IncomingMessage, said: str) -> Place:
    try:
        latitude, longitude = float(message.latitude), float(message.longitude)
    except ValueError:
        latitude = longitude = 0.0
    if not is_on_earth(latitude, longitude):
        return known if known.address else replace(known, address=said)
    return Place(latitude, longitude, message.place_name or known.address or said)


def _district(town: Town, text: str) -> str:
    said = f" {plain(text)} "
    for district in town.districts:
        if any(f" {plain(name)} " in said for name in district.names):
            return district.id
    return ""
