"""The function of the night: every town's day that is over, and what stands out is counted for CloudWatch."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from functions.figures import count
from stadtdraht.domain.figures.day import DayFigures
from tests.support.adapters import FakeAdapters
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.figures import FakeDayTraffic, FakeFigureDays
from tests.support.fakes.towns import FakeTowns
from tests.support.town_office import TOWNS


def adapters(**given):
    citizens = FakeCitizens()
    fakes = {
        "towns": FakeTowns(dict(TOWNS)),
        "audience": FakeAudience(),
        "broadcasts": FakeBroadcasts(),
        "cases": citizens.cases,
        "citizens": citizens,
        "day_traffic": FakeDayTraffic(),
        "figure_days": FakeFigureDays(),
    }
    return FakeAdapters(**fakes | given)


def yesterday():
    return datetime.now(TOWNS["vreden"].zone).date() - timedelta(days=1)


def metrics(out):
    lines = [json.loads(line) for line in out.splitlines()]
    return {it["_aws"]["CloudWatchMetrics"][0]["Metrics"][0]["Name"] for it in lines if "_aws" in it}


def test_every_town_gets_its_yesterday_once():
    given = adapters()
    assert count.handler({}, None, adapters=given) == {"days": len(TOWNS)}
    assert set(given.figure_days.kept) == {(town, yesterday()) for town in TOWNS}
    assert count.handler({}, None, adapters=given) == {"days": 0}


def test_a_town_that_fails_holds_back_no_other_and_rings():
    class Broken(FakeDayTraffic):
        def people(self, town, since, now):
            if town == "bocholt":
                raise RuntimeError("no table")
            return super().people(town, since, now)

    given = adapters(day_traffic=Broken())
    with pytest.raises(count.NotCounted, match=r"^no figures of bocholt$"):
        count.handler({}, None, adapters=given)
    assert {town for town, _ in given.figure_days.kept} == set(TOWNS) - {"bocholt"}


def test_silence_is_a_metric(capsys):
    given = adapters()
    for ago in range(2, 40):
        heard = (0,) * 9 + (int(ago > 8),) + (0,) * 14
        day = yesterday() - timedelta(days=ago - 1)
        given.figure_days.save("vreden", DayFigures(day, datetime.now(UTC), messages=heard))
    count.handler({}, None, adapters=given)
    assert metrics(capsys.readouterr().out) == {"TownSilent"}
