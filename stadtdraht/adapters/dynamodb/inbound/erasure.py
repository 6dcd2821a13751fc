"""Every row of a person, wherever it lies, and their end."""

from collections.abc import Mapping, Sequence
from typing import Any

from stadtdraht.adapters.dynamodb import cases, contests, keys
from stadtdraht.adapters.dynamodb.inbound.inbox import updates_of
from stadtdraht.adapters.dynamodb.inbound.lists import places_in_lists
from stadtdraht.adapters.dynamodb.media import signs_of
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.identifiers import shard_of
from stadtdraht.domain.phone_numbers import spellings
from stadtdraht.domain.town import Offer


def erase_rows(table: Table, town: str, citizen_id: str) -> int:
    """Deletes what is stored of one id; returns how many rows that were."""
    rows = list(table.query(keys.citizen(town, citizen_id)))
    gone = [(row["pk"], row["sk"]) for row in rows]
    elsewhere = [(keys.audience(town, offer, shard_of(citizen_id)), citizen_id) for offer in Offer]
    wamids = [row["sk"].split("#", 2)[2] for row in rows if row["sk"].startswith(keys.MESSAGE)]
    names = all_values(rows)
    gone += updates_of(table, town, names, wamids)
    for value in names:
        places = [(keys.identity(town, spelling), keys.IDENTITY) for spelling in spellings(value)]
        gone += [it for it in places if (row := table.get(*it)) and row["citizen_id"] == citizen_id]
    gone += [place for place in elsewhere if table.get(*place)]
    gone += contests.rows_of_contests(town, citizen_id, rows) + signs_of(town, citizen_id, rows)
    gone += cases.rows_of_cases(table, town, rows)
    gone.append((keys.windows(town), citizen_id))
    gone += [(row["pk"], row["sk"]) for row in table.query(keys.looking(town), prefix=keys.looks(citizen_id, ""))]
    undelivered = keys.undelivered(town)
    gone += [(undelivered, row["sk"]) for row in table.query(undelivered) if row["citizen_id"] == citizen_id]
    profile = (keys.citizen(town, citizen_id), keys.PROFILE)  # leads to the rest, so it goes last
    once = sorted(dict.fromkeys(gone), key=lambda it: it == profile)
    table.delete_all(places_in_lists(town, citizen_id, rows))  # not counted: most of these are gone already
    table.delete_all(once)
    return len(once)


def all_values(rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Every number and BSUID a person was ever known by."""
    now = [row.get(name) for row in rows if row["sk"] == keys.PROFILE for name in ("user_id", "phone")]
    before = [row["sk"].removeprefix(keys.KNOWN_AS) for row in rows if row["sk"].startswith(keys.KNOWN_AS)]
    return frozenset(value for value in (*now, *before) if value)
