"""Lists of conversations: who waits, who was heard lately, and who bears a name.

Rows that are over are written over with an early end, since no function may delete.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.inbound.conversations import conversation_in, conversation_text
from stadtdraht.adapters.dynamodb.inbound.history import newest_lines
from stadtdraht.adapters.dynamodb.table import Item, Table
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import SERVICE_WINDOW, Conversation, LinePage, ListedConversation, RecentPage
from stadtdraht.domain.phone_numbers import masked
from stadtdraht.domain.retention import CONVERSATION
from stadtdraht.domain.text import plain

NAME_WORDS = 6  # of a name are found by
NAME_CHARACTERS = 80
WAY_BACK = timedelta(days=7)  # to a name of before: longer than DynamoDB may take for the rows that it leads to
PLACE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-[0-9TZ:.-]{16}#[0-9a-f]{20}", re.ASCII)  # a sort key of the list
OVER_BESIDE = 10  # rows that are over, read along with a page


@dataclass(frozen=True, slots=True)
class DynamoConversations:
    """Each list is one partition, or one for each month, read no farther than it is shown."""

    table: Table

    def waiting(self, town: str) -> Sequence[ListedConversation]:
        rows = self.table.query(keys.waiting(town))
        return [_listed(row["sk"], row) for row in rows if not row.get("over")]

    def recent(self, town: str, now: datetime, *, before: str = "", limit: int = 50) -> RecentPage:
        found: list[ListedConversation] = []
        before = before if PLACE.fullmatch(before) else ""
        for month in _months(keys.instant(now), before):
            for row in self._walk(keys.recent(town, month), before, limit):
                if len(found) == limit:
                    last = found[-1]
                    return RecentPage(tuple(found), keys.heard(last.conversation.last_at, last.citizen_id))
                found.append(_listed(row["sk"].partition("#")[2], row))
        return RecentPage(tuple(found))

    def lines(self, town: str, ids: Sequence[str], *, before: datetime | None = None, limit: int = 50) -> LinePage:
        return newest_lines(self.table, town, ids, before, limit)

    def named(self, town: str, prefix: str, *, limit: int = 20) -> Sequence[str]:
        words = plain(prefix[:NAME_CHARACTERS])
        if not words:
            return []
        rows = self.table.query(keys.names(town), prefix=words, page=limit + OVER_BESIDE)
        ids: dict[str, None] = {}
        for row in rows:
            if not row.get("over"):
                ids[row["sk"].rpartition("#")[2]] = None
            if len(ids) == limit:
                break
        return list(ids)

    def _walk(self, pk: str, before: str, limit: int) -> Iterator[dict[str, Any]]:
        """Rows of a month that are not over, newest first, in pages no larger than what is shown."""
        while True:
            condition, values = "pk = :pk", {":pk": pk}
            if before:
                condition, values = f"{condition} AND sk < :before", {**values, ":before": before}
            rows = list(self.table.pages(condition, values, forward=False, limit=limit + OVER_BESIDE))
            yield from (row for row in rows if not row.get("over"))
            if len(rows) < limit + OVER_BESIDE:
                return
            before = rows[-1]["sk"]


def list_rows(before: Citizen | None, after: Citizen | None, at: datetime) -> Iterator[Item]:
    """What changes in the lists when a person does; after: None for who is in no list any more."""
    was, now = _rows_of(before), _rows_of(after)
    for place, row in now.items():
        if was.get(place) != row:
            yield row
    for pk, sk in sorted(was.keys() - now.keys()):
        end = at + WAY_BACK if sk.startswith(keys.NAMED) else at
        yield {"pk": pk, "sk": sk, "over": True, "expires_at": int(end.timestamp())}


def places_in_lists(town: str, citizen_id: str, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """(pk, sk) of everything in lists that the rows of a citizen lead to, also of what is over, for their erasure."""
    heard = {row["sk"].split("#")[1] for row in rows if row["sk"].startswith(keys.MESSAGE)}
    heard |= {keys.instant(it.last_at) for it in _conversations_in(rows)}
    names = {row["sk"].removeprefix(keys.NAMED) for row in rows if row["sk"].startswith(keys.NAMED)}
    places = [(keys.recent(town, at[:7]), f"{at}#{citizen_id}") for at in sorted(heard)]
    places += [(keys.names(town), keys.name(end, citizen_id)) for name in sorted(names) for end in _ends(name)]
    return [*places, (keys.waiting(town), citizen_id), (keys.conversations(town), citizen_id)]


def _rows_of(citizen: Citizen | None) -> dict[tuple[str, str], Item]:
    """Every row of the lists by its place, as it has to be."""
    if citizen is None:
        return {}
    rows = list(_name_rows(citizen))
    if talk := citizen.conversation:
        listed = _listed_row(citizen, talk)
        heard = keys.instant(talk.last_at)
        rows.append(
            {"pk": keys.recent(citizen.town, heard[:7]), "sk": keys.heard(talk.last_at, citizen.citizen_id), **listed}
        )
        if talk.needs_staff:
            rows.append({"pk": keys.waiting(citizen.town), "sk": citizen.citizen_id, **listed})
    return {(row["pk"], row["sk"]): row for row in rows}


def _listed_row(citizen: Citizen, talk: Conversation) -> Item:
    until = max(citizen.last_inbound_at or talk.last_at, talk.last_at) + SERVICE_WINDOW
    return {
        "name": citizen.name or None,
        "number": masked(citizen.identity.phone) if citizen.identity.phone else None,
        "language": citizen.language,
        "window_until": keys.instant(until),
        "conversation": conversation_text(talk),
        "expires_at": int((talk.last_at + CONVERSATION).timestamp()),
    }


def _listed(citizen_id: str, row: Mapping[str, Any]) -> ListedConversation:
    return ListedConversation(
        citizen_id=citizen_id,
        name=row.get("name", ""),
        number=row.get("number", ""),
        language=row["language"],
        window_until=keys.parse_instant(row["window_until"]),
        conversation=conversation_in(row["conversation"]),
    )


def _name_rows(citizen: Citizen) -> Iterator[Item]:
    """One for each word of the name, so that a family name finds its person; and the way back."""
    words = plain(citizen.name[:NAME_CHARACTERS])
    if not words:
        return
    for end in _ends(words):
        yield {"pk": keys.names(citizen.town), "sk": keys.name(end, citizen.citizen_id)}
    yield {"pk": keys.citizen(citizen.town, citizen.citizen_id), "sk": keys.named(words)}


def _ends(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[number:]) for number in range(min(len(words), NAME_WORDS))]


def _conversations_in(rows: Sequence[Mapping[str, Any]]) -> Iterator[Conversation]:
    return (conversation_in(row["conversation"]) for row in rows if "conversation" in row)


def _months(now: str, before: str) -> Iterator[str]:
    """From the month of `before`, or the present one, as far back as conversations are kept."""
    first, last = (before or now)[:7], keys.instant(keys.parse_instant(now) - CONVERSATION)[:7]
    year, month = map(int, first.split("-"))
    while f"{year:04}-{month:02}" >= last:
        yield f"{year:04}-{month:02}"
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
