"""Writes down that numbers leave the house in a file, before they do."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.privacy.audit import EVERYBODY, AuditedAct, AuditEntry, person_in_audit

if TYPE_CHECKING:
    from stadtdraht.ports.privacy import Audit


def record_export(
    town_id: str, citizen_id: str, *, by: str, why: str, now: datetime, audit: Audit, pepper: bytes
) -> None:
    """`citizen_id`: "" for a file that holds everybody."""
    person = person_in_audit(pepper, town_id, citizen_id) if citizen_id else EVERYBODY
    audit.record(AuditEntry(town_id, now, AuditedAct.EXPORTED, by, " ".join(why.split()), person))
