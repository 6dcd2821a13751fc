"""The evidence folder: what was done around an alert, each entry sealed together with the one before it.

Whoever changes, swaps or takes out an entry breaks every seal after it. What a chain alone cannot show is that its end
was cut off: the last seal, printed and filed with the folder, does.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = ""  # what the first entry follows

RAISED = "raised"  # this press raised the alert
PRESSED_AGAIN = "pressed_again"  # another press was shown the alert that stood
PIN_REFUSED = "pin_refused"
PIN_LOCKED = "pin_locked"  # the wrong PIN that shuts its holder out
UNDONE = "undone"  # taken back before anything was sent
FIGURES = "figures"  # the counts of an alert that is over, kept beyond the rows they were counted from

DISTRICT_FACT = "district "  # begins the name of a fact: what became of the people of one district
ROUTE_FACT = "way "  # begins the name of a fact: people reached in one template, or as free text


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One act around an alert, sealed."""

    seq: int
    """1, 2, 3 … without a gap."""
    what: str
    """RAISED and its like, or the kind of an alert that followed."""
    at: datetime
    facts: Mapping[str, str]
    """Plain words; never a PIN, a link or a citizen."""
    previous: str
    """Seal of the entry before it."""
    seal: str
    """SHA-256 in hex, over all of this, the town and the folder."""


def next_entry(
    town: str, folder: str, last: EvidenceEntry | None, what: str, at: datetime, facts: Mapping[str, str]
) -> EvidenceEntry:
    """The entry that follows `last`; None begins a folder."""
    seq, previous = (last.seq + 1, last.seal) if last else (1, BEGINNING)
    at = at.astimezone(UTC)
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)  # as rows keep it
    return EvidenceEntry(seq, what, at, dict(facts), previous, _seal(town, folder, seq, what, at, facts, previous))


def broken_at(town: str, folder: str, entries: Sequence[EvidenceEntry]) -> int | None:
    """The place (1, 2, 3 …) of the first entry that does not fit its own seal or the entry before it; None: whole."""
    previous = BEGINNING
    for place, entry in enumerate(entries, start=1):
        seal = _seal(town, folder, place, entry.what, entry.at, entry.facts, previous)
        if (entry.seq, entry.previous, entry.seal) != (place, previous, seal):
            return place
        previous = entry.seal
    return None


def folder_of_month(at: datetime) -> str:
    """The folder of a town for what belongs to no alert: "2026-11", in UTC."""
    return f"{at.astimezone(UTC):%Y-%m}"


def fingerprint(wording: Mapping[str, Mapping[str, str]]) -> str:
    """Of an alert's words in every language, so that the folder notices when they are changed later."""
    return hashlib.sha256(_canonical({language: dict(parts) for language, parts in wording.items()})).hexdigest()


def _seal(town: str, folder: str, seq: int, what: str, at: datetime, facts: Mapping[str, str], previous: str) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds")
    sealed = [town, folder, seq, what, moment, dict(facts), previous]
    return hashlib.sha256(_canonical(sealed)).hexdigest()


def _canonical(value: object) -> bytes:
    """JSON of which there is one spelling only."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
