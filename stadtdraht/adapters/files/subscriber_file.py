"""A town's subscribers as CSV, with the proof of each consent. Every mistake is named by its line."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as of_dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.phone_numbers import NotANumber, read_number
from stadtdraht.domain.town import Offer, TopicOrDistrict, Town
from stadtdraht.texts.staff import imported as words

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
    line: int = of_dataclass(default=0, compare=False)
    repeats: int = of_dataclass(default=0, compare=False)
    """The earlier line that is about the same person; 0: none is. It is brought before this one."""


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that cannot be taken: which field, and what is expected there. It never holds what stands there."""

    line: int
    field: str
    code: str
    """Which mistake it is; it stays when its words change."""
    facts: Mapping[str, object] = of_dataclass(default_factory=dict)
    """What its sentence needs, by the names in braces there."""

    @property
    def expected(self) -> str:
        """In words of staff."""
        return words.EXPECTED[self.code].format_map(self.facts)

    def __str__(self) -> str:
        return f"{words.FIELDS.get(self.field, self.field)}: {self.expected}"


class NotUtf8(StadtdrahtError):
    """Some line of the file is no UTF-8 text; nothing of it was taken."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(f"{file} is no UTF-8 text from line {line} on")
        self.file = file
        self.line = line


class _WrongField(ValueError):
    def __init__(self, field: str, code: str, **facts: object) -> None:
        super().__init__(code)
        self.field = field
        self.code = code
        self.facts = facts


def read(file: Path, town: Town) -> Iterator[Subscriber | WrongLine]:
    """Every line of the file, one at a time. Raises NotUtf8 and OSError, before the first line."""
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
            yield WrongLine(number, "line", "no_csv", {"why": why})


def error_lines(wrong: Iterable[WrongLine]) -> Iterator[tuple[str, str, str]]:
    """For the file that names the mistakes: a head, and a row for each."""
    yield words.ERROR_HEAD
    yield from ((str(it.line), words.FIELDS.get(it.field, it.field), it.expected) for it in wrong)


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
    except UnicodeDecodeError as why:
        raise NotUtf8(file, number) from why
    head = "".join(sign for sign in first.decode("utf-8").rstrip("\r\n") if unicodedata.category(sign) != "Cf")
    if said := _SEPARATOR.fullmatch(head):
        return said["by"], 1
    return max(DELIMITERS, key=head.count), 0


def _wrong_columns(names: Sequence[str], number: int) -> WrongLine | None:
    unknown = [name for name in names if name and name not in COLUMNS]
    missing = [name for name in ("offers", "consent_at", "consent_how") if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if not {"phone", "user_id"} & set(names):
        missing.append(words.PHONE_OR_USER_ID)
    if not (unknown or missing or twice):
        return None
    found = words.columns(unknown, missing, twice)
    return WrongLine(number, "columns", "columns", {"known": ", ".join(COLUMNS), "found": found})


def _line(
    names: Sequence[str], cells: Sequence[str], number: int, town: Town, first: dict[str, int]
) -> Subscriber | WrongLine:
    """first: in which line each person was met, so far."""
    if any(cells[len(names) :]):
        return WrongLine(number, "line", "too_many_cells")
    if any(cell for name, cell in zip(names, cells, strict=False) if not name):
        return WrongLine(number, "line", "column_without_name")
    row = dict.fromkeys(COLUMNS, "") | {name: cell for name, cell in zip(names, cells, strict=False) if name}
    try:
        one = _subscriber(row, town)
    except _WrongField as why:
        return WrongLine(number, why.field, why.code, why.facts)
    repeats = min((first[name] for name in one.identity.names if name in first), default=0)
    for name in one.identity.names:
        first.setdefault(name, number)
    return replace(one, line=number, repeats=repeats)


def _subscriber(row: Mapping[str, str], town: Town) -> Subscriber:
    user_id, phone = row["user_id"], _phone(row["phone"]) if row["phone"] else ""
    if user_id and not USER_ID.fullmatch(user_id):
        raise _WrongField("user_id", "user_id")
    if not phone and not user_id:
        raise _WrongField("phone", "nobody")
    known = town.offers_of()
    offers = tuple(offer for offer in Offer if offer in _list(row["offers"]))
    if not offers or set(_list(row["offers"])) - {offer.value for offer in known}:
        raise _WrongField("offers", "offers", known=", ".join(sorted(known)))
    topics = frozenset(_list(row["topics"]))
    if topics - {choice.id for choice in town.topics}:
        raise _not_among("topics", town, town.topics)
    district = row["district"]
    if district and district not in {choice.id for choice in town.districts}:
        raise _not_among("district", town, town.districts)
    language = row["language"] or "de"
    if language not in KNOWN_LANGUAGES:
        raise _WrongField("language", "language", known=", ".join(KNOWN_LANGUAGES))
    if not row["consent_how"]:
        raise _WrongField("consent_how", "consent_how")
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
        raise _WrongField("phone", why.code, country=why.country) from None


def _time(text: str, town: Town) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise _WrongField("consent_at", "no_time") from None
    now = datetime.now(UTC)
    if not FIRST_YEAR <= at.year <= now.year + 1:  # before any arithmetic: at the calendar's ends it overflows
        raise _WrongField("consent_at", "in_the_future" if at.year > now.year else "too_early", first=FIRST_YEAR)
    at = (at if at.tzinfo else at.replace(tzinfo=town.zone)).astimezone(UTC)
    if at > now:
        raise _WrongField("consent_at", "in_the_future")
    return at


def _not_among(field: str, town: Town, choices: Sequence[TopicOrDistrict]) -> _WrongField:
    known = ", ".join(choice.id for choice in choices)
    return _WrongField(field, "choice" if known else "no_choice", town=town.name, known=known)


def _list(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,;|]+", text) if part]
