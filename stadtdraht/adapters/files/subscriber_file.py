"""A town's subscribers as CSV, with the proof of each consent. Every mistake is named by its line."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.phone_numbers import NotANumber, read_number
from stadtdraht.domain.town import Offer, TopicOrDistrict, Town

COLUMNS = (
    "phone",
    "user_id",
    "offers",
    "topics",
    "district",
    "language",
    "consent_at",
    "consent_how",
    "consent_wording",
)
DELIMITERS = ",;\t"  # spreadsheets in Germany write semicolons
FIRST_YEAR = 2009
_SEPARATOR = re.compile(r'"?sep=(?P<by>[,;|\t])"?', re.IGNORECASE)
USER_ID = re.compile(r"[A-Z]{2}(\.ENT)?\.[A-Za-z0-9]{1,128}")  # a BSUID; Meta, Business-scoped user ids, 2026-09


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One line of the file."""

    identity: WireIdentity
    offers: tuple[Offer, ...]
    topics: frozenset[str]
    district: str
    language: str
    consent_at: datetime
    consent_how: str
    consent_wording: str
    line: int = field(default=0, compare=False)
    repeats: int = field(default=0, compare=False)
    """The earlier line that is about the same person; 0: none is. It is brought before this one."""


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that cannot be taken: which field, and what is expected there. It never holds what stands there."""

    line: int
    field: str
    expected: str

    def __str__(self) -> str:
        return f"{self.field}: {self.expected}"


class SubscriberFileNotRead(StadtdrahtError):
    """The file cannot be read; nothing of it was taken."""


class NotUtf8(SubscriberFileNotRead):
    """Some line is no UTF-8 text."""


class _WrongField(ValueError):
    def __init__(self, field: str, expected: str) -> None:
        super().__init__(expected)
        self.field = field


def read(file: Path, town: Town) -> Iterator[Subscriber | WrongLine]:
    """Every line of the file, one at a time. Raises SubscriberFileNotRead, before the first line."""
    delimiter, skipped = _opening(file)
    first: dict[str, int] = {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for _ in range(skipped):
            lines.readline()
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            names = [clean(name).casefold() for name in next(rows, [])]
            if wrong := _wrong_columns(names, skipped + 1):
                yield wrong
                return
            for row in rows:
                cells = [clean(cell) for cell in row]
                if any(cells):
                    yield _line(names, cells, skipped + rows.line_num, town, first)
        except csv.Error as why:
            number = skipped + rows.line_num
            yield WrongLine(number, "line", f"expected CSV; nothing behind it was read ({why})")


def error_lines(wrong: Iterable[WrongLine]) -> Iterator[tuple[str, str, str]]:
    """For the file that names the mistakes: a head, and a row for each."""
    yield ("line", "field", "expected")
    yield from ((str(it.line), it.field, it.expected) for it in wrong)


def clean(cell: str) -> str:
    """Without the blanks around it, and without what nobody can see and spreadsheets and mail programs leave behind."""
    return "".join(sign for sign in cell if unicodedata.category(sign) != "Cf").strip()


def _opening(file: Path) -> tuple[str, int]:
    """What separates the cells, and how many lines stand before the columns; Excel puts "sep=;" there and hides it.

    All of the file is looked at, so that one that is no UTF-8 in its last line is not brought by half.
    """
    number = 0
    try:
        with file.open("rb") as lines:
            first = lines.readline()
            for line in chain([first], lines):
                number += 1
                line.decode("utf-8")
    except OSError as why:
        raise SubscriberFileNotRead(f"{file} cannot be read: {why.strerror}") from why
    except UnicodeDecodeError as why:
        raise NotUtf8(f"{file} is no UTF-8 text from line {number} on") from why
    head = "".join(sign for sign in first.decode("utf-8").rstrip("\r\n") if unicodedata.category(sign) != "Cf")
    if said := _SEPARATOR.fullmatch(head):
        return said["by"], 1
    return max(DELIMITERS, key=head.count), 0


def _wrong_columns(names: Sequence[str], number: int) -> WrongLine | None:
    unknown = [name for name in names if name and name not in COLUMNS]
    missing = [name for name in ("offers", "consent_at", "consent_how") if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if not {"phone", "user_id"} & set(names):
        missing.append("phone or user_id")
    if not (unknown or missing or twice):
        return None
    found = (("unknown", unknown), ("missing", missing), ("twice", twice))
    said = "; ".join(f"{what}: {', '.join(columns)}" for what, columns in found if columns)
    return WrongLine(number, "columns", f"expected columns among {', '.join(COLUMNS)} ({said})")


def _line(
    names: Sequence[str], cells: Sequence[str], number: int, town: Town, first: dict[str, int]
) -> Subscriber | WrongLine:
    """first: in which line each person was met, so far."""
    if any(cells[len(names) :]):
        expected = "expected no more cells than there are columns; a text with the separator in it needs quotes"
        return WrongLine(number, "line", expected)
    if any(cell for name, cell in zip(names, cells, strict=False) if not name):
        return WrongLine(number, "line", "expected nothing in a column that has no name")
    row = dict.fromkeys(COLUMNS, "") | {name: cell for name, cell in zip(names, cells, strict=False) if name}
    try:
        one = _subscriber(row, town)
    except _WrongField as why:
        return WrongLine(number, why.field, str(why))
    repeats = min((first[name] for name in one.identity.names if name in first), default=0)
    for name in one.identity.names:
        first.setdefault(name, number)
    return replace(one, line=number, repeats=repeats)


def _subscriber(row: Mapping[str, str], town: Town) -> Subscriber:
    user_id, phone = row["user_id"], _phone(row["phone"]) if row["phone"] else ""
    if user_id and not USER_ID.fullmatch(user_id):
        raise _WrongField("user_id", "expected a BSUID such as DE.8123456789")
    if not phone and not user_id:
        raise _WrongField("phone", "phone or user_id is needed")
    known = town.offers_of()
    offers = tuple(offer for offer in Offer if offer in _list(row["offers"]))
    if not offers or set(_list(row["offers"])) - {offer.value for offer in known}:
        raise _WrongField("offers", f"expected some of {', '.join(sorted(known))}")
    topics = frozenset(_list(row["topics"]))
    if topics - {choice.id for choice in town.topics}:
        raise _WrongField("topics", _one_of(town, town.topics))
    district = row["district"]
    if district and district not in {choice.id for choice in town.districts}:
        raise _WrongField("district", _one_of(town, town.districts))
    language = row["language"] or "de"
    if language not in KNOWN_LANGUAGES:
        raise _WrongField("language", f"expected one of {', '.join(KNOWN_LANGUAGES)}, or nothing for de")
    if not row["consent_how"]:
        raise _WrongField("consent_how", "expected how the consent was given, in words")
    return Subscriber(
        identity=WireIdentity(user_id or None, phone or None),
        offers=offers,
        topics=topics,
        district=district,
        language=language,
        consent_at=_time(row["consent_at"], town),
        consent_how=row["consent_how"],
        consent_wording=row["consent_wording"] or town.wording_version,
    )


def _phone(written: str) -> str:
    try:
        return read_number(written)
    except NotANumber as why:
        raise _WrongField("phone", str(why)) from None


def _time(text: str, town: Town) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise _WrongField("consent_at", "expected a time such as 2026-03-01T10:00:00+01:00") from None
    now = datetime.now(UTC)
    if not FIRST_YEAR <= at.year <= now.year + 1:  # before any arithmetic: at the calendar's ends it overflows
        late = at.year > now.year
        expected = "that has been; this one lies in the future" if late else f"since {FIRST_YEAR}, when WhatsApp began"
        raise _WrongField("consent_at", f"expected a time {expected}")
    at = (at if at.tzinfo else at.replace(tzinfo=town.zone)).astimezone(UTC)
    if at > now:
        raise _WrongField("consent_at", "expected a time that has been; this one lies in the future")
    return at


def _one_of(town: Town, choices: Sequence[TopicOrDistrict]) -> str:
    return f"expected ids of {town.name}'s: {', '.join(choice.id for choice in choices) or 'it has none'}"


def _list(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,;|]+", text) if part]
