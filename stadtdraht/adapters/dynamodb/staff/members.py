"""Port Staff on the table: each person stands with their town, and each town with its people.

Nobody but an operator may delete a row: who leaves is marked, and the row ends by itself. A row of its own holds who
administrates, so that of two who take each other's role away one is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from botocore.exceptions import ClientError

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table, condition_failed, to_item
from stadtdraht.domain.staff.errors import LastAdmin, NotOfStaff
from stadtdraht.domain.staff.member import Absence, Member, StaffLanguage
from stadtdraht.domain.staff.roles import Role, Roles

is_there = "attribute_exists(pk) AND attribute_not_exists(removed_at)"
PROFILE: Final = ("name", "mails", "signs", "keys", "language")
another_is_left = "attribute_not_exists(admins) OR NOT contains(admins, :staff_id) OR size(admins) > :one"


@dataclass(frozen=True, slots=True)
class DynamoStaff:
    """People of towns."""

    table: Table

    def towns_of(self, staff_id: str) -> Sequence[str]:
        rows = self.table.query(keys.staff_member(staff_id), prefix=keys.STAFF_TOWN)
        return [row["sk"].removeprefix(keys.STAFF_TOWN) for row in rows if "removed_at" not in row]

    def get(self, town: str, staff_id: str) -> Member | None:
        row = self.table.get(keys.staff(town), staff_id)
        return _member(town, row) if row and "removed_at" not in row else None

    def of_town(self, town: str) -> Sequence[Member]:
        rows = self.table.query(keys.staff(town))
        there = (_member(town, row) for row in rows if row["sk"] != keys.ADMINS and "removed_at" not in row)
        return sorted(there, key=lambda it: (it.name.casefold(), it.staff_id))

    def put(self, member: Member) -> None:
        of_person = {"pk": keys.staff_member(member.staff_id), "sk": f"{keys.STAFF_TOWN}{member.town}"}
        self._write(
            member.town,
            member.staff_id,
            self._put(_row(member)),
            self._put(of_person),
            self._administrates(member.town, member.staff_id, is_admin=member.is_admin),
        )

    def change_roles(self, town: str, staff_id: str, roles: Roles) -> None:
        self._write(
            town,
            staff_id,
            self._update(keys.staff(town), staff_id, "SET #roles = :roles", {":roles": sorted(roles)}, is_there),
            self._administrates(town, staff_id, is_admin=Role.ADMIN in roles),
        )

    def change_profile(self, member: Member) -> None:
        wanted = {name: value for name, value in _row(member).items() if name in PROFILE and value is not None}
        change = f"SET {', '.join(f'#{name} = :{name}' for name in wanted)}"
        self._change(member.town, member.staff_id, change, {f":{name}": value for name, value in wanted.items()})

    def change_absence(self, town: str, staff_id: str, absence: Absence | None) -> None:
        if absence is None:
            self._change(town, staff_id, "REMOVE away_since, away_until, deputy", {})
            return
        change = "SET away_since = :since, away_until = :until, deputy = :deputy"
        values = {":since": keys.instant(absence.since), ":until": keys.instant(absence.until)}
        self._change(town, staff_id, change, {**values, ":deputy": absence.deputy_id})

    def note_sign_in(self, town: str, staff_id: str, at: datetime) -> None:
        noted = "SET last_sign_in = :at, has_app = :yes"
        try:
            self._change(town, staff_id, noted, {":at": keys.instant(at), ":yes": True})
        except NotOfStaff:
            return

    def begins_renewal(self, town: str, staff_id: str, press: str) -> bool:
        unknown = f"{is_there} AND (attribute_not_exists(renewal) OR renewal <> :press)"
        try:
            self._change(town, staff_id, "SET renewal = :press", {":press": press}, unknown)
        except NotOfStaff:
            return False
        return True

    def note_renewal(self, town: str, staff_id: str) -> None:
        self._change(town, staff_id, "SET has_app = :no", {":no": False})

    def remove(self, town: str, staff_id: str, now: datetime) -> None:
        left = "SET removed_at = :now, expires_at = :end REMOVE #roles"
        ends = {":now": keys.instant(now), ":end": int(now.timestamp())}
        of_person = f"{keys.STAFF_TOWN}{town}"
        gone = "SET removed_at = :now, expires_at = :end"
        try:
            self._write(
                town,
                staff_id,
                self._update(keys.staff(town), staff_id, left, ends, is_there),
                self._update(keys.staff_member(staff_id), of_person, gone, ends, is_there),
                self._administrates(town, staff_id, is_admin=False),
            )
        except NotOfStaff:
            return

    def _administrates(self, town: str, staff_id: str, *, is_admin: bool) -> dict[str, Any]:
        """The part of a write that keeps who administrates."""
        own = {":own": {staff_id}}
        if is_admin:
            return self._update(keys.staff(town), keys.ADMINS, "ADD admins :own", own)
        values = {**own, ":staff_id": staff_id, ":one": 1}
        return self._update(keys.staff(town), keys.ADMINS, "DELETE admins :own", values, another_is_left)

    def _put(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {"Put": {"TableName": self.table.name, "Item": to_item(row)}}

    def _update(self, pk: str, sk: str, change: str, values: Mapping[str, Any], condition: str = "") -> dict[str, Any]:
        signs = {f"#{name}": name for name in ("roles", *PROFILE) if f"#{name} " in f"{change} "}
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": to_item({"pk": pk, "sk": sk}),
                "UpdateExpression": change,
                **({"ExpressionAttributeValues": to_item(values)} if values else {}),
                **({"ConditionExpression": condition} if condition else {}),
                **({"ExpressionAttributeNames": signs} if signs else {}),
            }
        }

    def _change(
        self, town: str, staff_id: str, change: str, values: Mapping[str, Any], condition: str = is_there
    ) -> None:
        try:
            self.table.client.update_item(
                **self._update(keys.staff(town), staff_id, change, values, condition)["Update"]
            )
        except ClientError as error:
            if not condition_failed(error):
                raise
            raise NotOfStaff(town, staff_id) from error

    def _write(self, town: str, staff_id: str, *items: dict[str, Any]) -> None:
        """All or nothing; the row of administrators comes last."""
        try:
            self.table.client.transact_write_items(TransactItems=items)  # type: ignore[arg-type]
        except ClientError as error:
            reasons = [it.get("Code") for it in error.response.get("CancellationReasons", ())]
            if "ConditionalCheckFailed" not in reasons:
                raise
            raise (
                LastAdmin(town)
                if reasons.index("ConditionalCheckFailed") == len(items) - 1
                else NotOfStaff(town, staff_id)
            ) from error


def _row(member: Member) -> dict[str, Any]:
    away = member.absence
    return {
        "pk": keys.staff(member.town),
        "sk": member.staff_id,
        "name": member.name,
        "email": member.email,
        "roles": sorted(member.roles),
        "since": keys.instant(member.since) if member.since else None,
        "away_since": keys.instant(away.since) if away else None,
        "away_until": keys.instant(away.until) if away else None,
        "deputy": away.deputy_id if away else None,
        "mails": member.mails,
        "signs": member.signs,
        "keys": member.keys,
        "language": member.language,
        "last_sign_in": keys.instant(member.last_sign_in) if member.last_sign_in else None,
        "has_app": member.has_app,
    }


def _member(town: str, row: Mapping[str, Any]) -> Member:
    def at(name: str) -> datetime | None:
        return keys.parse_instant(row[name]) if row.get(name) else None

    since, until = at("away_since"), at("away_until")
    return Member(
        staff_id=row["sk"],
        town=town,
        name=row["name"],
        email=row["email"],
        roles=frozenset(map(Role, row["roles"])),
        since=at("since"),
        absence=Absence(since, until, row.get("deputy", "")) if since and until else None,
        mails=row["mails"],
        signs=row.get("signs", False),
        keys=row["keys"],
        language=StaffLanguage(row["language"]) if row.get("language") else None,
        last_sign_in=at("last_sign_in"),
        has_app=row["has_app"],
    )
