"""Port TownData: one suite for the fake and for the table."""

from decimal import Decimal

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.towns.town_data import DynamoTownData
from tests.support.fakes.town_data import FakeTownData

ANKE, BERND = "a" * 20, "b" * 20
ROWS = [
    {"pk": keys.citizen("vreden", ANKE), "sk": keys.PROFILE, "version": 3, "topics": ["traffic", "culture"]},
    {"pk": keys.citizen("vreden", ANKE), "sk": keys.MESSAGE + "1", "latitude": "52.1", "text": "Grüße"},
    {"pk": keys.citizen("vreden", BERND), "sk": keys.PROFILE, "version": 1},
    {"pk": keys.crisis("vreden"), "sk": "LINK#1"},
    {"pk": keys.citizen("vreden-nord", "c" * 20), "sk": keys.PROFILE, "version": 1},
]


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def data(request):
    if request.param == "fake":
        return FakeTownData([(row["pk"].split("#")[0], keys.kind_of_row(row["pk"], row["sk"]), row) for row in ROWS])
    table = request.getfixturevalue("table")
    table.put_all(ROWS)
    return DynamoTownData(table)


def test_everyone_with_a_profile_is_named_once_and_nobody_of_a_town_with_a_similar_name(data):
    assert sorted(data.citizen_ids("vreden")) == [ANKE, BERND]
    assert list(data.citizen_ids("bocholt")) == []


def test_every_row_of_the_town_comes_with_its_kind_and_as_json_knows_it(data):
    found = sorted(data.rows("vreden"), key=lambda it: (it[1]["pk"], it[1]["sk"]))
    assert [kind for kind, _ in found] == ["citizen message", "citizen profile", "citizen profile", "crisis"]
    by_key = {(row["pk"], row["sk"]): row for _, row in found}
    assert list(by_key.values()) == sorted(ROWS[:4], key=lambda row: (row["pk"], row["sk"]))
    assert not any(isinstance(value, Decimal) for row in by_key.values() for value in row.values())
