"""A town's subscribers as CSV, with the proof of each consent. Every mistake is named by its line."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.town import Offer, Town

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
    """A line that cannot be taken, and why."""

    line: int
    expected: str


def read(file: Path, town: Town) -> Iterator[Subscriber | WrongLine]:
    """Every line of the file. Raises OSError and UnicodeDecodeError."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, delimiter=_delimiter(file))
        unknown = [name for name in reader.fieldnames or [] if name not in COLUMNS]
        missing = [name for name in ("offers", "consent_at", "consent_how") if name not in (reader.fieldnames or [])]
        if unknown or missing or not {"phone", "user_id"} & set(reader.fieldnames or []):
            yield WrongLine(1, f"the columns must be among {', '.join(COLUMNS)}, with phone or user_id, "
                               f"offers, consent_at and consent_how")  # fmt: skip
            return
        for row in reader:
            try:
                yield _subscriber({name: (value or "").strip() for name, value in row.items() if name}, town)
            except ValueError as why:
                yield WrongLine(reader.line_num, str(why))


def _delimiter(file: Path) -> str:
    """Spreadsheets in Germany write semicolons."""
    with file.open(encoding="utf-8-sig") as lines:
        first = lines.readline()
    return ";" if first.count(";") > first.count(",") else ","


def _subscriber(row: Mapping[str, str], town: Town) -> Subscriber:
    phone, user_id = row.get("phone", ""), row.get("user_id", "")
    if phone and not PHONE.fullmatch(phone):
        raise ValueError("phone: expected E.164 such as +4915112345678")
    if user_id and not USER_ID.fullmatch(user_id):
        raise ValueError("user_id: expected a BSUID such as DE.8123456789")
    if not phone and not user_id:
        raise ValueError("phone or user_id is needed")
    known = town.offers_of()
    offers = tuple(offer for offer in Offer if offer in _list(row["offers"]))
    if not offers or set(_list(row["offers"])) - {offer.value for offer in known}:
        raise ValueError(f"offers: expected some of {', '.join(sorted(known))}")
    topics = frozenset(_list(row.get("topics", "")))
    if wrong := topics - {choice.id for choice in town.topics}:
        raise ValueError(f"topics: {town.name} has no {', '.join(sorted(wrong))}")
    district = row.get("district", "")
    if district and district not in {choice.id for choice in town.districts}:
        raise ValueError(f"district: {town.name} has no {district}")
    if not row["consent_how"]:
        raise ValueError("consent_how: say how the consent was given")
    return Subscriber(
        identity=WireIdentity(user_id or None, phone.removeprefix("+") or None),
        offers=offers,
        topics=topics,
        district=district,
        language=row.get("language") or "de",
        consent_at=_time(row["consent_at"], town),
        consent_how=row["consent_how"],
        consent_wording=row.get("consent_wording") or town.wording_version,
    )


def _time(text: str, town: Town) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("consent_at: expected a time such as 2026-03-01T10:00:00+01:00") from None
    at = (at if at.tzinfo else at.replace(tzinfo=town.zone)).astimezone(UTC)
    if at > datetime.now(UTC):
        raise ValueError("consent_at: lies in the future")
    return at


def _list(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,;|]+", text) if part]
