"""From a draft to a newsletter that may go out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.domain.broadcast.broadcast import WEEKLY, BroadcastState, NewsletterNotFit, NotADraft, NotReleased
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.usecases.broadcast.load_broadcast import ChangedMeanwhile
from stadtdraht.usecases.broadcast.sending.start_broadcast import StartPorts, start_broadcast
from stadtdraht.usecases.broadcast.writing.release_broadcast import (
    SecondPersonNeeded,
    edit_draft,
    lint_with_links,
    release_draft,
)
from stadtdraht.usecases.broadcast.writing.schedule_newsletter import (
    SchedulePorts,
    Timing,
    schedule_newsletter,
    scheduled,
)
from tests.support.builders.newsletter import ANNA, BERND, MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.queues import FakeSliceQueue
from tests.support.fakes.schedule import FakeSchedule
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns
from tests.support.fakes.web import FakeLinks

TOWN = a_newsletter_town()
CAREFUL = replace(TOWN, two_person_release=True)
THURSDAY = MONDAY + timedelta(days=3)


@pytest.fixture
def kept():
    made = a_draft(story(1), story(2))
    return FakeBroadcasts({made.broadcast_id: made})


def only(kept):
    (made,) = kept.found.values()
    return made


def let_out(kept, town=TOWN, by="Anna", links=None):
    return release_draft(
        only(kept), town, Colleague(by), MONDAY, broadcasts=kept, links=links or FakeLinks(), public_url=PUBLIC_URL
    )


def later(kept, at=THURSDAY, repeat=""):
    ports = SchedulePorts(FakeTowns({"bocholt": TOWN}), kept, FakeSchedule(), FakeLinks(), PUBLIC_URL)
    return schedule_newsletter(only(kept).broadcast_id, Timing(at, repeat), ANNA, MONDAY, ports).broadcast


def test_a_released_newsletter_says_who_released_it(kept):
    made = let_out(kept)
    assert (made.state, made.created_by, made.released_by, made.released_at) == (
        BroadcastState.RELEASED,
        "Anna",
        "Anna",
        MONDAY,
    )
    assert only(kept) == made


@pytest.mark.parametrize("by", ["Anna", "anna", "  ANNA "])
def test_where_the_town_wants_a_second_person_nobody_releases_what_they_wrote(kept, by):
    with pytest.raises(SecondPersonNeeded, match="Anna wrote it, so somebody else releases it"):
        let_out(kept, CAREFUL, by)
    assert only(kept).state is BroadcastState.DRAFT
    assert let_out(kept, CAREFUL, "Bernd").released_by == "Bernd"


def test_who_changes_a_draft_last_has_written_it(kept):
    made = only(kept)
    edit_draft(made, CAREFUL, (story(1, title="Besser"), story(2)), None, BERND, MONDAY, broadcasts=kept)
    with pytest.raises(SecondPersonNeeded):
        let_out(kept, CAREFUL, "Bernd")
    assert let_out(kept, CAREFUL, "Anna").items[0].title == "Besser"


def test_another_number_of_items_takes_another_template(kept):
    made = edit_draft(only(kept), TOWN, (story(1), story(2), story(3)), "Die Woche", ANNA, MONDAY, broadcasts=kept)
    assert (made.template, made.title) == ("stadtnachrichten_3", "Die Woche")


def test_a_link_that_does_not_answer_keeps_it_from_going_out(kept):
    dead = FakeLinks({story(2).link: "answers 404, not 200"})
    with pytest.raises(NewsletterNotFit, match="item 2, link: https"):
        let_out(kept, links=dead)
    assert only(kept).state is BroadcastState.DRAFT


def test_addresses_that_are_wrong_in_themselves_are_not_asked(kept):
    links = FakeLinks()
    made = replace(only(kept), items=(story(1, link="http://10.0.0.1/"), story(2)))
    found = lint_with_links(made, TOWN, MONDAY, links=links, public_url=PUBLIC_URL)
    assert [problem.field for problem in found] == ["link"]
    assert links.asked == [story(2).link]


def test_only_a_draft_is_released_or_changed(kept):
    made = let_out(kept)
    with pytest.raises(NotADraft, match="it is released"):
        let_out(kept)
    with pytest.raises(NotADraft):
        edit_draft(made, TOWN, made.items, None, ANNA, MONDAY, broadcasts=kept)


def test_who_is_slower_is_told(kept):
    seen = only(kept)
    edit_draft(seen, TOWN, seen.items, "Neu", BERND, MONDAY, broadcasts=kept)
    with pytest.raises(ChangedMeanwhile):
        release_draft(seen, TOWN, ANNA, MONDAY, broadcasts=kept, links=None, public_url=PUBLIC_URL)
    with pytest.raises(ChangedMeanwhile):
        edit_draft(seen, TOWN, seen.items, "Anders", ANNA, MONDAY, broadcasts=kept)


def test_a_released_one_gets_a_time_and_may_get_another(kept):
    with pytest.raises(NotReleased, match="nobody released it"):
        scheduled(only(kept), TOWN, Timing(THURSDAY))
    let_out(kept)
    assert (later(kept).state, only(kept).starts_at) == (BroadcastState.SCHEDULED, THURSDAY)
    assert later(kept, THURSDAY + timedelta(hours=1)).starts_at == THURSDAY + timedelta(hours=1)


def test_what_is_over_by_then_gets_no_such_time():
    made = a_draft(story(valid_until=THURSDAY))
    kept = FakeBroadcasts({made.broadcast_id: made})
    let_out(kept)
    with pytest.raises(NewsletterNotFit, match="item 1, validity"):
        later(kept, THURSDAY)
    assert later(kept, THURSDAY - timedelta(hours=1)).starts_at == THURSDAY - timedelta(hours=1)


def test_no_week_starts_in_the_hour_in_which_clocks_change(kept):
    let_out(kept)
    sunday_half_past_two = datetime(2026, 11, 29, 1, 30, tzinfo=UTC)
    with pytest.raises(NewsletterNotFit, match="no such hour"):
        later(kept, sunday_half_past_two, WEEKLY)
    assert later(kept, sunday_half_past_two).starts_at == sunday_half_past_two  # once, that hour exists


def test_a_draft_never_starts(kept):
    made = only(kept)
    with pytest.raises(NotReleased):
        start_broadcast(
            "bocholt",
            made.broadcast_id,
            MONDAY,
            StartPorts(
                towns=FakeTowns({"bocholt": TOWN}),
                broadcasts=kept,
                audience=FakeAudience(),
                alerts=FakeAlerts(),
                deliveries=FakeDeliveries(),
                slices=FakeSlices(),
                queue=FakeSliceQueue(),
                schedule=FakeSchedule(),
                snapshots=FakeAccountSnapshots(),
            ),
        )
