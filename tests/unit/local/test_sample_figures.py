"""The figures of the sample day: a year of them, the same each time, and such as a count could have made."""

from datetime import UTC, datetime, timedelta

import pytest

from local.product.sample_figures import DAYS, past_days
from stadtdraht.usecases.figures.read_figures import read_figures
from tests.support.fakes.figures import FakeFigureDays
from tests.support.town_office import TOWNS

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize("town", TOWNS.values(), ids=lambda it: it.id)
def test_every_day_adds_up(town):
    days = past_days(town, NOW)
    assert len(days) == DAYS
    assert days[-1].day == NOW.date() - timedelta(days=1)
    assert days == past_days(town, NOW)
    for it in days:
        assert it.asked <= it.heard
        assert it.in_target <= it.answered
        for of in it.offers.values():
            assert sum(of.by_district.values()) == of.people
            assert sum(of.by_month.values()) == of.people
            assert sum(of.by_language.values()) == of.people
            assert all(count <= of.people for count in of.by_topic.values())


def test_there_is_something_to_see():
    kept = FakeFigureDays()
    for it in past_days(TOWNS["vreden"], NOW):
        kept.save("vreden", it)
    view = read_figures(TOWNS["vreden"], 30, NOW, kept)
    assert view.asked
    assert view.asked_before
    assert view.forecast
    assert view.newsletters
    assert view.cases
