"""The list of newsletters reads its rows side by side, so that a page of forty does not wait eighty times."""

import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta

from stadtdraht.adapters.dynamodb.broadcast.broadcasts import DynamoBroadcasts
from stadtdraht.adapters.dynamodb.table import from_item
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.draft import DraftOptions, draft
from stadtdraht.usecases.broadcast.reporting.newsletter_list import newsletter_list
from tests.support.builders.newsletter import ANNA, MONDAY, a_newsletter_town, story
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.errands import FakeErrands
from tests.support.fakes.slices import FakeSlices

TOWN = a_newsletter_town()
FOUR = 4


class Meeting:
    """Whoever comes waits until four are there; who reads one after the other waits in vain."""

    def __init__(self):
        self.barrier = threading.Barrier(FOUR, timeout=5)

    def wait(self):
        self.barrier.wait()


@dataclass
class MeetingErrands(FakeErrands):
    meeting: Meeting = field(default_factory=Meeting)

    def get(self, broadcast_id, errand):
        self.meeting.wait()
        return super().get(broadcast_id, errand)


class MeetingTable:
    """As far as the list reads it. Stands for its own client, too."""

    name = "table"

    def __init__(self):
        self.rows, self.meeting = [], Meeting()

    @property
    def client(self):
        return self

    def transact_write_items(self, TransactItems):  # noqa: N803
        self.rows += [from_item(it["Put"]["Item"]) for it in TransactItems]

    def query(self, pk, *, newest_first, limit):
        return sorted((it for it in self.rows if it["pk"] == pk), key=lambda it: it["sk"], reverse=newest_first)[:limit]

    def get(self, pk, sk):
        self.meeting.wait()
        return next(it for it in self.rows if (it["pk"], it["sk"]) == (pk, sk))


def made(number):
    at = MONDAY + timedelta(minutes=number)
    return draft(TOWN, (story(number),), DraftOptions(), ANNA, at, f"aaaaa{number}")


def test_newsletters_are_read_side_by_side_and_stay_in_order():
    broadcasts = DynamoBroadcasts(MeetingTable())
    for number in range(FOUR):
        assert broadcasts.create(made(number))
    assert [it.title for it in broadcasts.recent(TOWN.id)] == [story(number).title for number in (3, 2, 1, 0)]


def test_so_are_their_reports():
    broadcasts = FakeBroadcasts()
    for number in range(FOUR):
        one = made(number)
        one = replace(one, state=BroadcastState.RUNNING, lanes=1, slices_per_lane=1, released_at=one.created_at)
        broadcasts.create(one)
    found = newsletter_list(TOWN, "", MONDAY, broadcasts=broadcasts, slices=FakeSlices(), errands=MeetingErrands())
    assert [it.broadcast.title for it in found.rows] == [story(number).title for number in (3, 2, 1, 0)]
