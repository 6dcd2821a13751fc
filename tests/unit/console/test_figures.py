"""The page „Zahlen“: sentences, numbers, charts with their tables, and no field of fewer than five people."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.domain.figures.day import CasesDay, DayFigures, OfferDay, SentNewsletter, Signal, SignalKind
from stadtdraht.domain.staff.roles import Role
from stadtdraht.pages.console.charts import Point, bars
from tests.support.adapters import FakeAdapters
from tests.support.console import Desk, a_member, text_of
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.figures import FakeFigureDays
from tests.support.town_office import NOON

YESTERDAY = NOON.date() - timedelta(days=1)
LETTER = SentNewsletter("vreden-n-20261120-abcdef", "Wochenmarkt zieht um", 1200)
NEWS = OfferDay(
    people=1204,
    joined=3,
    left=1,
    by_topic={"kultur": 1202},
    by_district={"": 36, "ammeloe": 3, "vreden": 1165},
    by_language={"de": 1100, "tr": 104},
    by_month={"2026-10": 1000, "2026-11": 204},
)


def a_day(ago, **changes):
    weekday = (YESTERDAY - timedelta(days=ago)).weekday()
    asked = (3, 3, 2, 3, 2, 0, 0)[weekday]
    values = {
        "offers": {"news": NEWS, "crisis": OfferDay(people=3)},
        "messages": (*(0,) * 9, asked * 2, *(0,) * 14),
        "enquiries": (*(0,) * 9, asked, *(0,) * 14),
        "answer_minutes": {48: 1, 130: 1},
        "in_target": 1,
        "cases": {"hint": CasesDay(opened=1, answered=1, overdue=2, open=7)},
        "waiting": 4,
    }
    return DayFigures(YESTERDAY - timedelta(days=ago), datetime(2026, 11, 24, tzinfo=UTC), **values | changes)


def desk(*days, role=Role.EDITOR):
    kept = FakeFigureDays()
    for it in days:
        kept.save("vreden", it)
    return Desk(FakeAdapters(figure_days=kept, citizens=FakeCitizens()), a_member(role))


def two_months():
    return [
        a_day(ago, sent=(LETTER,) if ago == 4 else (), opt_outs={LETTER.broadcast_id: 7} if ago == 3 else {})
        for ago in range(60)
    ]


def shown(at, **query):
    return text_of(at.get("/figures", query=query))


def words(page):
    """Without tags and blanks in a row."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_page_tells_what_to_expect_and_how_it_went():
    page = words(shown(desk(*two_months())))
    assert "Vom 25.10.2026 bis zum 23.11.2026. An" in page
    assert "An einem Werktag kommen meist zwei bis drei Anfragen am Tag" in page
    assert "Neuigkeiten 1.204" in page
    assert re.search(r"Anfragen \d+ ", page)
    assert f"Nachrichten {2 * sum(it.asked for it in two_months()[:30])} " in page
    assert "Erste Antwort, Mitte 48 Min. 9 von 10 in 2 Std. 10 Min." in page
    assert "In 2 Std. Dienstzeit 50 % zuvor 50 %" in page
    assert "Wochenmarkt zieht um 19.11. 1.200 7" in page
    assert "Hinweis 30 30 2 7" in page


def test_fields_of_few_people_are_hidden_and_cannot_be_subtracted():
    page = shown(desk(*two_months()))
    assert "Warnungen</dt><dd>unter 5" in page
    table = re.search(r"Nach Ortsteil</figcaption>.*?</figure>", page, re.DOTALL).group()
    assert "Ammeloe unter 5" in words(table)
    assert "keine Angabe verdeckt" in words(table)
    assert ">36<" not in table
    assert "Kultur fast alle" in words(page) or "kultur fast alle" in words(page)
    assert ">1.202<" not in page


def test_each_chart_has_a_sentence_and_a_table_with_every_value():
    page = shown(desk(*two_months()))
    charts = re.findall(r'<figure class="chart">.*?</figure>', page, re.DOTALL)
    drawn = [it for it in charts if "<svg viewBox" in it and 'role="img"' in it]
    assert len(drawn) >= 5
    for it in drawn:
        sentence = re.search(r'role="img" aria-label="([^"]+)"', it).group(1)
        assert sentence.startswith(re.search(r"<figcaption>(.*?)<", it).group(1))
        assert "<details><summary>Als Tabelle" in it
        assert it.count('scope="row"') >= 1
    assert page.count('scope="row">2') >= 20
    assert "style=" not in page


@pytest.mark.parametrize(
    ("days", "each"), [("7", "Tag"), ("30", "Tag"), ("90", "Woche"), ("365", "Monat"), ("1095", "Quartal")]
)
def test_the_span_is_chosen_by_links(days, each):
    page = shown(desk(*two_months()), days=days)
    assert f"Anfragen je {each}</figcaption>" in page
    assert re.search(rf'href="/console/vreden/figures\?days={days}" aria-current="page"', page)
    assert f"figures.csv?days={days}" in page


def chart_of(page, title):
    return next(it for it in re.findall(r"<figure.*?</figure>", page, re.DOTALL) if title in it)


def test_answer_times_are_held_against_the_line_of_the_target():
    answered = chart_of(shown(desk(*two_months())), "Erste Antwort je Woche")
    assert re.search(r'<path class="aim" d="M\d+ [\d.]+H400"/>', answered)
    assert "in Minuten, Ziel 120</figcaption>" in answered
    assert "<td>48</td>" in answered


@pytest.mark.parametrize("high", [1, 4, 11, 84, 101, 1253, 50_001])
def test_an_axis_ends_at_a_round_number_not_far_above_the_highest(high):
    drawn = bars("Anfragen", "Anfragen", [Point("Mo", high), Point("Di", 0)])
    ends = int(drawn.scale[-1][1].replace(".", ""))
    assert high <= ends < 1.5 * high
    assert 2 <= len(drawn.scale) <= 6
    assert int(re.fullmatch(r"M[\d.]+ 174V(\d+)", drawn.bars[0].path).group(1)) == round(174 - 168 * high / ends)


def test_the_share_in_time_is_stacked_to_a_hundred():
    share = chart_of(shown(desk(*two_months())), "Im Ziel beantwortet")
    assert "in Prozent: zusammen 50." in share
    both = re.findall(r'<path class="([ab])" [^>]*d="([^"]+)"', share)
    assert [css for css, _ in both] == ["b", "a"]
    assert "<td>50</td>" in share
    whole, part = (re.findall(r"M[\d.]+ 174V([\d.]+)", path) for _, path in both)
    assert (set(whole), set(part), len(whole)) == ({"6"}, {"90"}, len(part))


def test_three_years_are_named_with_their_years_and_compared_with_nothing():
    page = shown(desk(*(a_day(ago) for ago in range(0, 1095, 5))), days="1095")
    quarters = re.findall(r'<th scope="row">(Q[1-4] \d\d)</th>', chart_of(page, "Anfragen je Quartal"))
    assert (len(set(quarters)), quarters[0], quarters[-1]) == (13, "Q4 23", "Q4 26")
    assert "zuvor" not in page


def test_nonsense_in_the_address_shows_a_month():
    assert "Anfragen je Tag" in shown(desk(*two_months()), days="1e9", offer="<b>")


def test_another_offer_is_shown_on_wish():
    page = shown(desk(*two_months()), offer="crisis")
    assert re.search(r'offer=crisis" aria-current="page"', page)
    assert "Nach Ortsteil" not in page


def test_before_the_first_night_the_page_says_when_numbers_come():
    page = shown(desk())
    assert "Noch keine Zahlen; die ersten stehen morgen früh hier." in page
    assert ".csv" not in page


def test_missed_nights_are_told():
    assert "gezählt sind davon 2 Tage" in words(shown(desk(a_day(0), a_day(5))))


def test_silence_is_told_with_what_to_do():
    signal = Signal(SignalKind.NOBODY_WRITES, 5, 2)
    page = words(shown(desk(*two_months(), a_day(0, signals=(signal,)))))
    assert "Seit 5 Tagen hat niemand geschrieben" in page
    assert "Sonst war es hier höchstens 2 Tage still." in page


def test_rows_that_cannot_be_read_leave_the_frame_and_the_way_to_another_span():
    at = desk()
    at.adapters.figure_days.between = lambda *_: 1 / 0
    page = shown(at)
    assert "Die Zahlen konnten nicht gelesen werden" in page
    assert "12 Monate" in page


def test_the_file_is_a_table_that_german_spreadsheets_open():
    answer = desk(*two_months()).get("/figures.csv", query={"days": "7"})
    assert answer["headers"]["Content-Disposition"] == (
        'attachment; filename="zahlen-vreden-2026-11-17-bis-2026-11-23.csv"'
    )
    lines = text_of(answer).splitlines()
    assert lines[0] == "\ufeffTag;Was;Angebot oder Art;Feld;Zahl"
    assert "2026-11-23;Nach Ortsteil;Neuigkeiten;Ammeloe;unter 5" in lines


@pytest.mark.parametrize("role", [Role.AGENT, Role.CRISIS, Role.PRIVACY])
def test_who_needs_no_figures_does_not_see_them(role):
    with pytest.raises(AssertionError, match="does not see"):
        desk(role=role).get("/figures")
