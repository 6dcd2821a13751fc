"""Numbers and BSUIDs, and the people they lead to."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.inbound.profiles import citizen_of
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.identifiers import citizen_id
from stadtdraht.domain.inbound.named import Named
from stadtdraht.domain.phone_numbers import one_spelling

Read = Callable[[str, str], Mapping[str, Any] | None]


def led_to(town: str, identity: WireIdentity, at: datetime | None, pepper: bytes, read: Read) -> Citizen | None:
    """Whom these names lead to (port Citizens, `find`)."""
    for value in identity.spelt:
        row = read(keys.identity(town, value), keys.IDENTITY)
        found = profile(town, row["citizen_id"], read) if row and _leads(row, at) else None
        if found and (value == identity.user_id or identity.may_be(found.identity)):
            return found
    # The first transaction of a person writes profile and identity together; this finds those of before.
    found = profile(town, citizen_id(pepper, town, identity), read)
    return found if found and set(found.identity.spelt) & set(identity.spelt) else None


def looked_up(town: str, identity: WireIdentity, at: datetime, pepper: bytes, table: Table) -> Named:
    """In one call, and a second for who has changed their names: their profile has another id than these."""
    new_id = citizen_id(pepper, town, identity)
    number = keys.identity(town, one_spelling(identity.phone or "")), keys.IDENTITY
    own = keys.citizen(town, new_id), keys.PROFILE
    asked = [*((keys.identity(town, value), keys.IDENTITY) for value in identity.spelt), own]
    rows = table.get_all(asked)

    def read(pk: str, sk: str) -> Mapping[str, Any] | None:
        return rows.get((pk, sk)) if (pk, sk) in asked else table.get(pk, sk)

    known = led_to(town, identity, at, pepper, read)
    return Named(known, "" if own in rows else new_id, until(rows.get(number)))


def profile(town: str, citizen_id: str, read: Read) -> Citizen | None:
    row = read(keys.citizen(town, citizen_id), keys.PROFILE)
    return citizen_of(town, citizen_id, row) if row else None


def until(row: Mapping[str, Any] | None) -> datetime | None:
    """When a number was given up."""
    return keys.parse_instant(row["until"]) if row and "until" in row else None


def _leads(row: Mapping[str, Any], at: datetime | None) -> bool:
    """Whether a number or BSUID is this person's: at that moment, or now."""
    if at is None:
        return "until" not in row
    is_begun = "since" not in row or at > keys.parse_instant(row["since"])
    return is_begun and ("until" not in row or at <= keys.parse_instant(row["until"]))
