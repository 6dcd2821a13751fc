"""Port AccountSnapshots: one suite for the fake and for the adapter."""

from dataclasses import replace

import pytest

from stadtdraht.adapters.dynamodb.towns.account_snapshots import DynamoAccountSnapshots
from stadtdraht.domain.whatsapp.account_events import Matter
from tests.support.builders.account import SEEN_AT, a_notice, a_snapshot
from tests.support.builders.crisis import a_town
from tests.support.fakes.account_snapshots import FakeAccountSnapshots


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def snapshots(request):
    return (
        FakeAccountSnapshots() if request.param == "fake" else DynamoAccountSnapshots(request.getfixturevalue("table"))
    )


def test_nobody_has_looked_yet(snapshots):
    assert snapshots.get("bocholt") is None


def test_what_was_seen_comes_back_and_the_next_look_replaces_it(snapshots):
    seen = a_snapshot(a_town(), quick_replies=("Abmelden",), ttl_s=43200)
    snapshots.save("bocholt", seen)
    assert snapshots.get("bocholt") == seen
    later = replace(seen, templates=seen.templates[:1], seen_at=SEEN_AT.replace(hour=4))
    snapshots.save("bocholt", later)
    assert snapshots.get("bocholt") == later
    assert snapshots.get("vreden") is None


def test_notices_are_kept_once_each_whatever_a_look_finds(snapshots):
    told = a_notice(until=SEEN_AT)
    over = replace(told, until=None, over=True)
    other = a_notice(matter=Matter.DISABLED, subject="", found="DISABLE")
    snapshots.add_notices("bocholt", [told, told])
    snapshots.add_notices("bocholt", [told, over, other])
    snapshots.add_notices("bocholt", [])
    snapshots.save("bocholt", a_snapshot(a_town()))
    assert set(snapshots.notices("bocholt")) == {told, over, other}
    assert len(snapshots.notices("bocholt")) == 3
    assert not snapshots.notices("vreden")
    assert snapshots.get("bocholt") == a_snapshot(a_town())
