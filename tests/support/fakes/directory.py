"""A directory over fake towns."""

from dataclasses import dataclass

from tests.support.fakes.towns import FakeTowns


@dataclass
class FakeDirectory:
    towns: FakeTowns

    def town_of_number(self, phone_number_id: str) -> str | None:
        return next((t.id for t in self.towns.all() if t.number.phone_number_id == phone_number_id), None)

    def town_of_account(self, waba_id: str) -> str | None:
        return next((t.id for t in self.towns.all() if t.number.waba_id == waba_id), None)
