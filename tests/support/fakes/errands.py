"""Errands in memory."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime

from stadtdraht.domain.broadcast.errand import Errand, ErrandNote, ErrandResult


@dataclass
class FakeErrands:
    notes: dict[tuple[str, Errand], ErrandNote] = field(default_factory=dict)

    def get(self, broadcast_id: str, errand: Errand) -> ErrandNote:
        return self.notes.get((broadcast_id, errand), ErrandNote())

    def ask(self, broadcast_id: str, errand: Errand, before: ErrandNote, now: datetime) -> bool:
        note = self.get(broadcast_id, errand)
        if note.asked_at != before.asked_at:
            return False
        self.notes[broadcast_id, errand] = replace(note, asked_at=now)
        return True

    def answer(self, broadcast_id: str, errand: Errand, result: ErrandResult) -> None:
        as_stored = replace(result, value=json.loads(json.dumps(dict(result.value))))
        self.notes[broadcast_id, errand] = replace(self.get(broadcast_id, errand), result=as_stored)


@dataclass
class FakeErrandRunner:
    sent: list[tuple[str, str, Errand]] = field(default_factory=list)

    def send(self, town: str, broadcast_id: str, errand: Errand) -> None:
        self.sent.append((town, broadcast_id, errand))
