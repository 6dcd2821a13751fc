"""A town's subscribers as CSV, with the proof of each consent. Every mistake is named by its line."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.languages import KNOWN_LANGUAGES
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
PHONE = re.compile(r"\+[1-9]\d{6,14}")  # E.164
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


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that cannot be taken: which field, and what is expected there. It never holds what stands there."""

    line: int
    field: str
    expected: str

    def __str__(self) -> str:
        return f"{self.field}: {self.expected}"


class _WrongField(ValueError):
    def __init__(self, field: str, expected: str) -> None:
        super().__init__(expected)
        self.field = field


def read(file: Path, town: Town) -> Iterator[Subscriber | WrongLine]:
    """Every line of the file, one at a time. Raises OSError and UnicodeDecodeError."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, delimiter=_delimiter(file), strict=True)
        try:
            if wrong := _wrong_columns(reader.fieldnames or []):
                yield wrong
                return
            for row in reader:
                yield _line(row, reader.line_num, town)
        except csv.Error as why:
            yield WrongLine(reader.line_num, "line", f"expected CSV; nothing behind it was read ({why})")


def error_lines(wrong: Iterable[WrongLine]) -> Iterator[tuple[str, str, str]]:
    """For the file that names the mistakes: a head, and a row for each."""
    yield ("line", "field", "expected")
    yield from ((str(it.line), it.field, it.expected) for it in wrong)


def _wrong_columns(names: Sequence[str]) -> WrongLine | None:
    unknown = [name for name in names if name not in COLUMNS]
    missing = [name for name in ("offers", "consent_at", "consent_how") if name not in names]
    twice = sorted({name for name in names if names.count(name) > 1})
    if not {"phone", "user_id"} & set(names):
        missing.append("phone or user_id")
    if not (unknown or missing or twice):
        return None
    found = (("unknown", unknown), ("missing", missing), ("twice", twice))
    said = "; ".join(f"{what}: {', '.join(columns)}" for what, columns in found if columns)
    return WrongLine(1, "columns", f"expected columns among {', '.join(COLUMNS)} ({said})")


def _line(row: Mapping[str | None, Any], number: int, town: Town) -> Subscriber | WrongLine:
    if None in row:
        expected = "expected no more cells than there are columns; a text with the separator in it needs quotes"
        return WrongLine(number, "line", expected)
    try:
        return _subscriber({name: (value or "").strip() for name, value in row.items() if name}, town)
    except _WrongField as why:
        return WrongLine(number, why.field, str(why))


def _delimiter(file: Path) -> str:
    """Spreadsheets in Germany write semicolons."""
    with file.open(encoding="utf-8-sig") as lines:
        first = lines.readline()
    return ";" if first.count(";") > first.count(",") else ","


def _subscriber(row: Mapping[str, str], town: Town) -> Subscriber:
    phone, user_id = row.get("phone", ""), row.get("user_id", "")
    if phone and not PHONE.fullmatch(phone):
        raise _WrongField("phone", "expected E.164 such as +4915112345678")
    if user_id and not USER_ID.fullmatch(user_id):
        raise _WrongField("user_id", "expected a BSUID such as DE.8123456789")
    if not phone and not user_id:
        raise _WrongField("phone", "phone or user_id is needed")
    known = town.offers_of()
    offers = tuple(offer for offer in Offer if offer in _list(row["offers"]))
    if not offers or set(_list(row["offers"])) - {offer.value for offer in known}:
        raise _WrongField("offers", f"expected some of {', '.join(sorted(known))}")
    topics = frozenset(_list(row.get("topics", "")))
    if topics - {choice.id for choice in town.topics}:
        raise _WrongField("topics", _one_of(town, town.topics))
    district = row.get("district", "")
    if district and district not in {choice.id for choice in town.districts}:
        raise _WrongField("district", _one_of(town, town.districts))
    language = row.get("language") or "de"
    if language not in KNOWN_LANGUAGES:
        raise _WrongField("language", f"expected one of {', '.join(KNOWN_LANGUAGES)}, or nothing for de")
    if not row["consent_how"]:
        raise _WrongField("consent_how", "expected how the consent was given, in words")
    return Subscriber(
        identity=WireIdentity(user_id or None, phone.removeprefix("+") or None),
        offers=offers,
        topics=topics,
        district=district,
        language=language,
        consent_at=_time(row["consent_at"], town),
        consent_how=row["consent_how"],
        consent_wording=row.get("consent_wording") or town.wording_version,
    )


def _time(text: str, town: Town) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise _WrongField("consent_at", "expected a time such as 2026-03-01T10:00:00+01:00") from None
    at = (at if at.tzinfo else at.replace(tzinfo=town.zone)).astimezone(UTC)
    if at > datetime.now(UTC):
        raise _WrongField("consent_at", "expected a time that has been; this one lies in the future")
    return at


def _one_of(town: Town, choices: Sequence[TopicOrDistrict]) -> str:
    return f"expected ids of {town.name}'s: {', '.join(choice.id for choice in choices) or 'it has none'}"


def _list(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,;|]+", text) if part]
