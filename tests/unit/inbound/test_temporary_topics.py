"""A topic that is there for a time, like a jubilee: offered from its first day to its last, and left by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb.broadcast.broadcasts import _broadcast, _text
from stadtdraht.adapters.files.town_file import parse
from stadtdraht.adapters.files.town_mistakes import TownFileWrong
from stadtdraht.domain.broadcast.lint import lint
from stadtdraht.domain.town import TopicOrDistrict
from stadtdraht.usecases.broadcast.planning.plan_broadcast import plan
from tests.support.builders.delivery import person
from tests.support.builders.newsletter import MONDAY, a_draft, a_newsletter_town
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.towns import FakeTowns
from tests.support.town_office import NOON, ConversationHarness, choices, words
from tests.unit.towns.test_town_files import BOCHOLT, TOWNS

FIRST, LAST = date(2026, 11, 20), date(2026, 11, 27)
JUBILEE = TopicOrDistrict("jubilee", "Stadtjubiläum", starts=FIRST, ends=LAST)
DAY = timedelta(days=1)
OVER = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)  # half past midnight of the 28th in Germany


@pytest.fixture
def office():
    made = ConversationHarness("bocholt")
    made.town = replace(made.town, topics=(*made.town.topics, JUBILEE))
    made.towns = FakeTowns({"bocholt": made.town})
    (body,) = made.hears("News")
    made.presses(body, "Ja, bitte")
    return made


def asked(office):
    (body,) = office.hears("Themen")
    return set(choices(body))


@pytest.mark.parametrize(
    ("at", "there"),
    [
        (datetime(2026, 11, 19, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 19, 23, 1, tzinfo=UTC), True),
        (datetime(2026, 11, 27, 22, 59, tzinfo=UTC), True),
        (OVER, False),
    ],
)
def test_it_is_offered_from_its_first_day_to_its_last_by_the_town_s_own_clock(office, at, there):
    office.at = at - timedelta(minutes=1)
    assert ("Stadtjubiläum" in asked(office)) is there
    assert "Verkehr" in asked(office)


def test_who_took_it_has_left_it_by_itself_when_it_is_over(office):
    office.hears("Thema Stadtjubiläum")
    assert office.person().topics == {"jubilee"}
    office.at = OVER
    (body,) = office.hears("Thema Verkehr")
    assert words(body) == "Gut. Sie bekommen Nachrichten zu: *Verkehr*."
    assert office.person().topics == {"traffic"}


def test_who_took_it_alone_is_not_told_that_all_topics_come(office):
    office.hears("Thema Stadtjubiläum")
    office.at = OVER
    (body,) = office.hears("Auskunft")
    assert "• Themen: –" in words(body)


def test_a_button_of_a_topic_that_is_over_chooses_nothing_and_asks_again(office):
    (old,) = office.hears("Themen")
    office.at = OVER
    (body,) = office.presses(old, "Stadtjubiläum")
    assert "Stadtjubiläum" not in choices(body)
    assert office.person().topics == frozenset()


def test_who_leaves_it_when_it_is_over_and_had_nothing_else_gets_no_news_any_more(office):
    office.hears("Thema Stadtjubiläum")
    office.at = OVER
    office.hears("Stadtjubiläum abbestellen")
    assert not office.person().takes("news")


READERS = {
    name: person(number, topics=frozenset(topics))
    for number, (name, topics) in enumerate(
        {"all": (), "jubilee": ("jubilee",), "both": ("jubilee", "waste"), "waste": ("waste",)}.items()
    )
}
TOWN = a_newsletter_town()
TOWN = replace(TOWN, topics=(*TOWN.topics, JUBILEE))
AUDIENCE = FakeAudience({one.citizen_id: one for one in READERS.values()})


@pytest.mark.parametrize(("at", "people"), [(MONDAY, 4), (OVER - DAY, 4), (OVER, 3), (OVER + 90 * DAY, 3)])
def test_who_took_nothing_else_gets_no_newsletter_when_it_is_over(at, people):
    assert plan(replace(a_draft(), starts_at=at), TOWN, audience=AUDIENCE).audience.planned == people
    assert plan(a_draft(), TOWN, audience=AUDIENCE, begins_at=at).audience.planned == people


def test_what_was_over_when_it_began_is_stored_with_the_newsletter_for_the_senders():
    cut = replace(a_draft(), topics_over=TOWN.topics_over(OVER))
    assert _broadcast(_text(cut)) == cut
    assert [name for name, reader in READERS.items() if not cut.reaches(reader)] == ["jubilee"]


@pytest.mark.parametrize(("at", "said"), [(MONDAY, []), (OVER, ["topics"]), (MONDAY - 10 * DAY, ["topics"])])
def test_a_newsletter_about_it_goes_out_while_it_is_there(at, said):
    draft = replace(a_draft(town=TOWN, topics=("jubilee",)), created_at=at)
    found = lint(draft, TOWN, ("https://x.example/r/a1",), at)
    assert [it.field for it in found] == said
    assert all("jubilee is there from 2026-11-20 until 2026-11-27" in it.text for it in found)


def test_a_town_file_names_the_days():
    text = BOCHOLT.replace('label = "Jugend"', 'label = "Jugend"\nstarts = 2026-12-01\nends = 2026-12-31')
    (youth,) = [topic for topic in parse(text, TOWNS / "x.toml").topics if topic.id == "youth"]
    assert (youth.starts, youth.ends) == (date(2026, 12, 1), date(2026, 12, 31))
    with pytest.raises(TownFileWrong, match="starts must not be behind ends"):
        parse(text.replace("2026-12-31", "2026-11-30"), TOWNS / "x.toml")


def test_noon_of_the_samples_lies_within_the_days_of_the_jubilee():
    assert JUBILEE.is_there(NOON.date())
