"""Days put together: buckets, medians, weekdays, and what stands on a page or in a file."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest

from stadtdraht.domain.figures import span
from stadtdraht.domain.figures.day import CasesDay, DayFigures, OfferDay, SentNewsletter
from stadtdraht.domain.figures.hidden import Hidden
from stadtdraht.texts.staff import figures as words
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.usecases.figures.export_figures import export_figures
from stadtdraht.usecases.figures.read_figures import read_figures
from tests.support.builders.newsletter import a_newsletter_town
from tests.support.fakes.figures import FakeFigureDays

YESTERDAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TOWN = a_newsletter_town()


def a_day(ago, *, asked=0, people=20, **changes):
    values = {
        "offers": {"news": OfferDay(people, 1, 0, {"waste": people - 2}, {"barlo": people - 3, "": 3}, {"de": people})},
        "messages": (*(0,) * 9, asked, *(0,) * 14),
        "enquiries": (*(0,) * 9, asked, *(0,) * 14),
    }
    return DayFigures(YESTERDAY - timedelta(days=ago), NOW, **values | changes)


def kept(*days):
    found = FakeFigureDays()
    for it in days:
        found.save(TOWN.id, it)
    return found


def test_a_month_is_drawn_by_days_a_quarter_by_weeks_a_year_by_months_three_years_by_quarters():
    first = {length: span.buckets(YESTERDAY - timedelta(days=length - 1), YESTERDAY, []) for length in span.SPANS}
    assert [len(it) for it in first.values()] == [7, 30, 14, 13, 13]
    assert all(it.first.weekday() == 0 for it in first[90][1:])
    assert all(it.first.day == 1 for it in first[365][1:])
    assert {(it.first.day, it.first.month) for it in first[1095][1:]} == {(1, 1), (1, 4), (1, 7), (1, 10)}


def test_a_day_that_nobody_counted_stays_a_gap():
    (one, gap, two) = span.buckets(YESTERDAY - timedelta(days=2), YESTERDAY, [a_day(2, asked=3), a_day(0, asked=4)])
    assert (one.asked, gap.days, gap.people, two.asked) == (3, (), None, 4)


def test_medians_of_days_are_told_from_all_answers_together():
    days = [a_day(1, answer_minutes={5: 1, 50: 1}, in_target=2), a_day(0, answer_minutes={60: 3, 400: 5}, in_target=3)]
    times = span.answer_times(days)
    assert (times.answered, times.median_minutes, times.most_minutes, times.share) == (10, 60, 400, 0.5)
    assert span.answer_times([]) == span.AnswerTimes(0, 0, None, None)
    assert span.answer_times([]).share is None


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.9, 4), (0.25, 1), (1, 4)])
def test_a_percentile_is_a_value_that_was_there(share, value):
    assert span.percentile({1: 1, 2: 1, 3: 1, 4: 1}, share) == value


def test_a_span_is_held_against_the_one_before_where_that_was_counted():
    days = kept(*(a_day(ago, asked=2 if ago < 7 else 1) for ago in range(14)))
    view = read_figures(TOWN, 7, NOW, days)
    assert (view.first, view.last, view.asked, view.asked_before) == (date(2026, 11, 18), YESTERDAY, 14, 7)
    assert read_figures(TOWN, 30, NOW, days).asked_before is None


def test_small_districts_are_hidden_and_the_next_one_with_them():
    (news,) = read_figures(TOWN, 7, NOW, kept(a_day(0))).offers
    assert news.people == 20
    assert news.by_district == {"Barlo": Hidden.COVERED, "": Hidden.FEW}
    assert news.by_topic == {"Müll": Hidden.NEARLY_ALL}


def test_a_weekday_tells_no_hour_of_its_few():
    view = read_figures(TOWN, 7, NOW, kept(a_day(0, asked=3)))
    tuesday = view.heat[1]
    assert sorted(str(it) for it in tuesday if isinstance(it, Hidden)) == ["covered", "few"] or all(
        isinstance(it, Hidden) for it in tuesday
    )
    assert 3 not in tuesday


def test_opt_outs_stand_beside_their_newsletter():
    letter = SentNewsletter("bocholt-n-20261124-abcdef", "Wochenmarkt", 120)
    view = read_figures(TOWN, 7, NOW, kept(a_day(1, sent=(letter,)), a_day(0, opt_outs={letter.broadcast_id: 6})))
    assert [(it.newsletter.title, it.day, it.opt_outs) for it in view.newsletters] == [
        ("Wochenmarkt", YESTERDAY - timedelta(days=1), 6)
    ]


def test_without_a_day_the_view_is_empty():
    assert read_figures(TOWN, 30, NOW, kept()).is_empty


def test_cases_are_summed_and_what_is_open_is_of_the_last_day():
    days = [
        a_day(1, cases={"hint": CasesDay(opened=2, answered=1, overdue=1, open=4)}),
        a_day(0, cases={"hint": CasesDay(opened=1, open=5)}),
    ]
    assert span.cases_of(days) == {"hint": CasesDay(opened=3, answered=1, overdue=0, open=5)}


def rows(days):
    text = "".join(export_figures(TOWN, read_figures(TOWN, 7, NOW, days)))
    return [tuple(row) for row in csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";")]


def test_the_file_has_a_line_for_each_day_and_thing_and_hides_the_same_cells():
    letter = SentNewsletter("bocholt-n-20261124-abcdef", "=SUM(A1)", 120)
    found = rows(kept(a_day(0, asked=3, sent=(letter,), cases={"hint": CasesDay(opened=1)})))
    assert found[0] == ("Tag", "Was", "Angebot oder Art", "Feld", "Zahl")
    assert ("2026-11-24", "Anfragen", "", "", "3") in found
    assert ("2026-11-24", "Nach Ortsteil", "Neuigkeiten", "keine Angabe", "unter 5") in found
    assert ("2026-11-24", "Nach Ortsteil", "Neuigkeiten", "Barlo", "verdeckt") in found
    assert ("2026-11-24", "Newsletter gesendet", "'=SUM(A1)", "Menschen", "120") in found
    assert ("2026-11-24", "Meldungen", "Hinweis", "neu", "1") in found


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 Min."), (48, "48 Min."), (60, "1 Std."), (130, "2 Std. 10 Min.")])
def test_minutes_as_people_say_them(minutes, said):
    assert words.minutes(minutes) == said


def test_numbers_as_germans_write_them():
    assert [grouped(it) for it in (7, 3012, 1234567)] == ["7", "3.012", "1.234.567"]
    assert [words.signed(it) for it in (86, 0, -3)] == ["+86", "±0", "−3"]
    assert [words.growth(it) for it in (0.12, -0.051, 0.001)] == ["+12 %", "−5 %", "wie zuvor"]
