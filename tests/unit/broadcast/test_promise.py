"""How often a town promised to write, kept whoever sends; and nobody signs personally before an election."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.broadcast.broadcast import WEEKLY, BroadcastState
from stadtdraht.domain.broadcast.draft import released
from stadtdraht.domain.broadcast.lint import lint
from stadtdraht.domain.broadcast.neutrality import election_ahead
from stadtdraht.domain.broadcast.promise import too_often
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.inbound.reply import Reply, ReplyKind
from stadtdraht.domain.town import Promise, PromisedEvery
from stadtdraht.texts.staff.broadcast import newsletters
from stadtdraht.usecases.broadcast.writing.weekly_issue import weekly_issue
from stadtdraht.usecases.inbound.render_reply import ReplyContext, render_reply
from tests.support.builders.newsletter import BERND, MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.web import FakeFeeds, FakeLinks
from tests.support.town_office import Links, words
from tests.unit.broadcast.test_compose_commands import NEXT_YEAR, STORY, desk  # noqa: F401 - a fixture
from tests.unit.broadcast.test_weekly import FIRST

WEEK, DAY = timedelta(days=7), timedelta(days=1)
ONE_A_WEEK = Promise(1, PromisedEvery.WEEK)
TOWN = a_newsletter_town(promise=ONE_A_WEEK)
NOW = MONDAY + DAY


def sent(at, number=1, **changes):
    """A newsletter that went out at that moment."""
    made = released(a_draft(story(number)), BERND, at)
    return replace(made, broadcast_id=f"bocholt-n-20261101-{number:06d}", created_at=at, state=BroadcastState.RUNNING,
                   lanes=1, **changes)  # fmt: skip


def new(**changes):
    return replace(a_draft(story(9)), **changes)


@pytest.mark.parametrize(("ago", "kept"), [(0, False), (1, False), (6, False), (7, True), (30, True)])
def test_a_week_is_between_two_newsletters_of_a_town_that_promised_one_a_week(ago, kept):
    assert (too_often(new(), TOWN, NOW, NOW, [sent(NOW - ago * DAY)]) is None) is kept


def test_the_refusal_names_the_promise_and_what_stands_in_the_way():
    assert str(too_often(new(), TOWN, NOW, NOW, [sent(NOW - DAY)])) == (
        "Bocholt promised its readers at most 1 newsletter in any week; "
        "on 2026-11-24 it would come on top of “Meldung 1” on 2026-11-23"
    )


def test_what_is_scheduled_counts_like_what_went_out():
    waits = replace(released(a_draft(), BERND, NOW, NOW + 3 * DAY), broadcast_id="bocholt-n-20261101-000001")
    assert too_often(new(), TOWN, NOW, NOW, [waits])
    assert not too_often(new(), TOWN, NOW + 10 * DAY, NOW, [waits])


@pytest.mark.parametrize("repeat", ["", WEEKLY])
def test_what_was_weekly_so_far_comes_on_top_of_its_last_issue(repeat):
    """Whether it goes on weekly on another day, or once."""
    moved = new(broadcast_id="bocholt-n-20261101-000009", state=BroadcastState.SCHEDULED, repeat=repeat)
    issue = sent(NOW, 2, series=moved.broadcast_id)
    assert too_often(moved, TOWN, NOW + DAY, NOW, [moved, issue])
    assert not too_often(moved, TOWN, NOW + WEEK, NOW, [moved, issue])


@pytest.mark.parametrize("weeks", [0, 1, 5])
def test_a_weekly_one_counts_on_each_of_its_days_to_come(weeks):
    series = replace(released(a_draft(), BERND, NOW, FIRST), broadcast_id="bocholt-n-20261101-000001", repeat=WEEKLY)
    assert too_often(new(), TOWN, FIRST + weeks * WEEK + DAY, NOW, [series])
    assert not too_often(new(), TOWN, NOW, FIRST + 20 * WEEK, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"state": BroadcastState.DRAFT},
        {"state": BroadcastState.RELEASED, "lanes": 0},
        {"state": BroadcastState.STOPPED, "lanes": 0},
        {"districts": frozenset({"barlo"})},
        {"languages": frozenset({"tr"})},
    ],
)
def test_what_nobody_got_or_only_others_do_not_count(changes):
    before = replace(sent(NOW - DAY), **changes)
    assert not too_often(new(districts=frozenset({"mussum"}), languages=frozenset({"de"})), TOWN, NOW, NOW, [before])


def test_topics_part_no_readers_since_who_named_none_takes_all():
    before = sent(NOW - DAY, topics=frozenset({"waste"}))
    assert too_often(new(topics=frozenset({"traffic"})), TOWN, NOW, NOW, [before])


def test_a_town_that_promised_nothing_is_held_to_nothing():
    assert not too_often(new(), a_newsletter_town(), NOW, NOW, [sent(NOW, number) for number in range(1, 9)])


def test_a_weekly_one_breaks_the_promise_of_one_in_four_weeks_by_itself():
    monthly = a_newsletter_town(promise=Promise(1, PromisedEvery.MONTH))
    assert too_often(new(repeat=WEEKLY), monthly, NOW, NOW, [])
    assert not too_often(new(repeat=WEEKLY), TOWN, NOW, NOW, [])
    assert not too_often(new(), monthly, NOW, NOW, [sent(NOW - 28 * DAY)])
    assert too_often(new(), monthly, NOW, NOW, [sent(NOW - 27 * DAY)])


@given(st.integers(1, 3), st.lists(st.integers(-20, 20), max_size=12), st.sampled_from(list(PromisedEvery)))
def test_what_is_let_through_never_makes_more_than_promised_in_any_stretch(most, offsets, every):
    town, days = a_newsletter_town(promise=Promise(most, every)), 7 if every is PromisedEvery.WEEK else 28
    out = []
    for number, offset in enumerate(offsets, start=1):
        at = NOW + offset * DAY
        if not too_often(new(), town, at, NOW, out):
            out.append(sent(at, number))
    dates = [it.goes_at.date() for it in out]
    assert all(sum(0 <= (other - on).days < days for other in dates) <= most for on in dates)


def test_an_issue_of_the_week_waits_as_a_draft_when_somebody_wrote_meanwhile():
    series = replace(released(a_draft(), BERND, MONDAY, FIRST), repeat=WEEKLY)
    broadcasts = FakeBroadcasts({it.broadcast_id: it for it in (series, sent(FIRST - DAY, 2))})
    ports = {"broadcasts": broadcasts, "feeds": FakeFeeds(), "links": FakeLinks(), "public_url": PUBLIC_URL}
    found = weekly_issue(series, TOWN, FIRST, **ports)
    assert (found.may_start, found.broadcast.state) == (False, BroadcastState.DRAFT)
    assert "at most 1 newsletter in any week" in found.why
    assert weekly_issue(series, TOWN, FIRST + WEEK, **ports).may_start


def test_issues_of_a_weekly_one_keep_the_promise_of_one_a_week_over_the_change_of_clocks():
    first = datetime(2026, 10, 15, 15, 0, tzinfo=UTC)  # the clocks go back on the 25th
    series = replace(released(a_draft(), BERND, first - DAY, first), created_at=first - DAY, repeat=WEEKLY)
    broadcasts = FakeBroadcasts({series.broadcast_id: series})
    ports = {"broadcasts": broadcasts, "feeds": FakeFeeds(), "links": FakeLinks(), "public_url": PUBLIC_URL}
    for at in (first, first + WEEK, first + 2 * WEEK + timedelta(hours=1)):
        issue = weekly_issue(series, TOWN, at, **ports)
        assert issue.may_start, issue.why
        broadcasts.replace(issue.broadcast, replace(issue.broadcast, state=BroadcastState.RUNNING, lanes=1))


def test_the_press_office_is_warned_refused_and_may_insist(desk):  # noqa: F811
    desk.towns.towns["bocholt"] = a_newsletter_town(promise=ONE_A_WEEK)
    yesterday = datetime.now(UTC) - DAY
    desk.broadcasts.create(sent(yesterday))
    draft = desk("draft", "--town", "bocholt", *STORY)
    assert "höchstens einen Newsletter in einer Woche" in draft["hints"][0]
    desk("release", draft["broadcast_id"], "--by", BERND)
    (said,) = desk("plan", draft["broadcast_id"])["blocked_by"]
    assert "„Meldung 1“" in said
    refused = desk.types("send", draft["broadcast_id"], "--yes")
    assert refused.exit_code == 1
    assert "--beyond-promise" in " ".join(refused.output.split())
    assert desk.started == []
    desk("send", draft["broadcast_id"], "--yes", "--beyond-promise")
    assert desk.started == [draft["broadcast_id"]]


def test_a_time_that_breaks_the_promise_is_refused_when_it_is_given(desk):  # noqa: F811
    desk.towns.towns["bocholt"] = a_newsletter_town(promise=ONE_A_WEEK)
    one, other = (desk("draft", "--town", "bocholt", *STORY)["broadcast_id"] for _ in range(2))
    desk("schedule", one, "--at", NEXT_YEAR)
    desk("schedule", one, "--at", NEXT_YEAR)  # to move itself is no second one
    assert desk.types("schedule", other, "--at", NEXT_YEAR).exit_code == 1
    assert desk.broadcasts.get(other).state is BroadcastState.DRAFT
    desk("schedule", other, "--at", NEXT_YEAR, "--beyond-promise")


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Neues. Höchstens 1 je Woche."), ("en", "Neues. At most 1 a week.")]
)
def test_who_is_offered_the_news_reads_how_often_they_come(language, said):
    citizen = Citizen("0" * 20, "bocholt", WireIdentity(phone="4915112345678"), language=language)
    body = render_reply(Reply(ReplyKind.GREETING), TOWN, citizen, ReplyContext(PUBLIC_URL, Links(), NOW))
    assert said in words(body)


ELECTION = date(2026, 12, 6)


@pytest.mark.parametrize(
    ("day", "quiet"),
    [(date(2026, 10, 24), False), (date(2026, 10, 25), True), (ELECTION, True),
     (date(2026, 12, 7), False)]
)  # fmt: skip
def test_six_weeks_before_an_election_and_on_its_day_it_is_quiet(day, quiet):
    town = a_newsletter_town(elections=(date(2030, 5, 5), ELECTION))
    noon = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    assert election_ahead(town, noon) == (ELECTION if quiet else None)


def test_the_day_of_an_election_is_the_town_s_own():
    town = a_newsletter_town(elections=(ELECTION,))
    assert election_ahead(town, datetime(2026, 12, 6, 22, 59, tzinfo=UTC)) == ELECTION
    assert election_ahead(town, datetime(2026, 12, 6, 23, 1, tzinfo=UTC)) is None  # Monday in Bocholt


def test_before_an_election_nothing_is_signed_personally_and_the_administration_is_reminded(desk):  # noqa: F811
    ahead = datetime.now(UTC).date() + timedelta(days=20)
    town = a_newsletter_town(elections=(ahead,))
    desk.towns.towns["bocholt"] = town
    personal = desk("draft", "--town", "bocholt", *STORY, "--personal")
    assert [it["field"] for it in personal["problems"]] == ["persona"]
    assert f"Am {ahead:%d.%m.%Y} ist Wahl" in personal["problems"][0]["says"]
    assert desk.types("release", personal["broadcast_id"]).exit_code == 1
    administrative = desk("draft", "--town", "bocholt", *STORY)
    assert administrative["problems"] == []
    assert administrative["hints"] == [newsletters.ELECTION.format(day=f"{ahead:%d.%m.%Y}")]
    desk("release", administrative["broadcast_id"])


def test_a_personal_newsletter_that_is_put_off_into_the_quiet_time_is_refused_there():
    town = a_newsletter_town(elections=(ELECTION + 90 * DAY,))
    draft = a_draft(town=town, personal=True)
    later = replace(draft, starts_at=MONDAY + 80 * DAY)
    assert lint(draft, town, ("https://x.example/r/a1",), MONDAY) == ()
    assert [it.field for it in lint(later, town, ("https://x.example/r/a1",), MONDAY)] == ["persona"]
