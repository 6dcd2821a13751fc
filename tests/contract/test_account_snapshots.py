"""Port Standings: one suite for the fake and for the adapter."""

from dataclasses import replace

import pytest

from stadtdraht.adapters.dynamodb.towns.account_snapshots import DynamoStandings
from stadtdraht.domain.whatsapp.account_events import Matter
from tests.support.builders.account import SEEN_AT, a_notice, a_standing
from tests.support.builders.crisis import a_town
from tests.support.fakes.account_snapshots import FakeStandings


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def standings(request):
    return FakeStandings() if request.param == "fake" else DynamoStandings(request.getfixturevalue("table"))


def test_nobody_has_looked_yet(standings):
    assert standings.get("bocholt") is None


def test_what_was_seen_comes_back_and_the_next_look_replaces_it(standings):
    seen = a_standing(a_town(), quick_replies=("Abmelden",), ttl_s=43200)
    standings.save("bocholt", seen)
    assert standings.get("bocholt") == seen
    later = replace(seen, templates=seen.templates[:1], seen_at=SEEN_AT.replace(hour=4))
    standings.save("bocholt", later)
    assert standings.get("bocholt") == later
    assert standings.get("vreden") is None


def test_notices_are_kept_once_each_whatever_a_look_finds(standings):
    told = a_notice(until=SEEN_AT)
    over = replace(told, until=None, over=True)
    other = a_notice(matter=Matter.DISABLED, subject="", found="DISABLE")
    standings.tell("bocholt", [told, told])
    standings.tell("bocholt", [told, over, other])
    standings.tell("bocholt", [])
    standings.save("bocholt", a_standing(a_town()))
    assert set(standings.notices("bocholt")) == {told, over, other}
    assert len(standings.notices("bocholt")) == 3
    assert not standings.notices("vreden")
    assert standings.get("bocholt") == a_standing(a_town())
