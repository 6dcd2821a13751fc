"""A day is counted from its rows: people who take what, what was written, how long it took, what reports did."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.cases.case import CaseKind
from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry, Recipient, WireIdentity
from stadtdraht.domain.conversation import Conversation
from stadtdraht.domain.figures.day import NOT_NAMED, CasesDay, SentNewsletter
from stadtdraht.domain.town import OpenHours
from stadtdraht.usecases.figures.count_day import CountPorts, count_day, count_missing
from tests.support.builders.cases import a_case
from tests.support.builders.newsletter import a_draft, a_newsletter_town
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.figures import FakeDayTraffic, FakeFigureDays

TUESDAY = date(2026, 11, 24)
NIGHT = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)  # 1:30 on Wednesday
HOURS = tuple(OpenHours(day, time(8), time(16)) for day in range(5))
DAY = timedelta(days=1)


def at(hour, minute=0, day=24):
    """By the clock of Bocholt, in November."""
    return datetime(2026, 11, day, hour, minute, tzinfo=a_newsletter_town().zone).astimezone(UTC)


class Office:
    """A town whose rows a test puts down one by one."""

    def __init__(self):
        self.town = a_newsletter_town(office_hours=HOURS)
        self.audience, self.broadcasts, self.citizens = FakeAudience(), FakeBroadcasts(), FakeCitizens()
        self.traffic, self.days = FakeDayTraffic(), FakeFigureDays()

    def takes_news(self, who, *acts, **about):
        """Each act a moment; the first is a yes, the next a no, and so on."""
        entries = [
            ConsentEntry(self.town_offer, ConsentAct.WITHDRAWN if n % 2 else ConsentAct.GRANTED, it, "1", "text", "m")
            for n, it in enumerate(acts)
        ]
        self.citizens.entries[self.town.id, who] = entries
        left = acts[-1] if len(acts) % 2 == 0 else None
        self.audience.people[who] = Recipient(who, WireIdentity(f"DE.{who}"), acts[-1], left_at=left, **about)

    @property
    def town_offer(self):
        (offer,) = self.town.offers_of()
        return offer

    def waits(self, who, since):
        citizen = Citizen(who, self.town.id, WireIdentity(f"DE.{who}"), conversation=Conversation(since, since, since))
        self.citizens.people[self.town.id, who] = citizen

    def sends(self, began, **changes):
        made = replace(a_draft(), state=BroadcastState.RUNNING, lanes=1, planned=2, first_at=began, **changes)
        self.broadcasts.found[made.broadcast_id] = made
        return made.broadcast_id

    @property
    def ports(self):
        return CountPorts(self.audience, self.broadcasts, self.citizens.cases, self.citizens, self.traffic, self.days)

    def counted(self, day=TUESDAY, now=NIGHT):
        return count_day(self.town, day, now, self.ports)


@pytest.fixture
def office():
    return Office()


def test_people_are_counted_by_offer_topic_district_language_and_month(office):
    october = datetime(2026, 10, 2, 12, tzinfo=UTC)
    office.takes_news("a" * 20, october, district="barlo", topics=frozenset({"traffic", "waste"}))
    office.takes_news("b" * 20, at(9), language="tr")
    news = office.counted().offers["news"]
    assert (news.people, news.joined, news.left) == (2, 1, 0)
    assert news.by_topic == {"traffic": 1, "waste": 1}
    assert news.by_district == {NOT_NAMED: 1, "barlo": 1}
    assert news.by_language == {"de": 1, "tr": 1}
    assert news.by_month == {"2026-10": 1, "2026-11": 1}


def test_the_ledger_tells_who_came_and_left_that_day_however_late_it_is_counted(office):
    office.takes_news("a" * 20, at(9, day=20), at(10))  # left
    office.takes_news("b" * 20, at(9), at(10))  # came and left
    office.takes_news("c" * 20, at(9, day=20), at(10), at(11))  # left and came back
    office.takes_news("d" * 20, at(9, day=20), at(10, day=26))  # left two days later
    office.takes_news("e" * 20, at(9, day=26))  # came two days later
    office.takes_news("f" * 20, at(9, day=20), at(10, day=21))  # had left before
    news = office.counted(now=NIGHT + 5 * DAY).offers["news"]
    assert (news.people, news.joined, news.left) == (2, 1, 2)


def test_a_no_belongs_to_the_newsletter_that_came_before_it(office):
    older, newer = office.sends(at(9, day=23)), office.sends(at(9), broadcast_id="bocholt-n-20261124-newest")
    office.takes_news("a" * 20, at(9, day=20), at(8))
    office.takes_news("b" * 20, at(9, day=20), at(12))
    counted = office.counted()
    assert counted.opt_outs == {older: 1, newer: 1}
    assert counted.sent == (SentNewsletter(newer, "Meldung 1", 2),)


def test_a_no_long_after_any_newsletter_belongs_to_none(office):
    office.sends(at(9, day=21))
    office.takes_news("a" * 20, at(9, day=20), at(12))
    assert office.counted().opt_outs == {NOT_NAMED: 1}


def test_each_person_is_one_enquiry_a_day_at_their_first_words_for_staff(office):
    for hour, is_for_staff in ((8, False), (9, True), (10, True)):
        office.traffic.says("bocholt", "a" * 20, at(hour), is_for_staff=is_for_staff)
    office.traffic.says("bocholt", "b" * 20, at(9))
    office.traffic.says("bocholt", "b" * 20, at(9, day=23))
    counted = office.counted()
    assert (counted.heard, counted.asked, counted.first_contacts) == (4, 2, 1)
    assert [hour for hour, people in enumerate(counted.enquiries) if people] == [9]
    assert counted.messages[8:11] == (1, 2, 1)


def test_a_day_begins_and_ends_by_the_town_s_own_clock(office):
    office.traffic.says("bocholt", "a" * 20, datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    office.traffic.says("bocholt", "b" * 20, datetime(2026, 11, 24, 23, 0, tzinfo=UTC))
    assert office.counted().messages[0] == 1
    assert office.counted().heard == 1


def test_who_wrote_a_report_alone_counts(office):
    office.citizens.cases.found["bocholt", "2026-0001"] = a_case(town="bocholt", opened_at=at(9), last_added_at=at(9))
    office.traffic.messages["bocholt", "a" * 20] = []
    office.traffic.people = lambda *_: frozenset()
    office.traffic.says("bocholt", "a" * 20, at(9))
    assert office.counted().asked == 1


def test_first_answers_are_told_in_office_time_and_held_against_the_target(office):
    office.traffic.says("bocholt", "a" * 20, at(15, 30, day=23))
    office.traffic.is_answered("bocholt", "a" * 20, at(15, 30, day=23), at(8, 15))  # 30 minutes and 15
    office.traffic.says("bocholt", "b" * 20, at(9))
    office.traffic.is_answered("bocholt", "b" * 20, at(9), at(12))
    counted = office.counted()
    assert (counted.answer_minutes, counted.in_target, counted.answered) == ({45: 1, 180: 1}, 1, 2)


def test_who_waits_is_known_that_night_and_not_later(office):
    office.waits("a" * 20, at(15, 30))
    office.waits("b" * 20, at(9))
    office.waits("c" * 20, at(9, day=25))
    assert (office.counted().waiting, office.counted().waiting_long) == (2, 1)
    assert office.counted(now=NIGHT + 2 * DAY).waiting is None


def test_reports_are_counted_by_kind_as_the_day_ended(office):
    made = {
        "2026-0001": a_case(opened_at=at(9), due_at=at(0, day=28)),
        "2026-0002": a_case(opened_at=at(9, day=18), due_at=at(0, day=24)),
        "2026-0003": a_case(opened_at=at(9, day=18), over_at=at(9), first_feedback_at=at(9)),
        "2026-0004": a_case(opened_at=at(9, day=25)),
        "2026-0005": a_case(opened_at=at(9, day=18), over_at=at(9, day=25), kind=CaseKind.PRAISE, due_at=at(0, day=24)),
    }
    for number, it in made.items():
        office.citizens.cases.found["bocholt", number] = replace(it, number=number, town="bocholt")
    assert office.counted(now=NIGHT + 5 * DAY).cases == {
        "hint": CasesDay(opened=1, answered=1, overdue=1, open=2),
        "praise": CasesDay(overdue=1, open=1),
    }


def test_a_new_town_is_counted_for_yesterday_and_missed_nights_are_made_up(office):
    assert [it.day for it in count_missing(office.town, NIGHT, office.ports)] == [TUESDAY]
    assert list(count_missing(office.town, NIGHT, office.ports)) == []
    later = list(count_missing(office.town, NIGHT + 3 * DAY, office.ports))
    assert [it.day.day for it in later] == [25, 26, 27]
    assert [it.waiting is None for it in later] == [True, True, False]
    assert len(list(count_missing(office.town, NIGHT + 90 * DAY, office.ports))) == 14


def test_counting_again_gives_the_same(office):
    office.takes_news("a" * 20, at(9))
    office.traffic.says("bocholt", "a" * 20, at(9))
    (first,) = count_missing(office.town, NIGHT, office.ports)
    assert office.counted() == first
