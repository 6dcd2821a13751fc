"""Port Towns on the table: one row of settings per town, and the directory rows that lead to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from botocore.exceptions import ClientError
from pydantic import TypeAdapter

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Item, Table, to_item
from stadtdraht.domain.errors import NumberTaken, UnknownTown
from stadtdraht.domain.identifiers import is_town_id
from stadtdraht.domain.town import Town

MINE_OR_NOBODYS = "attribute_not_exists(pk) OR town = :town"


@cache
def _form() -> TypeAdapter[Town]:
    return TypeAdapter(Town)


@dataclass(frozen=True, slots=True)
class DynamoTowns:
    """Settings as JSON in one attribute; read strongly consistent, so that what was applied holds at once."""

    table: Table

    def get(self, town: str) -> Town:
        row = self.table.get(keys.town(town), keys.SETTINGS) if is_town_id(town) else None
        if row is None:
            raise UnknownTown(town)
        return _form().validate_json(row["settings"])

    def all(self) -> Sequence[Town]:
        listed = self.table.query(keys.DIRECTORY, prefix=keys.directory_town(""))
        return [self.get(row["town"]) for row in listed]

    def save(self, town: Town) -> None:
        row = self.table.get(keys.town(town.id), keys.SETTINGS)
        entries = _directory(town)
        gone = set(_directory(_form().validate_json(row["settings"]))) - set(entries) if row else set()
        settings = {"pk": keys.town(town.id), "sk": keys.SETTINGS, "settings": _form().dump_json(town).decode()}
        puts = [self._put({"pk": keys.DIRECTORY, "sk": sk, "town": town.id}, town.id) for sk in entries]
        deletes = [
            {"Delete": {"TableName": self.table.name, "Key": to_item({"pk": keys.DIRECTORY, "sk": sk})}} for sk in gone
        ]
        items = [{"Put": {"TableName": self.table.name, "Item": to_item(settings)}}, *puts, *deletes]
        try:
            self.table.client.transact_write_items(TransactItems=items)  # type: ignore[arg-type]
        except ClientError as error:
            if error.response["Error"]["Code"] != "TransactionCanceledException":
                raise
            raise NumberTaken(town.number.phone_number_id) from error

    def is_listed(self, town: Town) -> bool:
        entries = [(keys.DIRECTORY, sk) for sk in _directory(town)]
        listed = self.table.get_all(entries)
        return all(entry in listed and listed[entry]["town"] == town.id for entry in entries)

    def _put(self, row: Item, town: str) -> dict[str, object]:
        return {
            "Put": {
                "TableName": self.table.name,
                "Item": to_item(row),
                "ConditionExpression": MINE_OR_NOBODYS,
                "ExpressionAttributeValues": to_item({":town": town}),
            }
        }


def _directory(town: Town) -> list[str]:
    return [
        keys.directory_number(town.number.phone_number_id),
        keys.directory_account(town.number.waba_id),
        keys.directory_town(town.id),
    ]
