"""The ledger: every message the simulated WhatsApp has accepted, and every refusal, counted."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from local.whatsapp.model.people import digits_of, is_bsuid


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted message. `to` as it was sent, `time` in Unix seconds, `body` as received."""

    id: str
    phone_number_id: str
    to: str
    wa_id: str | None
    user_id: str
    time: float
    body: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "phone_number_id": self.phone_number_id,
            "to": self.to,
            "wa_id": self.wa_id,
            "user_id": self.user_id,
            "time": self.time,
            "biz_opaque_callback_data": self.body.get("biz_opaque_callback_data"),
            "body": self.body,
        }


class Ledger:
    """Append-only, oldest first, with an index by phone number and by recipient."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._of_number: dict[str, list[Entry]] = {}
        self._of_recipient: dict[str, list[Entry]] = {}
        self._by_id: dict[str, Entry] = {}
        self.refused: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def accept(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._by_id[entry.id] = entry
        self._of_number.setdefault(entry.phone_number_id, []).append(entry)
        for identifier in {entry.wa_id, entry.user_id} - {None}:
            self._of_recipient.setdefault(str(identifier), []).append(entry)

    def refuse(self, code: int) -> None:
        self.refused[str(code)] += 1

    def find(self, wamid: str) -> Entry | None:
        return self._by_id.get(wamid)

    def search(
        self, phone_number_id: str | None, to: str | None, since: float | None, limit: int | None
    ) -> list[Entry]:
        """Entries at or after `since` (Unix seconds), narrowed by number and recipient, oldest first."""
        entries = self._entries
        if to:
            entries = self._of_recipient.get(to if is_bsuid(to) else digits_of(to), [])
            if phone_number_id:
                entries = [entry for entry in entries if entry.phone_number_id == phone_number_id]
        elif phone_number_id:
            entries = self._of_number.get(phone_number_id, [])
        start = bisect_left(entries, since, key=lambda entry: entry.time) if since else 0
        return list(islice(entries, start, start + limit if limit else None))
