"""Port TextBlocks: one suite for the fake and for the table."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stadtdraht.adapters.dynamodb.text_blocks import DynamoTextBlocks
from stadtdraht.domain.staff.text_block import TextBlock
from tests.support.fakes.text_blocks import FakeTextBlocks

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
THANKS = TextBlock("a1", "Danke", "Guten Tag {Name}, danke!", "Allgemein", "de", "Maria Beispiel", NOON)


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def blocks(request):
    if request.param == "fake":
        return FakeTextBlocks()
    return DynamoTextBlocks(request.getfixturevalue("table"))


def test_one_is_found_as_it_was_written(blocks):
    blocks.put("vreden", THANKS)
    assert blocks.get("vreden", "a1") == THANKS
    assert blocks.of_town("vreden") == [THANKS]
    assert blocks.of_town("arnsberg") == []
    assert blocks.get("arnsberg", "a1") is None


def test_it_is_written_over_and_its_uses_stay_counted(blocks):
    blocks.put("vreden", THANKS)
    blocks.count_use("vreden", "a1")
    blocks.count_use("vreden", "a1")
    blocks.put("vreden", replace(THANKS, title="Dank"))
    assert blocks.get("vreden", "a1") == replace(THANKS, title="Dank", used=2)


def test_a_use_of_one_that_is_gone_makes_none(blocks):
    blocks.count_use("vreden", "a1")
    assert blocks.of_town("vreden") == []


def test_a_removed_one_is_gone_and_may_come_again(blocks):
    blocks.put("vreden", THANKS)
    blocks.remove("vreden", "a1", NOON)
    blocks.remove("vreden", "a1", NOON)
    assert blocks.get("vreden", "a1") is None
    assert blocks.of_town("vreden") == []
    blocks.count_use("vreden", "a1")
    assert blocks.get("vreden", "a1") is None
    blocks.put("vreden", THANKS)
    assert blocks.get("vreden", "a1").title == "Danke"
