"""The table as every adapter uses it."""

import pytest

from stadtdraht.adapters.dynamodb.table import Table

pytestmark = pytest.mark.local_aws


class OneRowAtATime:
    """DynamoDB that answers for the first key and leaves the others to the next call."""

    def __init__(self, client):
        self.client = client

    def batch_get_item(self, **request):
        ((name, asked),) = request["RequestItems"].items()
        first, *others = asked["Keys"]
        answer = self.client.batch_get_item(RequestItems={name: {**asked, "Keys": [first]}})
        return {**answer, "UnprocessedKeys": {name: {**asked, "Keys": others}} if others else {}}


def rows(count, pk="town#TEST"):
    return [{"pk": pk, "sk": f"{n:04d}", "number": n, "nothing": None} for n in range(count)]


def test_it_writes_more_rows_than_one_call_takes_and_reads_them_in_order(table):
    table.put_all(rows(60))
    assert [row["sk"] for row in table.query("town#TEST")] == [f"{n:04d}" for n in range(60)]


def test_it_reads_one_row_or_none(table):
    table.put_all(rows(1))
    assert table.get("town#TEST", "0000") == {"pk": "town#TEST", "sk": "0000", "number": 0}
    assert table.get("town#TEST", "9999") is None


def test_it_reads_several_rows_at_once_without_those_that_are_not_there(table):
    table.put_all(rows(3))
    first, gone, last = (("town#TEST", sk) for sk in ("0000", "9999", "0002"))
    assert {place: row["number"] for place, row in table.get_all([first, gone, last, first]).items()} == {
        first: 0,
        last: 2,
    }


def test_what_the_table_leaves_out_of_several_rows_is_asked_for_again(table):
    table.put_all(rows(3))
    places = [("town#TEST", f"{n:04d}") for n in range(3)]
    assert table.get_all(places) == Table(OneRowAtATime(table.client), table.name).get_all(places)


def test_a_limit_caps_the_rows_and_newest_first_turns_them_round(table):
    table.put_all(rows(5))
    newest = table.query("town#TEST", newest_first=True, limit=2)
    assert [row["number"] for row in newest] == [4, 3]


def test_a_range_includes_both_ends(table):
    table.put_all(rows(5))
    assert [row["number"] for row in table.between("town#TEST", "0001", "0003")] == [1, 2, 3]


def test_a_prefix_keeps_others_out(table):
    table.put_all([{"pk": "p", "sk": sk} for sk in ("A#1", "A#2", "B#1")])
    assert [row["sk"] for row in table.query("p", prefix="A#")] == ["A#1", "A#2"]


def test_deleted_rows_are_gone(table):
    table.put_all(rows(30))
    table.delete_all([("town#TEST", f"{n:04d}") for n in range(29)])
    assert [row["number"] for row in table.query("town#TEST")] == [29]
