"""Port Directory on the table: whose number a webhook is for."""

import time
from collections.abc import Collection
from dataclasses import dataclass, field

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import Table

KEPT_S = 60.0  # a number hardly ever changes hands


@dataclass(slots=True)
class DynamoDirectory:
    """The whole directory in one query, kept for a minute: 200 towns are 600 rows, about 50 KB."""

    table: Table
    _known: dict[str, str] = field(default_factory=dict)
    _read_at_s: float = float("-inf")

    def town_of_number(self, phone_number_id: str) -> str | None:
        return self._find(keys.directory_number(phone_number_id))

    def town_of_account(self, waba_id: str) -> str | None:
        return self._find(keys.directory_account(waba_id))

    def names_one_of_ours(self, ids: Collection[str]) -> bool:
        if self._is_old():
            self._read()
        return any(keys.directory_number(it) in self._known or keys.directory_account(it) in self._known for it in ids)

    def _find(self, sk: str) -> str | None:
        if sk not in self._known or self._is_old():  # it may just have been set up
            self._read()
        return self._known.get(sk)

    def _is_old(self) -> bool:
        return time.monotonic() - self._read_at_s > KEPT_S

    def _read(self) -> None:
        self._known = {row["sk"]: row["town"] for row in self.table.query(keys.DIRECTORY)}
        self._read_at_s = time.monotonic()
