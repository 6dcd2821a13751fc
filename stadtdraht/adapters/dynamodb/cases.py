"""Port Cases on the table: a row per case by year, a small row while it is open, and what was done to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, to_item
from stadtdraht.domain.cases.case import Case, CaseEvent, CaseKind, CaseState, OpenCase, Place, number_of, year_of
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.retention import CASE, CASE_SHOWN_AFTER_END


@dataclass(frozen=True, slots=True)
class DynamoCases:
    """Reads cases, and counts their numbers."""

    table: Table

    def get(self, town: str, number: str) -> Case | None:
        year = year_of(number)
        row = self.table.get(keys.cases(town, year), number) if year else None
        return _case(town, row) if row else None

    def next_number(self, town: str, year: int) -> str:
        found = self.table.client.update_item(
            TableName=self.table.name,
            Key=to_item({"pk": keys.cases(town, year), "sk": keys.META}),
            UpdateExpression="ADD opened :one",
            ExpressionAttributeValues=to_item({":one": 1}),
            ReturnValues="UPDATED_NEW",
        )
        return number_of(year, int(found["Attributes"]["opened"]["N"]))

    def open(self, town: str) -> Sequence[OpenCase]:
        rows = self.table.query(keys.open_cases(town))
        return [_open_case(row) for row in rows if not CaseState(row["state"]).is_over]

    def lately(self, town: str, since: datetime) -> Sequence[OpenCase]:
        return [_open_case(row) for row in self.table.query(keys.open_cases(town)) if _is_shown(row, since)]

    def of_year(self, town: str, year: int, *, after: str = "", limit: int | None = None) -> Iterator[Case]:
        until = after or f"{year}-:"  # a colon follows the digits
        rows = self.table.pages(
            "pk = :pk AND sk BETWEEN :first AND :until",
            {":pk": keys.cases(town, year), ":first": f"{year}-", ":until": until},
            forward=False,
            limit=limit if limit is None else limit + 1,
        )
        return islice((_case(town, row) for row in rows if row["sk"] != after), limit)

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Case]:
        rows = self.table.query(keys.citizen(town, citizen_id), prefix=keys.CASE_OF, newest_first=True)
        numbers = [row["sk"].removeprefix(keys.CASE_OF) for row in rows]
        return [case for number in numbers if (case := self.get(town, number))]

    def events(self, town: str, number: str) -> Sequence[CaseEvent]:
        return [_event(row) for row in self.table.query(keys.case(town, number), prefix=keys.CASE_EVENT)]


def case_changes(table_name: str, change: CaseChange) -> list[dict[str, Any]]:
    """The case as parts of the citizen's transaction: its row under a condition on the version, its row in the list of
    open cases, the citizen's way to it, and what staff did, if they did something.

    A case that is over is not deleted from the list but written over with an early end: no function may delete, and
    staff see it for some days.
    """
    before, after = change.before, change.after
    guard: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
    if before is not None:
        values = to_item({":before": before.version})
        guard = {"ConditionExpression": "version = :before", "ExpressionAttributeValues": values}
    row = _case_row(after)
    rows = [_open_row(after)]
    if before is None or (before.over_at, before.citizen_id) != (after.over_at, after.citizen_id):
        way = {"pk": keys.citizen(after.town, after.citizen_id), "sk": keys.case_of(after.number)}
        rows.append({**way, "expires_at": row["expires_at"]})
    if after.latest and (before is None or before.latest != after.latest):
        rows.append(_event_row(after, after.latest))
    puts = [{"Put": {"TableName": table_name, "Item": to_item(it)}} for it in rows]
    return [{"Put": {"TableName": table_name, "Item": to_item(row), **guard}}, *puts]


def rows_of_cases(table: Table, town: str, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """(pk, sk) of everything in cases that the rows of a citizen lead to, for their erasure."""
    found = []
    for row in rows:
        if row["sk"].startswith(keys.CASE_OF):
            number = row["sk"].removeprefix(keys.CASE_OF)
            found += [(keys.cases(town, year_of(number)), number), (keys.open_cases(town), number)]
            found += [(it["pk"], it["sk"]) for it in table.query(keys.case(town, number))]
    return found


def _case_row(case: Case) -> Item:
    return {
        "pk": keys.cases(case.town, year_of(case.number)),
        "sk": case.number,
        "citizen_id": case.citizen_id,
        **_listed(case),
        "description": case.description,
        "message_ids": list(case.message_ids),
        "photo_ids": list(case.photo_ids),
        "near": list(case.near),
        "merged_into": case.merged_into or None,
        "duplicates": list(case.duplicates),
        "rating": case.rating,
        "latest": _event_values(case.latest) if case.latest else None,
        "version": case.version,
        "expires_at": int((case.over_at + CASE).timestamp()) if case.over_at else None,
    }


def _open_row(case: Case) -> Item:
    gone = int((case.over_at + CASE_SHOWN_AFTER_END).timestamp()) if case.over_at else None
    merged = {"over_at": None} if case.merged_into else {}
    row = {"pk": keys.open_cases(case.town), "sk": case.number, **_listed(case), **merged, "expires_at": gone}
    return row | {"photos": case.photos or None, "title": case.title or None}


def _listed(case: Case) -> Item:
    """What the case and its row in the list have in common."""
    place = case.place
    return {
        "kind": str(case.kind),
        "state": str(case.state),
        "opened_at": keys.instant(case.opened_at),
        "due_at": keys.instant(case.due_at),
        "department": case.department or None,
        "district": case.district or None,
        "latitude": None if place.latitude is None else Decimal(str(place.latitude)),
        "longitude": None if place.longitude is None else Decimal(str(place.longitude)),
        "address": place.address or None,
        "assigned_to": case.assigned_to or None,
        "first_feedback_at": keys.instant(case.first_feedback_at) if case.first_feedback_at else None,
        "is_due_again": case.is_due_again or None,
        "over_at": keys.instant(case.over_at) if case.over_at else None,
        "last_words": case.last_words or None,
        "last_added_at": keys.instant(case.last_added_at),
    }


def _listed_values(row: Mapping[str, Any]) -> dict[str, Any]:
    felt = row.get("first_feedback_at")
    pin = [float(row[name]) if name in row else None for name in ("latitude", "longitude")]
    return {
        "number": row["sk"],
        "kind": CaseKind(row["kind"]),
        "state": CaseState(row["state"]),
        "opened_at": keys.parse_instant(row["opened_at"]),
        "due_at": keys.parse_instant(row["due_at"]),
        "department": row.get("department", ""),
        "district": row.get("district", ""),
        "place": Place(pin[0], pin[1], row.get("address", "")),
        "assigned_to": row.get("assigned_to", ""),
        "first_feedback_at": keys.parse_instant(felt) if felt else None,
        "is_due_again": row.get("is_due_again", False),
        "over_at": keys.parse_instant(row["over_at"]) if "over_at" in row else None,
        "last_words": row.get("last_words", ""),
    }


def _open_case(row: Mapping[str, Any]) -> OpenCase:
    added = row.get("last_added_at")
    return OpenCase(
        **_listed_values(row),
        last_added_at=keys.parse_instant(added) if added else None,
        photos=int(row.get("photos", 0)),
        title=row.get("title", ""),
    )


def _is_shown(row: Mapping[str, Any], since: datetime) -> bool:
    """DynamoDB deletes up to two days late; a duplicate, and what ended before it was kept, has no time of its end."""
    if not CaseState(row["state"]).is_over:
        return True
    return "over_at" in row and keys.parse_instant(row["over_at"]) >= since


def _case(town: str, row: Mapping[str, Any]) -> Case:
    return Case(
        town=town,
        citizen_id=row["citizen_id"],
        **_listed_values(row),
        last_added_at=keys.parse_instant(row["last_added_at"]),
        description=row["description"],
        message_ids=tuple(row["message_ids"]),
        photo_ids=tuple(row["photo_ids"]),
        near=tuple(row["near"]),
        merged_into=row.get("merged_into", ""),
        duplicates=tuple(row["duplicates"]),
        rating=int(row["rating"]),
        latest=_event(row["latest"]) if "latest" in row else None,
        version=int(row["version"]),
    )


def _event_row(case: Case, event: CaseEvent) -> Item:
    where = {"pk": keys.case(case.town, case.number), "sk": keys.case_event(event.at, case.version)}
    return {**where, **_event_values(event), "expires_at": _case_row(case)["expires_at"]}


def _event_values(event: CaseEvent) -> dict[str, Any]:
    values = {
        "at": keys.instant(event.at),
        "by": event.by,
        "state": str(event.state),
        "said": event.said,
        "note": event.note,
        "department": event.department,
        "told": event.told,
        "assigned_to": event.assigned_to,
        "kind": str(event.kind) if event.kind else None,
        "merged_into": event.merged_into or None,
        "version": event.version or None,
        "staff_id": event.staff_id or None,
        "press": event.press or None,
        "due_at": keys.instant(event.due_at) if event.due_at else None,
    }
    return {name: value for name, value in values.items() if value is not None}  # it is nested in its case, too


def _event(row: Mapping[str, Any]) -> CaseEvent:
    return CaseEvent(
        at=keys.parse_instant(row["at"]),
        by=row["by"],
        state=CaseState(row["state"]),
        said=row["said"],
        note=row["note"],
        department=row["department"],
        told=row["told"],
        assigned_to=row.get("assigned_to"),
        kind=CaseKind(row["kind"]) if "kind" in row else None,
        merged_into=row.get("merged_into", ""),
        version=int(row.get("version", 0)),
        staff_id=row.get("staff_id", ""),
        press=row.get("press", ""),
        due_at=keys.parse_instant(row["due_at"]) if "due_at" in row else None,
    )
