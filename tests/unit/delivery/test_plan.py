"""What a newsletter would cost, whom it would reach, and whether a warning still fits in beside it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.prices import price_eur
from stadtdraht.domain.reach import allowed_today, days_for
from stadtdraht.domain.town import Offer, OfferText
from stadtdraht.usecases.plan_broadcast import plan
from stadtdraht.usecases.start_broadcast import TooManyForPortfolio
from tests.delivery_samples import broadcast, person, town


class Audiences:
    """Readers, and people who agreed to warnings."""

    def __init__(self, news, crisis=()):
        self.of = {Offer.NEWS: news, Offer.CRISIS: crisis}

    def scan(self, _, offer):
        yield from sorted(self.of[offer], key=lambda it: it.citizen_id)


def planned(news, crisis=(), limit=None):
    offers = (OfferText(Offer.NEWS, "News", "Neues."), OfferText(Offer.CRISIS, "Warnungen", "Sofort."))
    of = replace(town(), offers=offers, number=replace(town().number, portfolio_limit=limit))
    return plan(broadcast(), of, audience=Audiences(news, crisis))


def people(count, identity=WireIdentity(phone="4915112345678")):  # noqa: B008 - frozen
    return [replace(person(number), identity=identity) for number in range(count)]


def others(count):
    return [person(number) for number in range(10_000, 10_000 + count)]


@pytest.mark.parametrize(
    ("category", "identity", "eur"),
    [
        ("MARKETING", WireIdentity(phone="4915112345678"), Decimal("0.1131")),
        ("UTILITY", WireIdentity(phone="4915112345678"), Decimal("0.0456")),
        ("MARKETING", WireIdentity(user_id="DE.8123"), Decimal("0.1131")),
        ("MARKETING", WireIdentity(phone="31612345678"), None),
        ("MARKETING", WireIdentity(user_id="DE.8123", phone="31612345678"), None),
        ("MARKETING", WireIdentity(user_id="8123"), None),
    ],
)
def test_a_message_costs_what_the_list_says_for_the_reader_s_country(category, identity, eur):
    assert price_eur(category, identity) == eur


def test_the_cost_is_the_sum_and_names_whom_it_does_not_know():
    found = planned([*people(209), *people(3, WireIdentity(phone="31612345678"))])
    assert (found.planned, found.cost_eur, found.unpriced) == (212, Decimal("23.64"), 3)


def test_a_warning_keeps_its_place_in_meta_s_limit():
    found = planned(people(200), others(60), limit=250)
    assert (found.crisis_reserve, found.fits, found.days) == (60, False, 2)
    said = str(TooManyForPortfolio(found))
    assert "200 people do not fit into" in said
    assert "60 stay free" in said
    assert "2 days" in said


def test_who_takes_both_counts_once_as_meta_counts():
    found = planned(people(200), [*people(240), *others(5)], limit=250)
    assert (found.crisis_reserve, found.fits) == (45, True)


def test_where_warnings_take_the_whole_limit_portions_do_not_help():
    found = planned(people(10), others(300), limit=250)
    assert (found.fits, found.days) == (False, None)
    assert "portions do not help" in str(TooManyForPortfolio(found))


def test_what_fits_beside_a_warning_goes_out_today():
    found = planned(people(190), others(60), limit=250)
    assert (found.fits, found.days) == (True, 1)


def test_without_a_limit_nothing_is_kept_free():
    found = planned(people(300), people(300))
    assert (found.fits, found.crisis_reserve, found.portfolio_limit) == (True, 0, None)


def test_half_of_the_readers_are_reached_in_half_of_the_time():
    found = planned(people(1440))
    assert (found.median_after_s, found.last_after_s) == (10, 20)


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 10_000))
def test_portions_that_fit_reach_everybody(count, limit, warned):
    allowed = allowed_today(limit, warned)
    days = days_for(count, allowed)
    if days is None:
        assert allowed == 0
        assert count > 0
    else:
        assert count <= days * max(allowed, count if days == 1 else 0)
        assert days == 1 or (days - 1) * allowed < count
