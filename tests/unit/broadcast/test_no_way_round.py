"""Whatever is done with newsletters, in any order: nothing goes past release, second person, lint or promise."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from stadtdraht.domain.broadcast.broadcast import MAY, WEEKLY, BroadcastState, StateForbids, Verb, may
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions, draft
from stadtdraht.domain.broadcast.lint import lint
from stadtdraht.domain.broadcast.promise import PromiseBroken
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Mode, Promise, PromisedEvery
from stadtdraht.usecases.broadcast.planning.plan_broadcast import PlanPorts
from stadtdraht.usecases.broadcast.sending.send_newsletter import (
    SendPorts,
    prepare_newsletter,
    send_newsletter,
    write_newsletter,
)
from stadtdraht.usecases.broadcast.sending.start_broadcast import StartPorts, start_broadcast
from stadtdraht.usecases.broadcast.sending.stop_and_resume import (
    NewsletterOver,
    RunPorts,
    resume_newsletter,
    set_state,
    stop_newsletter,
)
from stadtdraht.usecases.broadcast.writing.release_broadcast import edit_draft, release_draft
from stadtdraht.usecases.broadcast.writing.schedule_newsletter import SchedulePorts, Timing, schedule_newsletter
from stadtdraht.usecases.broadcast.writing.weekly_issue import weekly_issue
from tests.support.builders.delivery import person
from tests.support.builders.newsletter import MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.controls import FakeControls
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.queues import FakeSliceQueue
from tests.support.fakes.schedule import FakeSchedule
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns
from tests.support.fakes.web import FakeFeeds, FakeLinks

DAY = timedelta(days=1)
TOWN = replace(a_newsletter_town(), two_person_release=True, mode=Mode.ONE_WAY, promise=Promise(1, PromisedEvery.WEEK))
DEAD = story(9, title="Tot")
ITEMS = {
    "sound": story(1),
    "dead": DEAD,
    "asks": story(2, teaser="Kommen Sie?"),
    "soon over": story(3, valid_until=MONDAY + DAY),
}
PEOPLE = st.sampled_from(["Anna", "Bernd"])


class PressOffice:
    """A town that wants a second person, publishes one way, and promised one newsletter a week. All on fakes."""

    def __init__(self):
        self.now = MONDAY
        self.towns, self.broadcasts, self.schedule = FakeTowns({"bocholt": TOWN}), FakeBroadcasts(), FakeSchedule()
        self.slices, self.queue, self.controls = FakeSlices(), FakeSliceQueue(), FakeControls()
        self.links = FakeLinks({DEAD.link: "answers 404, not 200"})
        one = person(1, since=MONDAY - 30 * DAY)
        audience, alerts = FakeAudience({one.citizen_id: one}), FakeAlerts()
        self.plan = PlanPorts(self.broadcasts, audience, alerts, FakeDeliveries(), FakeAccountSnapshots())

    @property
    def to_send(self):
        return SendPorts(self.towns, self.plan, self.schedule, self, PUBLIC_URL)

    @property
    def to_run(self):
        return RunPorts(self.to_send, self.slices, self.queue, self.controls)

    def start(self, town_id, the_id):
        """Port Starter; the schedule, too, starts by it."""
        series = self.broadcasts.get(the_id)
        if series.repeat:
            ports = {"broadcasts": self.broadcasts, "feeds": FakeFeeds(), "links": self.links}
            issue = weekly_issue(series, TOWN, self.now, public_url=PUBLIC_URL, **ports)
            if not issue.may_start:
                return {}
            the_id = issue.broadcast.broadcast_id
        plan = self.plan
        start_broadcast(
            town_id,
            the_id,
            self.now,
            StartPorts(
                towns=self.towns,
                broadcasts=self.broadcasts,
                audience=plan.audience,
                alerts=plan.alerts,
                deliveries=plan.deliveries,
                slices=self.slices,
                queue=self.queue,
                schedule=self.schedule,
                snapshots=plan.snapshots,
            ),
        )
        return {}

    def write(self, the_id, item, by):
        made = draft(TOWN, (item,), DraftOptions(), Colleague(by), self.now, the_id)
        self.broadcasts.create(made)
        return made.broadcast_id

    def edit(self, the_id, item, by):
        edit_draft(
            self.broadcasts.get(the_id), TOWN, (item,), None, Colleague(by), self.now, broadcasts=self.broadcasts
        )

    def release(self, the_id, by):
        ports = {"broadcasts": self.broadcasts, "links": self.links, "public_url": PUBLIC_URL}
        release_draft(self.broadcasts.get(the_id), TOWN, Colleague(by), self.now, **ports)

    def put_on_schedule(self, the_id, by, repeat=""):
        ports = SchedulePorts(self.towns, self.broadcasts, self.schedule, self.links, PUBLIC_URL)
        schedule_newsletter(the_id, Timing(self.now + DAY, repeat), Colleague(by), self.now, ports)

    def send(self, the_id):
        send_newsletter(prepare_newsletter(self.broadcasts.get(the_id), self.now, self.to_send), self.to_send)

    def write_and_send(self, item, by):
        made = write_newsletter(TOWN, item, DraftOptions(), Colleague(by), self.now, "zzzzzz", public_url=PUBLIC_URL)
        send_newsletter(prepare_newsletter(made, self.now, self.to_send), self.to_send)

    def stop(self, the_id):
        stop_newsletter(the_id, self.now, self.to_run)

    def resume(self, the_id):
        resume_newsletter(the_id, self.now, self.to_run)

    def everything(self):
        """What a refused verb leaves as it was."""
        kept = self.broadcasts.found, self.schedule, self.slices.rows, self.queue.messages, dict(self.controls.items)
        return deepcopy(kept)


class EveryOrder(RuleBasedStateMachine):
    """Staff, the schedule, senders and time, in any order. What was agreed is written down beside the product."""

    newsletters = Bundle("newsletters")

    def __init__(self):
        super().__init__()
        self.office, self.agreed, self.written_by, self.begun = PressOffice(), {}, {}, {}

    def does(self, verb, *args):
        """Whether it was done; a refused one has changed nothing."""
        before = self.office.everything()
        try:
            getattr(self.office, verb)(*args)
        except StadtdrahtError:
            assert before == self.office.everything(), f"{verb} was refused, and yet something changed"
            return False
        return True

    @rule(target=newsletters, item=st.sampled_from(sorted(ITEMS)), by=PEOPLE)
    def writes(self, item, by):
        if len(self.written_by) == 3:
            return multiple()
        the_id = self.office.write(f"aaaaa{len(self.written_by)}", ITEMS[item], by)
        self.written_by[the_id] = by
        return the_id

    @rule(target=newsletters, item=st.sampled_from(["sound", "soon over"]))
    def writes_what_another_releases(self, item):
        """In one step, so that long ways are walked often."""
        the_id = self.writes(item, "Anna")
        if isinstance(the_id, str):
            self.releases(the_id, "Bernd")
        return the_id

    @rule(the_id=newsletters, item=st.sampled_from(sorted(ITEMS)), by=PEOPLE)
    def edits(self, the_id, item, by):
        if self.does("edit", the_id, ITEMS[item], by):
            self.written_by[the_id] = by
            assert the_id not in self.agreed

    @rule(the_id=newsletters, by=PEOPLE)
    def releases(self, the_id, by):
        if self.does("release", the_id, by):
            self._agree(the_id, by)

    @rule(the_id=newsletters, by=PEOPLE, repeat=st.sampled_from(["", WEEKLY]))
    def schedules(self, the_id, by, repeat):
        was = self.office.broadcasts.get(the_id).state
        if self.does("put_on_schedule", the_id, by, repeat) and was is BroadcastState.DRAFT:
            self._agree(the_id, by)

    def _agree(self, the_id, by):
        assert the_id not in self.agreed
        assert self.written_by[the_id] != by, "nobody releases what they wrote"
        self.agreed[the_id] = self.office.broadcasts.get(the_id).items
        assert DEAD not in self.agreed[the_id]

    @rule(the_id=newsletters)
    def sends(self, the_id):
        self.does("send", the_id)

    @rule(by=PEOPLE)
    def writes_and_sends_at_once(self, by):
        assert not self.does("write_and_send", ITEMS["sound"], by)

    @rule(the_id=newsletters)
    def stops(self, the_id):
        self.does("stop", the_id)

    @rule(the_id=newsletters)
    def resumes(self, the_id):
        self.does("resume", the_id)

    @rule(the_id=newsletters)
    def a_sender_halts(self, the_id):
        stored = self.office.broadcasts.get(the_id)
        if stored.state is BroadcastState.RUNNING:
            set_state(stored, BroadcastState.HALTED, self.office.broadcasts, self.office.now, 190)

    @rule(the_id=newsletters)
    def senders_are_done(self, the_id):
        rows = self.office.slices.rows
        for key, (work_slice, progress, at) in list(rows.items()):
            if work_slice.cause == the_id:
                rows[key] = (work_slice, replace(progress, state=SliceState.DONE), at)

    @rule(days=st.integers(1, 8))
    def time_passes(self, days):
        """Day by day; what has its hour meanwhile is started."""
        for _ in range(days):
            self.office.now += DAY
            schedule = self.office.schedule
            once = [the_id for (the_id, _), when in schedule.hours.items() if when <= self.office.now]
            weekly = [
                the_id for the_id, (first, _) in schedule.weeks.items() if not (self.office.now - first) % (7 * DAY)
            ]
            for the_id in once:
                del schedule.hours[the_id, 0]
            for the_id in (*once, *weekly):
                self.does("start", "bocholt", the_id)
            self.only_what_was_agreed_goes_out()

    @invariant()
    def only_what_was_agreed_goes_out(self):
        for the_id, made in self.office.broadcasts.found.items():
            if made.has_begun and the_id not in self.begun:
                assert self.agreed.get(made.series or the_id) == made.items, "nobody released what goes out"
                links = tuple(item.link for item in made.items)
                assert lint(replace(made, starts_at=None), TOWN, links, self.office.now) == ()
                near = [it for it in self.begun.values() if self.office.now - it < 7 * DAY]
                assert not near, "more newsletters in a week than the town promised"
                self.begun[the_id] = self.office.now


def test_no_order_of_verbs_leads_round_release_second_person_lint_or_promise():
    """Also: a refused verb changes nothing."""
    run_state_machine_as_test(EveryOrder, settings=settings(max_examples=150, stateful_step_count=15, deadline=None))


def test_what_has_not_begun_is_not_resumed_past_the_promise():
    """A released one that was never sent begins by a resume, and so counts like one that is sent."""
    office = PressOffice()
    first, second = (office.write(the_id, story(1), "Anna") for the_id in ("aaaaa0", "aaaaa1"))
    for the_id in (first, second):
        office.release(the_id, "Bernd")
    office.send(first)
    office.stop(second)
    with pytest.raises(PromiseBroken):
        office.resume(second)
    office.now += 7 * DAY
    with pytest.raises(NewsletterOver):
        office.resume(second)


def test_one_that_is_sent_days_after_its_release_counts_from_the_day_it_went_out():
    office = PressOffice()
    first, second = (office.write(the_id, story(1), "Anna") for the_id in ("aaaaa0", "aaaaa1"))
    office.release(first, "Bernd")
    office.now += 7 * DAY
    office.send(first)
    assert office.broadcasts.get(first).begun_at == office.now
    office.release(second, "Bernd")
    with pytest.raises(PromiseBroken):
        office.send(second)
    with pytest.raises(PromiseBroken):
        office.resume(second)


def test_an_issue_that_went_out_counts_where_its_weekly_one_is_put_on_another_day():
    office = PressOffice()
    weekly = office.write("aaaaa0", story(1), "Anna")
    office.put_on_schedule(weekly, "Bernd", WEEKLY)
    office.now += DAY
    office.start("bocholt", weekly)
    assert len(office.broadcasts.found) == 2
    for repeat in ("", WEEKLY):
        with pytest.raises(PromiseBroken):
            office.put_on_schedule(weekly, "Anna", repeat)


def test_nothing_but_its_release_leads_out_of_a_draft():
    """Not even a stop: what is stopped may be resumed."""
    assert {verb for verb in Verb if may(BroadcastState.DRAFT, verb)} == {Verb.EDIT, Verb.RELEASE}


@pytest.mark.parametrize("state", BroadcastState)
@pytest.mark.parametrize("verb", [Verb.EDIT, Verb.RELEASE, Verb.SEND, Verb.STOP, Verb.RESUME])
def test_a_state_that_does_not_allow_a_verb_stays(state, verb):
    """Each verb asks the one table, and does nothing before."""
    office = PressOffice()
    made = replace(a_draft(story(1)), state=BroadcastState.RUNNING if state is BroadcastState.FINISHED else state)
    if state is not BroadcastState.DRAFT:
        made = replace(made, released_by="Bernd", released_at=MONDAY)
    if state in (BroadcastState.RUNNING, BroadcastState.FINISHED, BroadcastState.HALTED):
        made = replace(made, state=BroadcastState.RELEASED)
        office.broadcasts.create(made)
        office.start("bocholt", made.broadcast_id)
        made = replace(office.broadcasts.get(made.broadcast_id), state=made.state)
        made = replace(made, state=BroadcastState.HALTED if state is BroadcastState.HALTED else BroadcastState.RUNNING)
    if state is BroadcastState.FINISHED:
        office.slices.rows = {
            key: (work_slice, replace(progress, state=SliceState.DONE), at)
            for key, (work_slice, progress, at) in office.slices.rows.items()
        }
    the_id = made.broadcast_id
    office.broadcasts.found[the_id] = made
    before = office.everything()
    args = {Verb.EDIT: (ITEMS["sound"], "Bernd"), Verb.RELEASE: ("Bernd",)}.get(verb, ())
    if state in MAY[verb]:
        getattr(office, verb)(the_id, *args)
        return
    with pytest.raises(StateForbids) as refused:
        getattr(office, verb)(the_id, *args)
    assert (refused.value.broadcast_id, refused.value.verb) == (the_id, verb)
    assert office.everything() == before
