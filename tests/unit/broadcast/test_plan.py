"""What a newsletter would cost, whom it would reach, and whether a warning still fits in beside it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.cli.broadcast.plan_text import plan_in_words
from stadtdraht.domain.broadcast.daily_limit import Spread, allowance
from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.town import Offer, OfferText
from stadtdraht.domain.whatsapp.prices import (
    LISTS,
    PriceList,
    VolumeTier,
    country_of,
    list_at,
    price_eur,
    priced,
    rules_at,
    warning_of_age,
)
from stadtdraht.usecases.broadcast.planning.plan_broadcast import TooManyForPortfolio, plan
from tests.support.builders.delivery import LETTER, NOON, broadcast, person, town


class Audiences:
    """Readers, and people who agreed to warnings."""

    def __init__(self, news, crisis=()):
        self.of = {Offer.NEWS: news, Offer.CRISIS: crisis}

    windows: Mapping[str, datetime] = MappingProxyType({})

    def open_windows(self, _, at):
        return {one for one, until in self.windows.items() if at < until}

    def scan(self, _, offer):
        yield from sorted(self.of[offer], key=lambda it: it.citizen_id)


def planned(news, crisis=(), limit=None, used=frozenset(), expires_at=None, **changes):
    offers = (OfferText(Offer.NEWS, "News", "Neues."), OfferText(Offer.CRISIS, "Warnungen", "Sofort."))
    of = replace(town(), offers=offers, number=replace(town().number, portfolio_limit=limit), **changes)
    return plan(broadcast(expires_at=expires_at), of, audience=Audiences(news, crisis), used=used)


def people(count, identity=WireIdentity(phone="4915112345678"), **changes):  # noqa: B008 - frozen
    return [replace(person(number), identity=identity, **changes) for number in range(count)]


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


@pytest.mark.parametrize(
    ("phone", "country"),
    [
        *(("4915112345678", "DE"), ("31612345678", "NL"), ("15551234567", "US"), ("380501234567", "UA")),
        *(("963944123456", "SY"), ("905321234567", "TR"), ("999123", "")),
    ],
)
def test_a_number_says_its_country(phone, country):
    assert country_of(WireIdentity(phone=phone)) == country


def test_the_cost_is_the_sum_and_names_the_countries_it_does_not_know():
    dutch, nowhere = WireIdentity(phone="31612345678"), WireIdentity(user_id="8123")
    abroad = [replace(person(900), identity=dutch), replace(person(901), identity=dutch)]
    found = planned([*people(209), *abroad, replace(person(902), identity=nowhere)])
    assert (found.audience.planned, found.price.eur, sum(found.price.unpriced.values())) == (212, Decimal("23.64"), 3)
    assert found.price.unpriced == {"NL": 2, "unknown": 1}
    assert [(it.country, it.messages, it.eur) for it in found.price.parts] == [
        ("DE", 209, Decimal("23.64")),
        ("NL", 2, None),
        ("unknown", 1, None),
    ]


def test_every_reader_s_price_is_that_of_the_template_in_their_language():
    turkish = replace(LETTER, language="tr", category="UTILITY")
    readers = [*people(10), *(replace(person(number), language="tr") for number in range(100, 105))]
    readers += [replace(person(200), language="uk")]  # has no template of its own: the German one
    found = planned(readers, templates=(LETTER, turkish))
    assert {(it.category, it.messages) for it in found.price.parts} == {("MARKETING", 11), ("UTILITY", 5)}
    assert found.price.eur == Decimal("1.24") + Decimal("0.23")


def test_volume_tiers_hold_for_each_message_by_its_place_in_the_month():
    rate = ("UTILITY", "DE")
    prices = PriceList(
        date(2026, 1, 1),
        date(2026, 1, 1),
        "made up",
        {rate: Decimal("0.05")},
        {rate: (VolumeTier(100, Decimal("0.04")), VolumeTier(300, Decimal("0.03")))},
    )

    def cost(count, before=0):
        return priced({rate: count}, prices, {rate: before})[0].eur

    assert cost(100) == Decimal("5.00")
    assert cost(400) == Decimal("5.00") + Decimal("8.00") + Decimal("3.00")
    assert cost(400, before=250) == Decimal("2.00") + Decimal("10.50")
    assert cost(0) == Decimal("0.00")


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_tiers_cost_the_same_in_one_go_and_in_two(before, first, second):
    rate = ("UTILITY", "DE")
    tiers = {rate: (VolumeTier(100, Decimal("0.04")), VolumeTier(300, Decimal("0.03")))}
    prices = PriceList(date(2026, 1, 1), date(2026, 1, 1), "made up", {rate: Decimal("0.05")}, tiers)
    whole = priced({rate: first + second}, prices, {rate: before})[0].eur
    halves = priced({rate: first}, prices, {rate: before})[0].eur
    assert whole == halves + priced({rate: second}, prices, {rate: before + first})[0].eur


def test_the_list_of_the_day_is_taken_and_an_old_one_is_warned_of():
    newer = replace(LISTS[0], valid_from=date(2027, 1, 1), checked=date(2027, 1, 1))
    lists = (LISTS[0], newer)
    assert list_at(date(2026, 12, 31), lists) is LISTS[0]
    assert list_at(date(2027, 1, 1), lists) is newer
    assert list_at(date(2020, 1, 1), lists) is LISTS[0]
    checked = LISTS[0].checked
    assert warning_of_age(LISTS[0], checked + timedelta(days=120)) == ""
    assert "121 days ago" in warning_of_age(LISTS[0], checked + timedelta(days=121))


def test_free_rules_hold_in_their_time_and_name_their_source():
    assert any("inside an open service window are free" in rule for rule in rules_at(date(2026, 9, 30)))
    today = rules_at(date(2026, 10, 1))
    assert not any("inside an open service window are free" in rule for rule in today)
    assert any("first 1,000 messages" in rule and "Meta, Pricing" in rule for rule in today)


def test_a_plan_says_where_its_prices_are_from():
    day = planned(people(1)).first_at.date()
    prices = list_at(day)
    assert (prices.valid_from, prices.checked) == (date(2025, 7, 1), date(2026, 10, 1))
    assert "Meta, rate card" in prices.source
    assert rules_at(day)
    assert warning_of_age(prices, day) == ""


def test_a_warning_keeps_its_place_in_meta_s_limit():
    found = planned(people(200), others(60), limit=250)
    assert (found.audience.crisis_reserve, found.portions.fits, found.portions.days, found.portions.per_day) == (
        60,
        False,
        2,
        (190, 10),
    )
    assert found.portions.possible


def test_who_takes_both_counts_once_as_meta_counts():
    found = planned(people(200), [*people(240), *others(5)], limit=250)
    assert (found.audience.crisis_reserve, found.portions.fits) == (45, True)


def test_what_went_out_today_is_taken_off():
    had = frozenset(it.citizen_id for it in others(100))
    found = planned(people(200), limit=250, used=had)
    assert (found.audience.used_today, found.portions.today.people, found.portions.per_day) == (100, 150, (150, 50))


def test_who_had_something_today_costs_no_place_more():
    had = frozenset(it.citizen_id for it in people(100))
    assert planned(people(250), limit=250, used=had).portions.fits


def test_where_warnings_take_the_whole_limit_portions_do_not_help():
    found = planned(people(10), others(300), limit=250)
    assert (found.portions.fits, found.portions.days, found.portions.possible) == (False, None, False)
    said = str(TooManyForPortfolio(found))
    assert "10 people do not fit into Meta's limit of 250" in said
    assert "300 stay free" in said
    assert "portions do not help" in said


def test_more_who_take_warnings_than_the_limit_still_get_the_news_in_portions():
    found = planned(people(300), people(300), limit=250)
    assert found.portions.per_day == (250, 50)


def test_what_takes_longer_than_two_weeks_is_refused_with_the_days_it_would_take():
    found = planned(people(151), limit=10)
    assert (found.portions.days, found.portions.possible) == (16, False)
    assert "it would take 16 days, and 14 are the most" in str(TooManyForPortfolio(found))


def test_what_expires_before_its_last_day_is_refused_and_told_so():
    assert planned(people(150), limit=100, expires_at=NOON + timedelta(days=2)).portions.possible
    found = planned(people(150), limit=100, expires_at=NOON + timedelta(hours=20))
    assert not found.portions.possible
    assert "it would take 2 days, and by then it has expired" in str(TooManyForPortfolio(found))


def test_what_fits_beside_a_warning_goes_out_today():
    found = planned(people(190), others(60), limit=250)
    assert (found.portions.fits, found.portions.days) == (True, 1)


def test_without_a_limit_nothing_is_kept_free():
    found = planned(people(300), people(300))
    assert (found.portions.fits, found.audience.crisis_reserve, found.portions.limit) == (True, 0, None)


def test_half_of_the_readers_are_reached_in_half_of_the_time():
    found = planned(people(1440))
    assert (found.portions.median_after_s, found.portions.last_after_s) == (10, 20)


def test_over_several_days_half_and_all_are_reached_on_the_day_they_are():
    found = planned(people(300), limit=100)
    day = 24 * 3600
    assert found.portions.per_day == (100, 100, 100)
    assert day < found.portions.median_after_s < 1.1 * day
    assert 2 * day < found.portions.last_after_s < 2.1 * day


limits = st.integers(0, 40)
readers_drawn = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60)


@given(limits, readers_drawn, st.integers(0, 30), st.integers(0, 30))
def test_no_day_exceeds_the_limit_or_takes_a_warning_s_place_and_all_are_reached(limit, drawn, only_warned, only_used):
    """Each reader: whether they take warnings, and whether they had something today."""
    warned = sum(is_warned for is_warned, _ in drawn) + only_warned
    used = sum(is_used for _, is_used in drawn) + only_used
    used_without = sum(is_used and not is_warned for is_warned, is_used in drawn) + only_used
    spread = Spread(allowance(limit, warned, used, used_without), allowance(limit, warned, 0, 0))
    for number, (is_warned, is_used) in enumerate(drawn):
        spread.add(f"{number:020x}", takes_no_place=is_used, warned=is_warned)
    shares = spread.shares()
    if shares is None:
        assert limit <= warned  # not one place beside warnings
        return
    assert sum(share.people for share in shares) == len(drawn)
    assert shares[-1].upto == "g"
    taken = 0
    for day, share in enumerate(shares):
        today = drawn[taken : taken + share.people]
        taken += share.people
        if share is not shares[-1]:
            assert day == 0 or share.people > 0
            assert share.people == 0 or share.upto == f"{taken - 1:020x}"
        before, before_without = (used, used_without) if day == 0 else (0, 0)
        new = [is_warned for is_warned, is_used in today if day or not is_used]
        assert not new or before + len(new) <= limit
        assert not (len(new) - sum(new)) or warned + before_without + len(new) - sum(new) <= limit


def planned_with_windows(count, windows, *, limit=None, category="MARKETING", at=NOON, begins_at=None, crisis=()):
    """windows: until when, by number of the reader in order of citizen id."""
    readers = sorted(people(count), key=lambda it: it.citizen_id)
    offers = (OfferText(Offer.NEWS, "News", "Neues."), OfferText(Offer.CRISIS, "Warnungen", "Sofort."))
    letter = replace(LETTER, category=category)
    of = replace(town(), offers=offers, templates=(letter,), number=replace(town().number, portfolio_limit=limit))
    audience = Audiences(readers, [readers[number] for number in crisis])
    audience.windows = {readers[number].citizen_id: until for number, until in windows.items()}
    letter_of_then = broadcast(created_at=at, released_at=at)
    readers_then = [replace(it, since=at - timedelta(days=1)) for it in readers]
    audience.of[Offer.NEWS] = readers_then
    return plan(letter_of_then, of, audience=audience, begins_at=begins_at)


def test_whose_window_stays_open_takes_no_place_in_the_limit_and_who_wrote_too_long_ago_does():
    found = planned_with_windows(105, dict.fromkeys(range(5), NOON + timedelta(hours=3)), limit=100)
    assert (found.audience.planned, found.audience.window_open, found.portions.fits, found.portions.per_day) == (
        105,
        5,
        True,
        (105,),
    )
    closing = dict.fromkeys(range(5), NOON + timedelta(hours=2))  # perhaps before their turn
    found = planned_with_windows(105, closing, limit=100)
    assert (found.audience.window_open, found.portions.fits, found.portions.per_day) == (0, False, (100, 5))


def test_a_window_of_today_takes_no_place_off_tomorrow():
    windows = {104: NOON + timedelta(hours=23), 0: NOON + timedelta(hours=23)}
    found = planned_with_windows(105, windows, limit=50)
    assert (found.portions.per_day, found.audience.window_open) == ((51, 50, 4), 1)


def test_a_portion_of_the_next_day_looks_at_the_windows_of_its_own_hour():
    windows = {0: NOON + timedelta(hours=20)}
    begins_at = NOON + timedelta(hours=24)
    assert planned_with_windows(5, windows, limit=50, begins_at=begins_at).audience.window_open == 0


def test_the_place_for_a_warning_is_kept_for_a_reader_whose_window_is_open():
    found = planned_with_windows(60, {0: NOON + timedelta(hours=9)}, limit=60, crisis=(0, 1))
    assert (found.portions.fits, found.audience.crisis_reserve, found.audience.window_open) == (True, 1, 1)


def test_a_utility_template_in_an_open_window_was_free_until_october_2026_and_costs_since():
    windows = dict.fromkeys(range(4), NOON + timedelta(hours=9))
    now = planned_with_windows(10, windows, category="UTILITY")
    assert (now.audience.window_open, now.price.eur) == (4, Decimal("0.46"))
    assert not any(part.in_window for part in now.price.parts)
    september = NOON.replace(month=9, day=30)
    windows = dict.fromkeys(range(4), september + timedelta(hours=9))
    then = planned_with_windows(10, windows, category="UTILITY", at=september)
    assert then.price.eur == Decimal("0.27")
    assert [(part.in_window, part.messages, part.eur) for part in then.price.parts] == [
        (False, 6, Decimal("0.27")),
        (True, 4, Decimal("0.00")),
    ]
    marketing = planned_with_windows(10, windows, at=september)
    assert marketing.price.eur == Decimal("1.13")


def test_the_plan_says_who_takes_no_place_and_what_is_free():
    september = NOON.replace(month=9, day=30)
    windows = dict.fromkeys(range(4), september + timedelta(hours=9))
    found = planned_with_windows(10, windows, category="UTILITY", at=september, limit=250)
    said = plan_in_words(found, town())
    assert "4 haben in den letzten 24 Stunden geschrieben und zählen nicht zu Metas Grenze" in said
    assert "4 als UTILITY nach DE: kostenlos, denn sie haben in den letzten 24 Stunden geschrieben" in said
