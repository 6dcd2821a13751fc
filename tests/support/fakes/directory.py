"""A directory over fake towns."""

from collections.abc import Collection
from dataclasses import dataclass

from tests.support.fakes.towns import FakeTowns


@dataclass
class FakeDirectory:
    towns: FakeTowns

    def town_of_number(self, phone_number_id: str) -> str | None:
        return next((t.id for t in self.towns.all() if t.number.phone_number_id == phone_number_id), None)

    def names_one_of_ours(self, ids: Collection[str]) -> bool:
        return any({it.number.phone_number_id, it.number.waba_id} & set(ids) for it in self.towns.all())

    def town_of_account(self, waba_id: str) -> str | None:
        return next((t.id for t in self.towns.all() if t.number.waba_id == waba_id), None)
