"""What can be counted of reading the inbox does not depend on how many there are, whatever the machine does."""

import pytest

from stadtdraht.adapters.dynamodb.inbound.lists import DynamoConversations
from tests.benchmarks.console.reading import readings


@pytest.mark.parametrize("place", range(4))
def test_as_many_rows_are_read_of_thousands_as_of_a_hundred(place):
    _, make, read = readings()[place]
    counted = []
    for size in (100, 3000):
        rows = make(size)
        assert read(DynamoConversations(rows.table()))
        counted.append(rows.rows_read)
    assert 0 < counted[1] <= counted[0] * 1.05
