"""`dlq …` and `inbox follow-up` as they are typed."""

import json
from datetime import timedelta

import pytest

from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from tests.support.command_line import NOW, PHONE, TOWN, Office, types


@pytest.fixture
def office():
    office = Office(filled=True)
    office.queues.dead = {"answers": 2, "crisis": 1, "inbound_stream": 3, "events": 1}
    raw = json.dumps({"message": {"from": PHONE, "id": "wamid.x", "type": "text", "text": {"body": "Hallo"}}})
    lost = InboxUpdate(TOWN.id, UpdateKind.MESSAGE, "a", "wamid.x", raw, NOW - timedelta(hours=3), 0)
    office.inbox.port.store([lost], [], [])
    return office


def told(office, *words):
    done = types(office, *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def counted(office):
    return {it["queue"]: it["messages"] for it in told(office, "dlq", "list")}


def test_all_ten_are_listed_the_stream_s_too(office):
    assert len(counted(office)) == 10
    assert counted(office)["inbound_stream"] == 3


def test_one_queue_alone_is_redriven(office):
    assert told(office, "dlq", "redrive", "--queue", "answers") == [{"queue": "answers", "messages": 2}]
    assert (counted(office)["answers"], counted(office)["crisis"]) == (0, 1)


def test_without_a_name_all_are_that_take_theirs_back(office):
    assert sum(it["messages"] for it in told(office, "dlq", "redrive")) == 3
    assert (counted(office)["inbound_stream"], counted(office)["events"]) == (3, 1)


def test_what_no_queue_takes_back_is_refused_and_discarded_by_name(office):
    assert types(office, "dlq", "redrive", "--queue", "inbound_stream").exit_code == 1
    assert types(office, "dlq", "discard", "--queue", "answers").exit_code == 1
    assert told(office, "dlq", "discard", "--queue", "inbound_stream") == [{"queue": "inbound_stream", "messages": 3}]
    assert (counted(office)["inbound_stream"], counted(office)["answers"]) == (0, 2)


@pytest.mark.parametrize("command", ["redrive", "discard"])
def test_a_name_that_is_none_is_told_which_there_are(office, command):
    done = types(office, "dlq", command, "--queue", "answer")
    assert done.exit_code == 2
    assert "inbound_retry" in done.stderr
    assert counted(office)["answers"] == 2


def test_a_stored_message_is_handed_on_by_span_by_time_and_by_town(office):
    lost = {"town": TOWN.id, "looked_at": 1, "handed_on": 1, "unreadable": 0}
    since = f"{(NOW - timedelta(hours=4)).astimezone(TOWN.zone):%Y-%m-%dT%H:%M}"
    assert told(office, "inbox", "follow-up", "--since", "4h") == [lost]
    assert told(office, "inbox", "follow-up", "--since", since, "--town", TOWN.id) == [lost]
    assert told(office, "inbox", "follow-up", "--since", "2h")[0]["looked_at"] == 0
    assert len(office.retry_queue.port.put_in) == 2


@pytest.mark.parametrize(("since", "code"), [("15d", 1), ("gestern", 2), ("2030-01-01T08:00", 1), ("", 2)])
def test_a_time_that_is_none_or_beyond_what_is_kept_is_refused(office, since, code):
    assert types(office, "inbox", "follow-up", "--since", since).exit_code == code
    assert office.retry_queue.port.put_in == []
