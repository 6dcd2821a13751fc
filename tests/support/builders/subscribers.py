"""Subscriber files, as a town that comes from another service brings them."""

import csv
from collections.abc import Iterable
from pathlib import Path

from local.whatsapp.model.people import bsuid_of_number

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


def phones(count: int, first: int = 4917612000000) -> list[str]:
    """Plausible numbers in E.164, one after the other."""
    return [f"+{first + number}" for number in range(count)]


def subscriber_file(
    file: Path, people: Iterable[str], *, offers: str = "news", both_names: bool = False, **columns: str
) -> Path:
    """A CSV of people by phone number (beginning with +) or user_id, all with the same offers.

    both_names: numbers with the user_id that the simulated WhatsApp gives them, as of people whom a town has reached.
    """
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS, restval="")
        writer.writeheader()
        for person in people:
            writer.writerow(
                {
                    ("phone" if person.startswith("+") else "user_id"): person,
                    **({"user_id": bsuid_of_number(person.removeprefix("+"))} if both_names else {}),
                    "offers": offers,
                    "consent_at": "2026-03-01T10:00:00+01:00",
                    "consent_how": "Formular im Bürgerbüro",
                    "consent_wording": "2026-01",
                    **columns,
                }
            )
    return file
