"""Rows of the oldest versions take the present shape, once, from wherever it was broken off, and say the same."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.broadcast.broadcasts import DynamoBroadcasts
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.adapters.dynamodb.inbound.conversations import conversation_text
from stadtdraht.adapters.dynamodb.inbound.lists import DynamoConversations
from stadtdraht.adapters.dynamodb.inbound.profiles import citizen_of, profile_row
from stadtdraht.adapters.dynamodb.migration.stored_rows import DynamoStoredRows
from stadtdraht.domain.conversation import Conversation
from stadtdraht.usecases.operations.migrate_rows import count_older, migrate_rows
from tests.contract.test_delivery_ports import CAUSE, OLD_ROW
from tests.support.builders.delivery import NOON, broadcast

pytestmark = pytest.mark.local_aws
TOWN, ANKE, BERND = "bocholt", "a" * 20, "b" * 20
OLD_PROFILE = {
    "pk": keys.citizen(TOWN, ANKE),
    "sk": keys.PROFILE,
    "phone": "4915112345678",
    "name": "Anke Probe",
    "language": "de",
    "consents": '{"news": {"granted": true, "at": "2026-11-20T08:00:00.000Z"}}',
    "dialogue": "district",
    "dialogue_data": '{"acknowledged_at": "2026-11-24T11:00:00+00:00", "in_call": "2026-11-24T12:00:00+01:00"}',
    "last_inbound_at": "2026-11-24T10:59:00.000Z",
    "version": 3,
}
OLD_NEWSLETTER = {"pk": keys.cause(CAUSE), "sk": keys.META, "broadcast": OLD_ROW}
OTHERS = [
    {"pk": keys.citizen(TOWN, ANKE), "sk": f"{keys.MESSAGE}2026-11-24T10:59:00.000Z#wamid.1", "type": "text"},
    {"pk": keys.town(TOWN), "sk": keys.SETTINGS, "settings": "{}"},
    {"pk": keys.cause("bocholt-a-20261124-abcdef"), "sk": keys.META, "alert": "{}"},
]
QUIET = {"clock": lambda: NOON, "told": lambda _: None}


@pytest.fixture
def rows(table):
    return DynamoStoredRows(table, b"pepper", rows_a_page=2)


def everything(table):
    pages = table.client.get_paginator("scan").paginate(TableName=table.name)
    return {(row["pk"]["S"], row["sk"]["S"]): row for page in pages for row in page["Items"]}


def test_the_oldest_rows_are_written_as_they_would_be_today(table, rows):
    table.put_all([OLD_PROFILE, OLD_NEWSLETTER, *OTHERS])
    citizen, newsletter = citizen_of(TOWN, ANKE, OLD_PROFILE), DynamoBroadcasts(table).get(CAUSE)
    assert count_older(rows) == {"profile": 1, "newsletter": 1}
    untouched = {key: row for key, row in everything(table).items() if key[1] not in (keys.PROFILE, keys.META)}
    done = migrate_rows(rows, **QUIET)
    assert (done.renewed, done.overtaken, done.unreadable) == ({"profile": 1, "newsletter": 1}, 0, ())
    assert (done.looked_at, done.done_at, done.after) == (5, NOON, "")
    written = table.get(OLD_PROFILE["pk"], keys.PROFILE)
    assert written == {name: value for name, value in profile_row(citizen).items() if value is not None}
    assert json.loads(written["dialogue_data"])["acknowledged_at"] == "2026-11-24T11:00:00.000Z"
    assert citizen_of(TOWN, ANKE, written) == citizen
    assert DynamoBroadcasts(table).get(CAUSE) == newsletter
    assert '"items"' in table.get(OLD_NEWSLETTER["pk"], keys.META)["broadcast"]
    assert untouched.items() <= everything(table).items()


def test_a_second_time_nothing_is_to_be_done(table, rows):
    table.put_all([OLD_PROFILE, OLD_NEWSLETTER, *OTHERS])
    migrate_rows(rows, **QUIET)
    first = everything(table)
    again = migrate_rows(rows, clock=lambda: NOON + timedelta(days=1), told=lambda _: None)
    assert (again.renewed, again.begun_at) == ({}, NOON + timedelta(days=1))
    state = (keys.MIGRATION, keys.STATE)
    assert {k: v for k, v in everything(table).items() if k != state} == {k: v for k, v in first.items() if k != state}


def test_what_is_written_today_is_of_the_present_shape(table, rows):
    DynamoBroadcasts(table).create(broadcast())
    table.put_all([profile_row(citizen_of(TOWN, ANKE, OLD_PROFILE))])
    assert count_older(rows) == {}


def test_broken_off_it_goes_on_where_it_was(table, rows):
    people = [OLD_PROFILE | {"pk": keys.citizen(TOWN, f"{number:020}")} for number in range(9)]
    table.put_all(people)
    pages = []

    class Killed(Exception):
        pass

    def dies(at):
        pages.append(at)
        if len(pages) == 2:
            raise Killed

    with pytest.raises(Killed):
        migrate_rows(rows, lambda: NOON, dies)
    assert rows.migration() == pages[-1]
    assert 0 < pages[-1].renewed["profile"] < 9
    done = migrate_rows(rows, clock=lambda: NOON + timedelta(hours=1), told=pages.append)
    assert (done.renewed, done.begun_at) == ({"profile": 9}, NOON)
    assert done.looked_at in (9, 10)  # its own state is a row as well
    assert count_older(rows) == {}


def test_killed_between_a_row_and_its_page_it_counts_less_and_leaves_nothing(table, rows):
    table.put_all([OLD_PROFILE | {"pk": keys.citizen(TOWN, f"{number:020}")} for number in range(3)])
    (first,) = rows.page("").older[:1]
    rows.renew(first)
    assert migrate_rows(rows, **QUIET).renewed == {"profile": 2}
    assert count_older(rows) == {}


def test_a_walk_to_other_shapes_begins_anew(table, rows):
    table.put_all([OLD_PROFILE | {"pk": keys.citizen(TOWN, f"{number:020}")} for number in range(5)])
    with pytest.raises(ZeroDivisionError):
        migrate_rows(replace(rows, shapes="profile 1"), lambda: NOON, lambda _: 1 / 0)
    assert migrate_rows(rows, clock=lambda: NOON + timedelta(days=1), told=lambda _: None).begun_at > NOON


def test_who_writes_in_that_moment_is_not_overwritten(table, rows):
    table.put_all([OLD_PROFILE])
    (found,) = rows.page("").older
    newer = OLD_PROFILE | {"version": 4, "name": "Anke Neu"}
    table.put_all([newer])
    assert rows.renew(found) == "overtaken"
    assert table.get(OLD_PROFILE["pk"], keys.PROFILE)["name"] == "Anke Neu"
    assert migrate_rows(rows, **QUIET).renewed == {"profile": 1}


def test_a_row_that_nobody_can_read_stops_nothing_and_stays(table, rows):
    broken = OLD_PROFILE | {"pk": keys.citizen(TOWN, BERND), "consents": "no JSON"}
    table.put_all([broken, OLD_PROFILE])
    done = migrate_rows(rows, **QUIET)
    assert (done.renewed, done.unreadable) == ({"profile": 1}, (f"{broken['pk']} {keys.PROFILE}",))
    assert table.get(broken["pk"], keys.PROFILE) == broken


def test_the_list_of_before_becomes_the_lists_of_now(table, rows):
    waits = Conversation(NOON, NOON, NOON)
    talk = {"conversation": conversation_text(waits)}
    line = {"pk": keys.conversations(TOWN), "language": "de", **talk}
    table.put_all([OLD_PROFILE | talk, line | {"sk": ANKE}, line | {"sk": BERND}])  # Bernd was erased a moment ago
    assert DynamoConversations(table).waiting(TOWN) == []
    done = migrate_rows(rows, **QUIET)
    assert done.renewed["conversation list"] == 2
    (listed,) = DynamoConversations(table).waiting(TOWN)
    assert (listed.citizen_id, listed.name) == (ANKE, "Anke Probe")
    assert count_older(rows) == {}
    assert DynamoCitizens(table, b"pepper").get(TOWN, ANKE).conversation.waiting_since == NOON
